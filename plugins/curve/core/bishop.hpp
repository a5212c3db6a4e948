// Frames that follow a curve without turning about it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace orrery::curve {

struct BishopFrames {
  std::vector<double> frame;      ///< [-] n x d x d: tangent, then d - 1 normals, in rows
  std::vector<double> curvature;  ///< [1/length] n x (d - 1): parts of dT/ds along the normals; empty without r''
  double holonomy =
      0.0;  ///< [rad] (-pi, pi], d = 3: from the first normals to those that a closed curve comes back with
  std::size_t turned_back = 0;  ///< steps at which the tangent reverses, where following is a choice; 0: none
};

struct BishopInput {
  std::span<const double> points;    ///< [length] n x d, n >= 1, d >= 2
  std::span<const double> tangents;  ///< [any] n x d, of any length but 0
  std::span<const double> second;    ///< [any] n x d: second derivative by the parameter whose velocity `tangents` are;
                                     ///< empty: no curvatures
  std::span<const double> normals;   ///< [-] (d - 1) x d, orthonormal, orthogonal to the first tangent; empty: a choice
  std::size_t n = 0, d = 0;
  bool closed = false;  ///< the last sample is followed by the first
};

/// Rotation-minimising frames by double reflection. They exist wherever there is a tangent, so also where the curvature
/// vanishes, and differ from the Frenet frame by the angle int tau ds.
/// @throws std::invalid_argument for a wrong size, d < 2, a value that is not finite, a tangent of length 0 (row
/// named),
///   or normals that are not orthonormal to 1e-8
/// @accuracy order 4 in the spacing; frames orthonormal to 1e-15
/// @source Bishop 1975; Wang, Juettler, Zheng, Liu 2008
BishopFrames bishop_frames(const BishopInput& input);

}  // namespace orrery::curve
