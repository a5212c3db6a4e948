// Blocks of Lambert's problems: the kernel compiled for processors with AVX2.
// SPDX-License-Identifier: Apache-2.0
#define ORRERY_LANES lambert_avx2
#include "plugins/orbital/core/lambert_block_kernel.hpp"

namespace orrery::orbital::detail {

void solve_block_avx2(LambertBlock& block) { ORRERY_LANES::solve_block(block); }

}  // namespace orrery::orbital::detail
