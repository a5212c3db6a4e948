// curve.rigid_align, frechet_distance, hausdorff_distance, fit_line: how near curves are to others and to lines.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/ops/items.hpp"

namespace orrery::curve {

enum class ReflectionPolicy { forbid, allow };

struct RigidAlign {
  static constexpr sdk::Info info{
      .name = "rigid_align",
      .version = "1.0.0",
      .title = "Motion that brings one curve nearest to another, with a verdict",
      .doc =
          "The rotation and shift, and a factor if wanted, with the least sum of squared distances of paired points "
          "(Kabsch 1976, Umeyama 1991): target = scale rotation source + shift. Any dimension. A mirror image is taken "
          "only where that is allowed and nearer. Congruent sets come out with a relative residual of 1e-15.",
      .example = "source = [[0, 0], [1, 0], [0, 2]]\ntarget = [[3, 1], [3, 2], [1, 1]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"source", sdk::f64, "... x n x d">{.unit = "*", .doc = "points to be moved"},
      sdk::in<"target", sdk::f64, "... x n x d">{.unit = "source", .doc = "where they should go, one for each"},
      sdk::in<"with_scale", bool>{.fallback = "false", .doc = "find a factor as well"},
      sdk::in<"reflection", sdk::Choice<ReflectionPolicy>>{
          .fallback = "forbid", .choices = {"forbid", "allow"}, .doc = "whether a mirror image will do"},
      sdk::in<"tolerance", sdk::f64>{
          .fallback = "1e-12", .min = 0, .above_min = true, .doc = "of the relative residual, for the verdict"},
      sdk::out<"rotation", sdk::f64, "... x d x d">{.doc = "orthogonal"},
      sdk::out<"shift", sdk::f64, "... x d">{.unit = "source", .doc = "added after turning and scaling"},
      sdk::out<"scale", sdk::f64, "...">{.doc = "1 unless wanted"},
      sdk::out<"reflected", bool, "...">{.doc = "the best fit is a mirror image"},
      sdk::out<"unique", bool, "...">{.doc = "false where the points leave a choice, such as those of a line in space"},
      sdk::out<"residuals", sdk::f64, "... x n">{.unit = "source", .doc = "distance of each pair"},
      sdk::out<"rms_residual", sdk::f64, "...">{.unit = "source", .doc = "root mean square of them"},
      sdk::out<"max_residual", sdk::f64, "...">{.unit = "source", .doc = "the largest of them"},
      sdk::out<"relative_residual", sdk::f64, "...">{.doc =
                                                         "max_residual by the target's largest distance from its mean"},
      sdk::out<"is_congruent", bool, "...">{.doc = "relative_residual <= tolerance"}};
  static void run(sdk::Call<RigidAlign>& call);
};

struct FrechetDistance {
  static constexpr sdk::Info info{
      .name = "frechet_distance",
      .version = "1.0.0",
      .title = "Shortest leash for walks along two curves",
      .doc =
          "Discrete Frechet distance (Eiter, Mannila 1994): both walk from sample to sample, may wait, and never turn "
          "back. Time grows with n m, memory with m.",
      .example = "first  = [[0, 0], [1, 0], [2, 0]]\nsecond = [[0, 1], [2, 1]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"first", sdk::f64, "... x n x d">{.unit = "*", .doc = "samples in order"},
      sdk::in<"second", sdk::f64, "... x m x d">{.unit = "first", .doc = "of the other"},
      sdk::out<"distance", sdk::f64, "...">{.unit = "first", .doc = "length of the leash"}};
  static void run(sdk::Call<FrechetDistance>& call);
};

struct HausdorffDistance {
  static constexpr sdk::Info info{
      .name = "hausdorff_distance",
      .version = "1.0.0",
      .title = "Farthest that a point of one set is from the other set",
      .doc = "Of sets of points, whatever their order (Hausdorff 1914); lines between samples do not count.",
      .example = "first  = [[0, 0], [1, 0], [2, 0]]\nsecond = [[0, 1], [2, 1]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"first", sdk::f64, "... x n x d">{.unit = "*", .doc = "points"},
      sdk::in<"second", sdk::f64, "... x m x d">{.unit = "first", .doc = "points of the other set"},
      sdk::out<"distance", sdk::f64, "...">{.unit = "first", .doc = "the larger of the two below"},
      sdk::out<"from_first", sdk::f64, "...">{.unit = "first", .doc = "farthest from the first set to the second"},
      sdk::out<"from_second", sdk::f64, "...">{.unit = "first", .doc = "and from the second to the first"}};
  static void run(sdk::Call<HausdorffDistance>& call);
};

struct FitLine {
  static constexpr sdk::Info info{
      .name = "fit_line",
      .version = "1.0.0",
      .title = "Least-squares line through points in any dimension, with a verdict",
      .doc =
          "The line with the least sum of squared distances (Pearson 1901). Points on a line come out with a relative "
          "residual of 3e-16 (1 + |mean|/extent).",
      .example = "points = [[0, 1], [1, 3], [2, 5]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"points", sdk::f64, "... x n x d">{.unit = "*", .doc = "two points or more that do not all coincide"},
      sdk::in<"tolerance", sdk::f64>{
          .fallback = "1e-12", .min = 0, .above_min = true, .doc = "of the relative residual, for the verdict"},
      sdk::in<"on_error", sdk::Choice<OnError>>{
          .fallback = "fail", .choices = {"fail", "nan"}, .doc = "what points without a line do to the batch"},
      sdk::out<"point", sdk::f64, "... x d">{.unit = "points", .doc = "a point of the line, the mean"},
      sdk::out<"direction", sdk::f64, "... x d">{.doc = "unit vector, from the first point towards the last"},
      sdk::out<"extent", sdk::f64, "...">{.unit = "points", .doc = "between the outermost points along the line"},
      sdk::out<"max_residual", sdk::f64, "...">{.unit = "points", .doc = "largest distance of a point from the line"},
      sdk::out<"rms_residual", sdk::f64, "...">{.unit = "points", .doc = "root mean square of the distances"},
      sdk::out<"relative_residual", sdk::f64, "...">{.doc = "max_residual / extent"},
      sdk::out<"is_line", bool, "...">{.doc = "relative_residual <= tolerance"}};
  static void run(sdk::Call<FitLine>& call);
};

}  // namespace orrery::curve
