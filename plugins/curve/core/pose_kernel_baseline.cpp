// The inner loop of curve reconstruction, built for any machine.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/pose_kernel_builds.hpp"
#include "plugins/curve/core/pose_kernel_lanes.hpp"

namespace orrery::curve {

void magnus4_baseline(const PoseBlock& block, std::size_t blocks, Pose& pose) { follow_blocks<2>(block, blocks, pose); }
void magnus6_baseline(const PoseBlock& block, std::size_t blocks, Pose& pose) { follow_blocks<3>(block, blocks, pose); }

}  // namespace orrery::curve
