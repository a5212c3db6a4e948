// orbital.conic_check, invariants_drift and areal_rate: what an ephemeris keeps, and how well.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital {

struct ConicCheck {
  static constexpr sdk::Info info{
      .name = "conic_check",
      .version = "1.0.0",
      .title = "How far an ephemeris is from the conic of its first state",
      .doc =
          "residual is |r (1 + e cos f) - p|/p with e and p of the first state, out_of_plane the component across its "
          "plane over r. Along a two-body orbit both are round-off; along an integrated one they are its error. A "
          "straight "
          "line has no such conic.",
      .example =
          "gravity  = \"398600.4418 km^3/s^2\"\nposition = [[\"7000 km\", \"0 km\", \"0 km\"]]\n"
          "velocity = [[\"0 km/s\", \"7.5 km/s\", \"1 km/s\"]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::positions,
      ports::velocities,
      ports::gravity,
      ports::on_error,
      sdk::out<"residual", sdk::f64, "... x n">{.doc = "|r (1 + e cos f) - p|/p at each instant"},
      sdk::out<"out_of_plane", sdk::f64, "... x n">{.doc = "|r . h^|/r at each instant"},
      sdk::out<"worst", sdk::f64, "...">{.doc = "largest residual of an orbit"},
      sdk::out<"semi_latus_rectum", sdk::f64, "...">{.unit = "m", .doc = "p of the first state"},
      sdk::out<"eccentricity", sdk::f64, "...">{.doc = "e of the first state"}};
  static void run(sdk::Call<ConicCheck>& call);
};

struct InvariantsDrift {
  static constexpr sdk::Info info{
      .name = "invariants_drift",
      .version = "1.0.0",
      .title = "How far momentum, energy and eccentricity vector have drifted since the first state",
      .doc =
          "Formed in twice the working precision, so that what shows is the ephemeris and not the check. The energy's "
          "drift is over v^2/2 + mu/r of the first state, which is never zero; momentum and eccentricity vector are "
          "compared as vectors.",
      .example =
          "gravity  = \"398600.4418 km^3/s^2\"\nposition = [[\"7000 km\", \"0 km\", \"0 km\"]]\n"
          "velocity = [[\"0 km/s\", \"7.5 km/s\", \"1 km/s\"]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::positions,
      ports::velocities,
      ports::gravity,
      ports::on_error,
      sdk::out<"momentum_drift", sdk::f64, "... x n">{.doc = "|h - h0|/|h0|"},
      sdk::out<"energy_drift", sdk::f64, "... x n">{.doc = "(energy - energy0)/(v0^2/2 + mu/r0), with its sign"},
      sdk::out<"eccentricity_drift", sdk::f64, "... x n">{.doc = "|e - e0|"},
      sdk::out<"worst", sdk::f64, "...">{.doc = "largest of all three over an orbit"}};
  static void run(sdk::Call<InvariantsDrift>& call);
};

struct ArealRate {
  static constexpr sdk::Info info{
      .name = "areal_rate",
      .version = "1.0.0",
      .title = "Area swept per time at each state, and its spread",
      .doc =
          "|r x v|/2, with products in twice the working precision. Equal areas in equal times: spread is round-off.",
      .example = "position = [[\"7000 km\", \"0 km\", \"0 km\"]]\nvelocity = [[\"0 km/s\", \"7.5 km/s\", \"1 km/s\"]]",
      .cancellable = true};
  static constexpr std::tuple ports{ports::positions, ports::velocities, ports::on_error,
                                    sdk::out<"areal_rate", sdk::f64, "... x n">{.unit = "m^2/s", .doc = "|r x v|/2"},
                                    sdk::out<"spread", sdk::f64, "...">{
                                        .doc = "largest difference from the first over the first; 0 if all are zero"}};
  static void run(sdk::Call<ArealRate>& call);
};

}  // namespace orrery::orbital
