// The passes of a loop that are solved: a body is run until the states named are what it makes of them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/run/executor.hpp"
#include "engine/run/fixed_point.hpp"

namespace orrery::run {

class LoopSolver {
 public:
  /// @param loop  with a `solve`
  /// @param stop  asks between iterations whether to go on; may be null
  LoopSolver(const plan::PlannedLoop& loop, Executor& body, const std::atomic<bool>* stop);

  /// Runs the body once or more. What the last run left is the pass. Other states stay as they are meanwhile.
  /// Without an error the body may have been stopped, or the caller finds what went wrong in it.
  std::optional<base::Error> run_pass();
  std::int64_t iterations() const { return iterations_; }
  /// True if run_pass() was left because somebody asked to stop, so that there is no pass.
  bool stopped() const { return stopped_; }

 private:
  /// One of the states that are solved for, and its part of the stacked numbers.
  struct Part {
    const plan::PlannedState* state;
    std::size_t begin = 0, end = 0;
    double size = 0.0, change = 0.0;  ///< norms of the larger of guess and next value, and of their difference
  };

  std::optional<base::Error> read();
  std::optional<base::Error> read(Part& part);
  std::optional<base::Error> measure();
  bool converged() const;
  double allowed(const Part& part) const;
  void give_guess();
  base::Error not_converged() const;

  const plan::PlannedSolve& solve_;
  Executor& body_;
  FixedPoint guesses_;
  std::vector<Part> parts_;
  FixedPoint::Numbers now_, next_, weights_;
  const std::atomic<bool>* stop_;
  std::int64_t iterations_ = 0;
  bool stopped_ = false;
};

}  // namespace orrery::run
