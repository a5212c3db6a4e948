// LAMB: Adam whose step is a given part of the parameters' norm, You et al. 2020.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/optimizer/core/adam.hpp"

namespace orrery::optimizer {

/// One step in place, of one layer: with r = Adam's direction + weight_decay x, x' = x - lr |x|/|r| r; the ratio is 1
/// where one of the norms is zero.
/// @param gradient [-] n, with finite squares   @param parameters [-] n, updated   @param memory updated, not `largest`
/// @param step how many steps were made before, >= 0   @param settings as Adam's; `decoupled` has no meaning
/// @returns [-] the ratio |x|/|r|   @accuracy each element to 14 roundings   @source You et al. 2020, algorithm 2
template <class Real>
double lamb_step(std::span<const Real> gradient, std::span<Real> parameters, const AdamMemory<Real>& memory,
                 std::int64_t step, const AdamSettings& settings);

}  // namespace orrery::optimizer
