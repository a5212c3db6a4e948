// The parts that SGP4 is put together from.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/sgp4.hpp"

namespace orrery::orbital::detail {

inline constexpr double sgp4_two_pi = 0x1.921fb54442d18p+2;
inline constexpr double sgp4_longest = 1e8;  ///< [min] that may lie between the epoch and an instant

Sgp4Earth earth_of(Sgp4Gravity gravity);

struct NearEarth {
  Sgp4Secular secular;
  double perigee_radius = 0.0;  ///< [radii] at the epoch
};

/// Compiled for their instruction sets; null where the compiler has none.
Sgp4Wide sgp4_avx2() noexcept;
Sgp4Wide sgp4_avx512() noexcept;

/// Everything of one satellite but moon, sun and resonance.
/// @param elements in range
NearEarth near_earth(const Sgp4Elements& elements, const Sgp4Earth& earth, bool& deep_space);

Sgp4Tilt tilt_of(double inclination, const Sgp4Earth& earth);

/// Greenwich mean sidereal time at the epoch [rad].
double sidereal_time_of(double days_since_1950, Sgp4Mode mode);

/// What moon and sun do to an orbit of these elements.
/// @param periodic of moon and sun   @param secular their rates and the resonance
Sgp4Deep deep_space(const Sgp4Elements& elements, const Sgp4Earth& earth, const Sgp4Secular& secular, Sgp4Mode mode);

/// The elements at one instant.
struct MeanElements {
  double eccentricity = 0.0, inclination = 0.0, node = 0.0, perigee = 0.0, anomaly = 0.0, mean_motion = 0.0;
};

/// Adds the secular effects of moon, sun and resonance.
/// @param elements with the secular effects of the earth   @param cursor of this satellite
void add_secular(MeanElements& elements, double minutes, const Sgp4Deep& deep, const Sgp4Secular& secular,
                 Sgp4Cursor& cursor) noexcept;

/// Adds the long-period effects of moon and sun, in Lyddane's form for inclinations below 0.2.
void add_periodic(MeanElements& elements, double minutes, const Sgp4Deep& deep, Sgp4Mode mode) noexcept;

/// Direction of the orbit's plane and of the perturber, and what follows from them; the names are the reports'.
struct Geometry {
  double s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
  double z1 = 0, z2 = 0, z3 = 0, z11 = 0, z12 = 0, z13 = 0, z21 = 0, z22 = 0, z23 = 0, z31 = 0, z32 = 0, z33 = 0;
};

struct MoonAndSun {
  Geometry sun, moon;
};

/// Fills in the long-period coefficients of `deep` and returns what the secular rates follow from.
MoonAndSun moon_and_sun(const Sgp4Elements& elements, double mean_motion, Sgp4Deep& deep);

}  // namespace orrery::orbital::detail
