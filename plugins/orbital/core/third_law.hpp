// Kepler's third law with the planet's mass kept, for whichever of axis, period and gravity is not known.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace orrery::orbital {

/// mu = G (M + m) from period and axis: 4 pi^2 a^3/T^2.
/// @param period [time] > 0   @param semi_major_axis [length] > 0   @returns [length^3/time^2]
/// @throws std::domain_error if an argument is outside its range   @accuracy 1 ulp (measured)
double gravity_from_period(double period, double semi_major_axis);

/// Semi-major axis from period and mu: (mu T^2/(4 pi^2))^(1/3).
/// @param mu [length^3/time^2] > 0   @param period [time] > 0   @returns [length]
/// @throws and @accuracy as above
double axis_from_period(double mu, double period);

/// By how much the period with the planet's mass is off that without it: (1 + m/M)^(-1/2) - 1.
/// @param mass_ratio [-] m/M >= 0   @returns [-] in (-1, 0]   @throws std::domain_error if it is outside its range
/// @accuracy 5 ulp, for small ratios too (measured)
double period_shift(double mass_ratio);

/// By how much the axis that belongs to a period is off: (1 + m/M)^(1/3) - 1.  @throws and @accuracy as above
double axis_shift(double mass_ratio);

}  // namespace orrery::orbital
