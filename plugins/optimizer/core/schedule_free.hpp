// Schedule-free learning: steps without a schedule, whose average is the answer; Defazio et al. 2024.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace orrery::optimizer {

struct ScheduleFreeSettings {
  double learning_rate = 0.0025;  ///< [-] >= 0
  double beta = 0.9;              ///< [-] 0 to 1: how near to the average the gradient is taken
  double weight_decay = 0.0;      ///< [-] >= 0, at the place of the gradient
  std::int64_t warmup = 0;        ///< steps in which the rate rises linearly
  bool adaptive = false;          ///< divided by the root of the second moment, as AdamW does
  double beta2 = 0.999;           ///< [-] 0 <= beta2 < 1
  double epsilon = 1e-8;          ///< [-] >= 0, beside the root
};

/// The three sequences and the second moment, n numbers each.
template <class Real>
struct ScheduleFreeState {
  std::span<Real> place;    ///< y, where gradients are taken
  std::span<Real> base;     ///< z, which makes the steps
  std::span<Real> average;  ///< x, the answer
  std::span<Real> second;   ///< average of g^2; empty unless adaptive
};

/// One step in place: z' = z - gamma (d + weight_decay y), x' = (1 - c) x + c z', y' = (1 - beta) z' + beta x', with d
/// the gradient at y, or g/(sqrt(v') + epsilon); gamma = lr min(1, t/warmup), times sqrt(1 - beta2^t) if adaptive; c is
/// gamma^2 over the sum of all gamma^2 so far, this one included.
/// @param gradient [-] n, at `place`; finite, if adaptive with finite squares   @param state updated
/// @param step how many steps were made before, >= 0   @param weight_sum [-] >= 0, sum of gamma^2 so far
/// @param settings as their comments say   @returns [-] the sum with this step
/// @accuracy each element to 8 roundings of its terms   @source Defazio et al. 2024, equations 3 to 5 and algorithm 1
template <class Real>
double schedule_free_step(std::span<const Real> gradient, const ScheduleFreeState<Real>& state, std::int64_t step,
                          double weight_sum, const ScheduleFreeSettings& settings);

}  // namespace orrery::optimizer
