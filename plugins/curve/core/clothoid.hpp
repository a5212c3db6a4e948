// Clothoids through two points with two directions, and points along clothoids.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace orrery::curve {

/// A plane curve whose curvature is curvature + rate s, for 0 <= s <= length.
struct Clothoid {
  double curvature = 0.0;  ///< [1 / length] at the start, positive to the left
  double rate = 0.0;       ///< [1 / length^2]
  double length = 0.0;     ///< [length]
};

/// A place and the direction in it.
struct Heading {
  double x = 0.0;      ///< [length]
  double y = 0.0;      ///< [length]
  double angle = 0.0;  ///< [rad] from the first axis, counter-clockwise
};

/// The clothoid from one place and direction to another that turns least: with angles from the chord in (-pi, pi] the
/// solution is unique. Two Newton steps from a polynomial start, always.
/// @throws std::domain_error for equal places (no chord), a number that is not finite, or angles that both point
///   backwards along the chord from opposite sides, where the curve would be a full circle of no size
/// @accuracy end of the curve, with its three numbers as returned, measured against 113-bit quadrature: 5e-15 of the
///   chord at most (both angles near pi), 4e-16 in the mean (1.2e-15 and
///   1.8e-16 is what rounding of the three numbers alone leaves), times length / chord / 3 where that exceeds 1 (nearly
///   closed circles)
/// @source Bertolazzi, Frego 2015 (the equation and its unique root); DLMF 10.54.2 and 10.51.1 (the moments are
///   spherical Bessel functions, by backward recurrence); the start is a fit of our own
Clothoid fit_clothoid(const Heading& from, const Heading& to);

/// The same for many, at several times the speed; the bits are those of the single fit.
/// @param from n x 3 rows x, y, angle   @param to n x 3   @param out n rows, all written; what is refused above comes
///   out as nan in all three
void fit_clothoids(std::span<const double> from, std::span<const double> to, std::span<Clothoid> out);

/// The place and direction at the length s along a clothoid.
/// @param s [length] any, also outside 0 .. length
/// @throws std::domain_error where numbers are not finite or the curve turns by more than 1e6 rad up to there
/// @accuracy the place within 1e-15 (4 + rad turned) of s, against the Fresnel integrals up to 1257 rad
/// @source DLMF 10.54.2; pieces of at most 2 rad, added up in double-double arithmetic
Heading clothoid_at(const Heading& from, const Clothoid& clothoid, double s);

}  // namespace orrery::curve
