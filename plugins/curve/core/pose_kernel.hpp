// The inner loop of curve reconstruction, in eight lanes: what goes in, what comes out, and which build of it to call.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

namespace orrery::curve {

/// Steps that one lane makes, and steps of one call: eight lanes, one behind the other.
inline constexpr std::size_t lane_steps = 64;
inline constexpr std::size_t block_steps = 8 * lane_steps;

/// A place and a direction as unevaluated sums high + low: the frame is that of the unit quaternion w + x i + y j + z
/// k.
struct Pose {
  std::array<double, 4> rotation{1.0, 0.0, 0.0, 0.0};
  std::array<double, 4> rotation_low{};
  std::array<double, 3> position{};
  std::array<double, 3> position_low{};
};

/// One block of steps. Arrays of nodes hold `nodes` numbers a step; the parameter holds one number more than steps.
struct PoseBlock {
  const double* parameter = nullptr;
  const double* curvature = nullptr;
  const double* torsion = nullptr;  ///< null: 0
  const double* speed = nullptr;    ///< null: 1
  double* position = nullptr;       ///< steps x 3; null: not wanted
  double* rotation = nullptr;       ///< steps x 4; null: not wanted
  double* frame = nullptr;          ///< steps x 3 x 3, tangent, normal, binormal in rows; null: not wanted
};

/// Follows `blocks` blocks from `pose`, which it leaves at their end.
using PoseKernel = void (*)(const PoseBlock& block, std::size_t blocks, Pose& pose);

/// Instruction sets that the kernel is built for. All give the same bits.
enum class PoseTarget { baseline, avx2, avx512 };

/// The best one that this machine has.
PoseTarget best_pose_target();
/// True if this build has the target and the machine can run it.
bool has_pose_target(PoseTarget target);

/// Order 4 with two Gauss nodes a step, order 6 with three.
PoseKernel magnus4_kernel(PoseTarget target);
PoseKernel magnus6_kernel(PoseTarget target);

}  // namespace orrery::curve
