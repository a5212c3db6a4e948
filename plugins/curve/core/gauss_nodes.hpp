// Gauss-Legendre nodes of the steps of a grid, and functions that are known by samples, read at those nodes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace orrery::curve {

/// Places of the nodes of the rule with `count` points on [0, 1].
/// @param count 1, 2 or 3   @throws std::invalid_argument otherwise   @source Davis, Rabinowitz 1984, section 2.7
std::span<const double> unit_gauss_nodes(std::size_t count);

/// The nodes of every step of a grid.
/// @param parameter [parameter] n, increasing, n >= 1   @param count nodes a step, 1, 2 or 3
/// @returns [parameter] (n - 1) x count
/// @throws std::invalid_argument for a grid that is empty, not finite or does not increase, or a count that does not
/// exist
/// @accuracy 1 ulp of the larger end of the step
std::vector<double> gauss_nodes(std::span<const double> parameter, std::size_t count);

/// A sampled function at the nodes of every step, by the polynomial through the `width` nearest samples.
/// @param parameter [parameter] n, increasing   @param samples [any] n   @param count nodes a step, 1, 2 or 3
/// @param width samples a polynomial, 2 .. 12; fewer if n is smaller; one sample stands for a constant
/// @returns [as samples] (n - 1) x count
/// @throws std::invalid_argument as gauss_nodes; for a wrong size, a sample that is not finite, or a width outside
/// @accuracy order `width` in the spacing, exact for polynomials of degree width - 1 up to 1e-13 of the largest sample
/// on uneven grids
/// @source Fornberg 1988 (weights of order 0)
std::vector<double> at_gauss_nodes(std::span<const double> parameter, std::span<const double> samples,
                                   std::size_t count, std::size_t width = 8);

}  // namespace orrery::curve
