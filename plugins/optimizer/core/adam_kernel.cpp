// Choice of the build of Adam's loop by what the machine can run; nothing here comes from the literature.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/adam_kernel.hpp"

#include <stdexcept>

namespace orrery::optimizer {

bool has_adam_target(AdamTarget target) {
#if defined(__x86_64__)
  if (target == AdamTarget::avx512)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
  if (target == AdamTarget::avx2) return __builtin_cpu_supports("avx2");
#endif
  return target == AdamTarget::baseline;
}

AdamTarget best_adam_target() {
  static const AdamTarget best = has_adam_target(AdamTarget::avx512) ? AdamTarget::avx512
                                 : has_adam_target(AdamTarget::avx2) ? AdamTarget::avx2
                                                                     : AdamTarget::baseline;
  return best;
}

template <class Real>
void adam_update(AdamTarget target, const AdamArrays<Real>& arrays, const AdamFactors<Real>& factors) {
  if (!has_adam_target(target))
    throw std::invalid_argument("this machine cannot run the instruction set of that kernel");
#if defined(__x86_64__)
  if (target == AdamTarget::avx512) return adam_avx512(arrays, factors);
  if (target == AdamTarget::avx2) return adam_avx2(arrays, factors);
#endif
  adam_baseline(arrays, factors);
}

template void adam_update(AdamTarget, const AdamArrays<double>&, const AdamFactors<double>&);
template void adam_update(AdamTarget, const AdamArrays<float>&, const AdamFactors<float>&);

}  // namespace orrery::optimizer
