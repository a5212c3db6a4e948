// Reads a scenario: files, then overrides, then the typed parts; all errors together.
// SPDX-License-Identifier: Apache-2.0
#include "engine/scenario/scenario.hpp"

#include <algorithm>
#include <iostream>
#include <iterator>

#include "engine/base/file.hpp"
#include "engine/base/text.hpp"
#include "engine/scenario/loader.hpp"
#include "engine/scenario/merge.hpp"
#include "engine/scenario/names.hpp"
#include "engine/scenario/reader.hpp"
#include "engine/scenario/settings.hpp"

namespace orrery::scenario {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

/// The files as one tree, and what they say about changing it.
struct Parts {
  Node tree{Node::Table{}, {}, {}};
  std::vector<Member> overrides;  ///< weakest first
  Node profiles{Node::Table{}, {}, {}};
};

Parts take_apart(LoadedFiles& loaded) {
  Parts parts;
  for (LoadedFile& file : loaded.files) {
    const bool outermost = &file == &loaded.files.back();
    Node rest{Node::Table{}, file.root.span, {}};
    for (Member& member : file.root.table()) {
      if (member.key == "override") {
        parts.overrides.push_back(std::move(member));
      } else if (member.key == "profile" && member.node.is_table()) {
        merge(parts.profiles, std::move(member.node), loaded.errors);
      } else if (member.key != "include" && (outermost || (member.key != "scenario" && member.key != "orrery"))) {
        rest.table().push_back(std::move(member));
      }
    }
    merge(parts.tree, std::move(rest), loaded.errors);
  }
  return parts;
}

/// Tables that the user most likely meant where a top-level table is misspelt.
std::vector<std::string> doubtful_tables(const Node& tree) {
  std::vector<std::string> names;
  for (const Member& member : tree.table()) {
    if (contains(top_level_keys(), member.key)) continue;
    if (const auto near = base::nearest(member.key, top_level_keys())) names.push_back(*near);
  }
  return names;
}

constexpr std::size_t max_profiles = 1000;

void lay_profiles(Parts& parts, const ReadOptions& options, OverrideRules rules, base::Errors& errors) {
  if (parts.profiles.table().size() > max_profiles) {
    errors.push_back(base::Error(ErrorCode::too_large, "a scenario has at most 1,000 profiles")
                         .at(parts.profiles.table()[max_profiles].key_span, "one too many"));
    return;
  }
  for (const Member& profile : parts.profiles.table()) {
    if (!want_table(profile, "[profile." + profile.key + ".override]", errors)) continue;
    for (const Member& member : profile.node.table()) {
      if (member.key != "override") {
        report_unknown_key(member, "[profile." + profile.key + "]", profile_keys(), errors);
      } else if (want_table(member, "[profile." + profile.key + ".override]", errors)) {
        // Others are checked too, so that a slip does not wait for the day when the profile is used.
        rules.apply = options.profile == profile.key;
        lay_over(parts.tree, member.node, rules, errors);
      }
    }
  }
}

void check_profile(const Node& profiles, const ReadOptions& options, base::Errors& errors) {
  if (!options.profile || profiles.find(*options.profile)) return;
  std::vector<std::string> names;
  for (const Member& profile : profiles.table()) names.push_back(profile.key);
  const base::Span place = command_line_span("--profile ", *options.profile);
  base::Error error =
      base::Error(ErrorCode::unknown_profile, "there is no profile '" + *options.profile + "'").at(place);
  if (const auto near = base::nearest(*options.profile, names))
    error.labels.front().text = "did you mean '" + *near + "'?";
  error.notes.push_back(names.empty() ? "the scenario has no profiles" : "profiles: " + base::join(names));
  errors.push_back(std::move(error));
}

Node overlaid(LoadedFiles& loaded, const ReadOptions& options) {
  Parts parts = take_apart(loaded);
  OverrideRules rules;
  rules.report = loaded.complete;
  rules.doubtful = doubtful_tables(parts.tree);
  for (const Member& member : parts.overrides) {
    if (want_table(member, "[override]", loaded.errors)) lay_over(parts.tree, member.node, rules, loaded.errors);
  }
  lay_profiles(parts, options, rules, loaded.errors);
  if (loaded.complete) check_profile(parts.profiles, options, loaded.errors);
  for (const Setting& setting : options.settings) lay_setting(parts.tree, setting, loaded.complete, loaded.errors);
  return std::move(parts.tree);
}

constexpr const char* standard_input_name = "standard input";

std::string name_from(const std::string& file) {
  std::string name = file == standard_input_name ? "stdin" : fs::path(file).stem().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !is_name_part(c) && c != '-' && c != '.'; }, '-');
  if (name.empty() || name[0] == '.' || name[0] == '-') name = "scenario";
  return name.substr(0, 100);
}

std::vector<std::string> source_names(const LoadedFiles& loaded, const std::string& outermost) {
  std::vector<std::string> names{outermost};
  for (const LoadedFile& file : loaded.files) names.push_back(file.source->name);
  return names;
}

std::string standard_input() {
  std::string text;
  char block[1 << 16];
  while (text.size() <= max_file_bytes && std::cin.read(block, sizeof block).gcount() > 0) {
    text.append(block, static_cast<std::size_t>(std::cin.gcount()));
  }
  return text;
}

}  // namespace

void sort_errors(base::Errors& errors, const std::vector<std::string>& names) {
  const auto key = [&](const base::Error& error) {
    const base::Span span = error.labels.empty() ? base::Span{} : error.labels.front().span;
    const auto place = span ? std::find(names.begin(), names.end(), span.source->name) : names.begin();
    return std::tuple{place - names.begin(), span.line, span.column};
  };
  std::vector<std::pair<decltype(key(base::Error{})), std::size_t>> order;
  for (std::size_t i = 0; i < errors.size(); ++i) order.emplace_back(key(errors[i]), i);
  std::sort(order.begin(), order.end());
  base::Errors sorted;
  for (const auto& [place, index] : order) sorted.push_back(std::move(errors[index]));
  errors = std::move(sorted);
}

base::Result<Scenario> parse(std::string text, const std::string& name, const fs::path& folder,
                             const ReadOptions& options) {
  LoadedFiles loaded = load_files(std::move(text), name, folder);
  const auto names = source_names(loaded, name);
  if (loaded.files.empty() || loaded.unknown_format) {
    sort_errors(loaded.errors, names);
    return std::move(loaded.errors);
  }
  Reading reading;
  Scenario& scenario = reading.scenario;
  scenario.name = name_from(name);
  scenario.file = name;
  scenario.folder = folder;
  for (const LoadedFile& file : loaded.files) scenario.files.push_back(file.path);
  scenario.merged = overlaid(loaded, options);
  reading.errors = std::move(loaded.errors);
  read_tables(scenario.merged, reading);
  refuse_units_named_as_lets(reading);
  if (reading.errors.empty()) return std::move(reading.scenario);
  sort_errors(reading.errors, names);
  return std::move(reading.errors);
}

base::Result<Scenario> read(const fs::path& path, const ReadOptions& options) {
  if (path == "-") {
    std::string text = standard_input();
    if (text.size() > max_file_bytes) {
      return base::Error(ErrorCode::file_too_large, "standard input is larger than 16 MiB, the limit for a scenario");
    }
    return parse(std::move(text), standard_input_name, ".", options);
  }
  auto text = base::read_file(path, max_file_bytes);
  if (!text) return std::move(text).errors();
  const fs::path folder = path.parent_path();
  return parse(*std::move(text), path.string(), folder.empty() ? "." : folder, options);
}

}  // namespace orrery::scenario
