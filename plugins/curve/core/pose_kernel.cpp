// Choice of the reconstruction kernel by what the machine can run; nothing here comes from the literature.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/pose_kernel.hpp"

#include <stdexcept>

#include "plugins/curve/core/pose_kernel_builds.hpp"

namespace orrery::curve {

namespace {

void require_target(PoseTarget target) {
  if (!has_pose_target(target)) {
    throw std::invalid_argument("this machine cannot run the instruction set of that kernel");
  }
}

}  // namespace

bool has_pose_target(PoseTarget target) {
#if defined(__x86_64__)
  switch (target) {
    case PoseTarget::avx512:
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
             __builtin_cpu_supports("avx512vl");
    case PoseTarget::avx2:
      return __builtin_cpu_supports("avx2");
    default:
      return true;
  }
#else
  return target == PoseTarget::baseline;
#endif
}

PoseTarget best_pose_target() {
  static const PoseTarget best = has_pose_target(PoseTarget::avx512) ? PoseTarget::avx512
                                 : has_pose_target(PoseTarget::avx2) ? PoseTarget::avx2
                                                                     : PoseTarget::baseline;
  return best;
}

PoseKernel magnus4_kernel(PoseTarget target) {
  require_target(target);
#if defined(__x86_64__)
  if (target != PoseTarget::baseline) {
    return target == PoseTarget::avx2 ? &magnus4_avx2 : &magnus4_avx512;
  }
#endif
  return &magnus4_baseline;
}

PoseKernel magnus6_kernel(PoseTarget target) {
  require_target(target);
#if defined(__x86_64__)
  if (target != PoseTarget::baseline) {
    return target == PoseTarget::avx2 ? &magnus6_avx2 : &magnus6_avx512;
  }
#endif
  return &magnus6_baseline;
}

}  // namespace orrery::curve
