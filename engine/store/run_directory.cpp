// Making a run's directory, listening to the run, and writing down what came of it.
// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <set>

#include "engine/base/file.hpp"
#include "engine/base/hash.hpp"
#include "engine/store/csv_text.hpp"
#include "engine/store/log_file.hpp"
#include "engine/store/manifest.hpp"
#include "engine/store/results.hpp"
#include "engine/store/store.hpp"
#include "engine/value/npy.hpp"

namespace orrery::store {
namespace fs = std::filesystem;
namespace {

using base::Done;
using base::Error;
using base::ErrorCode;
using base::Result;

/// Where a run lives, and whether this process made the folder.
struct Place {
  fs::path path;
  bool made = false;
  bool linked = false;  ///< a "latest" stands beside it
};

Result<Place> chosen_folder(const fs::path& out) {
  std::error_code reason;
  if (fs::exists(out, reason)) {
    if (!fs::is_directory(out, reason)) return Error(ErrorCode::usage, "--out '" + out.string() + "' is not a folder");
    const bool empty = fs::is_empty(out, reason);
    if (reason) return cannot_write(out, reason.value());
    if (!empty) {
      return Error(ErrorCode::usage, "--out '" + out.string() + "' is not empty")
          .help("choose a folder that does not exist yet");
    }
    return Place{out};
  }
  if (auto made = make_folders(out); !made) return std::move(made).errors();
  return Place{out, true};
}

/// Names sort by time; a run that begins in the same 15 microseconds takes the next one.
Result<Place> new_folder(const fs::path& parent, Clock::time_point time) {
  if (auto made = make_folders(parent); !made) return std::move(made).errors();
  for (int tries = 0; tries < 1000; ++tries, time += std::chrono::microseconds(16)) {
    const fs::path path = parent / run_id(time);
    if (::mkdir(path.c_str(), 0777) == 0) return Place{path, true, true};
    if (errno != EEXIST) return cannot_write(path, errno);
  }
  return cannot_write(parent, EEXIST);
}

std::string kind_suffix(const value::Value& value) {
  if (std::holds_alternative<value::Tensor>(value)) return ".npy";
  return std::holds_alternative<std::string>(value) ? ".txt" : ".csv";
}

Result<Done> write_value(const fs::path& path, const value::Value& value) {
  if (const auto* tensor = std::get_if<value::Tensor>(&value)) return value::write_npy(path, *tensor);
  if (const auto* text = std::get_if<std::string>(&value)) return base::write_file(path, *text);
  return base::write_file(path, to_csv(*std::get<std::shared_ptr<const value::Table>>(value)));
}

ResultFile facts_of(const run::NamedValue& saved, const std::string& file) {
  if (const auto* tensor = std::get_if<value::Tensor>(&saved.value)) {
    return {saved.name,
            file,
            std::string(value::name_of(tensor->dtype())),
            value::to_text(tensor->shape()),
            tensor->unit().symbol(),
            ""};
  }
  if (std::holds_alternative<std::string>(saved.value)) return {saved.name, file, "text", "", "1", ""};
  const auto& table = *std::get<std::shared_ptr<const value::Table>>(saved.value);
  return {saved.name, file, "table", std::to_string(table.rows) + " rows", "1", ""};
}

std::string_view level_name(catalog::LogLevel level) {
  switch (level) {
    case catalog::LogLevel::debug:
      return "debug";
    case catalog::LogLevel::info:
      return "info";
    case catalog::LogLevel::warn:
      return "warn";
    default:
      return "error";
  }
}

void append(std::vector<Error>& to, const Result<Done>& result) {
  if (!result) to.insert(to.end(), result.errors().begin(), result.errors().end());
}

}  // namespace

/// Copies the data files to where the stored scenario names them, so that it runs again as it is. Returns the copies.
/// A name that leads out of the folder or into that of results is left out, and so is a very large file.
std::vector<fs::path> copy_inputs(const plan::Plan& plan, const fs::path& folder) {
  constexpr std::uintmax_t largest = std::uintmax_t{1} << 30;
  std::vector<fs::path> copies;
  for (const plan::DataFile& file : plan.files) {
    const fs::path name = fs::path(file.name).lexically_normal();
    const std::string top = name.empty() ? ".." : name.begin()->string();
    std::error_code failed;
    if (name.is_absolute() || top == ".." || top == "out" || fs::file_size(file.path, failed) > largest || failed)
      continue;
    fs::create_directories((folder / name).parent_path(), failed);
    if (!failed && fs::copy_file(file.path, folder / name, failed)) copies.push_back(folder / name);
  }
  return copies;
}

struct RunDirectory::Impl {
  Place place;
  Json manifest;
  LogFile log;
  std::vector<std::filesystem::path> inputs;  ///< copies of data files
  bool finished = false;

  explicit Impl(Place where) : place(std::move(where)), log(place.path / "log.jsonl") {}

