// Bertrand and Mannheim mates of curves in space, and whether a curve has one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "plugins/curve/core/curvature.hpp"

namespace orrery::curve {

/// What the samples leave open.
enum class MateKind : std::uint8_t {
  none,   ///< the condition does not hold: points are those for the constants that fit best
  one,    ///< exactly one mate
  helix,  ///< circular helix: Bertrand mates at every distance; its Mannheim mate is the axis, a line
  plane,  ///< plane curve: Bertrand mates at every distance, the parallel curves; a circle's Mannheim mate is a point
};

struct MateOptions {
  double tolerance = 1e-9;         ///< [-] > 0, of the residual and of what makes a helix or a plane curve
  std::optional<double> distance;  ///< [length] along the principal normal, not 0; none: what fits best
};

struct Mate {
  MateKind kind = MateKind::none;
  double distance = 0.0;         ///< [length] a, from the curve to its mate along the principal normal
  double cofactor = 0.0;         ///< [length] Bertrand's b; Mannheim: 0
  double angle = 0.0;            ///< [rad] Bertrand: from a tangent to that of the mate; Mannheim: 0
  double max_residual = 0.0;     ///< [-] of the condition, over samples with a normal
  double rms_residual = 0.0;     ///< [-]
  bool holds = false;            ///< max_residual <= tolerance, and every sample has a normal
  std::vector<double> points;    ///< [length] n x 3: r + a N; infinite where there is no normal
  std::vector<double> tangents;  ///< [-] n x 3, unit, the way the curve runs; 0 where the status is not 0
  std::vector<std::int64_t>
      status;  ///< n; 0: fine, 1: the curve stands still, 2: no curvature, 3: the mate stands still
};

/// The curve with the same principal normals: r + a N, where a kappa + b tau = 1 with constants a and b, which are
/// those of the least sum of squares of a kappa + b tau - 1. A circular helix and a plane curve leave a open. Then
/// `distance` is taken; without it the helix gets the one that shares its cylinder, half a turn on, a = 2
/// kappa/(kappa^2 + tau^2).
/// @param points [length] n x 3   @param geometry of the same samples, with torsion
/// @throws std::invalid_argument for a wrong size, a value that is not finite, no torsion, a tolerance that is not
///   positive, or a distance of 0 or not finite
/// @throws std::domain_error if fewer than 2 samples have a normal, or a plane curve comes without a distance
/// @accuracy measured on reconstructed curves of known constants: a and b 2e-13 relative; points to a few roundings of
/// the larger of
///   |r| and |a| for the a that is returned
/// @source Bertrand 1850; do Carmo 1976, exercise 1-5.14 (the condition); Kuehnel 2015, chapter 2
Mate bertrand_mate(std::span<const double> points, const FrenetData& geometry, const MateOptions& options = {});

/// The curve whose binormals are the principal normals of this one: r + a N, where kappa = a (kappa^2 + tau^2) with a
/// constant a, that of the least sum of squares of a (kappa^2 + tau^2)/kappa - 1, unless `distance` is given.
/// @throws as bertrand_mate, but for plane curves   @accuracy a: 2e-13 relative, likewise
/// @source Mannheim 1878; Liu, Wang 2008 (the condition)
Mate mannheim_mate(std::span<const double> points, const FrenetData& geometry, const MateOptions& options = {});

}  // namespace orrery::curve
