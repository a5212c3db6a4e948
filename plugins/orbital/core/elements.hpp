// Classical orbital elements of every conic, and the state they stand for, both ways.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/eccentricity.hpp"
#include "plugins/orbital/core/vector.hpp"

namespace orrery::orbital {

/// The size is given by the periapsis distance, which every conic but the straight line has; p = q (1 + e), a = q/(1 -
/// e).
struct Elements {
  double periapsis_distance = 1.0;     ///< [length] q > 0
  Eccentricity eccentricity;           ///< [-] e >= 0
  double inclination = 0.0;            ///< [rad] in [0, pi]
  double ascending_node = 0.0;         ///< [rad] from x, eastward about z
  double argument_of_periapsis = 0.0;  ///< [rad] from the node, in the direction of motion
  double true_anomaly = 0.0;           ///< [rad] from periapsis, in the direction of motion
};

/// The direction of an orbit in space and the place on it, for the builders below.
struct Angles {
  double inclination = 0.0;
  double ascending_node = 0.0;
  double argument_of_periapsis = 0.0;
  double true_anomaly = 0.0;
};

/// Elements from the periapsis distance q, for every conic.
/// @param periapsis_distance [length] q > 0   @param eccentricity [-] e >= 0
/// @throws std::domain_error if an argument is outside its range
Elements elements_from_periapsis(double periapsis_distance, Eccentricity eccentricity, const Angles& angles);

/// Elements from the semi-major axis a; a parabola has none.
/// @param semi_major_axis [length] a > 0 for e < 1, a < 0 for e > 1   @param eccentricity [-] e >= 0, not one
/// @throws std::domain_error if an argument is outside its range
Elements elements_from_semi_major_axis(double semi_major_axis, Eccentricity eccentricity, const Angles& angles);

/// Elements from the semi-latus rectum p, for every conic.
/// @param semi_latus_rectum [length] p > 0   @param eccentricity [-] e >= 0
/// @throws std::domain_error if an argument is outside its range
Elements elements_from_semi_latus_rectum(double semi_latus_rectum, Eccentricity eccentricity, const Angles& angles);

double semi_latus_rectum(const Elements& elements);
/// Infinite for a parabola, negative for a hyperbola.
double semi_major_axis(const Elements& elements);

/// Time from periapsis to the body's place; negative before it. Of an ellipse, revolutions of the true anomaly are
/// kept.
/// @param mu [length^3/time^2] > 0   @returns [time]
/// @throws std::domain_error if an argument is outside its range   @accuracy 6 roundings, without loss as e -> 1
/// @source as convert_anomaly; n = sqrt(mu |1 - e|^3/q^3), and sqrt(mu/(2 q^3)) for the parabola
double time_since_periapsis(const Elements& elements, double mu);

/// Time from periapsis to where an open orbit is `ratio` periapsis distances from the centre.
/// @param ratio [-] >= 1; of an ellipse at most (1 + e)/(1 - e)   @returns [time]
/// @throws std::domain_error if an argument is outside its range
double time_to_reach(const Elements& elements, double mu, double ratio);

/// Position and velocity of a body with given elements.
/// @param elements q > 0, e >= 0, 0 <= i <= pi; the true anomaly of an open orbit lies between its asymptotes
/// @param mu [length^3/time^2] > 0
/// @returns position [length], velocity [length/time]
/// @throws std::domain_error if an argument is outside its range
/// @accuracy 1e-15 of |r| and |v| for a true anomaly within 3 rad (measured); near the far end of a slender orbit r
/// changes by
///           more than the true anomaly's own rounding resolves
/// @source Vallado, Fundamentals of Astrodynamics and Applications (2013), section 2.6
State elements_to_state(const Elements& elements, double mu);

/// What to do where an angle is not defined.
enum class SingularPolicy {
  standard_longitudes,  ///< circular: argument of latitude; equatorial: longitude of periapsis; both: true longitude
  as_computed           ///< only exact singularities are replaced; close to one the angles follow the round-off
};

struct SingularCases {
  SingularPolicy policy = SingularPolicy::standard_longitudes;
  double circular_below = 1e-14;    ///< e below this counts as circular
  double equatorial_below = 1e-14;  ///< sin i below this counts as equatorial, prograde or retrograde
};

/// Elements with what the policy had to replace. The replaced angles sit in the slots of the angles they stand in for,
/// with zero in the others, so elements_to_state needs no flag: circular: argument_of_periapsis = 0, true_anomaly =
/// argument of latitude; equatorial: ascending_node = 0, argument_of_periapsis = longitude of periapsis in the
/// direction of motion. A rectilinear orbit has e = 1, q = 0, i = pi/2, its periapsis away from the body, true_anomaly
/// +pi outward and -pi inward; elements_to_state refuses it, because the place on the line is lost: keep
/// semi_major_axis and time_since_periapsis.
struct ElementsResult {
  Elements elements;
  double semi_major_axis = 0.0;       ///< [length] infinite for a parabola
  double semi_latus_rectum = 0.0;     ///< [length]
  double period = 0.0;                ///< [time] infinite for an open orbit
  double time_since_periapsis = 0.0;  ///< [time] of an ellipse: the nearest passage
  bool circular = false;
  bool equatorial = false;
  bool rectilinear = false;
};

/// Elements of a state: node and argument of periapsis in [0, 2 pi), true anomaly in [-pi, pi].
/// @param state position [length] 3, not zero; velocity [length/time] 3   @param mu [length^3/time^2] > 0
/// @throws std::domain_error if an argument is outside its range, or a result is no double
/// @accuracy q, p, a and 1 - e: 8 roundings, without loss as e -> 1, since energy and momentum are formed in twice the
/// working
///           precision; angles 8 roundings over e, or over sin i, where those are small (measured)
/// @source Vallado (2013) section 2.5; 1 - e^2 = -2 energy h^2/mu^2 instead of the eccentricity vector's length
ElementsResult state_to_elements(const State& state, double mu, const SingularCases& cases = {});

}  // namespace orrery::orbital
