// Curves of constant curvature in closed form: in the plane, in space, on the sphere, on the hyperbolic plane.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace orrery::curve {

/// Points and unit tangents, n x d each.
struct CurvePoints {
  std::vector<double> points;    ///< [length], hyperbolic: see there
  std::vector<double> tangents;  ///< [-]
};

/// Plane: z(s) = z_0 + int_0^s exp(i (angle + kappa u)) du, a circle of radius 1/|kappa| or, for kappa = 0, a line.
/// It is computed as s exp(i (angle + kappa s/2)) sin(kappa s/2)/(kappa s/2), which does not cancel for small kappa.
/// @param curvature [1/length] any, positive to the left   @param angle [rad] of the tangent at s = 0
/// @param origin [length] z_0   @param arc [length] n, any
/// @throws std::invalid_argument for a value that is not finite
/// @accuracy measured with 64-bit long double: 0.7 ulp of |z - z_0|   @source do Carmo 1976, section 1-5
CurvePoints constant_curvature_plane(double curvature, double angle, std::array<double, 2> origin,
                                     std::span<const double> arc);

/// The same with the speed v as the parameter: dz/dv = v exp(i (angle + kappa v^2/2)), so that arc = v^2/2.
/// @param speed n, the parameter v, any; at v = 0 the parametrisation is singular, the curve is not
std::vector<double> arc_of_speed(std::span<const double> speed);

/// Space: curvature and torsion both constant; from the origin, tangent, normal and binormal along the axes.
/// A helix of radius kappa/w^2 and pitch 2 pi tau/w^2, w^2 = kappa^2 + tau^2; a circle for tau = 0, a line for kappa =
/// 0.
/// @param curvature, torsion [1/length] any   @accuracy measured: 0.6 ulp of the largest coordinate
/// @throws std::invalid_argument for a value that is not finite   @source do Carmo 1976, section 1-5
CurvePoints constant_curvature_space(double curvature, double torsion, std::span<const double> arc);

/// Salkowski's curve of curvature kappa by arc length; s = 0 is its point with t = 0, the axis is the third one.
/// @param curvature [1/length] > 0   @param slope m, see NamedCurve   @param arc [length] n, within the branch
///   |s| < 1/(kappa |m|), at whose ends the torsion is infinite
/// @throws std::domain_error for a curvature, slope or arc outside (row named)
/// @accuracy 1e-15 of the size; near the ends of the branch t = asin(m kappa s)/n costs sqrt(ulp)
/// @source Salkowski 1909; Monterde 2009
CurvePoints constant_curvature_salkowski(double curvature, double slope, std::span<const double> arc);

/// Sphere about the origin: a small circle of geodesic curvature k, from (radius, 0, 0) along the second axis, the
/// third to its left. Its angular radius a has cot a = k radius; its curvature in space is sqrt(k^2 + 1/radius^2).
/// @throws std::domain_error for a radius that is not positive   @accuracy measured: 0.6 ulp of the radius
/// @source do Carmo 1976, section 4-4
CurvePoints constant_curvature_sphere(double curvature, double radius, std::span<const double> arc);

/// Hyperbolic plane of curvature -1/radius^2, points (x_0, x_1, x_2) with x_0^2 - x_1^2 - x_2^2 = radius^2 and x_0 > 0,
/// from (radius, 0, 0) along the second axis: a circle for |k| radius > 1, a horocycle for 1, below 1 an equidistant, a
/// line for 0. One formula serves all: it is analytic in 1/radius^2 - k^2.
/// @throws std::domain_error for a radius that is not positive; std::overflow_error beyond the range of doubles (row)
/// @accuracy measured: 0.6 ulp of x_0   @source Ratcliffe 2019, chapters 3, 9
CurvePoints constant_curvature_hyperbolic(double curvature, double radius, std::span<const double> arc);

}  // namespace orrery::curve
