// The double nearest to the root of the elliptic Kepler equation, where a quicker way cannot tell which it is.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/eccentricity.hpp"

namespace orrery::orbital::detail {

/// @param mean_anomaly [rad] finite, not zero   @param eccentricity of an ellipse
/// @param close [rad] a number near the root, within 2^-48 of what is left of the root without whole turns
/// @returns [rad] the double nearest to the root; which of two is nearer is decided to 2^-96 of the root
double nearest_eccentric_anomaly(double mean_anomaly, Eccentricity eccentricity, DoubleDouble close);

/// a + b rounded to nearest, for |b| small against a, even where a is subnormal when divided by `scale`.
/// @returns the double nearest to (a + b)/scale
double nearest_sum(double a, DoubleDouble b, double scale);

}  // namespace orrery::orbital::detail
