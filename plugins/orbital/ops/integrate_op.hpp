// orbital.integrate: where a body goes under the forces that are named, by numerical integration.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/forces.hpp"

namespace orrery::orbital {

struct Integrate {
  static constexpr sdk::Info info{
      .name = "integrate",
      .version = "1.0.0",
      .title = "Positions and velocities under central gravity and perturbations, by numerical integration",
      .doc =
          "Perturbations join by giving their inputs: zonal harmonics, third bodies, drag in an exponential "
          "atmosphere, "
          "the pressure of sunlight. Times may be of either sign, in any order, and repeated; between the ends of "
          "steps the "
          "method's own dense output holds. Sharp shadows and the rows of an ephemeris end steps, so that no step goes "
          "across an edge. A collision is an error that names time and distance. Sources: Jorba and Zou 2005 (taylor); "
          "Hairer, Norsett and Wanner 1993 (dop853); Yoshida 1990.",
      .example =
          "gravity           = \"398600.4418 km^3/s^2\"\nposition          = [\"7000 km\", \"0 km\", \"0 km\"]\n"
          "velocity          = [\"0 km/s\", \"5 km/s\", \"5.7 km/s\"]\ntimes             = [\"1 h\", \"1 d\"]\n"
          "zonal_harmonics   = [1.08262668e-3]\nequatorial_radius = \"6378.137 km\"",
      .cancellable = true};
  static constexpr std::tuple ports = std::tuple_cat(
      std::tuple{ports::gravity, ports::position, ports::velocity,
                 sdk::in<"times", sdk::f64, "m">{.unit = "s", .doc = "past the epoch of the state"},
                 ports::integration_method, ports::step, ports::integration_tolerance, ports::max_steps},
      ports::forces,
      std::tuple{ports::on_error,
                 sdk::out<"position", sdk::f64, "... x m x 3">{.unit = "m", .doc = "from the attracting centre"},
                 sdk::out<"velocity", sdk::f64, "... x m x 3">{.unit = "m/s", .doc = "relative to the centre"},
                 sdk::out<"energy", sdk::f64, "... x m">{
                     .unit = "m^2/s^2", .doc = "per mass, of the central body with its zonal harmonics"},
                 sdk::out<"steps", sdk::i64, "...">{.doc = "that were taken; 0 where a row failed"},
                 sdk::out<"rejected", sdk::i64, "...">{.doc = "steps that dop853 had to shorten"},
                 sdk::tap<"step_size", sdk::f64>{.unit = "s", .doc = "of each step, signed"},
                 sdk::tap<"rejected_steps", sdk::i64>{.doc = "up to each step"},
                 sdk::tap<"energy_drift", sdk::f64>{.doc = "at the begin of each step, over the energy at the epoch"}});
  static void run(sdk::Call<Integrate>& call);
};

}  // namespace orrery::orbital
