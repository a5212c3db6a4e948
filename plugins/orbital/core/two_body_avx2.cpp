// The kernel of two-body steps for processors with AVX2.
// SPDX-License-Identifier: Apache-2.0
#define ORRERY_VECTOR_BYTES 32
#include "plugins/orbital/core/two_body_kernel.hpp"

namespace orrery::orbital::detail {

void run_two_body_avx2(TwoBodySteps& steps) { run_lanes(steps); }

}  // namespace orrery::orbital::detail
