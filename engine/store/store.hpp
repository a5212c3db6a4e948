// A run's directory: provenance, results, log and saved values, whole at every moment.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/plan/plan.hpp"
#include "engine/run/run.hpp"

namespace orrery::store {

/// What the manifest says beside the plan and the result.
struct Provenance {
  std::string engine_version, engine_build;
  std::vector<std::string> command_line;
  std::vector<std::shared_ptr<const catalog::PluginFacts>> plugins;  ///< those whose operations the plan uses
  std::uint32_t jobs = 1;
};

/// A picture for the run's directory: it becomes plots/NAME.svg.
struct PlotFile {
  std::string name, svg;
};

/// The lifecycle of a run directory:
/// 1. create() makes DIR/NAME/<time>-<id>/ (or exactly `out`) with scenario.toml, manifest.json (state "running") and
///    an empty results.sqlite.
/// 2. While the run goes on the recorder is its listener and appends to log.jsonl.
/// 3. finish() writes records, expectations, steps, saved values and plots, then the manifest anew with the final
/// state, then
///    moves the link "latest".
/// A directory whose process died in between keeps the state "running" and every file in it is whole.
class RunDirectory : public run::Listener {
 public:
  struct Options {
    std::filesystem::path root = "runs";
    std::optional<std::filesystem::path> out;  ///< --out: must not exist, or be an empty folder
  };
  static base::Result<std::unique_ptr<RunDirectory>> create(const plan::Plan& plan, const Provenance& provenance,
                                                            const Options& options);
  ~RunDirectory() override;

  const std::filesystem::path& path() const;
  /// Errors that happened while listening (a full disk, say) come out here too. exit_code goes into the manifest.
  base::Result<base::Done> finish(const run::RunResult& result, int exit_code, const std::vector<PlotFile>& plots = {});

  void step_started(const std::string& step) override;
  void step_finished(const run::StepReport& report) override;
  void step_progress(const std::string& step, std::uint64_t done, std::uint64_t total) override;
  void logged(const std::string& step, catalog::LogLevel level, const std::string& message) override;

 private:
  struct Impl;
  explicit RunDirectory(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// A run as found on disk.
struct StoredRun {
  std::filesystem::path path;
  std::string name, title, state, started;
  int exit_code = 0;
  double seconds = 0.0;
  std::vector<run::StepReport> steps;
  std::vector<run::NamedValue> records;
  std::vector<run::Verdict> verdicts;
  std::vector<std::string> saved;  ///< their names: "orbit.velocity", "orbit.velocity[1:3]"
  std::vector<std::string> plots;  ///< their names
};

/// Opens "NAME/latest", "NAME/latest~1", "NAME", "NAME/<time>-<id>", "latest" (newest of all) or a path.
/// Errors: unknown_run with the nearest name, damaged_run.
base::Result<StoredRun> open_run(const std::string& which, const std::filesystem::path& root = "runs");
/// A saved value of a run.
base::Result<value::Value> load_saved(const StoredRun& run, const std::string& name);

}  // namespace orrery::store