  Result<Done> begin(const plan::Plan& plan, const Provenance& provenance, Clock::time_point started);
  void remove() const;
  Result<Done> write_manifest() const { return base::write_file(place.path / "manifest.json", dump(manifest) + "\n"); }
  Results results(const run::RunResult& result, std::vector<ResultFile> files, int exit_code) const;
  std::vector<ResultFile> save(const std::vector<run::NamedValue>& values, std::vector<Error>& problems) const;
  std::vector<PlotEntry> draw(const std::vector<PlotFile>& plots, std::vector<Error>& problems) const;
};

Result<Done> RunDirectory::Impl::begin(const plan::Plan& plan, const Provenance& provenance,
                                       Clock::time_point started) {
  const std::string merged = scenario::to_toml(plan.scenario.merged);
  manifest = starting_manifest(plan, provenance, started, merged);
  Results empty;
  empty.run = {{"name", plan.scenario.name}, {"state", "running"}, {"started", manifest["started"]}};
  if (auto done = base::write_file(place.path / "scenario.toml", merged); !done) return done;
  inputs = copy_inputs(plan, place.path);
  if (auto done = write_results(place.path / "results.sqlite", empty); !done) return done;
  if (auto done = log.open(); !done) return done;
  return write_manifest();
}

/// Takes back what begin() made, so that a failed start leaves nothing behind.
void RunDirectory::Impl::remove() const {
  std::error_code ignored;
  for (const char* file : {"scenario.toml", "results.sqlite", "log.jsonl", "manifest.json"}) {
    fs::remove(place.path / file, ignored);
  }
  for (const fs::path& input : inputs) fs::remove(input, ignored);
  if (place.made) fs::remove(place.path, ignored);
  // Its parent goes too if this would have been the first run in it.
  if (place.linked) fs::remove(place.path.parent_path(), ignored);
}

Results RunDirectory::Impl::results(const run::RunResult& result, std::vector<ResultFile> files, int exit_code) const {
  Results all{{}, result.steps, result.records, result.verdicts, std::move(files)};
  all.run = {{"name", manifest["name"]},
             {"title", manifest["title"]},
             {"state", state_of(result)},
             {"started", manifest["started"]},
             {"seconds", base::shortest(result.seconds)},
             {"exit_code", std::to_string(exit_code)},
             {"seed", dump(manifest["seed"])},
             {"engine_version", manifest["engine"]["version"]}};
  return all;
}

std::vector<ResultFile> RunDirectory::Impl::save(const std::vector<run::NamedValue>& values,
                                                 std::vector<Error>& problems) const {
  std::vector<ResultFile> files;
  if (values.empty()) return files;
  const fs::path out = place.path / "out";
  append(problems, make_folders(out));
  std::set<std::string> taken;
  for (const run::NamedValue& saved : values) {
    if (!problems.empty()) break;
    const std::string stem = file_stem(saved.name), suffix = kind_suffix(saved.value);
    std::string file = stem + suffix;
    for (int n = 2; !taken.insert(file).second; ++n) file = stem + "-" + std::to_string(n) + suffix;
    append(problems, write_value(out / file, saved.value));
    if (!problems.empty()) break;
    files.push_back(facts_of(saved, "out/" + file));
    files.back().sha256 = file_sha256(out / file);
  }
  return files;
}

std::vector<PlotEntry> RunDirectory::Impl::draw(const std::vector<PlotFile>& plots,
                                                std::vector<Error>& problems) const {
  std::vector<PlotEntry> entries;
  if (plots.empty()) return entries;
  const fs::path folder = place.path / "plots";
  append(problems, make_folders(folder));
  for (const PlotFile& plot : plots) {
    if (!problems.empty()) break;
    const std::string file = plot.name + ".svg";
    append(problems, base::write_file(folder / file, plot.svg));
    entries.push_back({plot.name, "plots/" + file, base::sha256_hex(plot.svg)});
  }
  return entries;
}

RunDirectory::RunDirectory(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RunDirectory::~RunDirectory() = default;

Result<std::unique_ptr<RunDirectory>> RunDirectory::create(const plan::Plan& plan, const Provenance& provenance,
                                                           const Options& options) {
  const auto started = Clock::now();
  auto place =
      options.out ? chosen_folder(*options.out) : new_folder(options.root / safe_name(plan.scenario.name), started);
  if (!place) return std::move(place).errors();
  auto impl = std::make_unique<Impl>(std::move(*place));
  if (auto begun = impl->begin(plan, provenance, started); !begun) {
    impl->remove();
    return std::move(begun).errors();
  }
  return std::unique_ptr<RunDirectory>(new RunDirectory(std::move(impl)));
}

const fs::path& RunDirectory::path() const { return impl_->place.path; }

Result<Done> RunDirectory::finish(const run::RunResult& result, int exit_code, const std::vector<PlotFile>& plots) {
  ORRERY_ASSERT(!impl_->finished);
  impl_->finished = true;
  std::vector<Error> problems;
  std::vector<ResultFile> files = impl_->save(result.saved, problems);
  const std::vector<PlotEntry> drawn = impl_->draw(plots, problems);
  append(problems, write_results(path() / "results.sqlite", impl_->results(result, files, exit_code)));
  const bool whole = problems.empty();
  impl_->log.event(whole ? "info" : "error", "run_finished", "", whole ? state_of(result) : problems.front().message);
  append(problems, impl_->log.close());
  finish_manifest(impl_->manifest, result, {files, drawn}, exit_code, problems);
  append(problems, impl_->write_manifest());
  if (impl_->place.linked) append(problems, replace_link(path().parent_path() / "latest", path().filename()));
  if (!problems.empty()) return problems;
  return Done{};
}

void RunDirectory::step_started(const std::string& step) { impl_->log.event("info", "step_started", step, ""); }

void RunDirectory::step_finished(const run::StepReport& report) {
  const bool done = report.state == run::StepState::done;
  std::string text(run::name_of(report.state));
  if (done) text += " in " + base::shortest(report.seconds) + " s";
  if (report.error) text += ": " + report.error->message;
  if (!report.because.empty()) text += ", because of '" + report.because + "'";
  impl_->log.event(report.error ? "error" : "info", "step_finished", report.name, text);
}

void RunDirectory::step_progress(const std::string&, std::uint64_t, std::uint64_t) {}

void RunDirectory::logged(const std::string& step, catalog::LogLevel level, const std::string& message) {
  impl_->log.plugin_line(level_name(level), step, message);
}

}  // namespace orrery::store
