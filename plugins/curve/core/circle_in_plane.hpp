// A circle in the plane in the form that stays accurate on short arcs, its algebraic fit and its geometric refinement.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <span>

namespace orrery::curve {

/// The circle x^2 + y^2 - 2 a x - 2 b y + c = 0. With points near the origin, c keeps what a^2 + b^2 - radius^2 would
/// cancel.
struct PlaneCircle {
  double a = 0.0;
  double b = 0.0;
  double c = 0.0;

  [[nodiscard]] double radius() const { return std::sqrt(a * a + b * b - c); }

  /// Distance to the centre minus the radius.
  [[nodiscard]] double residual(double x, double y) const {
    const double power = x * x + y * y - 2.0 * (a * x + b * y) + c;
    return power / (std::hypot(x - a, y - b) + radius());
  }
};

/// @param flat n x 2, mean zero, of order 1, not on a line   @source Taubin 1991; Chernov 2010, chapter 5
PlaneCircle algebraic_circle(std::span<const double> flat);

struct Refinement {
  std::size_t iterations = 0;
  bool converged = false;
};

/// Gauss-Newton steps on the sum of squared distances, halved where they would not lower it.
/// @source Chernov 2010, chapter 4
Refinement refine_circle(std::span<const double> flat, std::size_t max_iterations, PlaneCircle& circle);

}  // namespace orrery::curve
