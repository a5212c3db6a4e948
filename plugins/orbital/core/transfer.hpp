// Transfers between circular orbits by impulses: Hohmann's, the bi-elliptic one, and changes of plane.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace orrery::orbital {

/// Half an ellipse between two circles; all speeds along the motion, negative against it.
struct HohmannTransfer {
  double delta_v1 = 0.0;         ///< [length/time] at the departure; with a change of plane its size
  double delta_v2 = 0.0;         ///< [length/time] at the arrival; with a change of plane its size
  double delta_v = 0.0;          ///< [length/time] sum of both sizes
  double time = 0.0;             ///< [time] half the ellipse's period
  double semi_major_axis = 0.0;  ///< [length]
  double eccentricity = 0.0;     ///< [-]
  double plane_change1 = 0.0;    ///< [rad] part of the change of plane that is made at the departure
  double phase_angle = 0.0;      ///< [rad] by which the target must be ahead at the departure, in (-inf, pi)
  double synodic_period = 0.0;   ///< [time] after which the phase returns; infinite for equal radii
};

/// @param mu > 0 [length^3/time^2]   @param radius1 @param radius2 [length] > 0
/// @throws std::domain_error if an argument is outside its range   @accuracy 6 ulp, also for nearly equal radii
/// (measured)
/// @source Hohmann, Die Erreichbarkeit der Himmelskörper (1925); Vallado (2013) section 6.3.1
HohmannTransfer hohmann(double mu, double radius1, double radius2);

/// The same with a change of plane, shared so that the sum of both impulses is least.
/// @param plane_change [rad] in [0, pi]   @accuracy delta_v 1e-15 (the least is flat); plane_change1 1e-7 rad
/// (measured)
/// @source Vallado (2013) section 6.5.2
HohmannTransfer hohmann(double mu, double radius1, double radius2, double plane_change);

/// The same with a given part of the change of plane made at the departure.
/// @param plane_change1 [rad] in [0, plane_change]
HohmannTransfer hohmann_shared(double mu, double radius1, double radius2, double plane_change, double plane_change1);

/// Two half ellipses that meet at a third radius.
struct BiellipticTransfer {
  double delta_v1 = 0.0, delta_v2 = 0.0, delta_v3 = 0.0;  ///< [length/time] along the motion, negative against it
  double delta_v = 0.0;                                   ///< [length/time] sum of the sizes
  double time1 = 0.0, time2 = 0.0, time = 0.0;            ///< [time] of each half ellipse, and of both
  double semi_major_axis1 = 0.0, semi_major_axis2 = 0.0;  ///< [length]
  double eccentricity1 = 0.0, eccentricity2 = 0.0;        ///< [-]
  double hohmann_delta_v = 0.0;                           ///< [length/time] what Hohmann's transfer takes
};

/// @param radius_between [length] > 0, where the two ellipses meet; usually beyond both circles
/// @throws and @accuracy as hohmann
/// @source Hoelker and Silber, The bi-elliptical transfer between circular co-planar orbits (1959); Vallado
/// (2013) 6.3.2
BiellipticTransfer bielliptic(double mu, double radius1, double radius_between, double radius2);

/// One impulse that turns a velocity, and may change its size.
struct PlaneChange {
  double delta_v = 0.0;  ///< [length/time]
  double yaw = 0.0;      ///< [rad] of the impulse from the velocity before it, in [0, pi]
};

/// @param speed1 @param speed2 [length/time] >= 0 before and after   @param angle [rad] between the velocities, [0, pi]
/// @throws std::domain_error if an argument is outside its range   @accuracy 6 ulp, also for small angles (measured)
/// @source Vallado (2013) section 6.4 and 6.5: the law of cosines with half the angle, which does not cancel
PlaneChange plane_change(double speed1, double speed2, double angle);

}  // namespace orrery::orbital
