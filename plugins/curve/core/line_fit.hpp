// The line through points of R^d, and the verdict whether they lie on one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace orrery::curve {

struct LineFit {
  std::vector<double> point;       ///< [length] d, the mean of the points
  std::vector<double> direction;   ///< [-] d, a unit vector, from the first point towards the last
  double extent = 0.0;             ///< [length] between the outermost points along the line
  double max_residual = 0.0;       ///< [length] largest distance of a point from the line
  double rms_residual = 0.0;       ///< [length]
  double relative_residual = 0.0;  ///< [-] max_residual / extent
  bool is_line = false;            ///< relative_residual <= tolerance
};

/// The line with the least sum of squared distances.
/// @param points [length] n x d   @param n n >= 2   @param d d >= 1   @param tolerance [-] > 0
/// @throws std::invalid_argument for a wrong size or option, a value that is not finite (row named), or points that all
///   coincide
/// @accuracy points on a line, rounded: relative residual 3e-16 (1 + |mean| / extent)
/// @source Pearson 1901
LineFit fit_line(std::span<const double> points, std::size_t n, std::size_t d, double tolerance = 1e-12);

}  // namespace orrery::curve
