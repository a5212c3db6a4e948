// Finding stored runs by name, and reading what is in them.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "engine/base/file.hpp"
#include "engine/base/text.hpp"
#include "engine/store/files.hpp"
#include "engine/store/json.hpp"
#include "engine/store/record_text.hpp"
#include "engine/store/results.hpp"
#include "engine/store/store.hpp"
#include "engine/value/csv.hpp"
#include "engine/value/npy.hpp"

namespace orrery::store {
namespace fs = std::filesystem;
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::uint64_t manifest_limit = 64u << 20;
constexpr std::uint64_t text_limit = std::uint64_t{1} << 32;

/// "NAME/latest~2" as the words of it: a name, which run of it, and how many runs before that.
struct Wanted {
  std::string name;  ///< empty: of any name
  std::string id;    ///< empty: the latest
  std::size_t back = 0;
};

std::optional<Wanted> parse_wanted(std::string text) {
  Wanted wanted;
  if (const std::size_t tilde = text.rfind('~'); tilde != std::string::npos) {
    const char *const first = text.data() + tilde + 1, *const last = text.data() + text.size();
    const auto [end, reason] = std::from_chars(first, last, wanted.back);
    if (reason != std::errc{} || end != last) return std::nullopt;
    text.resize(tilde);
  }
  const std::size_t slash = text.find('/');
  wanted.name = text.substr(0, slash);
  if (slash != std::string::npos) wanted.id = text.substr(slash + 1);
  if (slash == std::string::npos && text == "latest") wanted.name.clear();
  if (wanted.id == "latest") wanted.id.clear();
  return wanted;
}

bool is_run(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path / "manifest.json", ignored);
}

