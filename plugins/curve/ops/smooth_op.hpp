// curve.smooth: a smooth curve through noisy samples, with errors of all that follows from it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::curve {

enum class Criterion { reml, gcv };

struct Smooth {
  static constexpr sdk::Info info{
      .name = "smooth",
      .version = "1.0.0",
      .title = "Smooth curve through noisy samples, with derivatives, curvature, torsion and their errors",
      .doc =
          "A penalised spline of degree 7 (Eilers, Marx 1996). The noise need not be known: the weight of the penalty "
          "is chosen by generalised cross-validation (Craven, Wahba 1979) or restricted maximum likelihood, and the "
          "noise is estimated from the residuals. Errors are standard errors; the lower and upper bounds are those of "
          "95 %, and cover 93 to 98 % of a torus knot with 200 to 20,000 samples. Where the curvature is not told from "
          "0 there is no torsion: it is 0 with an infinite error. Noise is taken for independent and equal in all "
          "samples and coordinates.",
      .example =
          "points = [[0, 0], [1, 1.1], [2, 3.9], [3, 9.1], [4, 16], [5, 24.9], [6, 36.1], [7, 49], [8, 63.9], [9, 81]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"points", sdk::f64, "... x n x d">{.unit = "*",
                                                 .doc = "9 samples or more in order, in 2 dimensions or more"},
      sdk::in<"parameter", sdk::f64, "n">{
          .unit = "*", .optional = true, .doc = "increasing parameter of the samples; left out: equal steps of 1"},
      sdk::in<"closed", bool>{.fallback = "false",
                              .doc = "the curve returns to its first sample, which is not repeated at the end"},
      sdk::in<"period", sdk::f64>{.unit = "parameter",
                                  .min = 0,
                                  .above_min = true,
                                  .optional = true,
                                  .doc = "of a closed curve with a parameter: from the first sample around to itself"},
      sdk::in<"criterion", sdk::Choice<Criterion>>{
          .fallback = "gcv", .choices = {"reml", "gcv"}, .doc = "what chooses the weight of the penalty"},
      sdk::in<"order", sdk::i64>{.fallback = "5", .min = 2, .max = 6, .doc = "of the derivative that is kept small"},
      sdk::in<"smoothing", sdk::f64>{.min = 0,
                                     .above_min = true,
                                     .optional = true,
                                     .doc = "weight of the penalty, for a parameter from 0 to 1; left out: chosen"},
      sdk::out<"points", sdk::f64, "... x n x d">{.unit = "points", .doc = "the curve at the samples' parameters"},
      sdk::out<"first", sdk::f64, "... x n x d">{.unit = "points/parameter", .doc = "first derivative"},
      sdk::out<"second", sdk::f64, "... x n x d">{.unit = "points/parameter^2", .doc = "second derivative"},
      sdk::out<"third", sdk::f64, "... x n x d">{.unit = "points/parameter^3", .doc = "third derivative"},
      sdk::out<"point_error", sdk::f64, "... x n">{.unit = "points", .doc = "standard error of a coordinate"},
      sdk::out<"first_error", sdk::f64, "... x n">{.unit = "points/parameter", .doc = "of one of the first derivative"},
      sdk::out<"second_error", sdk::f64, "... x n">{.unit = "points/parameter^2", .doc = "of the second"},
      sdk::out<"third_error", sdk::f64, "... x n">{.unit = "points/parameter^3", .doc = "of the third"},
      sdk::out<"curvature", sdk::f64, "... x n">{.unit = "1/points", .doc = "never negative"},
      sdk::out<"curvature_error", sdk::f64, "... x n">{.unit = "1/points", .doc = "its standard error"},
      sdk::out<"curvature_lower", sdk::f64, "... x n">{
          .unit = "1/points", .doc = "lower bound at 95 %; 0 where the curvature is not told from 0"},
      sdk::out<"curvature_upper", sdk::f64, "... x n">{.unit = "1/points", .doc = "upper bound at 95 %"},
      sdk::out<"torsion", sdk::f64, "... x n">{
          .unit = "1/points", .optional = true, .doc = "positive for a right-handed helix; in space only"},
      sdk::out<"torsion_error", sdk::f64, "... x n">{
          .unit = "1/points", .optional = true, .doc = "its standard error; bounds are 1.96 of it away"},
      sdk::out<"straight", bool, "... x n">{.doc = "the curvature is not told from 0 at 95 %"},
      sdk::out<"noise", sdk::f64, "...">{.unit = "points", .doc = "estimated standard deviation of a coordinate"},
      sdk::out<"weight", sdk::f64, "...">{.doc = "of the penalty, as smoothing"},
      sdk::out<"effective_parameters", sdk::f64, "...">{.doc = "how many numbers each coordinate has used"}};
  static void run(sdk::Call<Smooth>& call);
};

}  // namespace orrery::curve
