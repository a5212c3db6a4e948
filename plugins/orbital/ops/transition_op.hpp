// orbital.transition: how the state at given times changes with the state at the epoch.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital {

struct Transition {
  static constexpr sdk::Info info{
      .name = "transition",
      .version = "1.0.0",
      .title = "State-transition matrix of a two-body orbit",
      .doc =
          "The derivatives of position and velocity at each time with respect to those at the epoch, for every conic, "
          "as four blocks of 3 x 3: the last axis is the component at the epoch, the one before it that at the time. "
          "Source: Battin 1999, section 9.7.",
      .example =
          "gravity  = \"398600.4418 km^3/s^2\"\nposition = [\"7000 km\", \"0 km\", \"0 km\"]\n"
          "velocity = [\"0 km/s\", \"7.5 km/s\", \"1 km/s\"]\ntimes    = [\"10 min\", \"1 h\"]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::gravity,
      ports::position,
      ports::velocity,
      sdk::in<"times", sdk::f64, "m">{.unit = "s", .doc = "seconds past the epoch"},
      ports::on_error,
      sdk::out<"position_by_position", sdk::f64, "... x m x 3 x 3">{.doc = "dr/dr0"},
      sdk::out<"position_by_velocity", sdk::f64, "... x m x 3 x 3">{.unit = "s", .doc = "dr/dv0"},
      sdk::out<"velocity_by_position", sdk::f64, "... x m x 3 x 3">{.unit = "1/s", .doc = "dv/dr0"},
      sdk::out<"velocity_by_velocity", sdk::f64, "... x m x 3 x 3">{.doc = "dv/dv0"}};
  static void run(sdk::Call<Transition>& call);
};

}  // namespace orrery::orbital
