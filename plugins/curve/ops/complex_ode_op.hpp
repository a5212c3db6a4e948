// curve.complex_ode: motion in the plane by a complex differential equation.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/ops/items.hpp"

namespace orrery::curve {

struct ComplexOde {
  static constexpr sdk::Info info{
      .name = "complex_ode",
      .version = "1.0.0",
      .title = "Motion in the plane by a complex differential equation",
      .doc =
          "z' = rate(z, t), or z'' = acceleration(z, v, t) with v = z', given as text with z, t, v, i, pi, e, the "
          "constants c0, c1, ..., numbers, + - * / ^ and exp, log, sqrt, sin, cos, tan, sinh, cosh, tanh, conj, re, "
          "im, "
          "abs, arg. Taylor series of as many terms as the tolerance wants, with their own steps; poles and branch "
          "points are errors that name the parameter. With i*c0*abs(v)*v every path is a circle of curvature c0. "
          "Sources: Jorba, Zou 2005; Griewank, Walther 2008.",
      .example =
          "acceleration = \"i*c0*abs(v)*v\"\nconstants    = [0.5]\nplace        = [0, 0]\nvelocity     = [2, 0]\n"
          "parameter    = [0, 1, 2]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"rate", sdk::Text>{.optional = true, .doc = "z'; give it or acceleration"},
      sdk::in<"acceleration", sdk::Text>{.optional = true, .doc = "z''; then 'velocity' is needed"},
      sdk::in<"constants", sdk::c128, "m">{.optional = true, .doc = "c0, c1, ..., real or complex"},
      sdk::in<"place", sdk::f64, "... x 2">{.doc = "real and imaginary part of z at the first parameter"},
      sdk::in<"velocity", sdk::f64, "... x 2">{.optional = true, .doc = "of z' there; with acceleration only"},
      sdk::in<"parameter", sdk::f64, "n">{.doc = "t, rising or falling"},
      sdk::in<"tolerance", sdk::f64>{
          .fallback = "1e-16", .min = 1e-17, .max = 1e-3, .doc = "of each step, relative to a value or its change"},
      sdk::in<"max_steps", sdk::i64>{.fallback = "1000000", .min = 1, .doc = "between all parameters"},
      ports::on_error,
      sdk::out<"points", sdk::f64, "... x n x 2">{.doc = "z at each parameter, as points of the plane"},
      sdk::out<"velocity", sdk::f64, "... x n x 2">{.doc = "z' likewise"},
      sdk::out<"z", sdk::c128, "... x n">{.doc = "z as complex numbers"},
      sdk::out<"steps", sdk::i64, "...">{.doc = "that were taken; 0 where an item failed"}};
  static void run(sdk::Call<ComplexOde>& call);
};

}  // namespace orrery::curve
