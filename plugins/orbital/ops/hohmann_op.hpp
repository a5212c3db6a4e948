// orbital.hohmann, bielliptic and plane_change: impulses from circle to circle.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital {

namespace ports {

inline constexpr sdk::in<"radius1", f64, "..."> radius1{
    .unit = "m", .min = 0, .above_min = true, .doc = "of the circle that is left"};
inline constexpr sdk::in<"radius2", f64, "..."> radius2{
    .unit = "m", .min = 0, .above_min = true, .doc = "of the circle that is reached"};

}  // namespace ports

struct HohmannOperation {
  static constexpr sdk::Info info{
      .name = "hohmann",
      .version = "1.0.0",
      .title = "Hohmann's transfer between circles, with a change of plane if wanted",
      .doc =
          "Half an ellipse that touches both circles. In one plane the impulses are along the motion and negative "
          "where "
          "they brake; with a change of plane they are sizes, and without plane_change1 it is shared so that their sum "
          "is "
          "least. Sources: Hohmann 1925; Vallado 2013, sections 6.3 and 6.5.",
      .example = "gravity = \"398600.4418 km^3/s^2\"\nradius1 = \"6569.48071 km\"\nradius2 = \"42159.48517 km\"",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::gravity,
      ports::radius1,
      ports::radius2,
      sdk::in<"plane_change", sdk::f64, "...">{.unit = "rad",
                                               .fallback = "0 rad",
                                               .min = 0,
                                               .max = 3.14159265358979323846,
                                               .doc = "angle between the circles"},
      sdk::in<"plane_change1", sdk::f64, "...">{
          .unit = "rad", .min = 0, .optional = true, .doc = "the part made at the departure; left out: the best"},
      ports::on_error,
      sdk::out<"delta_v1", sdk::f64, "...">{.unit = "m/s", .doc = "at the departure"},
      sdk::out<"delta_v2", sdk::f64, "...">{.unit = "m/s", .doc = "at the arrival"},
      sdk::out<"delta_v", sdk::f64, "...">{.unit = "m/s", .doc = "sum of both sizes"},
      sdk::out<"time_of_flight", sdk::f64, "...">{.unit = "s", .doc = "half the ellipse's period"},
      sdk::out<"semi_major_axis", sdk::f64, "...">{.unit = "m", .doc = "of the ellipse"},
      sdk::out<"eccentricity", sdk::f64, "...">{.doc = "of the ellipse"},
      sdk::out<"change_at_departure", sdk::f64, "...">{.unit = "rad", .doc = "of the plane"},
      sdk::out<"phase_angle", sdk::f64, "...">{
          .unit = "rad", .doc = "by which a target on the second circle is ahead at the departure"},
      sdk::out<"synodic_period", sdk::f64, "...">{.unit = "s",
                                                  .doc = "after which that angle returns; infinite for equal radii"}};
  static void run(sdk::Call<HohmannOperation>& call);
};

struct BiellipticOperation {
  static constexpr sdk::Info info{.name = "bielliptic",
                                  .version = "1.0.0",
                                  .title = "The bi-elliptic transfer between circles, and what Hohmann's would take",
                                  .doc =
                                      "Two half ellipses that meet at radius_between, three impulses along the motion, "
                                      "negative where they brake. It "
                                      "takes less than Hohmann's where the radii are more than 15.58 apart and the "
                                      "meeting point is far out. Sources: "
                                      "Hoelker and Silber 1959; Vallado 2013, section 6.3.",
                                  .example =
                                      "gravity        = \"398600.4418 km^3/s^2\"\nradius1        = \"6569.47811 km\"\n"
                                      "radius_between = \"510251 km\"\nradius2        = \"382688.137 km\"",
                                  .cancellable = true};
  static constexpr std::tuple ports{
      ports::gravity,
      ports::radius1,
      sdk::in<"radius_between", sdk::f64, "...">{
          .unit = "m", .min = 0, .above_min = true, .doc = "where the two half ellipses meet"},
      ports::radius2,
      ports::on_error,
      sdk::out<"delta_v1", sdk::f64, "...">{.unit = "m/s", .doc = "at the departure"},
      sdk::out<"delta_v2", sdk::f64, "...">{.unit = "m/s", .doc = "between the ellipses"},
      sdk::out<"delta_v3", sdk::f64, "...">{.unit = "m/s", .doc = "at the arrival"},
      sdk::out<"delta_v", sdk::f64, "...">{.unit = "m/s", .doc = "sum of the sizes"},
      sdk::out<"time_of_flight", sdk::f64, "...">{.unit = "s", .doc = "of both half ellipses"},
      sdk::out<"semi_major_axis1", sdk::f64, "...">{.unit = "m", .doc = "of the first ellipse"},
      sdk::out<"semi_major_axis2", sdk::f64, "...">{.unit = "m", .doc = "of the second ellipse"},
      sdk::out<"eccentricity1", sdk::f64, "...">{.doc = "of the first ellipse"},
      sdk::out<"eccentricity2", sdk::f64, "...">{.doc = "of the second ellipse"},
      sdk::out<"hohmann_delta_v", sdk::f64, "...">{.unit = "m/s", .doc = "sum for Hohmann's transfer"}};
  static void run(sdk::Call<BiellipticOperation>& call);
};

struct PlaneChangeOperation {
  static constexpr sdk::Info info{.name = "plane_change",
                                  .version = "1.0.0",
                                  .title = "The impulse that turns a velocity, and may change its size",
                                  .doc =
                                      "The law of cosines, by half the angle so that small ones lose nothing. Source: "
                                      "Vallado 2013, sections 6.4 and 6.5.",
                                  .example = "speed = \"7.5 km/s\"\nangle = \"5 deg\"",
                                  .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"speed", sdk::f64, "...">{.unit = "m/s", .min = 0, .doc = "before the impulse"},
      sdk::in<"speed_after", sdk::f64, "...">{
          .unit = "m/s", .min = 0, .optional = true, .doc = "left out: the same as before"},
      sdk::in<"angle", sdk::f64, "...">{
          .unit = "rad", .min = 0, .max = 3.14159265358979323846, .doc = "between the two velocities"},
      ports::on_error,
      sdk::out<"delta_v", sdk::f64, "...">{.unit = "m/s", .doc = "size of the impulse"},
      sdk::out<"yaw", sdk::f64, "...">{.unit = "rad", .doc = "of the impulse, from the velocity before it"}};
  static void run(sdk::Call<PlaneChangeOperation>& call);
};

}  // namespace orrery::orbital
