// The inner loop of Adam, built for AVX2.
// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)
#include "plugins/optimizer/core/adam_kernel_loop.hpp"

namespace orrery::optimizer {

void adam_avx2(const AdamArrays<double>& arrays, const AdamFactors<double>& factors) { update_all(arrays, factors); }
void adam_avx2(const AdamArrays<float>& arrays, const AdamFactors<float>& factors) { update_all(arrays, factors); }

}  // namespace orrery::optimizer
#endif
