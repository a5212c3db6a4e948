// Blocks of Lambert's problems: the kernel compiled for processors with AVX512.
// SPDX-License-Identifier: Apache-2.0
#define ORRERY_LANES lambert_avx512
#include "plugins/orbital/core/lambert_block_kernel.hpp"

namespace orrery::orbital::detail {

void solve_block_avx512(LambertBlock& block) { ORRERY_LANES::solve_block(block); }

}  // namespace orrery::orbital::detail
