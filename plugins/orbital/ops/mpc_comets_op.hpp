// orbital.mpc_comets: comet elements as the Minor Planet Center publishes them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital {

struct MpcComets {
  static constexpr sdk::Info info{
      .name = "mpc_comets",
      .version = "1.0.0",
      .title = "Orbits of comets from the rows of the Minor Planet Center",
      .doc =
          "The columns of CometEls.txt, one comet to a line. Elements are heliocentric, of the ecliptic and equinox "
          "J2000.0, "
          "and go as they are into orbital.propagate, parabolas and hyperbolas included: with true_anomaly 0, its "
          "times "
          "count from the perihelion. Source: Minor Planet Center, Ephemerides and Orbital Elements Format.",
      .example =
          "rows = \"\"\"\n"
          "    CJ95O010  1997 03 29.6333  0.916615  0.994955  130.5303  282.4705   89.4266  20240101  -2.0  4.0  "
          "C/1995 O1 "
          "(Hale-Bopp)                                    MPC 106342\n\"\"\""};
  static constexpr std::tuple ports{
      sdk::in<"rows", sdk::Text>{.doc = "lines of CometEls.txt"},
      sdk::out<"perihelion_time", sdk::f64, "n">{.unit = "s", .doc = "past J2000 TT"},
      sdk::out<"periapsis_distance", sdk::f64, "n">{.unit = "m", .doc = "q"},
      sdk::out<"eccentricity", sdk::f64, "n">{.doc = "exactly 1 for a parabola"},
      sdk::out<"inclination", sdk::f64, "n">{.unit = "rad", .doc = "i"},
      sdk::out<"ascending_node", sdk::f64, "n">{.unit = "rad", .doc = "longitude of the ascending node"},
      sdk::out<"argument_of_periapsis", sdk::f64, "n">{.unit = "rad", .doc = "from the node"},
      sdk::out<"comets", sdk::Table>{
          .columns = {{{.name = "name", .dtype = ORRERY_TEXT, .doc = "designation and name"},
                       {.name = "number", .dtype = ORRERY_I64, .doc = "of a periodic comet; 0 for none"},
                       {.name = "orbit_type", .dtype = ORRERY_TEXT, .doc = "C, P, D, X, A or I"},
                       {.name = "provisional", .dtype = ORRERY_TEXT, .doc = "packed designation"},
                       {.name = "epoch", .unit = "s", .doc = "past J2000 TT, of a perturbed solution; else NaN"},
                       {.name = "absolute_magnitude", .doc = "NaN if blank"},
                       {.name = "slope", .doc = "NaN if blank"},
                       {.name = "reference", .dtype = ORRERY_TEXT, .doc = "of the publication"}}},
          .doc = "one row to each comet"}};
  static void run(sdk::Call<MpcComets>& call);
};

}  // namespace orrery::orbital
