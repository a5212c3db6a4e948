// The radial equation of the two-body problem: when a body is how far from the centre, for every energy and momentum.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/double_double.hpp"
#include "plugins/orbital/core/eccentricity.hpp"

namespace orrery::orbital {

/// A place on the way outward from periapsis.
struct RadialPlace {
  double radius = 0.0;        ///< [length]
  double time = 0.0;          ///< [time] since periapsis, >= 0; of an ellipse at most half the period
  double true_anomaly = 0.0;  ///< [rad] angle swept since periapsis, in [0, pi]; pi on a straight line
  double radial_speed = 0.0;  ///< [length/time] dr/dt >= 0
};

/// The motion along the radius: (dr/dt)^2 = 2 energy + 2 mu/r - h^2/r^2, and t(r), its integral from periapsis.
///
/// 1. Make it from what is known exactly: energy and momentum, or elements.
/// 2. Ask at_radius() or at_time(); both are const.
class RadialMotion {
 public:
  /// @param mu [length^3/time^2] > 0   @param energy [length^2/time^2] of either sign or zero
  /// @param angular_momentum [length^2/time] h >= 0; zero is the straight line
  /// @throws std::domain_error if an argument is outside its range, or if no orbit has so low an energy with this
  /// momentum
  static RadialMotion from_energy(double mu, double energy, double angular_momentum);
  /// @param semi_major_axis [length] > 0 ellipse, < 0 hyperbola, infinite parabola   @throws as above
  static RadialMotion from_semi_major_axis(double mu, double semi_major_axis, double angular_momentum);
  /// @param periapsis_distance [length] > 0   @param eccentricity [-] e >= 0   @throws as above
  static RadialMotion from_periapsis(double mu, double periapsis_distance, Eccentricity eccentricity);

  [[nodiscard]] double periapsis() const;  ///< [length] nearest distance; 0 on a straight line
  [[nodiscard]] double apoapsis() const;   ///< [length] farthest distance; infinite for an open orbit
  [[nodiscard]] double period() const;     ///< [time] infinite for an open orbit
  [[nodiscard]] double eccentricity() const;

  /// @param radius [length] between the turning points; a turning point rounded to a double counts as reached
  /// @throws std::domain_error if it is outside
  /// @accuracy 1 ulp for time, true anomaly and speed, with mu, energy (or elements) and radius taken as exact numbers,
  /// for
  ///           every energy through zero and every momentum down to zero; e >= 1e-8, below which 2^-104/e^2 is added
  ///           (measured)
  /// @source the quadrature of the radial equation in tan(E/2) (Battin 1999, section 4.2 and 4.3), with the functions
  /// of
  ///         flight_function.hpp
  [[nodiscard]] RadialPlace at_radius(double radius) const;

  /// @param time [time] since periapsis, either sign; of an ellipse any number of periods, and the true anomaly keeps
  /// them
  /// @returns radius, true anomaly and radial speed with the signs that belong to the time
  /// @throws std::domain_error if the time is not finite, or more than 2^52 periods away
  /// @accuracy radius and true anomaly 2 ulp for a time within half a period (measured)
  [[nodiscard]] RadialPlace at_time(double time) const;

 private:
  RadialMotion() = default;
  static RadialMotion prepared(double mu, DoubleDouble twice_energy, DoubleDouble momentum_squared);
  void scale(double mu, double momentum_squared);
  [[nodiscard]] RadialPlace near_place(DoubleDouble slope) const;
  [[nodiscard]] RadialPlace far_place(DoubleDouble slope) const;
  [[nodiscard]] DoubleDouble near_time(DoubleDouble slope) const;
  [[nodiscard]] DoubleDouble far_time(DoubleDouble slope) const;
  [[nodiscard]] DoubleDouble solve(DoubleDouble time, bool far) const;
  [[nodiscard]] RadialPlace in_units(const RadialPlace& place) const;
  [[nodiscard]] RadialPlace escaping_place(DoubleDouble time) const;
  [[nodiscard]] RadialPlace half_orbit(DoubleDouble time) const;

  // In units of 2^length_ and 2^time_, in which mu and a length of the orbit are near one.
  DoubleDouble mu_;
  DoubleDouble k1_;        // twice the energy
  DoubleDouble momentum_;  // h
  DoubleDouble pull_;      // mu e
  DoubleDouble near_;      // periapsis
  DoubleDouble period_;
  int length_ = 0;
  int time_ = 0;
};

}  // namespace orrery::orbital
