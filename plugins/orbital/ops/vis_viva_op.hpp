// orbital.vis_viva: speed, distance and size of an orbit from two of them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital {

struct VisViva {
  static constexpr sdk::Info info{
      .name = "vis_viva",
      .version = "1.0.0",
      .title = "v^2 = mu (2/r - 1/a): the third of speed, radius and semi-major axis",
      .doc =
          "Give two of the three; the one left out is computed. An infinite semi-major axis is a parabola, a negative "
          "one "
          "a hyperbola. Escape and circular speed at the radius come with it. Accuracy 2 ulp.",
      .example =
          "gravity         = \"398600.4418 km^3/s^2\"\nradius          = \"7000 km\"\nsemi_major_axis = \"8000 km\"",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::gravity,
      sdk::in<"radius", sdk::f64, "...">{.unit = "m", .min = 0, .above_min = true, .optional = true, .doc = "r"},
      sdk::in<"speed", sdk::f64, "...">{.unit = "m/s", .min = 0, .optional = true, .doc = "v"},
      sdk::in<"semi_major_axis", sdk::f64, "...">{.unit = "m", .optional = true, .finite = false, .doc = "a"},
      ports::on_error,
      sdk::out<"radius", sdk::f64, "...">{.unit = "m", .doc = "r, given or computed"},
      sdk::out<"speed", sdk::f64, "...">{.unit = "m/s", .doc = "v, given or computed"},
      sdk::out<"semi_major_axis", sdk::f64, "...">{.unit = "m", .doc = "a, given or computed"},
      sdk::out<"escape_speed", sdk::f64, "...">{.unit = "m/s", .doc = "sqrt(2 mu/r)"},
      sdk::out<"circular_speed", sdk::f64, "...">{.unit = "m/s", .doc = "sqrt(mu/r)"}};
  static void run(sdk::Call<VisViva>& call);
};

}  // namespace orrery::orbital
