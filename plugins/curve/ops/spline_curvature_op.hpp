// curve.spline_curvature: curvature and torsion of B-spline curves.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::curve {

struct SplineCurvature {
  static constexpr sdk::Info info{
      .name = "spline_curvature",
      .version = "1.0.0",
      .title = "Exact curvature and torsion of B-spline curves in the plane and in space",
      .doc =
          "Knots and control points become one polynomial a span (de Boor 2001), of which the derivatives are known: "
          "no "
          "differences are taken. At a knot the values are those to its right. Where the speed or the curvature "
          "vanishes the status says so, and what is not defined there is 0.",
      .example =
          "knots   = [0, 0, 0, 0, 1, 1, 1, 1]\ncontrol = [[0, 0], [1, 2], [2, -2], [3, 0]]\ndegree  = 3\nparameter = "
          "[0, "
          "0.25, 1]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"knots", sdk::f64, "k">{.unit = "*", .doc = "falling nowhere, degree + 1 more than control points"},
      sdk::in<"control", sdk::f64, "... x n x d">{.unit = "*", .doc = "control points in the plane or in space"},
      sdk::in<"degree", sdk::i64>{.fallback = "3", .min = 1, .max = 15, .doc = "of the pieces"},
      sdk::in<"parameter", sdk::f64, "m">{.unit = "knots",
                                          .doc = "places on the curve, quickest in order; from knot `degree` to n"},
      sdk::out<"points", sdk::f64, "... x m x d">{.unit = "control", .doc = "the curve there"},
      sdk::out<"curvature", sdk::f64, "... x m">{.unit = "1/control", .doc = "never negative"},
      sdk::out<"signed_curvature", sdk::f64, "... x m">{
          .unit = "1/control", .optional = true, .doc = "positive to the left; in the plane only"},
      sdk::out<"torsion", sdk::f64, "... x m">{
          .unit = "1/control", .optional = true, .doc = "positive for a right-handed helix; in space only"},
      sdk::out<"status", sdk::i64, "... x m">{.doc = "0 fine, 1 the speed vanishes, 2 the curvature vanishes"}};
  static void run(sdk::Call<SplineCurvature>& call);
};

}  // namespace orrery::curve
