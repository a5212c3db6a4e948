// Blocks of Lambert's problems: the kernel compiled for any processor.
// SPDX-License-Identifier: Apache-2.0
#define ORRERY_LANES lambert_baseline
#include "plugins/orbital/core/lambert_block_kernel.hpp"

namespace orrery::orbital::detail {

void solve_block_baseline(LambertBlock& block) { ORRERY_LANES::solve_block(block); }

void solve_row(LambertBlock& block) { ORRERY_LANES::solve_lanes<double>(block, 0); }

}  // namespace orrery::orbital::detail
