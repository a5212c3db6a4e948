// The kernel of two-body steps for processors with AVX-512.
// SPDX-License-Identifier: Apache-2.0
#define ORRERY_VECTOR_BYTES 64
#include "plugins/orbital/core/two_body_kernel.hpp"

namespace orrery::orbital::detail {

void run_two_body_avx512(TwoBodySteps& steps) { run_lanes(steps); }

}  // namespace orrery::orbital::detail
