// orbital.secular_rates: how fast an orbit turns about an oblate body.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital {

struct SecularRatesOperation {
  static constexpr sdk::Info info{
      .name = "secular_rates",
      .version = "1.0.0",
      .title = "Secular rates of node, periapsis and mean anomaly under J2",
      .doc = "To first order in J2, averaged over a revolution. Source: Kaula 1966, section 3.6.",
      .example =
          "gravity           = \"398600.4418 km^3/s^2\"\nsemi_major_axis   = \"7178 km\"\neccentricity      = 0.001\n"
          "inclination       = \"98.6 deg\"\nj2                = 1.08262668e-3\nequatorial_radius = \"6378.137 km\"",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::gravity,
      sdk::in<"semi_major_axis", sdk::f64, "...">{.unit = "m", .min = 0, .above_min = true, .doc = "a"},
      sdk::in<"eccentricity", sdk::f64, "...">{.fallback = "0", .min = 0, .max = 1, .below_max = true, .doc = "e"},
      ports::inclination,
      sdk::in<"j2", sdk::f64, "...">{.doc = "of the central body, without normalisation"},
      sdk::in<"equatorial_radius", sdk::f64, "...">{
          .unit = "m", .min = 0, .above_min = true, .doc = "R that belongs to j2"},
      ports::on_error,
      sdk::out<"ascending_node", sdk::f64, "...">{.unit = "rad/s", .doc = "rate of the node; westward is negative"},
      sdk::out<"argument_of_periapsis", sdk::f64, "...">{.unit = "rad/s", .doc = "rate of the periapsis from the node"},
      sdk::out<"mean_anomaly", sdk::f64, "...">{.unit = "rad/s",
                                                .doc = "rate of the mean anomaly, mean motion included"},
      sdk::out<"mean_motion", sdk::f64, "...">{.unit = "rad/s", .doc = "sqrt(mu/a^3)"}};
  static void run(sdk::Call<SecularRatesOperation>& call);
};

}  // namespace orrery::orbital
