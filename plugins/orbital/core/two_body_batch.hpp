// Many two-body orbits by Taylor series of order 20, eight of them side by side in vector registers.
// SPDX-License-Identifier: Apache-2.0
//
// Jorba and Zou, Experimental Mathematics 14 (2005) 99 (order and step); Moore (1966) chapter 11 (recurrences).
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "plugins/orbital/core/motion_system.hpp"
#include "plugins/orbital/core/vector.hpp"

namespace orrery::orbital {

/// One orbit: units are such that distance and gravity at the start are near one.
struct TwoBodyJob {
  State start;
  double gravity = 1.0;
  std::vector<double> times;  ///< of either sign, in any order
  Units units;                ///< for messages
};

struct TwoBodyResult {
  std::uint64_t steps = 0;
  std::string error;  ///< empty if all went well
};

/// What a step is, for those who look at all of them.
struct TwoBodyStep {
  std::size_t job;
  std::uint64_t number;
  double begin, length;
  State before;
};

struct TwoBodyBatch {
  /// Receives job, index of the time, and state.
  std::function<void(std::size_t, std::size_t, const State&)> sample;
  std::function<void(const TwoBodyStep&)> visit;  ///< called for each step; may be empty
  std::function<void()> poll;                     ///< called now and then; may be empty, may throw
  std::uint64_t most_steps = 10'000'000;
};

/// Instruction sets that the kernel exists for. All give the same bits.
enum class VectorSet { baseline, avx2, avx512 };
/// The widest that this processor has.
VectorSet widest_vector_set();

/// @param jobs positions not zero, gravity > 0, all finite
/// @returns one result for each job, which does not depend on the other jobs
/// @accuracy energy within 5e-13 of itself after a million orbits of e = 0.5 (measured: 3.3e-13)
std::vector<TwoBodyResult> integrate_two_bodies(std::span<const TwoBodyJob> jobs, const TwoBodyBatch& batch,
                                                VectorSet set = widest_vector_set());

}  // namespace orrery::orbital
