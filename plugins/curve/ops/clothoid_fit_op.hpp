// curve.clothoid_fit and fresnel: curves whose curvature changes at a constant rate.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/ops/items.hpp"

namespace orrery::curve {

struct ClothoidFit {
  static constexpr sdk::Info info{
      .name = "clothoid_fit",
      .version = "1.0.0",
      .title = "Clothoid from one point and direction to another",
      .doc =
          "The curve of curvature + rate s that leads from the first point and direction to the second and turns least "
          "(G1 Hermite interpolation; Bertolazzi, Frego 2015). Two Newton steps, always; its end is within 5e-15 of "
          "the "
          "chord's length where the curve is up to three chords long. Equal points, and a full circle of no size, are "
          "refused.",
      .example = "start = [5, 4]\nstart_angle = \"60 deg\"\nend = [5, 6]\nend_angle = \"210 deg\"",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"start", sdk::f64, "... x 2">{.unit = "*", .doc = "where the curve begins"},
      sdk::in<"start_angle", sdk::f64, "...">{.unit = "rad", .doc = "its direction there, from the first axis"},
      sdk::in<"end", sdk::f64, "... x 2">{.unit = "start", .doc = "where it ends"},
      sdk::in<"end_angle", sdk::f64, "...">{.unit = "rad", .doc = "its direction there"},
      sdk::in<"samples", sdk::i64>{.fallback = "2", .min = 2, .max = 10000000, .doc = "points along the curve"},
      sdk::in<"on_error", sdk::Choice<OnError>>{
          .fallback = "fail", .choices = {"fail", "nan"}, .doc = "what a problem without solution does to the batch"},
      sdk::out<"curvature", sdk::f64, "...">{.unit = "1/start", .doc = "at the start, positive to the left"},
      sdk::out<"rate", sdk::f64, "...">{.unit = "1/start^2", .doc = "change of the curvature by length"},
      sdk::out<"length", sdk::f64, "...">{.unit = "start", .doc = "of the curve"},
      sdk::out<"points", sdk::f64, "... x samples x 2">{.unit = "start",
                                                        .doc = "at equal steps of length, both ends too"},
      sdk::out<"miss", sdk::f64, "...">{.doc = "distance of the last of them from the end, by the chord's length"}};
  static void run(sdk::Call<ClothoidFit>& call);
};

struct FresnelIntegrals {
  static constexpr sdk::Info info{.name = "fresnel",
                                  .version = "1.0.0",
                                  .title = "Fresnel integrals C and S",
                                  .doc =
                                      "Integrals of cos(pi t^2/2) and sin(pi t^2/2) from 0 to x, to 1 ulp: power "
                                      "series in double-double arithmetic "
                                      "below 5, asymptotic series beyond (DLMF 7.6 and 7.12).",
                                  .example = "x = [0.5, 1, 2]"};
  static constexpr std::tuple ports{sdk::in<"x", sdk::f64, "...">{.doc = "any real"},
                                    sdk::out<"cosine", sdk::f64, "...">{.doc = "C(x)"},
                                    sdk::out<"sine", sdk::f64, "...">{.doc = "S(x)"}};
  static void run(sdk::Call<FresnelIntegrals>& call);
};

}  // namespace orrery::curve
