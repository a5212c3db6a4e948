// orbital.invariants: what stays constant along an orbit, and where its path bends how much.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital {

struct InvariantsOperation {
  static constexpr sdk::Info info{
      .name = "invariants",
      .version = "1.0.0",
      .title = "Angular momentum, energy, eccentricity vector and what follows from them, for each state",
      .doc =
          "Formed in twice the working precision, so that neither the energy nor 1 - e loses digits near a parabola. "
          "Along "
          "a two-body orbit every output but path_curvature is constant; its spread is the drift of an integration. "
          "path_curvature is mu h/(r v)^3.",
      .example =
          "gravity  = \"398600.4418 km^3/s^2\"\nposition = [[\"7000 km\", \"0 km\", \"0 km\"]]\n"
          "velocity = [[\"0 km/s\", \"7.5 km/s\", \"1 km/s\"]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::positions,
      ports::velocities,
      ports::gravity,
      ports::on_error,
      sdk::out<"angular_momentum", sdk::f64, "... x n x 3">{.unit = "m^2/s", .doc = "h = r x v"},
      sdk::out<"eccentricity_vector", sdk::f64, "... x n x 3">{.doc = "towards periapsis, of length e"},
      sdk::out<"energy", sdk::f64, "... x n">{.unit = "m^2/s^2", .doc = "v^2/2 - mu/r"},
      sdk::out<"semi_major_axis", sdk::f64, "... x n">{.unit = "m", .doc = "a; infinite for a parabola"},
      sdk::out<"semi_latus_rectum", sdk::f64, "... x n">{.unit = "m", .doc = "h^2/mu"},
      sdk::out<"periapsis", sdk::f64, "... x n">{.unit = "m", .doc = "least distance"},
      sdk::out<"apoapsis", sdk::f64, "... x n">{.unit = "m", .doc = "largest distance; infinite for an open orbit"},
      sdk::out<"period", sdk::f64, "... x n">{.unit = "s", .doc = "infinite for an open orbit"},
      sdk::out<"mean_motion", sdk::f64, "... x n">{.unit = "rad/s", .doc = "sqrt(mu/|a|^3)"},
      sdk::out<"areal_rate", sdk::f64, "... x n">{.unit = "m^2/s", .doc = "area swept per time, h/2"},
      sdk::out<"path_curvature", sdk::f64, "... x n">{.unit = "1/m", .doc = "mu h/(r v)^3"}};
  static void run(sdk::Call<InvariantsOperation>& call);
};

}  // namespace orrery::orbital
