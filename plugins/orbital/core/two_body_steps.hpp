// The state of eight two-body orbits that are integrated side by side.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace orrery::orbital::detail {

/// Plain memory that kernels for different instruction sets work on. Time runs forward in all lanes; units are such
/// that distance and gravity are near one. A lane at its target stands still.
struct alignas(64) TwoBodySteps {
  static constexpr std::size_t lanes = 8, order = 20;

  double position[3][lanes], velocity[3][lanes];
  double position_rest[3][lanes], velocity_rest[3][lanes];  ///< what rounding has left over
  double time[lanes], time_rest[lanes];
  double gravity[lanes];
  double target[lanes];       ///< where the lane ends
  double next_sample[lanes];  ///< infinite if there is none
  double first_step[lanes];   ///< 0 before the first
  std::uint64_t taken[lanes];

  // the step that is about to be taken, for sample()
  double series[3][order + 1][lanes], rates[3][order + 1][lanes];
  double unit[lanes], length[lanes];

  bool failed[lanes];             ///< the step is too short for the time to advance
  std::uint64_t budget;           ///< steps after which the kernel returns in any case
  void (*sample)(TwoBodySteps&);  ///< takes all samples up to time + length, and moves next_sample on
  void* context;
};

// One for each instruction set; each returns when a lane has come to its target or has failed, or the budget is spent.
void run_two_body_baseline(TwoBodySteps& steps);
void run_two_body_avx2(TwoBodySteps& steps);
void run_two_body_avx512(TwoBodySteps& steps);

}  // namespace orrery::orbital::detail
