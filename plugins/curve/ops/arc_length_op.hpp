// curve.arc_length, named_arc_length and resample_by_arc: how long a curve is, and samples at chosen lengths.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/curve/ops/frame_op.hpp"
#include "plugins/curve/ops/named_op.hpp"

namespace orrery::curve {

enum class LengthMethod { spline, polyline };

struct ArcLength {
  static constexpr sdk::Info info{
      .name = "arc_length",
      .version = "1.0.0",
      .title = "Arc length along a sampled curve",
      .doc =
          "Of the interpolating spline, by Gauss's rule with 10 nodes between samples; or of the polyline, which is "
          "never longer than the curve and exact for itself to 1.5 ulp. Source: de Boor 2001; Davis, Rabinowitz "
          "1984, section 2.7.",
      .example = "points = [[0, 0], [3, 4], [6, 8]]\nmethod = \"polyline\"",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::curve_points,
      ports::curve_parameter,
      ports::closed,
      ports::period,
      sdk::in<"method", sdk::Choice<LengthMethod>>{
          .fallback = "spline", .choices = {"spline", "polyline"}, .doc = "what is between the samples"},
      ports::degree,
      ports::on_error,
      sdk::out<"arc", sdk::f64, "... x n">{.unit = "points", .doc = "from the first sample to each"},
      sdk::out<"length", sdk::f64, "...">{.unit = "points", .doc = "of the whole curve, closed or not"}};
  static void run(sdk::Call<ArcLength>& call);
};

struct NamedArcLength {
  static constexpr sdk::Info info{
      .name = "named_arc_length",
      .version = "1.0.0",
      .title = "Arc length along a curve that has a name, by adaptive quadrature",
      .doc =
          "The curves are those of curve.named. Kronrod's 15 nodes around Gauss's 7, with bisection where the "
          "estimated error is largest, so that cusps do no harm. Source: Piessens, de Doncker-Kapenga, Ueberhuber, "
          "Kahaner 1983.",
      .example = "curve     = \"ellipse\"\na         = 3\nb         = 2\nparameter = [0, 0.7, 1.4]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::curve_name,
      sdk::in<"parameter", sdk::f64, "n">{.unit = "*", .doc = "up to where, in any order"},
      sdk::in<"from", sdk::f64>{.unit = "parameter", .optional = true, .doc = "where the length is 0; left out: at 0"},
      ports::a,
      ports::b,
      ports::c,
      ports::m,
      ports::polar_angle,
      ports::p,
      ports::q,
      sdk::in<"tolerance", sdk::f64>{.fallback = "1e-14", .min = 1e-15, .max = 0.1, .doc = "relative, of each part"},
      ports::on_error,
      sdk::out<"arc", sdk::f64, "... x n">{.unit = "a", .doc = "length, negative before 'from'"},
      sdk::out<"error", sdk::f64, "... x n">{.unit = "a", .doc = "estimate of its error"}};
  static void run(sdk::Call<NamedArcLength>& call);
};

struct ResampleByArc {
  static constexpr sdk::Info info{
      .name = "resample_by_arc",
      .version = "1.0.0",
      .title = "Samples at equal or chosen arc lengths",
      .doc =
          "The spline through the samples is read where its length, by Kronrod's rule between samples, takes the "
          "wanted "
          "values. An open curve is sampled from end to end; of a closed one the closing sample is left out. Source: "
          "de Boor 2001; Davis, Rabinowitz 1984.",
      .example = "points = [[0, 0], [1, 1], [2, 4], [3, 9], [4, 16], [5, 25], [6, 36], [7, 49]]\ncount  = 5",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::curve_points,
      ports::curve_parameter,
      ports::closed,
      ports::period,
      ports::degree,
      sdk::in<"count", sdk::i64>{.min = 2, .max = 1e9, .optional = true, .doc = "samples at equal steps"},
      sdk::in<"arc", sdk::f64, "m">{
          .unit = "points", .optional = true, .doc = "from the first sample, within the curve; instead of 'count'"},
      ports::on_error,
      sdk::out<"resampled", sdk::f64, "... x k x d">{.unit = "points", .doc = "the new samples"},
      sdk::out<"arc_length", sdk::f64, "... x k">{.unit = "points", .doc = "of each, from the first given sample"},
      sdk::out<"at", sdk::f64, "... x k">{.unit = "parameter", .doc = "parameter of each on the given curve"},
      sdk::out<"length", sdk::f64, "...">{.unit = "points", .doc = "of the whole curve"}};
  static void run(sdk::Call<ResampleByArc>& call);
};

}  // namespace orrery::curve
