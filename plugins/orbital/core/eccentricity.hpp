// An eccentricity together with its distance from one, so that nothing is lost near the parabola.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "plugins/orbital/core/double_double.hpp"

namespace orrery::orbital {

/// e and 1 - e. Where |1 - e| <= 1/2 the second number is the exact one and e its rounded complement; elsewhere e is
/// exact. A double e within [1/2, 2] has an exact 1 - e, so both rules agree for it.
struct Eccentricity {
  double e = 0.0;
  double one_minus_e = 1.0;

  static constexpr Eccentricity from_e(double e) { return {e, 1.0 - e}; }
  static constexpr Eccentricity from_one_minus_e(double one_minus_e) { return {1.0 - one_minus_e, one_minus_e}; }

  [[nodiscard]] bool is_finite() const { return std::isfinite(e) && std::isfinite(one_minus_e); }
  [[nodiscard]] constexpr bool is_elliptic() const { return e >= 0.0 && one_minus_e > 0.0; }
  [[nodiscard]] constexpr bool is_parabolic() const { return one_minus_e == 0.0; }
  [[nodiscard]] constexpr bool is_hyperbolic() const { return one_minus_e < 0.0; }
};

/// e and 1 - e to twice the working precision.
struct ExactEccentricity {
  DoubleDouble e;
  DoubleDouble one_minus_e;
};

/// Both numbers from the one that is exact.
constexpr ExactEccentricity exact(Eccentricity eccentricity) {
  const bool near_one = eccentricity.one_minus_e <= 0.5 && eccentricity.one_minus_e >= -0.5;
  if (near_one) return {two_sum(1.0, -eccentricity.one_minus_e), eccentricity.one_minus_e};
  return {eccentricity.e, two_sum(1.0, -eccentricity.e)};
}

/// (1 + e)/|1 - e| with the exact difference.
inline double axis_ratio_squared(Eccentricity eccentricity) {
  return (1.0 + eccentricity.e) / std::fabs(eccentricity.one_minus_e);
}

}  // namespace orrery::orbital
