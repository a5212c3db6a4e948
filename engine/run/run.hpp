// Running a plan: steps in parallel where the graph allows, values handed on without copies, every outcome kept.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/plan/plan.hpp"
#include "engine/run/plot.hpp"

namespace orrery::run {

enum class StepState { waiting, running, done, failed, stopped, not_run };
std::string_view name_of(StepState state);

struct StepReport {
  std::string name, operation;
  StepState state = StepState::waiting;
  double seconds = 0.0;
  std::optional<base::Error> error;  ///< of a failed step
  std::string because;               ///< of a step not run: the step whose failure is the reason
};

struct NamedValue {
  std::string name;
  value::Value value;
};

/// How one expectation went.
struct Verdict {
  enum class State { met, failed, not_judged };
  std::string name, why;
  State state = State::not_judged;
  std::string value;   ///< what was found: "3.2e-15"
  std::string limit;   ///< what was wanted: "below 1e-13"
  std::string detail;  ///< where it fails first and worst
  base::Span span;
};
std::string_view name_of(Verdict::State state);

struct RunResult {
  std::vector<StepReport> steps;
  std::vector<NamedValue> records;
  std::vector<NamedValue> saved;
  std::vector<Plot> plots;
  std::vector<Verdict> verdicts;
  base::Errors errors;       ///< records, saved values and plots that could not be computed though their steps are done
  bool interrupted = false;  ///< a step was stopped, or not begun
  double seconds = 0.0;

  bool all_done() const;
  bool expectations_met() const;
};

/// Told of what happens while a run goes on. Called from several threads, one call at a time.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void step_started(const std::string& step) = 0;
  virtual void step_finished(const StepReport& report) = 0;
  virtual void step_progress(const std::string& step, std::uint64_t done, std::uint64_t total) = 0;
  virtual void logged(const std::string& step, catalog::LogLevel level, const std::string& message) = 0;
};

class TapKeeper;
class CheckpointKeeper;

/// A tap of a step, or of one in a loop, whose values somebody keeps.
struct TapRequest {
  std::string loop, step;
  std::size_t tap = 0;
  TapKeeper* keeper = nullptr;
};

struct RunOptions {
  std::uint32_t jobs = 0;                   ///< threads; 0: one for each core
  const std::atomic<bool>* stop = nullptr;  ///< set from outside to stop the run at the next poll
  Listener* listener = nullptr;
  std::vector<TapRequest> taps;
  CheckpointKeeper* checkpoints = nullptr;  ///< of loops that ask for it
  std::string engine;                       ///< version and build, on which results may depend
  bool timing = true;                       ///< measure each step; costs two readings of the clock
  bool keep_buffers = false;                ///< keep the memory of values for the next run of the same executor
  bool in_turn = false;  ///< one step after the other on the calling thread; loops in them may still be parallel
};

/// Runs a plan once and judges its expectations. For many runs of one plan see executor.hpp.
RunResult execute(const plan::Plan& plan, const RunOptions& options = {});

}  // namespace orrery::run
