// What a run came to: its steps with their times, its records, its expectations.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "engine/report/layout.hpp"
#include "engine/run/run.hpp"
#include "engine/store/store.hpp"

namespace orrery::report {

/// What a run that has just ended and a stored one have in common; it refers to either.
struct RunView {
  std::string name, title, state, started;
  double seconds = 0.0;
  int exit_code = 0;
  std::span<const run::StepReport> steps;
  std::span<const run::NamedValue> records;
  std::span<const run::Verdict> verdicts;
  std::vector<std::string> saved;
  std::filesystem::path path;  ///< of its directory
  std::vector<std::string> plots;
};

RunView view_of(const plan::Plan& plan, const run::RunResult& result, int exit_code, const std::filesystem::path& path);
RunView view_of(const store::StoredRun& run);

/// The steps, the records, each expectation with value, limit and reason, then two lines: how many expectations are
/// met, and where the run's directory is.
std::string summary_text(const RunView& run, const Paint& paint = Paint());
/// The same of a stored run, with its state and when it began.
std::string stored_summary_text(const RunView& run, const Paint& paint = Paint());
/// {"name", "title", "state", "started", "seconds", "exit_code", "steps", "records", "expectations", "met", "saved",
/// "plots" with "name" and "file", "path"}
std::string summary_json(const RunView& run);

}  // namespace orrery::report
