// curve.curvature: curvature, torsion and Frenet frame of a sampled curve.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::curve {

enum class Method { difference, spline, spectral };

struct Curvature {
  static constexpr sdk::Info info{
      .name = "curvature",
      .version = "1.0.0",
      .title = "Curvature, torsion and Frenet frame of a sampled curve",
      .doc =
          "Derivatives come from finite differences of even order (weights of Fornberg 1988), from an interpolating "
          "spline, or, for a closed curve with equal steps, from trigonometric interpolation, whose error falls "
          "faster than any power of the number of samples. Where the speed or the curvature vanishes the status says "
          "so, and what is not defined there is 0. Any dimension; one curve or a batch.",
      .example = "points = [[1, 0], [0, 1], [-1, 0], [0, -1]]\nclosed = true\nmethod = \"spectral\"",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"points", sdk::f64, "... x n x d">{.unit = "*", .doc = "samples in order"},
      sdk::in<"parameter", sdk::f64, "n">{
          .unit = "*", .optional = true, .doc = "increasing parameter of the samples; left out: equal steps of 1"},
      sdk::in<"closed", bool>{.fallback = "false",
                              .doc = "the curve returns to its first sample, which is not repeated at the end"},
      sdk::in<"period", sdk::f64>{.unit = "parameter",
                                  .min = 0,
                                  .above_min = true,
                                  .optional = true,
                                  .doc = "of a closed curve with a parameter: from the first sample around to itself"},
      sdk::in<"method", sdk::Choice<Method>>{
          .fallback = "spline", .choices = {"difference", "spline", "spectral"}, .doc = "where derivatives come from"},
      sdk::in<"order", sdk::i64>{.fallback = "4", .min = 2, .max = 8, .doc = "of the finite differences: 2, 4, 6 or 8"},
      sdk::in<"degree", sdk::i64>{.fallback = "5", .min = 3, .max = 7, .doc = "of the spline: 3, 5 or 7"},
      sdk::out<"curvature", sdk::f64, "... x n">{.unit = "1/points", .doc = "never negative"},
      sdk::out<"signed_curvature", sdk::f64, "... x n">{
          .unit = "1/points", .optional = true, .doc = "positive to the left; in the plane only"},
      sdk::out<"torsion", sdk::f64, "... x n">{
          .unit = "1/points", .optional = true, .doc = "positive for a right-handed helix; in space only"},
      sdk::out<"curvatures", sdk::f64, "... x n x c">{.unit = "1/points", .doc = "all generalised curvatures"},
      sdk::out<"frame", sdk::f64, "... x n x f x d">{.doc = "tangent, normal, binormal, ... in rows"},
      sdk::out<"speed", sdk::f64, "... x n">{.unit = "points/parameter", .doc = "length by parameter"},
      sdk::out<"status", sdk::i64, "... x n">{.doc = "0 fine, 1 the speed vanishes, 2 the curvature vanishes"}};
  static void run(sdk::Call<Curvature>& call);
};

}  // namespace orrery::curve
