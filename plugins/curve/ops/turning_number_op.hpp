// curve.turning_number, winding_number, total_curvature and total_torsion: whole turns and integrals along curves.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::curve {

enum class Integration { polygon, spectral };

struct TurningNumber {
  static constexpr sdk::Info info{
      .name = "turning_number",
      .version = "1.0.0",
      .title = "Whole turns of the tangent of a closed plane curve",
      .doc =
          "The exterior angles of the polygon of the samples, added up and rounded to whole turns. It is the curve's "
          "number as long as the tangent turns by less than pi from edge to edge. A cusp, an edge that turns straight "
          "back, is refused, since there is no number. Repeated points, and a last point that repeats the first, are "
          "passed over. Source: Hopf 1935.",
      .example = "points = [[0, 0], [1, 0], [1, 1], [0, 1]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"points", sdk::f64, "... x n x 2">{.unit = "*", .doc = "samples of a closed curve in order"},
      sdk::out<"number", sdk::i64, "...">{.doc = "turns, positive counter-clockwise"},
      sdk::out<"turns", sdk::f64, "...">{.doc = "the same before rounding to a whole number"},
      sdk::out<"largest_angle", sdk::f64, "...">{.unit = "rad",
                                                 .doc = "largest exterior angle; near pi the samples are too coarse"}};
  static void run(sdk::Call<TurningNumber>& call);
};

struct WindingNumber {
  static constexpr sdk::Info info{
      .name = "winding_number",
      .version = "1.0.0",
      .title = "How often a closed plane curve runs around points",
      .doc =
          "Decided exactly for the polygon of the samples, by signs of determinants that are exact for the given "
          "numbers (Shewchuk 1997). A place on the polygon is refused: there is no number.",
      .example = "points = [[0, 0], [4, 0], [0, 3]]\nplaces = [[1, 1], [3, 3]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"points", sdk::f64, "... x n x 2">{.unit = "*", .doc = "samples of a closed curve in order"},
      sdk::in<"places", sdk::f64, "m x 2">{.unit = "points", .doc = "the points that are run around"},
      sdk::out<"number", sdk::i64, "... x m">{.doc = "turns about each place, positive counter-clockwise"}};
  static void run(sdk::Call<WindingNumber>& call);
};

struct TotalCurvature {
  static constexpr sdk::Info info{
      .name = "total_curvature",
      .version = "1.0.0",
      .title = "Integrals of curvature and torsion over the length of a curve",
      .doc =
          "polygon: the sums of the angles between successive edges, and of the signed angles between their successive "
          "planes, for open and closed curves (Milnor 1950). spectral: of a smooth closed curve by samples at equal "
          "steps of its parameter, through trigonometric interpolation; the difference of two rules says how far it "
          "has converged. A closed curve has at least 2 pi, a knotted one more than 4 pi.",
      .example = "points = [[0, 0, 0], [1, 0, 0], [1, 1, 0], [1, 1, 1]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"points", sdk::f64, "... x n x 3">{.unit = "*", .doc = "samples in order"},
      sdk::in<"closed", bool>{.fallback = "false",
                              .doc = "the curve returns to its first sample, which is not repeated at the end"},
      sdk::in<"method", sdk::Choice<Integration>>{
          .fallback = "polygon", .choices = {"polygon", "spectral"}, .doc = "spectral: closed curves only"},
      sdk::out<"total_curvature", sdk::f64, "...">{.unit = "rad", .doc = "never negative"},
      sdk::out<"total_torsion", sdk::f64, "...">{.unit = "rad", .doc = "positive for a right-handed helix"},
      sdk::out<"difference", sdk::f64, "...">{
          .unit = "rad", .doc = "spectral: of the last two rules, the larger of both integrals; polygon: 0"}};
  static void run(sdk::Call<TotalCurvature>& call);
};

}  // namespace orrery::curve
