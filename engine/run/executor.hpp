// A plan prepared for running: calls are built once, so that a run of trivial steps costs little more than they do.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/plan/shapes.hpp"
#include "engine/run/judge.hpp"
#include "engine/run/run.hpp"
#include "engine/run/services.hpp"

namespace orrery::run {

class ProbeSink;

/// 1. Construct once for a plan.
/// 2. run_steps() any number of times, from one thread at a time.
/// 3. After each, result() reads records, saved values and verdicts.
class Executor {
 public:
  Executor(const plan::Plan& plan, const RunOptions& options);
  ~Executor();
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  void run_steps();
  RunResult result();

  // For whoever runs a plan again and again with feedback, as loops do.
  /// Fills a slot that no step fills; it stays filled in all runs.
  void give(plan::Slot slot, value::Value value);
  /// The same with what a step left in another slot, which gets the old memory to work in.
  void exchange(plan::Slot slot, plan::Slot made);
  /// Fills a slot with a number, in the memory of the one before where nobody else has it.
  void give_number(plan::Slot slot, double number, const value::Unit& unit);
  const value::Value& value(plan::Slot slot) const;
  /// What a source of the plan is worth after a run.
  base::Result<value::Value> compute(const plan::Source& source) const;
  /// What steps with 'every' hold between their turns, one value after the other; and taken back.
  std::vector<value::Value> held() const;
  bool hold(std::span<const value::Value> values);
  std::size_t held_count() const;
  /// Numbers the runs, so that random numbers of each are different ones.
  void set_pass(std::uint64_t pass);
  /// What went wrong in the last run; empty also if it was stopped.
  const base::Error* failure() const;
  bool stopped() const;

 private:
  class Step;
  struct Slot;

  void prepare_probes();
  void prepare_slots();
  void start(Step& step);
  void run_chain(Step* next);
  const Step* cause_against(const Step& step) const;
  Step* finish(Step& step);
  void release(Slot& slot);
  bool is_made(const plan::Source& source) const;
  std::optional<value::Value> named_value(const plan::Source& source, bool single, base::Errors& errors) const;
  void add_plot(const plan::PlannedPlot& plot, RunResult& into) const;
  Verdict verdict(const plan::PlannedExpectation& expectation) const;
  void run_in_turn();

  const plan::Plan& plan_;
  RunOptions options_;
  Shared shared_;
  std::map<std::string, value::Value, std::less<>> lets_;
  std::vector<std::unique_ptr<Slot>> slots_;
  std::vector<std::unique_ptr<Step>> steps_;
  struct Arena;
  std::unique_ptr<Arena> arena_;      // none for steps in turn
  std::vector<Step*> ready_;          // of steps in turn
  std::atomic<bool> trouble_{false};  ///< a step is not done; its dependents learn it after it
  bool lends_ = false;                ///< some step may work in the memory of an input
  double seconds_ = 0.0;
  std::map<const plan::PlannedStep*, std::unique_ptr<ProbeSink>> sinks_;  // of steps that are probes
};

}  // namespace orrery::run
