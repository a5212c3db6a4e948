// Which families a curve in space belongs to, each with a measured residual.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "plugins/curve/core/curvature.hpp"

namespace orrery::curve {

/// In the order in which the name of a curve is looked for: the first that holds.
enum class CurveFamily : std::uint8_t {
  line,                ///< largest distance from a line, by its extent
  circle,              ///< spread of curvature and torsion by the mean curvature
  helix,               ///< spread of (curvature, torsion) by the length of its mean: a circular helix
  clothoid,            ///< plane; signed curvature against a line in arc length, by its largest value
  logarithmic_spiral,  ///< plane; radius of curvature against a line in arc length, by its largest value
  plane,               ///< largest |torsion| by the largest curvature
  salkowski,           ///< constant curvature and a slant helix: the larger residual
  anti_salkowski,      ///< constant torsion and a slant helix
  constant_curvature,  ///< spread of the curvature by its mean
  constant_torsion,    ///< spread of the torsion by its mean
  general_helix,       ///< [rad] spread of the angle of (curvature, torsion), which is constant: Lancret
  spherical,           ///< spread of the distance from the best sphere, by its radius
  slant_helix,         ///< [rad] that angle against a line in the integral of sqrt(curvature^2 + torsion^2)
  mannheim,            ///< see mannheim_mate
  bertrand,            ///< see bertrand_mate
};
inline constexpr std::size_t family_count = 15;

/// As CurveFamily spells it, and "other" for family_count.
std::string_view family_name(std::size_t family);

struct Classification {
  std::array<double, family_count> residual{};  ///< infinite where a family is out of the question
  std::array<bool, family_count> member{};      ///< residual <= tolerance
  std::size_t family = family_count;            ///< the first of which the curve is a member; family_count: none
  std::size_t skipped = 0;                      ///< samples without a normal, which only line and spherical use
};

/// Families by curvature and torsion at the samples. A family that holds over the samples holds for the curve as far as
/// they go. Integrals over arc length are of order 6 in the spacing.
/// @param points [length] n x 3, n >= 5   @param parameter [parameter] n, increasing, that of the derivatives
/// @param geometry of the same samples, with torsion   @param tolerance [-] > 0
/// @throws std::invalid_argument for sizes, values that are not finite, fewer than 5 samples, a tolerance that is not
///   positive, or points that coincide
/// @accuracy residuals of named curves in their own families, 200 samples: line, circle, helix, spherical below 1e-14,
///   plane 1e-13, those that need integrals 1e-11
/// @source Lancret's theorem (do Carmo 1976, exercise 1-5.17); Izumiya, Takeuchi 2004 (slant helices); Salkowski 1909
Classification classify(std::span<const double> points, std::span<const double> parameter, const FrenetData& geometry,
                        double tolerance);

}  // namespace orrery::curve
