// orbital.state_to_equinoctial, equinoctial_to_state, state_to_delaunay and delaunay_to_state: other sets of elements.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital {

enum class EquinoctialChoice { automatic, direct, retrograde };

struct StateToEquinoctial {
  static constexpr sdk::Info info{
      .name = "state_to_equinoctial",
      .version = "1.0.0",
      .title = "Modified equinoctial elements from position and velocity",
      .doc =
          "Regular for circular and equatorial orbits and through the parabola. The factor I is 1 with tan(i/2), which "
          "fails at i = 180 deg, or -1 with cot(i/2), which fails at 0; automatic takes whichever is the larger "
          "cosine's, "
          "and retrograde_factor says which it was. A straight line has none. Source: Walker, Ireland and Owens 1985.",
      .example =
          "gravity  = \"398600.4418 km^3/s^2\"\nposition = [\"7000 km\", \"0 km\", \"0 km\"]\n"
          "velocity = [\"0 km/s\", \"7.5 km/s\", \"1 km/s\"]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::position,
      ports::velocity,
      ports::gravity,
      sdk::in<"kind", sdk::Choice<EquinoctialChoice>>{
          .fallback = "automatic", .choices = {"automatic", "direct", "retrograde"}, .doc = "which factor I"},
      ports::on_error,
      sdk::out<"semi_latus_rectum", sdk::f64, "...">{.unit = "m", .doc = "p"},
      sdk::out<"f", sdk::f64, "...">{.doc = "e cos(omega + I Omega)"},
      sdk::out<"g", sdk::f64, "...">{.doc = "e sin(omega + I Omega)"},
      sdk::out<"h", sdk::f64, "...">{.doc = "tan(i/2)^I cos(Omega)"},
      sdk::out<"k", sdk::f64, "...">{.doc = "tan(i/2)^I sin(Omega)"},
      sdk::out<"true_longitude", sdk::f64, "...">{.unit = "rad", .doc = "L, in [0, 2 pi)"},
      sdk::out<"retrograde_factor", sdk::i64, "...">{.doc = "I, 1 or -1"}};
  static void run(sdk::Call<StateToEquinoctial>& call);
};

struct EquinoctialToState {
  static constexpr sdk::Info info{
      .name = "equinoctial_to_state",
      .version = "1.0.0",
      .title = "Position and velocity from modified equinoctial elements",
      .doc = "The inverse of state_to_equinoctial.",
      .example =
          "gravity           = \"398600.4418 km^3/s^2\"\nsemi_latus_rectum = \"7000 km\"\nf                 = 0.1\n"
          "g                 = 0.05\nh                 = 0.4\nk                 = 0.1\n"
          "true_longitude    = \"30 deg\"",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::gravity,
      sdk::in<"semi_latus_rectum", sdk::f64, "...">{.unit = "m", .min = 0, .above_min = true, .doc = "p"},
      sdk::in<"f", sdk::f64, "...">{.doc = "e cos(omega + I Omega)"},
      sdk::in<"g", sdk::f64, "...">{.doc = "e sin(omega + I Omega)"},
      sdk::in<"h", sdk::f64, "...">{.doc = "tan(i/2)^I cos(Omega)"},
      sdk::in<"k", sdk::f64, "...">{.doc = "tan(i/2)^I sin(Omega)"},
      sdk::in<"true_longitude", sdk::f64, "...">{.unit = "rad", .doc = "L"},
      sdk::in<"retrograde_factor", sdk::i64, "...">{.fallback = "1", .min = -1, .max = 1, .doc = "I, 1 or -1"},
      ports::on_error,
      sdk::out<"position", sdk::f64, "... x 3">{.unit = "m", .doc = "from the centre"},
      sdk::out<"velocity", sdk::f64, "... x 3">{.unit = "m/s", .doc = "relative to the centre"}};
  static void run(sdk::Call<EquinoctialToState>& call);
};

struct StateToDelaunay {
  static constexpr sdk::Info info{
      .name = "state_to_delaunay",
      .version = "1.0.0",
      .title = "Delaunay's canonical elements of an ellipse from position and velocity",
      .doc =
          "L = sqrt(mu a), G = sqrt(mu p), H = G cos i, and the angles that are conjugate to them: mean anomaly, "
          "argument "
          "of periapsis, node. Circles and equators as in state_to_elements with standard_longitudes. Source: Brouwer "
          "and "
          "Clemence 1961, chapter 11.",
      .example =
          "gravity  = \"398600.4418 km^3/s^2\"\nposition = [\"7000 km\", \"0 km\", \"0 km\"]\n"
          "velocity = [\"0 km/s\", \"7.5 km/s\", \"1 km/s\"]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::position,
      ports::velocity,
      ports::gravity,
      ports::on_error,
      sdk::out<"mean_anomaly", sdk::f64, "...">{.unit = "rad", .doc = "l"},
      sdk::out<"argument_of_periapsis", sdk::f64, "...">{.unit = "rad", .doc = "g"},
      sdk::out<"ascending_node", sdk::f64, "...">{.unit = "rad", .doc = "h"},
      sdk::out<"axis_action", sdk::f64, "...">{.unit = "m^2/s", .doc = "L = sqrt(mu a)"},
      sdk::out<"momentum", sdk::f64, "...">{.unit = "m^2/s", .doc = "G, the angular momentum"},
      sdk::out<"polar_momentum", sdk::f64, "...">{.unit = "m^2/s", .doc = "H = G cos i"}};
  static void run(sdk::Call<StateToDelaunay>& call);
};

struct DelaunayToState {
  static constexpr sdk::Info info{
      .name = "delaunay_to_state",
      .version = "1.0.0",
      .title = "Position and velocity from Delaunay's elements",
      .doc = "The inverse of state_to_delaunay; 0 < G <= L and |H| <= G.",
      .example =
          "gravity        = \"398600.4418 km^3/s^2\"\nmean_anomaly   = \"30 deg\"\naxis_action    = \"53000 km^2/s\"\n"
          "momentum       = \"52000 km^2/s\"\npolar_momentum = \"30000 km^2/s\"",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::gravity,
      sdk::in<"mean_anomaly", sdk::f64, "...">{.unit = "rad", .doc = "l"},
      ports::argument_of_periapsis,
      ports::ascending_node,
      sdk::in<"axis_action", sdk::f64, "...">{.unit = "m^2/s", .min = 0, .above_min = true, .doc = "L = sqrt(mu a)"},
      sdk::in<"momentum", sdk::f64, "...">{.unit = "m^2/s", .min = 0, .above_min = true, .doc = "G <= L"},
      sdk::in<"polar_momentum", sdk::f64, "...">{.unit = "m^2/s", .doc = "H = G cos i"},
      ports::on_error,
      sdk::out<"position", sdk::f64, "... x 3">{.unit = "m", .doc = "from the centre"},
      sdk::out<"velocity", sdk::f64, "... x 3">{.unit = "m/s", .doc = "relative to the centre"}};
  static void run(sdk::Call<DelaunayToState>& call);
};

}  // namespace orrery::orbital