std::vector<std::string> folder_names(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code reason;
  for (fs::directory_iterator at(folder, reason), end; !reason && at != end; at.increment(reason)) {
    std::error_code ignored;
    if (at->is_directory(ignored) && !at->is_symlink(ignored)) names.push_back(at->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// The runs of one name, or of all, from the oldest to the newest.
std::vector<fs::path> runs_below(const fs::path& root, const std::string& name) {
  std::vector<fs::path> runs;
  const auto names = name.empty() ? folder_names(root) : std::vector<std::string>{name};
  for (const std::string& one : names) {
    for (const std::string& id : folder_names(root / one)) {
      if (is_run_id(id) && is_run(root / one / id)) runs.push_back(root / one / id);
    }
  }
  std::stable_sort(runs.begin(), runs.end(), [](const auto& a, const auto& b) { return a.filename() < b.filename(); });
  return runs;
}

/// The link names the latest run that came to an end; without one it is the newest.
std::size_t latest_index(const std::vector<fs::path>& runs, const fs::path& root, const std::string& name) {
  std::error_code reason;
  const fs::path target = name.empty() ? fs::path() : fs::read_symlink(root / name / "latest", reason);
  const auto same = [&](const fs::path& run) { return run.filename() == target.filename(); };
  const auto found = std::find_if(runs.begin(), runs.end(), same);
  return found == runs.end() ? runs.size() - 1 : static_cast<std::size_t>(found - runs.begin());
}

Error unknown_run(const std::string& which, const fs::path& root) {
  Error error(ErrorCode::unknown_run, "there is no run '" + which + "'");
  const std::vector<std::string> names = folder_names(root);
  if (names.empty()) {
    return std::move(error).note("there are no runs in '" + root.string() + "'").help("orrery run FILE makes one");
  }
  std::vector<std::string> candidates = names;
  candidates.push_back("latest");
  const std::string name = which.substr(0, which.find_first_of("/~"));
  if (const auto near = base::nearest(name, candidates)) {
    error.helps.push_back(*near == name ? "its runs: " + base::join(folder_names(root / name))
                                        : "did you mean '" + *near + "'?");
  }
  return std::move(error).note("names in '" + root.string() + "': " + base::join(names));
}

Result<fs::path> find_run(const std::string& which, const fs::path& root) {
  if (const auto wanted = parse_wanted(which); wanted && !which.empty()) {
    const auto runs = runs_below(root, wanted->name);
    if (!wanted->id.empty() && wanted->back == 0 && is_run(root / wanted->name / wanted->id)) {
      return root / wanted->name / wanted->id;
    }
    if (wanted->id.empty() && !runs.empty()) {
      const std::size_t latest = latest_index(runs, root, wanted->name);
      if (wanted->back <= latest) return runs[latest - wanted->back];
      return Error(ErrorCode::unknown_run, "there is no run '" + which + "'")
          .note("there are " + std::to_string(latest) + " runs before the latest");
    }
  }
  if (!which.empty() && is_run(which)) return fs::path(which);
  std::error_code ignored;
  if (fs::is_directory(which, ignored) && fs::exists(fs::path(which) / "scenario.toml", ignored)) {
    return Error(ErrorCode::damaged_run, "'" + which + "' has no manifest.json");
  }
  return unknown_run(which, root);
}

template <class T>
T member(const Json& json, const char* name, T otherwise) {
  const auto at = json.find(name);
  if (at == json.end()) return otherwise;
  if constexpr (std::is_same_v<T, std::string>) return at->is_string() ? at->template get<T>() : otherwise;
  else return at->is_number() ? at->template get<T>() : otherwise;
}

Result<Json> read_manifest(const fs::path& path) {
  auto text = base::read_file(path / "manifest.json", manifest_limit);
  if (!text) return Error(ErrorCode::damaged_run, text.error().message);
  Json manifest = Json::parse(*text, nullptr, false);
  if (!manifest.is_object() || member<std::string>(manifest, "state", "").empty()) {
    return Error(ErrorCode::damaged_run, "'" + (path / "manifest.json").string() + "' is not a manifest");
  }
  return manifest;
}

/// Steps as the manifest of a run that did not come to its end tells them.
std::vector<run::StepReport> planned_steps(const Json& manifest) {
  std::vector<run::StepReport> steps;
  const auto found = manifest.find("steps");
  if (found == manifest.end() || !found->is_array()) return steps;
  for (const Json& step : *found) {
    if (!step.is_object()) continue;
    steps.push_back({member<std::string>(step, "name", ""), member<std::string>(step, "operation", "")});
  }
  return steps;
}

Result<value::Value> load_file(const fs::path& path, const ResultFile& file) {
  if (file.dtype == "text") {
    auto text = base::read_file(path, text_limit);
    if (!text) return std::move(text).errors();
    return value::Value(std::move(*text));
  }
  if (file.dtype == "table") {
    auto table = value::read_csv(path);
    if (!table) return std::move(table).errors();
    return value::Value(std::make_shared<const value::Table>(std::move(*table)));
  }
  auto tensor = value::read_npy(path);
  if (!tensor) return std::move(tensor).errors();
  if (auto unit = value::parse_unit(file.unit)) tensor->set_unit(std::move(*unit));
  if (value::to_text(tensor->shape()) != file.shape) {
    return Error(ErrorCode::damaged_run, "'" + path.string() + "' has shape " + value::to_text(tensor->shape()) +
                                             "; it was saved as " + file.shape);
  }
  return value::Value(std::move(*tensor));
}

}  // namespace

Result<StoredRun> open_run(const std::string& which, const fs::path& root) {
  auto path = find_run(which, root);
  if (!path) return std::move(path).errors();
  auto manifest = read_manifest(*path);
  if (!manifest) return std::move(manifest).errors();
  auto results = read_results(*path / "results.sqlite");
  if (!results) return std::move(results).errors();
  StoredRun run;
  run.path = *path;
  run.name = member<std::string>(*manifest, "name", "");
  run.title = member<std::string>(*manifest, "title", "");
  run.state = member<std::string>(*manifest, "state", "");
  run.started = member<std::string>(*manifest, "started", "");
  run.exit_code = member<int>(*manifest, "exit_code", 0);
  run.seconds = member<double>(*manifest, "seconds", 0.0);
  run.steps = results->steps.empty() ? planned_steps(*manifest) : std::move(results->steps);
  run.records = std::move(results->records);
  run.verdicts = std::move(results->verdicts);
  for (const ResultFile& file : results->files) run.saved.push_back(file.name);
  if (const auto plots = manifest->find("plots"); plots != manifest->end() && plots->is_array())
    for (const Json& plot : *plots)
      if (plot.is_object()) run.plots.push_back(member<std::string>(plot, "name", ""));
  return run;
}

Result<value::Value> load_saved(const StoredRun& run, const std::string& name) {
  auto results = read_results(run.path / "results.sqlite");
  if (!results) return std::move(results).errors();
  for (const ResultFile& file : results->files) {
    if (file.name != name) continue;
    // A database from elsewhere must not lead out of its own run.
    if (fs::path(file.file).parent_path() != "out") {
      return Error(ErrorCode::damaged_run, "'" + file.file + "' does not lie in the run's folder");
    }
    return load_file(run.path / file.file, file);
  }
  Error error(ErrorCode::unknown_output, "this run has no saved value '" + name + "'");
  if (const auto near = base::nearest(name, run.saved)) error.helps.push_back("did you mean '" + *near + "'?");
  if (run.saved.empty()) return std::move(error).help("list it in [save] and run again");
  return std::move(error).note("saved: " + base::join(run.saved));
}

}  // namespace orrery::store
