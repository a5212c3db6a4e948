// curve.evolute, involute, offset and rotate_about: curves made from a curve.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/ops/items.hpp"

namespace orrery::curve {

namespace ports {

inline constexpr sdk::in<"points", sdk::f64, "... x n x 2"> plane_points{.unit = "*", .doc = "of a plane curve"};
inline constexpr sdk::in<"first", sdk::f64, "... x n x 2"> plane_first{.unit = "*",
                                                                       .doc = "first derivative by any parameter"};

}  // namespace ports

struct Evolute {
  static constexpr sdk::Info info{
      .name = "evolute",
      .version = "1.0.0",
      .title = "Centres of curvature of a plane curve",
      .doc =
          "The evolute r + N/kappa from exact derivatives. Where the curvature vanishes it goes to infinity, and the "
          "status says so. Source: do Carmo 1976, exercise 1-5.7.",
      .example = "points = [[3, 0]]\nfirst  = [[0, 2]]\nsecond = [[-3, 0]]"};
  static constexpr std::tuple ports{
      ports::plane_points,
      ports::plane_first,
      sdk::in<"second", sdk::f64, "... x n x 2">{.unit = "*", .doc = "second derivative by the same parameter"},
      ports::on_error,
      sdk::out<"evolute", sdk::f64, "... x n x 2">{.unit = "points", .doc = "a centre for each point"},
      sdk::out<"status", sdk::i64, "... x n">{
          .doc = "0 fine, 1 the curve stands still, 2 the curvature vanishes; then the centre is infinite"}};
  static void run(sdk::Call<Evolute>& call);
};

struct Involute {
  static constexpr sdk::Info info{
      .name = "involute",
      .version = "1.0.0",
      .title = "Where the end of a taut thread is that is unwound from a curve",
      .doc =
          "r - (s - start) T, in any dimension. Its evolute is the curve itself. Source: do Carmo 1976, exercise "
          "1-5.7.",
      .example = "points = [[1, 0], [0, 1]]\nfirst  = [[0, 1], [-1, 0]]\narc    = [0, 1.5707963267948966]"};
  static constexpr std::tuple ports{
      sdk::in<"points", sdk::f64, "... x n x d">{.unit = "*", .doc = "of the curve"},
      sdk::in<"first", sdk::f64, "... x n x d">{.unit = "*", .doc = "tangents of any length, or velocities"},
      sdk::in<"arc", sdk::f64, "... x n">{.unit = "points", .doc = "arc length s at each point"},
      sdk::in<"start", sdk::f64, "...">{
          .unit = "points", .optional = true, .doc = "arc length at which the thread ends; left out: 0"},
      ports::on_error,
      sdk::out<"involute", sdk::f64, "... x n x d">{.unit = "points", .doc = "the end of the thread"},
      sdk::out<"status", sdk::i64, "... x n">{
          .doc = "0 fine, 1 the curve stands still, so that there is no tangent, 2 s = start, a cusp"}};
  static void run(sdk::Call<Involute>& call);
};

struct Offset {
  static constexpr sdk::Info info{
      .name = "offset",
      .version = "1.0.0",
      .title = "Parallel curve of a plane curve",
      .doc =
          "r + distance N with the left normal N. It runs backwards, between cusps, where distance times the signed "
          "curvature exceeds 1; the status marks that part, and nothing is trimmed. Source: Farouki, Neff 1990.",
      .example = "points   = [[1, 0], [0, 1]]\nfirst    = [[0, 1], [-1, 0]]\ndistance = 0.5"};
  static constexpr std::tuple ports{
      ports::plane_points,
      ports::plane_first,
      sdk::in<"second", sdk::f64, "... x n x 2">{
          .unit = "*", .optional = true, .doc = "second derivative; left out: the status does not look for cusps"},
      sdk::in<"distance", sdk::f64, "...">{.unit = "points", .doc = "to the left; negative: to the right"},
      ports::on_error,
      sdk::out<"offset", sdk::f64, "... x n x 2">{.unit = "points", .doc = "the parallel curve"},
      sdk::out<"status", sdk::i64, "... x n">{
          .doc = "0 fine, 1 the curve stands still, the point is infinite, 2 at a cusp or backwards"}};
  static void run(sdk::Call<Offset>& call);
};

struct RotateAbout {
  static constexpr sdk::Info info{
      .name = "rotate_about",
      .version = "1.0.0",
      .title = "Points turned about a point of the plane or an axis in space",
      .doc =
          "In the plane z -> c + exp(i angle)(z - c); in space by Rodrigues' formula, right-handed about the axis "
          "through the centre. Source: Rodrigues 1840.",
      .example = "points = [[1, 0], [2, 0]]\ncentre = [1, 0]\nangle  = \"90 deg\""};
  static constexpr std::tuple ports{
      sdk::in<"points", sdk::f64, "... x n x d">{.unit = "*", .doc = "in the plane or in space"},
      sdk::in<"centre", sdk::f64, "... x d">{.unit = "points", .optional = true, .doc = "left out: the origin"},
      sdk::in<"axis", sdk::f64, "... x d">{
          .unit = "*", .optional = true, .doc = "in space, of any length but 0; left out: the third axis"},
      sdk::in<"angle", sdk::f64, "...">{.unit = "rad", .doc = "counter-clockwise, or right-handed about the axis"},
      ports::on_error,
      sdk::out<"rotated", sdk::f64, "... x n x d">{.unit = "points", .doc = "the turned points"}};
  static void run(sdk::Call<RotateAbout>& call);
};

}  // namespace orrery::curve
