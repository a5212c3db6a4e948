// curve.writhe, twist, linking_number and self_linking: how closed curves in space wind about themselves and others.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/ops/turning_number_op.hpp"

namespace orrery::curve {

struct Writhe {
  static constexpr sdk::Info info{
      .name = "writhe",
      .version = "1.0.0",
      .title = "Mean signed number of crossings of a curve with itself, over all views",
      .doc =
          "polygon: exact for polygons up to rounding, open or closed, by the solid angles of pairs of edges (Klenin, "
          "Langowski 2000). spectral: of a smooth closed curve by samples at equal steps of its parameter; the Gauss "
          "integral of the trigonometric interpolant, doubled until two rules agree to 2e-14.",
      .example = "points = [[1, 0, 0], [0, 1, 1], [-1, 0, 0], [0, -1, 1], [2, 1, 0]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"points", sdk::f64, "... x n x 3">{.unit = "*", .doc = "samples in order"},
      sdk::in<"closed", bool>{.fallback = "true",
                              .doc = "the curve returns to its first sample, which is not repeated at the end"},
      sdk::in<"method", sdk::Choice<Integration>>{
          .fallback = "polygon", .choices = {"polygon", "spectral"}, .doc = "spectral: closed curves only"},
      sdk::out<"writhe", sdk::f64, "...">{.doc = "positive for right-handed coils"},
      sdk::out<"difference", sdk::f64, "...">{.doc = "spectral: of the last two rules; polygon: 0"}};
  static void run(sdk::Call<Writhe>& call);
};

struct Twist {
  static constexpr sdk::Info info{
      .name = "twist",
      .version = "1.0.0",
      .title = "Turns of a field of directors about a smooth closed curve",
      .doc =
          "1/(2 pi) times the integral of (T x u) . du over the trigonometric interpolants of points and directors, u "
          "the director's part across the curve. Without directors the principal normal is meant, whose twist is the "
          "total torsion over 2 pi. Source: White 1969; Fuller 1971.",
      .example = "points = [[1, 0, 0], [0.31, 0.95, 0], [-0.81, 0.59, 0], [-0.81, -0.59, 0], [0.31, -0.95, 0]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"points", sdk::f64, "... x n x 3">{
          .unit = "*", .doc = "samples at equal steps of the parameter, the first not repeated"},
      sdk::in<"directors", sdk::f64, "... x n x 3">{
          .unit = "*", .optional = true, .doc = "one for each sample, of any length, not along the curve"},
      sdk::out<"twist", sdk::f64, "...">{.doc = "turns, positive right-handed"},
      sdk::out<"difference", sdk::f64, "...">{.doc = "of the last two rules"}};
  static void run(sdk::Call<Twist>& call);
};

struct LinkingNumber {
  static constexpr sdk::Info info{
      .name = "linking_number",
      .version = "1.0.0",
      .title = "How often two closed polygons are linked, decided exactly",
      .doc =
          "Half the sum of the signs of the crossings in a view along the third axis, moved by an infinitely small "
          "angle. Every sign is that of an exact determinant of the given numbers, so the integer is proved for the "
          "polygons; no rounding, and no polygon is too special. Polygons that touch are refused: they have no linking "
          "number. Source: Rolfsen 1976, chapter 5D; Shewchuk 1997.",
      .example =
          "first  = [[1, 0, 0], [0, 1, 0], [-1, 0, 0], [0, -1, 0]]\n"
          "second = [[0, 0, 1], [3, 0, 0], [0, 0, -1]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"first", sdk::f64, "... x n x 3">{.unit = "*", .doc = "corners of a closed polygon"},
      sdk::in<"second", sdk::f64, "... x m x 3">{.unit = "first", .doc = "corners of the other"},
      sdk::out<"number", sdk::i64, "...">{.doc = "positive if right-handed crossings prevail"},
      sdk::out<"crossings", sdk::i64, "...">{.doc = "of the one with the other in that view"}};
  static void run(sdk::Call<LinkingNumber>& call);
};

struct SelfLinkingNumber {
  static constexpr sdk::Info info{
      .name = "self_linking",
      .version = "1.0.0",
      .title = "Linking number of a smooth closed curve with its push-off, with writhe and twist",
      .doc =
          "The curve is moved along its directors, or along its principal normals, by a quarter of its reach; the "
          "linking number of both, as polygons finer than that, is decided exactly. Writhe and twist are those of the "
          "smooth curve, so that the defect of number = writhe + twist (Calugareanu 1961, White 1969) checks all "
          "three: 1e-13 for torus knots with 256 samples. Directors are needed where the curvature vanishes.",
      .example =
          "points    = [[1, 0, 0], [0.31, 0.95, 0], [-0.81, 0.59, 0], [-0.81, -0.59, 0], [0.31, -0.95, 0]]\n"
          "directors = [[0, 0, 1], [0, 0, 1], [0, 0, 1], [0, 0, 1], [0, 0, 1]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"points", sdk::f64, "... x n x 3">{
          .unit = "*", .doc = "samples at equal steps of the parameter, the first not repeated"},
      sdk::in<"directors", sdk::f64, "... x n x 3">{
          .unit = "*", .optional = true, .doc = "one for each sample; left out: principal normals"},
      sdk::out<"number", sdk::i64, "...">{.doc = "of the polygons, proved for these"},
      sdk::out<"writhe", sdk::f64, "...">{.doc = "of the smooth curve"},
      sdk::out<"twist", sdk::f64, "...">{.doc = "of the directors about it"},
      sdk::out<"defect", sdk::f64, "...">{.doc = "|number - writhe - twist|"},
      sdk::out<"push_off", sdk::f64, "...">{.unit = "points", .doc = "by which the curve was moved"}};
  static void run(sdk::Call<SelfLinkingNumber>& call);
};

}  // namespace orrery::curve
