// orbital.propagate and propagate_state: where a body is at given times.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/ports.hpp"
#include "plugins/orbital/ops/row_ports.hpp"

namespace orrery::orbital {

namespace ports {

inline constexpr sdk::in<"times", f64, "m"> times{
    .unit = "s", .optional = true, .doc = "seconds past the epoch; left out: equally spaced samples"};
inline constexpr sdk::in<"samples", i64> samples{
    .fallback = "256", .min = 1, .max = 1e9, .doc = "how many instants, when no times are given"};
inline constexpr sdk::in<"span", f64, "..."> span{
    .unit = "s", .optional = true, .doc = "samples run from the epoch to this time, both included"};
inline constexpr sdk::in<"reach", f64> reach{
    .fallback = "10",
    .min = 1,
    .above_min = true,
    .doc = "of an open orbit without span: sampled while it is within so many periapsis distances"};
inline constexpr sdk::out<"times", f64, "... x m"> out_times{.unit = "s", .doc = "past the epoch"};
inline constexpr sdk::out<"position", f64, "... x m x 3"> out_position{.unit = "m",
                                                                       .doc = "from the attracting centre"};
inline constexpr sdk::out<"velocity", f64, "... x m x 3"> out_velocity{.unit = "m/s", .doc = "relative to the centre"};
inline constexpr sdk::out<"acceleration", f64, "... x m x 3"> out_acceleration{.unit = "m/s^2", .doc = "-mu r/|r|^3"};
inline constexpr sdk::tap<"kepler_iterations", i64> kepler_iterations{
    .doc = "of the universal Kepler equation, each instant"};

}  // namespace ports

struct Propagate {
  static constexpr sdk::Info info{
      .name = "propagate",
      .version = "1.0.0",
      .title = "Positions and velocities of a two-body orbit, from its elements",
      .doc =
          "Every conic; energy, period and phase are formed from the elements in twice the working precision, so that "
          "1 - e or the periapsis distance keep what they say and hundreds of periods cost no digits. The epoch is "
          "where the true anomaly holds. Without times, an ellipse is sampled over one period from the epoch, the end "
          "left out; an open orbit while it is within 'reach' periapsis distances of the centre. Source: Battin 1999, "
          "sections 4.3 and 4.5.",
      .example =
          "gravity         = \"398600.4418 km^3/s^2\"\nsemi_major_axis = \"26600 km\"\neccentricity    = 0.74\n"
          "samples         = 64",
      .cancellable = true};
  static constexpr std::tuple ports{row_ports::gravity,
                                    row_ports::periapsis_distance,
                                    row_ports::semi_major_axis,
                                    row_ports::semi_latus_rectum,
                                    row_ports::eccentricity,
                                    row_ports::one_minus_e,
                                    row_ports::inclination,
                                    row_ports::ascending_node,
                                    row_ports::argument_of_periapsis,
                                    row_ports::true_anomaly,
                                    ports::times,
                                    ports::samples,
                                    ports::span,
                                    ports::reach,
                                    ports::on_error,
                                    ports::out_times,
                                    ports::out_position,
                                    ports::out_velocity,
                                    ports::out_acceleration,
                                    ports::kepler_iterations};
  static void run(sdk::Call<Propagate>& call);
};

struct PropagateState {
  static constexpr sdk::Info info{
      .name = "propagate_state",
      .version = "1.0.0",
      .title = "Positions and velocities of a two-body orbit, from a state",
      .doc =
          "As propagate, from position and velocity at the epoch, taken as exact numbers: 1.2e-15 of |r| and |v| over "
          "100 periods. A rectilinear orbit passes through the collision as the limit of slender conics does.",
      .example =
          "gravity  = \"398600.4418 km^3/s^2\"\nposition = [\"1131.340 km\", \"-2282.343 km\", \"6672.423 km\"]\n"
          "velocity = [\"-5.64305 km/s\", \"4.30333 km/s\", \"2.42879 km/s\"]\ntimes    = [\"40 min\"]",
      .cancellable = true};
  static constexpr std::tuple ports{
      row_ports::gravity,      ports::any_position,
      ports::any_velocity,     sdk::in<"times", sdk::f64, "m">{.unit = "s", .doc = "seconds past the epoch"},
      ports::on_error,         ports::out_position,
      ports::out_velocity,     ports::out_acceleration,
      ports::kepler_iterations};
  static void run(sdk::Call<PropagateState>& call);
};

}  // namespace orrery::orbital
