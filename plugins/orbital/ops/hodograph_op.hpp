// orbital.hodograph: the circle along which the velocity of a Kepler orbit runs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital {

struct HodographOperation {
  static constexpr sdk::Info info{
      .name = "hodograph",
      .version = "1.0.0",
      .title = "The circle that theory gives for the velocities of an orbit, and how far they are from it",
      .doc =
          "Centre mu/h (h^ x e), radius mu/h (Hamilton 1847), from the state at the instant where the body is nearest "
          "to "
          "the centre among those given. The residual of a velocity is its distance from that circle in space, over "
          "the "
          "radius. An orbit along a straight line has none and is refused.",
      .example =
          "gravity  = \"398600.4418 km^3/s^2\"\nposition = [[\"7000 km\", \"0 km\", \"0 km\"]]\n"
          "velocity = [[\"0 km/s\", \"7.5 km/s\", \"1 km/s\"]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::positions,
      ports::velocities,
      ports::gravity,
      ports::on_error,
      sdk::out<"centre", sdk::f64, "... x 3">{.unit = "m/s",
                                              .doc = "of the circle, at distance e mu/h from the origin"},
      sdk::out<"normal", sdk::f64, "... x 3">{.doc = "unit vector along the angular momentum"},
      sdk::out<"radius", sdk::f64, "...">{.unit = "m/s", .doc = "mu/h"},
      sdk::out<"residual", sdk::f64, "... x n">{.doc = "distance of each velocity from the circle, over the radius"}};
  static void run(sdk::Call<HodographOperation>& call);
};

}  // namespace orrery::orbital
