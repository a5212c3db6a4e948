// Lengths, total curvature and turning number of polylines and splines.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "plugins/curve/core/spline.hpp"

namespace orrery::curve {

/// Length of the polyline through the points.
/// @param points [length] n x d, n >= 1   @param closed adds the edge from the last point to the first
/// @returns [length]   @throws std::invalid_argument for a wrong size or a value that is not finite (row named)
/// @accuracy 1.5 ulp for any n, sizes 1e-150 .. 1e150 (the differences of points are rounded once)
/// @source Higham 2002, section 4.3 (compensated sum)
double polyline_length(std::span<const double> points, std::size_t n, std::size_t d, bool closed = false);

/// Length from the first point to each point.   @returns [length] n, or n + 1 for a closed polyline; starts with 0
/// @accuracy as polyline_length
std::vector<double> cumulative_length(std::span<const double> points, std::size_t n, std::size_t d,
                                      bool closed = false);

/// Length of the spline from its first site to each site.   @returns [length] as many as spline.sites()
/// @accuracy of the quadrature: 1e-14 where the speed changes by less than a factor of two over a piece
/// @source Gauss-Legendre rule with 10 nodes a piece (Davis, Rabinowitz 1984, section 2.7)
std::vector<double> spline_length(const Spline& spline);

/// Integral of curvature over arc length, along the spline; pieces that are straight or stand still add nothing there.
/// @returns [rad]   @throws std::invalid_argument for d = 1   @accuracy order degree - 1 in the spacing of the samples
double total_curvature(const Spline& spline);

/// Sum of the angles between successive edges, in any dimension d >= 2. Repeated points are passed over.
/// @returns [rad] at least 2 pi for a closed polygon   @accuracy 1e-15 for each angle
/// @throws std::invalid_argument for a wrong size, d < 2, or a value that is not finite
/// @source Milnor 1950
double polygon_total_curvature(std::span<const double> points, std::size_t n, std::size_t d, bool closed = false);

struct Turning {
  std::int64_t number = 0;     ///< whole turns of the tangent, positive counter-clockwise
  double turns = 0.0;          ///< [-] the sum before rounding to a whole number
  double largest_angle = 0.0;  ///< [rad] largest exterior angle, 0 .. pi; near pi the samples are too coarse to be sure
};

/// Turning number of a closed plane curve, from the polygon of its samples: right as long as the tangent turns by less
/// than pi from edge to edge. Repeated points are passed over.
/// @param points [length] n x 2, without the closing sample
/// @throws std::invalid_argument for a wrong size, a value that is not finite, fewer than 3 different successive
/// points,
///   or an edge that turns straight back (row named), where the number is not defined
/// @source Hopf 1935
Turning turning_number(std::span<const double> points, std::size_t n);

}  // namespace orrery::curve
