// The builds of the reconstruction kernel, one for each instruction set; private to the pose_kernel files.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/curve/core/pose_kernel.hpp"

namespace orrery::curve {

void magnus4_baseline(const PoseBlock& block, std::size_t blocks, Pose& pose);
void magnus6_baseline(const PoseBlock& block, std::size_t blocks, Pose& pose);
#if defined(__x86_64__)
void magnus4_avx2(const PoseBlock& block, std::size_t blocks, Pose& pose);
void magnus6_avx2(const PoseBlock& block, std::size_t blocks, Pose& pose);
void magnus4_avx512(const PoseBlock& block, std::size_t blocks, Pose& pose);
void magnus6_avx512(const PoseBlock& block, std::size_t blocks, Pose& pose);
#endif

}  // namespace orrery::curve
