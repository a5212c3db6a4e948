// Weights of finite differences on any grid.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace orrery::curve {

/// Weights w with f^(k)(0) = sum_j w[j] f(offsets[j]), exact for polynomials of degree offsets.size() - 1.
/// @param offsets [parameter] abscissae minus the place of the derivative, all different, of order 1
/// @param k derivative, 0 <= k < offsets.size()
/// @returns one weight for each offset
/// @throws std::invalid_argument if k is too large
/// @accuracy 1e-14 of the largest weight for up to 12 offsets of similar spacing   @source Fornberg 1988
std::vector<double> fornberg_weights(std::span<const double> offsets, std::size_t k);

}  // namespace orrery::curve
