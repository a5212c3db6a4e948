// orbital.integrate_nbody: bodies that attract each other, and what their motion should conserve.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/forces.hpp"

namespace orrery::orbital {

struct IntegrateNbody {
  static constexpr sdk::Info info{
      .name = "integrate_nbody",
      .version = "1.0.0",
      .title = "Positions and velocities of bodies that attract each other",
      .doc =
          "Any number of bodies; those of no mass are test particles. Between the ends of steps the method's own dense "
          "output holds. With taylor and dop853 the step follows the closest pair, and a collision is an error that "
          "names "
          "both bodies, the time and the distance; a softening lets them pass. Drifts are differences from the start "
          "over "
          "the sum of the sizes of all terms.",
      .example =
          "gravity  = [\"1.32712440018e20 m^3/s^2\", \"1.26686534e17 m^3/s^2\"]\n"
          "position = [[\"0 au\", \"0 au\", \"0 au\"], [\"5.2 au\", \"0 au\", \"0 au\"]]\n"
          "velocity = [[\"0 km/s\", \"0 km/s\", \"0 km/s\"], [\"0 km/s\", \"13.06 km/s\", \"0 km/s\"]]\n"
          "times    = [\"1 yr\", \"12 yr\"]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"gravity", sdk::f64, "... x k">{
          .unit = "m^3/s^2", .min = 0, .optional = true, .doc = "G m of each body; give it or masses"},
      sdk::in<"masses", sdk::f64, "... x k">{
          .unit = "kg", .min = 0, .optional = true, .doc = "m of each body, times gravitational_constant"},
      sdk::in<"gravitational_constant", sdk::f64>{
          .unit = "m^3 kg^-1 s^-2", .fallback = "6.67430e-11 m^3 kg^-1 s^-2", .min = 0, .doc = "G, with masses"},
      sdk::in<"position", sdk::f64, "... x k x 3">{.unit = "m", .doc = "in any frame that is not accelerated"},
      sdk::in<"velocity", sdk::f64, "... x k x 3">{.unit = "m/s", .doc = "in the same frame"},
      sdk::in<"times", sdk::f64, "m">{.unit = "s", .doc = "past the epoch of the states; any sign and order"},
      sdk::in<"softening", sdk::f64>{
          .unit = "m", .fallback = "0 m", .min = 0, .doc = "eps: the distance r counts as sqrt(r^2 + eps^2)"},
      ports::integration_method,
      ports::step,
      ports::integration_tolerance,
      ports::max_steps,
      ports::on_error,
      sdk::out<"position", sdk::f64, "... x m x k x 3">{.unit = "m", .doc = "of each body at each time"},
      sdk::out<"velocity", sdk::f64, "... x m x k x 3">{.unit = "m/s", .doc = "of each body at each time"},
      sdk::out<"energy", sdk::f64, "... x m">{.unit = "m^5/s^4", .doc = "kinetic and potential, times G"},
      sdk::out<"energy_drift", sdk::f64, "... x m">{.doc =
                                                        "over kinetic energy and size of the potential at the start"},
      sdk::out<"momentum_drift", sdk::f64, "... x m">{.doc = "over the sum of the bodies' momenta at the start"},
      sdk::out<"angular_momentum_drift", sdk::f64, "... x m">{.doc = "likewise"},
      sdk::out<"steps", sdk::i64, "...">{.doc = "that were taken"},
      sdk::out<"rejected", sdk::i64, "...">{.doc = "steps that dop853 had to shorten"},
      sdk::tap<"step_size", sdk::f64>{.unit = "s", .doc = "of each step, signed"},
      sdk::tap<"rejected_steps", sdk::i64>{.doc = "up to each step"},
      sdk::tap<"energy_drift", sdk::f64>{.doc = "at the begin of each step"}};
  static void run(sdk::Call<IntegrateNbody>& call);
};

}  // namespace orrery::orbital
