// What a two-body orbit obeys: vis-viva, its invariants, the areal rate, the hodograph, and its curvature.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include "plugins/orbital/core/eccentricity.hpp"
#include "plugins/orbital/core/vector.hpp"

namespace orrery::orbital {

/// Speed at a distance: v^2 = mu (2/r - 1/a).
/// @param mu > 0   @param radius [length] 0 < r, and r <= 2 a for an ellipse
/// @param semi_major_axis [length] not zero; infinite for a parabola, negative for a hyperbola   @returns [length/time]
/// @throws std::domain_error if an argument is outside its range   @accuracy 2 ulp (measured)
double vis_viva_speed(double mu, double radius, double semi_major_axis);

/// @param radius [length] r > 0   @param speed [length/time] v >= 0
/// @returns [length] semi-major axis; infinite where v is the escape speed to all bits, negative beyond
/// @throws std::domain_error as above   @accuracy 2 ulp, with the arguments taken as exact numbers (measured)
double vis_viva_semi_major_axis(double mu, double radius, double speed);

/// @param speed [length/time] v >= 0, and v^2 > -mu/a for a hyperbola   @param semi_major_axis as above   @returns
/// [length]
/// @throws std::domain_error as above   @accuracy 2 ulp (measured)
double vis_viva_radius(double mu, double speed, double semi_major_axis);

/// sqrt(2 mu/r) and sqrt(mu/r) [length/time].  @throws std::domain_error unless mu, r > 0   @accuracy 1 ulp (measured)
double escape_speed(double mu, double radius);
double circular_speed(double mu, double radius);

/// Kepler's third law.  @param mu = G (M + m) > 0   @param semi_major_axis [length] a > 0   @returns [time]
/// @throws std::domain_error if an argument is outside its range   @accuracy 1 ulp (measured)
double orbital_period(double mu, double semi_major_axis);
/// @returns [rad/time] sqrt(mu/|a|^3) of an ellipse or a hyperbola   @throws and @accuracy as above
double mean_motion(double mu, double semi_major_axis);

/// What stays constant along an orbit.
struct Invariants {
  Vec3 angular_momentum{};         ///< [length^2/time] h = r x v
  Vec3 eccentricity_vector{};      ///< [-] towards periapsis, of length e
  Eccentricity eccentricity;       ///< [-]
  double energy = 0.0;             ///< [length^2/time^2] v^2/2 - mu/r, per unit of mass
  double semi_major_axis = 0.0;    ///< [length] infinite for a parabola
  double semi_latus_rectum = 0.0;  ///< [length] 0 for a straight line
  double periapsis = 0.0;          ///< [length]
  double apoapsis = 0.0;           ///< [length] infinite for an open orbit
  double period = 0.0;             ///< [time] infinite for an open orbit
  double mean_motion = 0.0;        ///< [rad/time] sqrt(mu/|a|^3); 0 for a parabola
  double areal_rate = 0.0;         ///< [length^2/time] |h|/2
};

/// @param state position not zero   @param mu > 0   @throws std::domain_error if an argument is outside its range
/// @accuracy 8 roundings each, without loss as e -> 1; the eccentricity vector 2 roundings of 1 + e (measured)
/// @source Battin (1999) chapter 3
Invariants invariants(const State& state, double mu);

/// Area swept per time: |r x v|/2.  @throws std::domain_error unless all is finite   @accuracy 2 ulp (measured)
double areal_rate(const State& state);

/// The circle along which the velocity of a Kepler orbit runs.
struct Hodograph {
  Vec3 centre{};        ///< [length/time] mu/h (h^ x e)
  Vec3 normal{};        ///< unit vector along h
  double radius = 0.0;  ///< [length/time] mu/h
};

/// @throws std::domain_error if an argument is outside its range, or h = 0: the velocity then runs along a straight
/// line
/// @accuracy 8 roundings of the radius times 1 + e (measured)   @source Hamilton, Proc. R. Irish Acad. 3 (1847) 344
Hodograph hodograph(const State& state, double mu);

/// Distance of a velocity from the circle, over its radius.
double hodograph_residual(const Hodograph& circle, const Vec3& velocity);

/// @param velocity n x 3   @param residual n   @throws std::invalid_argument if lengths do not match
void hodograph_residuals(const Hodograph& circle, std::span<const double> velocity, std::span<double> residual);

/// Curvature of the orbit's path in space: mu h/(r v)^3.
/// @returns [1/length]; 0 for a straight line
/// @throws std::domain_error if an argument is outside its range, or r or v is zero   @accuracy 3 ulp (measured)
double orbit_curvature(const State& state, double mu);

}  // namespace orrery::orbital
