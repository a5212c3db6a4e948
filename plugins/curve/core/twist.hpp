// Twist, total curvature, total torsion and self-linking of smooth closed curves in space.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "plugins/curve/core/writhe.hpp"

namespace orrery::curve {

/// Integral of the curvature over arc length, along the trigonometric interpolant.
/// @param points [length] n x 3, equal steps of the parameter, without the closing sample
/// @returns [rad] at least 2 pi   @throws std::invalid_argument as interpolate_closed
/// @accuracy as `difference` says; inflections make it slow   @source Milnor 1950
ClosedIntegral smooth_total_curvature(std::span<const double> points);

/// Integral of the torsion over arc length.   @param points as smooth_total_curvature
/// @returns [rad] positive for right-handed curves
/// @throws std::invalid_argument as interpolate_closed, and where the curvature vanishes (sample named)
/// @accuracy torus knot (2,3) with 128 samples: 1e-14   @source do Carmo 1976, section 1-5
ClosedIntegral smooth_total_torsion(std::span<const double> points);

/// Turns of a field of directors about a closed curve: 1/(2 pi) times the integral of (T x u) . du, u normal to T.
/// @param points as smooth_total_curvature   @param directors [-] n x 3, any length, not along the curve
/// @returns [-] turns   @throws std::invalid_argument as interpolate_closed, and where a director is 0 or along the
///   tangent to 1e-8 (sample named)
/// @source White 1969; Fuller 1971
ClosedIntegral smooth_twist(std::span<const double> points, std::span<const double> directors);

struct SelfLinking {
  std::int64_t number = 0;  ///< linking number of the curve and its push-off, of polygons: proved for these
  double writhe = 0.0;      ///< of the smooth curve
  double twist = 0.0;       ///< of the directors, or total torsion / (2 pi)
  double defect = 0.0;      ///< |number - writhe - twist|: 0 by the theorem of Calugareanu, White and Fuller
  double push_off = 0.0;    ///< [length] by which the second polygon was moved
  std::size_t places = 0;   ///< points of each polygon
};

/// Self-linking number of a closed curve, framed by directors or, without them, by its principal normals.
/// @param points as smooth_total_curvature   @param directors n x 3, or empty
/// @throws std::invalid_argument as smooth_twist or smooth_total_torsion, and for a curve that comes so near to itself
///   that no push-off is found with 2^15 points
/// @accuracy number: exact for the polygons; they are chosen finer than a tenth of the push-off, and that at a quarter
///   of the curve's reach. defect: torus knots with 256 samples 1e-13
/// @source Calugareanu 1961; White 1969; Fuller 1971
SelfLinking self_linking(std::span<const double> points, std::span<const double> directors = {});

}  // namespace orrery::curve
