// The inner loop of Adam, built for every machine.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/adam_kernel_loop.hpp"

namespace orrery::optimizer {

void adam_baseline(const AdamArrays<double>& arrays, const AdamFactors<double>& factors) {
  update_all(arrays, factors);
}
void adam_baseline(const AdamArrays<float>& arrays, const AdamFactors<float>& factors) { update_all(arrays, factors); }

}  // namespace orrery::optimizer
