// The circular helix through points of space, and the verdict whether they lie on one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace orrery::curve {

struct HelixFitOptions {
  double tolerance = 1e-10;          ///< [-] > 0; the verdict is relative_residual <= tolerance
  std::size_t max_iterations = 100;  ///< of the refinement
};

struct HelixFit {
  std::array<double, 3> point{};   ///< [length] of the axis, nearest to the mean of the points
  std::array<double, 3> axis{};    ///< [-] unit vector, from the first turn towards the last
  double radius = 0.0;             ///< [length]
  double pitch = 0.0;              ///< [length] along the axis a turn; positive: right-handed
  double turns = 0.0;              ///< [-] between first and last point, positive
  double curvature = 0.0;          ///< [1 / length] of the helix
  double torsion = 0.0;            ///< [1 / length]
  double max_residual = 0.0;       ///< [length] largest distance of a point from the helix
  double rms_residual = 0.0;       ///< [length]
  double relative_residual = 0.0;  ///< [-] max_residual / radius
  bool converged = false;
  bool is_helix = false;
};

/// The helix with the least sum of squared distances, for points in order less than half a turn apart.
/// @param points [length] n x 3   @param n n >= 7
/// @throws std::invalid_argument for a wrong size or option, a value that is not finite (row named), or points that
///   coincide or lie on one line to rounding
/// @accuracy exact helices of half a turn and more, rounded: relative residual below 1e-12 in the tests
/// @source Boggs, Byrd, Schnabel 1987 (orthogonal distances); Levenberg 1944, Marquardt 1963 (steps); the start is the
///   best of several axes: that about which tangents keep their angle, and the principal directions
HelixFit fit_helix(std::span<const double> points, std::size_t n, const HelixFitOptions& options = {});

}  // namespace orrery::curve
