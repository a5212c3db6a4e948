// The inner loop of curve reconstruction, built for AVX512.
// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)
#include "plugins/curve/core/pose_kernel_builds.hpp"
#include "plugins/curve/core/pose_kernel_lanes.hpp"

namespace orrery::curve {

void magnus4_avx512(const PoseBlock& block, std::size_t blocks, Pose& pose) { follow_blocks<2>(block, blocks, pose); }
void magnus6_avx512(const PoseBlock& block, std::size_t blocks, Pose& pose) { follow_blocks<3>(block, blocks, pose); }

}  // namespace orrery::curve
#endif
