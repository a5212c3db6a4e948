// Curves from their natural equations: in the plane, in space, in R^d, on the sphere and on the hyperbolic plane.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "plugins/curve/core/natural_equations.hpp"
#include "plugins/curve/core/pose_kernel.hpp"

namespace orrery::curve {

/// Told now and then how many steps are done; may throw to stop.
using Progress = std::function<void(std::size_t)>;

struct PlaneStart {
  std::array<double, 2> position{};  ///< [length]
  double angle = 0.0;                ///< [rad] of the first tangent, from the first axis
};

struct PlaneCurve {
  std::vector<double> position;  ///< [length] n x 2
  std::vector<double> angle;     ///< [rad] n, of the tangent, not reduced: it counts turns
};

/// z = z_0 + int v exp(i theta), theta = theta_0 + int v kappa.
/// @param equations curvature positive to the left; torsion must be empty   @param start first point and direction
/// @returns n points and angles   @throws std::invalid_argument, see require_valid; torsion that is given
/// @throws std::overflow_error if the curve leaves the range of doubles
/// @accuracy order 4 or 6 (runge_kutta: 4); exact but for rounding where the curvature is constant over each step.
///   Rounding, measured: see reconstruct_space   @source do Carmo 1976, section 1-5; Blanes, Casas, Oteo, Ros 2009
PlaneCurve reconstruct_plane(const NaturalEquations& equations, const PlaneStart& start = {},
                             Integrator integrator = Integrator::magnus4, const Progress& progress = {});

struct SpaceStart {
  std::array<double, 3> position{};                                          ///< [length]
  std::array<double, 9> frame{1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0};  ///< [-] tangent, normal, binormal in rows
};

struct SpaceCurve {
  std::vector<double> position;  ///< [length] n x 3
  std::vector<double> frame;     ///< [-] n x 3 x 3, tangent, normal, binormal in rows; empty if not wanted
  double defect = 0.0;           ///< largest |F F^T - 1| over all frames
};

/// The curve with T' = v kappa N, N' = v (-kappa T + tau B), B' = -v tau N, r' = v T.
/// @param start first point and frame; the frame must be orthonormal to 1e-8 and right-handed, and is made so exactly
/// @param with_frames false leaves the frames out
/// @throws std::invalid_argument, see require_valid; a start that is not finite or no frame (its defect is named)
/// @throws std::overflow_error if the curve leaves the range of doubles
/// @accuracy order 4 or 6 (runge_kutta: 4); exact but for rounding where curvature and torsion are constant over each
///   step. Rounding, measured with 1e6 steps along the torus knot (2, 3), with 64-bit arithmetic as reference: 1e-16 of
///   its size; frames orthonormal to 1.3e-15, after 1e6 random steps of up to 3 radians to 2e-15
/// @source do Carmo 1976, section 1-5; Blanes, Casas, Oteo, Ros 2009; Murray, Li, Sastry 1994, chapter 2
SpaceCurve reconstruct_space(const NaturalEquations& equations, const SpaceStart& start = {},
                             Integrator integrator = Integrator::magnus4, bool with_frames = true,
                             const Progress& progress = {});

/// The inner part of reconstruct_space: no checks, Magnus integrators only, on a chosen instruction set.
/// @param position n x 3   @param rotation n x 4 or empty   @param frame n x 3 x 3 or empty
void follow_poses(const NaturalEquations& equations, Pose pose, std::size_t nodes, PoseTarget target,
                  std::span<double> position, std::span<double> rotation, std::span<double> frame,
                  const Progress& progress = {});

/// A curve in R^d from its d - 1 curvatures.
struct GeneralCurve {
  std::vector<double> position;  ///< [length] n x d
  std::vector<double> frame;     ///< [-] n x d x d, frame vectors in rows
  double defect = 0.0;           ///< largest |F F^T - 1| over all frames
};

/// @param d dimension, 2 <= d <= 64   @param parameter [parameter] n, increasing
/// @param curvatures [1 / length] (n - 1) x nodes x (d - 1), any sign
/// @param speed [length / parameter] (n - 1) x nodes, or empty for 1
/// @param position [length] d, or empty for the origin   @param frame d x d orthonormal rows, or empty for the axes
/// @throws std::invalid_argument as reconstruct_space
/// @accuracy order as reconstruct_space; rounding, measured: 2e-13 of the size after 1100 random steps of 0.3 radian
/// @source Kuehnel 2015, chapter 2; Blanes, Casas, Oteo, Ros 2009
GeneralCurve reconstruct_general(std::size_t d, std::span<const double> parameter, std::span<const double> curvatures,
                                 std::span<const double> speed, std::span<const double> position,
                                 std::span<const double> frame, Integrator integrator = Integrator::magnus4,
                                 const Progress& progress = {});

struct SurfaceCurve {
  std::vector<double> position;  ///< [length] n x 3; hyperbolic: (x_0, x_1, x_2) with x_0 > 0
  std::vector<double> frame;     ///< [-] n x 3 x 3: position / radius, tangent, left normal in rows
};

/// A curve of given geodesic curvature on the sphere about the origin. It starts at (radius, 0, 0) along the second
/// axis, with the third to its left.
/// @param equations curvature: the geodesic one, positive to the left; torsion must be empty
/// @param radius [length] > 0   @throws std::invalid_argument as reconstruct_plane; a radius that is not positive
/// @accuracy as reconstruct_space; |position| = radius to 7e-16   @source do Carmo 1976, section 4-4
SurfaceCurve reconstruct_on_sphere(const NaturalEquations& equations, double radius,
                                   Integrator integrator = Integrator::magnus4, const Progress& progress = {});

/// The same on the hyperbolic plane of curvature -1/radius^2, as the sheet x_0^2 - x_1^2 - x_2^2 = radius^2.
/// It starts at (radius, 0, 0) along the second axis.
/// @throws std::overflow_error if the curve leaves the range of doubles
/// @accuracy order 4 or 6; rounding, measured: 1e-14 of x_0 after 30 radii
/// @source Ratcliffe 2019, chapter 3 (the hyperboloid); Blanes, Casas, Oteo, Ros 2009
SurfaceCurve reconstruct_on_hyperbolic_plane(const NaturalEquations& equations, double radius,
                                             Integrator integrator = Integrator::magnus4,
                                             const Progress& progress = {});

}  // namespace orrery::curve
