// Curves by their natural equations: curvature and torsion as functions of a parameter, given at Gauss nodes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace orrery::curve {

/// How the frame is carried along. Magnus integrators stay on the group, so the frame stays orthonormal.
enum class Integrator : std::uint8_t {
  magnus4,      ///< order 4, two Gauss nodes a step
  magnus6,      ///< order 6, three Gauss nodes a step
  runge_kutta,  ///< the classical method of order 4 on the matrix entries, two Gauss nodes a step; for comparison
};

/// Gauss nodes a step that an integrator wants: 2, 3, 2.
std::size_t node_count(Integrator integrator);

/// Curvature, torsion and speed at the Gauss nodes of every step; see gauss_nodes and at_gauss_nodes.
struct NaturalEquations {
  std::span<const double> parameter;  ///< [parameter] n >= 1, increasing: where the curve is wanted
  std::span<const double> curvature;  ///< [1 / length] (n - 1) x nodes; may change its sign
  std::span<const double> torsion;    ///< [1 / length] the same; empty: 0
  std::span<const double> speed;      ///< [length / parameter] the same; empty: 1, the parameter is arc length
};

/// @throws std::invalid_argument for a grid that does not increase, a wrong size, or a value that is not finite
void require_valid(const NaturalEquations& equations, std::size_t nodes);

}  // namespace orrery::curve
