// curve.fit_helix: the circular helix through points of space, and whether they lie on one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/ops/items.hpp"

namespace orrery::curve {

struct FitHelix {
  static constexpr sdk::Info info{
      .name = "fit_helix",
      .version = "1.0.0",
      .title = "Least-squares circular helix through points in space, with a verdict",
      .doc =
          "The sum of squared distances in space is minimised over axis, radius, pitch and phase, from the best of six "
          "axes. Points are in order, less than half a turn apart. Exact helices of half a turn and more come out with "
          "a relative residual below 1e-12. A circle is a helix without pitch; a line is refused.",
      .example =
          "points = [[1, 0, 0], [0.5, 0.866, 0.1], [-0.5, 0.866, 0.2], [-1, 0, 0.3], [-0.5, -0.866, 0.4], [0.5, "
          "-0.866, "
          "0.5], [1, 0, 0.6]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"points", sdk::f64, "... x n x 3">{.unit = "*", .doc = "7 points or more in order"},
      sdk::in<"tolerance", sdk::f64>{
          .fallback = "1e-10", .min = 0, .above_min = true, .doc = "of the relative residual, for the verdict"},
      sdk::in<"on_error", sdk::Choice<OnError>>{
          .fallback = "fail", .choices = {"fail", "nan"}, .doc = "what points without a helix do to the batch"},
      sdk::out<"radius", sdk::f64, "...">{.unit = "points", .doc = "distance from the axis"},
      sdk::out<"pitch", sdk::f64, "...">{.unit = "points", .doc = "along the axis a turn; positive: right-handed"},
      sdk::out<"point", sdk::f64, "... x 3">{.unit = "points", .doc = "of the axis, nearest to the mean of the points"},
      sdk::out<"axis", sdk::f64, "... x 3">{.doc = "unit vector, the way the points go"},
      sdk::out<"turns", sdk::f64, "...">{.doc = "between first and last point"},
      sdk::out<"curvature", sdk::f64, "...">{.unit = "1/points", .doc = "of the helix"},
      sdk::out<"torsion", sdk::f64, "...">{.unit = "1/points", .doc = "of the helix"},
      sdk::out<"max_residual", sdk::f64, "...">{.unit = "points", .doc = "largest distance of a point to the helix"},
      sdk::out<"rms_residual", sdk::f64, "...">{.unit = "points", .doc = "root mean square of the distances"},
      sdk::out<"relative_residual", sdk::f64, "...">{.doc = "max_residual / radius"},
      sdk::out<"converged", bool, "...">{.doc = "the refinement came to rest"},
      sdk::out<"is_helix", bool, "...">{.doc = "relative_residual <= tolerance"}};
  static void run(sdk::Call<FitHelix>& call);
};

}  // namespace orrery::curve
