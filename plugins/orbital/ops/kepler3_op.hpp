// orbital.kepler3: the third law, with the planet's mass kept.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital {

struct Kepler3 {
  static constexpr sdk::Info info{
      .name = "kepler3",
      .version = "1.0.0",
      .title = "a^3/T^2 = G (M + m)/(4 pi^2): the third of axis, period and gravity, with the planet's mass kept",
      .doc =
          "Give two of semi_major_axis, period and gravity, the central body's G M; the one left out is computed. "
          "period_shift is by how much the period is off one that drops the planet's mass, axis_shift the same for the "
          "axis. total_mass takes G = 6.67430e-11 m^3/(kg s^2) (CODATA 2022). Accuracy 2 ulp. Source: Battin 1999, "
          "section 3.3.",
      .example =
          "gravity         = \"132712440018 km^3/s^2\"\nsemi_major_axis = \"778.479e6 km\"\nmass_ratio      = "
          "9.5479e-4",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"semi_major_axis", sdk::f64, "...">{
          .unit = "m", .min = 0, .above_min = true, .optional = true, .doc = "a"},
      sdk::in<"period", sdk::f64, "...">{.unit = "s", .min = 0, .above_min = true, .optional = true, .doc = "T"},
      sdk::in<"gravity", sdk::f64, "...">{
          .unit = "m^3/s^2", .min = 0, .above_min = true, .optional = true, .doc = "G M of the central body alone"},
      sdk::in<"mass_ratio", sdk::f64, "...">{.fallback = "0", .min = 0, .doc = "m/M, planet over central body"},
      ports::on_error,
      sdk::out<"semi_major_axis", sdk::f64, "...">{.unit = "m", .doc = "a, given or computed"},
      sdk::out<"period", sdk::f64, "...">{.unit = "s", .doc = "T, given or computed"},
      sdk::out<"gravity", sdk::f64, "...">{.unit = "m^3/s^2", .doc = "G M, given or computed"},
      sdk::out<"total_gravity", sdk::f64, "...">{.unit = "m^3/s^2", .doc = "G (M + m)"},
      sdk::out<"total_mass", sdk::f64, "...">{.unit = "kg", .doc = "M + m"},
      sdk::out<"mean_motion", sdk::f64, "...">{.unit = "rad/s", .doc = "2 pi/T"},
      sdk::out<"period_shift", sdk::f64, "...">{.doc = "(1 + m/M)^(-1/2) - 1"},
      sdk::out<"axis_shift", sdk::f64, "...">{.doc = "(1 + m/M)^(1/3) - 1"}};
  static void run(sdk::Call<Kepler3>& call);
};

}  // namespace orrery::orbital
