// curve.fit_circle: the circle through points, and whether they lie on one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::curve {

struct FitCircle {
  static constexpr sdk::Info info{
      .name = "fit_circle",
      .version = "1.0.0",
      .title = "Least-squares circle through points in the plane or in space, with a verdict",
      .doc =
          "The plane of the two largest principal directions, Taubin's algebraic fit (1991) as start, then the sum of "
          "squared distances minimised by Gauss-Newton steps (Chernov 2010). The residual of a point is its distance "
          "to the circle in space. Exact circles come out with a relative residual of 3e-16 (1 + |centre|/radius). One "
          "curve or a batch, in any dimension from 2 up.",
      .example = "points = [[1, 0], [0, 1], [-1, 0], [0, -1]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"points", sdk::f64, "... x n x d">{.unit = "*", .doc = "three points or more, not on one line"},
      sdk::in<"tolerance", sdk::f64>{
          .fallback = "1e-12", .min = 0, .above_min = true, .doc = "of the relative residual, for the verdict"},
      sdk::out<"radius", sdk::f64, "...">{.unit = "points", .doc = "radius of the circle"},
      sdk::out<"centre", sdk::f64, "... x d">{.unit = "points", .doc = "its centre"},
      sdk::out<"basis", sdk::f64, "... x 2 x d">{.doc = "two orthonormal vectors that span its plane"},
      sdk::out<"max_residual", sdk::f64, "...">{.unit = "points", .doc = "largest distance of a point to the circle"},
      sdk::out<"rms_residual", sdk::f64, "...">{.unit = "points", .doc = "root mean square of the distances"},
      sdk::out<"relative_residual", sdk::f64, "...">{.doc = "max_residual / radius"},
      sdk::out<"arc", sdk::f64, "...">{.unit = "rad", .doc = "smallest arc that holds all points"},
      sdk::out<"is_circle", bool, "...">{.doc = "relative_residual <= tolerance"}};
  static void run(sdk::Call<FitCircle>& call);
};

}  // namespace orrery::curve
