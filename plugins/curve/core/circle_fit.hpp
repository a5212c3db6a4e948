// The circle through points of R^d, and the verdict whether they lie on one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace orrery::curve {

struct CircleFitOptions {
  double tolerance = 1e-12;         ///< [-] > 0; the verdict is relative_residual <= tolerance
  std::size_t max_iterations = 50;  ///< of the geometric refinement
};

/// A circle in R^d. The residual of a point is its distance to the circle in space:
/// sqrt(out^2 + (rho - radius)^2), out its distance from the plane, rho from the axis.
struct CircleFit {
  std::vector<double> centre;      ///< [length] d
  double radius = 0.0;             ///< [length]
  std::vector<double> basis;       ///< [-] 2 x d, orthonormal, spans the plane; the axes themselves for d = 2
  std::vector<double> normal;      ///< [-] 3, only for d = 3; the samples run counter-clockwise about it
  double max_residual = 0.0;       ///< [length]
  double rms_residual = 0.0;       ///< [length]
  double relative_residual = 0.0;  ///< [-] max_residual / radius
  double rounding_floor = 0.0;     ///< [-] 2^-53 max |coordinate| / radius: what rounding of the points alone may leave
  double arc = 0.0;                ///< [rad] smallest arc that holds all points, 0 < arc <= 2 pi
  std::size_t iterations = 0;
  bool converged = false;  ///< the refinement came to rest; only scattered points on a short arc fail to
  bool is_circle = false;
};

/// Least-squares circle: the plane of the two largest principal directions, an algebraic start that is not biased to
/// small circles, then the sum of squared distances in the plane minimised by Gauss-Newton steps.
/// @param points [length] n x d   @param n n >= 3   @param d d >= 2
/// @throws std::invalid_argument for a wrong size or option, a value that is not finite (row named), fewer than 3
/// points,
///   points that coincide, or points that lie on one line to rounding
/// @accuracy exact circles rounded to double, measured: relative residual 3e-16, and on an arc of angle a radius and
/// centre
///   6e-16 / min(a, 1)^2 of the radius, as three points that close fix no more; all times 1 + |centre| / radius, since
///   points far from the origin are themselves rounded more (see rounding_floor)
/// @source Taubin 1991 (start); Chernov 2010, chapters 4 and 5 (its form by singular vectors; geometric fit)
CircleFit fit_circle(std::span<const double> points, std::size_t n, std::size_t d,
                     const CircleFitOptions& options = {});

/// One fit for each of `curves` curves, points curves x n x d; an error names the curve.
std::vector<CircleFit> fit_circles(std::span<const double> points, std::size_t curves, std::size_t n, std::size_t d,
                                   const CircleFitOptions& options = {});

}  // namespace orrery::curve
