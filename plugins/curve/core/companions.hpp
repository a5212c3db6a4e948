// Curves made from a curve: evolute, involute, parallel curve, and the curve turned about a point or an axis.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace orrery::curve {

struct Companion {
  std::vector<double> points;        ///< [length] n x d
  std::vector<std::int64_t> status;  ///< n; 0: fine, 1: the curve stands still there, 2: see the function
};

/// Centres of the osculating circles of a plane curve.
/// @param points, first, second [length] n x 2, with derivatives by any parameter
/// @returns the evolute; where the curvature vanishes (status 2) or the curve stands still (status 1) it is infinite
/// @throws std::invalid_argument for a wrong size or a value that is not finite
/// @accuracy measured: 4.3 ulp of the larger of |r| and the radius   @source do Carmo 1976, exercise 1-5.7
Companion evolute(std::span<const double> points, std::span<const double> first, std::span<const double> second,
                  std::size_t n);

/// r - (s - start) T: where the end of a taut thread is that is unwound from the curve, in any dimension.
/// @param first [any] n x d   @param arc [length] n, arc length s at each row   @param start [length] any
/// @returns the involute; status 2 where s = start, its cusp. Where the curve stands still (status 1) there is no
///   tangent and the point is infinite, unless s = start
/// @throws as evolute   @accuracy measured: 3.2 ulp of the larger of |r| and |s - start|   @source do Carmo 1976,
/// exercise 1-5.7
Companion involute(std::span<const double> points, std::span<const double> first, std::span<const double> arc,
                   double start, std::size_t n, std::size_t d);

/// The parallel curve r + distance N of a plane curve, N the left normal.
/// @param second [any] n x 2, or empty: then status 2 is not looked for
/// @returns the parallel; status 2 where distance times the curvature is at least 1: there it runs backwards, and at 1
/// it
///   has a cusp. Where the curve stands still (status 1) there is no normal and the point is infinite
/// @throws as evolute   @accuracy measured: 3.3 ulp of the larger of |r| and |distance|   @source Farouki, Neff 1990
Companion offset(std::span<const double> points, std::span<const double> first, std::span<const double> second,
                 double distance, std::size_t n);

/// Points of the plane turned counter-clockwise about a centre: z -> c + exp(i angle) (z - c).
/// @throws as evolute   @accuracy measured: 2.6 ulp of the larger of |z - c| and |c|
std::vector<double> rotate_about(std::span<const double> points, std::array<double, 2> centre, double angle,
                                 std::size_t n);

/// Points of space turned about the axis through a centre, right-handed.
/// @param axis of any length but 0   @throws as evolute; std::domain_error for an axis of length 0
/// @accuracy measured: 8.1 ulp of the larger of |r - c| and |c|   @source Rodrigues 1840
std::vector<double> rotate_about(std::span<const double> points, std::array<double, 3> centre,
                                 std::array<double, 3> axis, double angle, std::size_t n);

}  // namespace orrery::curve
