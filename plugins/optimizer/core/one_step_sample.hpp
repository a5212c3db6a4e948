// The best learning rate of one step by Monte Carlo, with its standard error.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "plugins/optimizer/core/optimal_step.hpp"

namespace orrery::optimizer {

/// Sums over draws of a = g.phi and w = phi'H phi.
struct StepSums {
  double n = 0.0, a = 0.0, w = 0.0, aa = 0.0, aw = 0.0, ww = 0.0;
  void add(const StepSums& other);
};

/// eta* = mean a/mean w with the standard error of that ratio.
struct StepEstimate {
  double rate = 0.0, rate_error = 0.0, gain = 0.0;
  double slope = 0.0, slope_error = 0.0, curvature = 0.0, curvature_error = 0.0;
  std::int64_t draws = 0;
};

constexpr std::int64_t draws_of_a_part = 1024;

/// Sums of one part of draws; a pure function of key and part, so that any number of threads makes the same bits.
/// @param model, rule as check_model accepts, of any level   @param batch [-] > 0   @param part [-] >= 0
StepSums sample_part(const GradientModel& model, const StepRule& rule, double batch, std::uint64_t key,
                     std::uint64_t part);

/// @param sums of at least two draws   @returns the ratio and its error by the delta method
/// @throws std::domain_error if the mean of w is not above 0
/// @source Cochran, Sampling Techniques, 3rd edition, section 6.4
StepEstimate estimate_of(const StepSums& sums);

/// Draws until the relative standard error of eta* is at most `error`, or `most` draws are made. How many it takes is
/// decided after 16, 32, 64, ... parts alone.
/// @param run_parts called as run_parts(n, f), to call f(i) for i in [0, n) in any order on any threads
/// @param error [-] >= 0   @param most [-] >= 2
template <class RunParts>
StepEstimate sample_step(const GradientModel& model, const StepRule& rule, double batch, std::uint64_t key,
                         double error, std::int64_t most, const RunParts& run_parts) {
  StepSums sums;
  std::uint64_t done = 0, goal = 16;
  const std::uint64_t last = (static_cast<std::uint64_t>(most) + draws_of_a_part - 1) / draws_of_a_part;
  for (;;) {
    goal = goal < last ? goal : last;
    std::vector<StepSums> parts(goal - done);
    run_parts(parts.size(), [&](std::uint64_t i) { return parts[i] = sample_part(model, rule, batch, key, done + i); });
    for (const StepSums& part : parts) sums.add(part);
    done = goal;
    const StepEstimate estimate = estimate_of(sums);
    if (done == last || estimate.rate_error <= error * estimate.rate) return estimate;
    goal = 2 * done;
  }
}

}  // namespace orrery::optimizer
