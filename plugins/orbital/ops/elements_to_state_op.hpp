// orbital.elements_to_state and state_to_elements: classical elements of every conic, both ways.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/ports.hpp"
#include "plugins/orbital/ops/row_ports.hpp"

namespace orrery::orbital {

enum class PolicyChoice { standard_longitudes, as_computed };

struct ElementsToState {
  static constexpr sdk::Info info{
      .name = "elements_to_state",
      .version = "1.0.0",
      .title = "Position and velocity from orbital elements",
      .doc =
          "Ellipse, parabola and hyperbola. The size comes as periapsis distance, semi-major axis or semi-latus "
          "rectum.",
      .example =
          "gravity         = \"398600.4418 km^3/s^2\"\nsemi_major_axis = \"7000 km\"\neccentricity    = 0.1\n"
          "inclination     = \"51.6 deg\"",
      .cancellable = true};
  static constexpr std::tuple ports{
      row_ports::gravity,
      row_ports::periapsis_distance,
      row_ports::semi_major_axis,
      row_ports::semi_latus_rectum,
      row_ports::eccentricity,
      row_ports::one_minus_e,
      row_ports::inclination,
      row_ports::ascending_node,
      row_ports::argument_of_periapsis,
      row_ports::true_anomaly,
      ports::on_error,
      sdk::out<"position", sdk::f64, "... x 3">{.unit = "m", .doc = "from the centre"},
      sdk::out<"velocity", sdk::f64, "... x 3">{.unit = "m/s", .doc = "relative to the centre"}};
  static void run(sdk::Call<ElementsToState>& call);
};

struct StateToElements {
  static constexpr sdk::Info info{
      .name = "state_to_elements",
      .version = "1.0.0",
      .title = "Orbital elements from position and velocity",
      .doc =
          "Where an angle is not defined, the policy says what takes its place. standard_longitudes: a circular orbit "
          "has "
          "its argument of latitude as true anomaly, an equatorial one its longitude of periapsis as argument of "
          "periapsis, with zeros in the slots left over. as_computed replaces exact singularities only. Node and "
          "argument "
          "of periapsis lie in [0, 2 pi), the true anomaly in [-pi, pi].",
      .example =
          "gravity  = \"398600.4418 km^3/s^2\"\nposition = [\"7000 km\", \"0 km\", \"0 km\"]\n"
          "velocity = [\"0 km/s\", \"7.5 km/s\", \"1 km/s\"]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::any_position,
      ports::any_velocity,
      row_ports::gravity,
      sdk::in<"policy", sdk::Choice<PolicyChoice>>{.fallback = "standard_longitudes",
                                                   .choices = {"standard_longitudes", "as_computed"},
                                                   .doc = "for circular and equatorial orbits"},
      ports::on_error,
      sdk::out<"periapsis_distance", sdk::f64, "...">{.unit = "m", .doc = "q"},
      sdk::out<"semi_major_axis", sdk::f64, "...">{.unit = "m", .doc = "a; infinite for a parabola"},
      sdk::out<"semi_latus_rectum", sdk::f64, "...">{.unit = "m", .doc = "p"},
      sdk::out<"eccentricity", sdk::f64, "...">{.doc = "e"},
      sdk::out<"one_minus_e", sdk::f64, "...">{.doc = "1 - e, accurate where e is near one"},
      sdk::out<"inclination", sdk::f64, "...">{.unit = "rad", .doc = "i"},
      sdk::out<"ascending_node", sdk::f64, "...">{.unit = "rad", .doc = "longitude of the ascending node"},
      sdk::out<"argument_of_periapsis", sdk::f64, "...">{.unit = "rad", .doc = "from the node"},
      sdk::out<"true_anomaly", sdk::f64, "...">{.unit = "rad", .doc = "f"},
      sdk::out<"period", sdk::f64, "...">{.unit = "s", .doc = "infinite for an open orbit"},
      sdk::out<"time_since_periapsis", sdk::f64, "...">{.unit = "s", .doc = "of an ellipse since the nearest passage"},
      sdk::out<"circular", bool, "...">{.doc = "the true anomaly is an argument of latitude"},
      sdk::out<"equatorial", bool, "...">{.doc = "the argument of periapsis is a longitude of periapsis"},
      sdk::out<"rectilinear", bool, "...">{
          .doc = "a straight line: keep the semi-major axis and the time since periapsis, which say where on it"}};
  static void run(sdk::Call<StateToElements>& call);
};

}  // namespace orrery::orbital
