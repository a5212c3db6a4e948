// Secular rates of an orbit's angles under the oblateness of the central body.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace orrery::orbital {

struct SecularRates {
  double ascending_node = 0.0;         ///< [rad/time]
  double argument_of_periapsis = 0.0;  ///< [rad/time]
  double mean_anomaly = 0.0;           ///< [rad/time] with the mean motion
  double mean_motion = 0.0;            ///< [rad/time] sqrt(mu/a^3)
};

/// First-order rates under J2, averaged over a revolution.
/// @param mu > 0   @param semi_major_axis [length] a > 0   @param eccentricity [-] 0 <= e < 1
/// @param inclination [rad] 0 <= i <= pi   @param j2 [-] any finite   @param equatorial_radius [length] R > 0
/// @throws std::domain_error if an argument is outside its range
/// @accuracy 16 roundings of 3/2 J2 n (R/p)^2 (measured); the formulas leave out terms of J2^2
/// @source Kaula, Theory of Satellite Geodesy (1966) section 3.6; Curtis, Orbital Mechanics (2014) section 4.7
SecularRates secular_rates(double mu, double semi_major_axis, double eccentricity, double inclination, double j2,
                           double equatorial_radius);

}  // namespace orrery::orbital
