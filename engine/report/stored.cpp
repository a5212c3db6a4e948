// One value of a stored run.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/stored.hpp"

#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/plan/evaluate.hpp"
#include "engine/report/layout.hpp"
#include "engine/report/value_json.hpp"
#include "engine/report/value_text.hpp"
#include "engine/scenario/expression.hpp"
#include "engine/store/files.hpp"

namespace orrery::report {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

std::vector<std::string> kept_names(const store::StoredRun& run) {
  std::vector<std::string> names = run.saved;
  for (const run::NamedValue& record : run.records) names.push_back(record.name);
  return names;
}

Error not_kept(const store::StoredRun& run, const std::string& name) {
  const std::vector<std::string> names = kept_names(run);
  Error error(ErrorCode::unknown_output, "this run kept no value '" + base::printable(name) + "'");
  if (const auto near = base::nearest(name, names)) error.helps.push_back("did you mean '" + *near + "'?");
  if (names.empty()) return std::move(error).help("name values in [record] or [save] and run again");
  return std::move(error).note("kept: " + base::join(names));
}

Result<value::Value> kept_value(const store::StoredRun& run, const std::string& name) {
  for (const run::NamedValue& record : run.records) {
    if (record.name == name) return record.value;
  }
  return store::load_saved(run, name);
}

bool is_kept(const store::StoredRun& run, const std::string& name) {
  const auto names = kept_names(run);
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// What was typed as a node, so that errors point into it.
scenario::Node typed(const std::string& wanted) {
  scenario::Node node;
  node.value = wanted;
  node.content = 0;
  const auto source = std::make_shared<const base::Source>(base::Source{"<command line>", wanted});
  node.span = {source, 1, 1, static_cast<std::uint32_t>(wanted.size()) + 1};
  return node;
}

/// What is selected of a value.
Result<value::Value> selected(value::Value value, const scenario::Reference& reference) {
  // On the signature first, where a selection that has too many axes is told from one that fits.
  plan::Operand known{plan::signature_of(value), std::nullopt};
  if (auto fits = plan::select(known, reference); !fits) return std::move(fits).errors();
  known.value = std::move(value);
  auto part = plan::select(std::move(known), reference);
  if (!part) return std::move(part).errors();
  ORRERY_ASSERT(part->value);
  return std::move(*part->value);
}

/// The name of a kept value, also for one that is called as its file is.
std::optional<std::string> kept_name(const store::StoredRun& run, const std::string& name) {
  if (is_kept(run, name)) return name;
  const auto of_file = [&](const std::string& saved) { return store::file_stem(saved) == name; };
  const auto found = std::find_if(run.saved.begin(), run.saved.end(), of_file);
  return found == run.saved.end() ? std::nullopt : std::optional(*found);
}

/// Takes selections from the end of a wire until what is left was saved; those that were taken remain to be made.
std::optional<std::string> saved_front(const store::StoredRun& run, scenario::Reference& reference) {
  scenario::Reference front = reference;
  while (!is_kept(run, scenario::to_text(front))) {
    if (front.selections.empty()) return std::nullopt;
    front.selections.pop_back();
  }
  const auto made = static_cast<std::ptrdiff_t>(front.selections.size());
  reference.selections.erase(reference.selections.begin(), reference.selections.begin() + made);
  return scenario::to_text(front);
}

/// Of a wire whose output was saved in part only.
Error not_saved(const std::string& wanted, const std::string& output, const std::vector<std::string>& parts) {
  return Error(ErrorCode::unknown_output, "this run did not save '" + base::printable(wanted) + "'")
      .note("saved of '" + output + "': " + base::join(parts));
}

std::vector<std::string> parts_of(const store::StoredRun& run, const std::string& output) {
  std::vector<std::string> parts;
  for (const std::string& saved : run.saved) {
    const bool begins = saved.starts_with(output) && saved.size() > output.size();
    if (begins && (saved[output.size()] == '[' || saved[output.size()] == '.')) parts.push_back(saved);
  }
  return parts;
}

std::string without_marker(const std::string& wanted) { return wanted.substr(wanted.starts_with('@') ? 1 : 0); }

}  // namespace

Result<value::Value> stored_value(const store::StoredRun& run, const std::string& wanted) {
  const std::string name = without_marker(wanted);
  if (const auto kept = kept_name(run, name)) return kept_value(run, *kept);
  const std::string stem = name.substr(0, name.find('['));
  auto reference = scenario::parse_reference(name, typed(wanted), wanted.size() - name.size());
  if (!reference) {
    const bool saved = is_kept(run, stem) || !parts_of(run, stem).empty();
    if (!saved) return not_kept(run, name);
    if (stem.find('.') != std::string::npos) return std::move(reference).errors();
    return Error(ErrorCode::bad_selector, "'" + stem + "' is one value, of which nothing can be selected");
  }
  if (const auto front = saved_front(run, *reference)) {
    auto value = kept_value(run, *front);
    return value ? selected(std::move(*value), *reference) : std::move(value);
  }
  const std::string output = reference->step + "." + reference->output;
  const auto parts = parts_of(run, output);
  return parts.empty() ? not_kept(run, name) : not_saved(name, output, parts);
}

std::vector<std::string> stored_parts(const store::StoredRun& run, const std::string& wanted) {
  const std::string name = without_marker(wanted);
  return kept_name(run, name) ? std::vector<std::string>{} : parts_of(run, name);
}

Result<std::string> stored_parts_text(const store::StoredRun& run, const std::vector<std::string>& parts) {
  std::vector<Line> lines;
  for (const std::string& part : parts) {
    const auto value = store::load_saved(run, part);
    if (!value) return value.errors();
    lines.push_back({"@" + base::printable(part), value::preview(*value)});
  }
  return columns(lines);
}

std::string stored_parts_json(const store::StoredRun& run, const std::string& wanted,
                              const std::vector<std::string>& parts) {
  return store::dump(Json{{"run", run.path.string()}, {"name", wanted}, {"saved", parts}}) + "\n";
}

std::string stored_value_text(const std::string& name, const value::Value& value) {
  return base::printable(name) + "  " + value_text(value);
}

std::string stored_value_json(const store::StoredRun& run, const std::string& name, const value::Value& value) {
  Json json = {{"run", run.path.string()}, {"name", name}};
  json.update(value_json(value));
  return store::dump(json) + "\n";
}

}  // namespace orrery::report
