// Secular rates under J2.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/secular.hpp"

#include <cmath>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/dynamics.hpp"

namespace orrery::orbital {

SecularRates secular_rates(double mu, double semi_major_axis, double eccentricity, double inclination, double j2,
                           double equatorial_radius) {
  require_positive("gravitational parameter", mu);
  require_positive("semi-major axis", semi_major_axis);
  require_positive("equatorial radius", equatorial_radius);
  require_finite("J2", j2);
  if (!(eccentricity >= 0.0 && eccentricity < 1.0)) fail_domain("eccentricity", "lie in [0, 1)", eccentricity);
  if (!(inclination >= 0.0 && inclination <= 0x1.921fb54442d19p+1))
    fail_domain("inclination", "lie in [0, pi]", inclination);
  const double n = mean_motion(mu, semi_major_axis);
  const double shape = (1.0 - eccentricity) * (1.0 + eccentricity);
  const double ratio = equatorial_radius / semi_major_axis / shape;
  const double strength = 1.5 * j2 * ratio * ratio * n;
  const double cosine = std::cos(inclination), sine = std::sin(inclination);
  return {-strength * cosine, strength * (2.0 - 2.5 * sine * sine),
          n + strength * std::sqrt(shape) * (1.0 - 1.5 * sine * sine), n};
}

}  // namespace orrery::orbital
