// orbital.radial_time and radial_position: when a body is how far from the centre, and the other way round.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital {

namespace ports {

inline constexpr sdk::in<"energy", f64, "..."> energy{
    .unit = "m^2/s^2", .optional = true, .doc = "v^2/2 - mu/r, of either sign or zero; goes with angular_momentum"};
inline constexpr sdk::in<"angular_momentum", f64, "..."> angular_momentum{
    .unit = "m^2/s",
    .min = 0,
    .optional = true,
    .doc = "h; 0 is the straight line. Goes with energy or semi_major_axis"};
inline constexpr sdk::in<"semi_major_axis", f64, "..."> any_semi_major_axis{
    .unit = "m",
    .optional = true,
    .finite = false,
    .doc = "a; negative for a hyperbola, infinite for a parabola. Goes with angular_momentum or the eccentricity"};
inline constexpr sdk::out<"true_anomaly", f64, "..."> swept_angle{
    .unit = "rad", .doc = "angle swept since periapsis; half a turn on a straight line"};
inline constexpr sdk::out<"periapsis", f64, "..."> nearest{.unit = "m", .doc = "inner turning point"};
inline constexpr sdk::out<"apoapsis", f64, "..."> farthest{.unit = "m",
                                                           .doc = "outer turning point; infinite for an open orbit"};
inline constexpr sdk::out<"period", f64, "..."> radial_period{
    .unit = "s", .doc = "from periapsis to periapsis; infinite for an open orbit"};

}  // namespace ports

struct RadialTime {
  static constexpr sdk::Info info{
      .name = "radial_time",
      .version = "1.0.0",
      .title = "t(r): the time from periapsis outward to a distance, for every energy and angular momentum",
      .doc =
          "The integral of r dr / sqrt(2 E r^2 + 2 mu r - h^2), of an ellipse, parabola, hyperbola or straight line, "
          "by one "
          "function that is regular through zero energy and zero momentum and at the turning points. The orbit is "
          "given by "
          "its angular momentum with its energy or semi-major axis, or by the eccentricity with a periapsis distance "
          "or "
          "semi-major axis. Half an ulp of the time for inputs taken as exact. Sources: Battin 1999, sections 4.2 and "
          "4.3; "
          "Carlson 1995.",
      .example =
          "gravity            = \"398600.4418 km^3/s^2\"\nperiapsis_distance = \"7000 km\"\neccentricity       = 0.3\n"
          "radius             = \"9000 km\"",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::gravity,
      sdk::in<"radius", sdk::f64, "...">{.unit = "m", .min = 0, .doc = "r, between the turning points"},
      ports::energy,
      ports::angular_momentum,
      ports::any_semi_major_axis,
      ports::periapsis_distance,
      ports::eccentricity,
      ports::one_minus_e,
      ports::on_error,
      sdk::out<"time", sdk::f64, "...">{.unit = "s", .doc = "since periapsis, on the way outward"},
      ports::swept_angle,
      sdk::out<"radial_speed", sdk::f64, "...">{.unit = "m/s", .doc = "dr/dt; infinite at the centre itself"},
      ports::nearest,
      ports::farthest,
      ports::radial_period};
  static void run(sdk::Call<RadialTime>& call);
};

struct RadialPosition {
  static constexpr sdk::Info info{
      .name = "radial_position",
      .version = "1.0.0",
      .title = "r(t): the distance at a time from periapsis, for every energy and angular momentum",
      .doc =
          "The inverse of radial_time. Of an ellipse the true anomaly keeps its revolutions. Half an ulp of the "
          "distance, "
          "for a time within half a period and inputs taken as exact.",
      .example =
          "gravity            = \"398600.4418 km^3/s^2\"\nperiapsis_distance = \"7000 km\"\neccentricity       = 0.3\n"
          "time               = \"20 min\"",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::gravity,
      sdk::in<"time", sdk::f64, "...">{.unit = "s", .doc = "since periapsis, either sign"},
      ports::energy,
      ports::angular_momentum,
      ports::any_semi_major_axis,
      ports::periapsis_distance,
      ports::eccentricity,
      ports::one_minus_e,
      ports::on_error,
      sdk::out<"radius", sdk::f64, "...">{.unit = "m", .doc = "r"},
      ports::swept_angle,
      sdk::out<"radial_speed", sdk::f64, "...">{.unit = "m/s", .doc = "dr/dt; infinite at the centre itself"},
      ports::nearest,
      ports::farthest,
      ports::radial_period};
  static void run(sdk::Call<RadialPosition>& call);
};

}  // namespace orrery::orbital
