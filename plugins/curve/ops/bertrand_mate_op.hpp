// curve.bertrand_mate and mannheim_mate: whether a curve has such a mate, and the mate.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/ops/items.hpp"

namespace orrery::curve {

namespace ports {

inline constexpr sdk::in<"points", sdk::f64, "... x n x 3"> mate_points{.unit = "*", .doc = "of a curve in space"};
inline constexpr sdk::in<"first", sdk::f64, "... x n x 3"> mate_first{.unit = "*",
                                                                      .doc = "first derivative by any parameter"};
inline constexpr sdk::in<"second", sdk::f64, "... x n x 3"> mate_second{.unit = "*", .doc = "second derivative"};
inline constexpr sdk::in<"third", sdk::f64, "... x n x 3"> mate_third{.unit = "*", .doc = "third derivative"};
inline constexpr sdk::in<"distance", sdk::f64, "..."> mate_distance{
    .unit = "points", .optional = true, .doc = "a, not 0; left out: what fits best"};
inline constexpr sdk::in<"tolerance", sdk::f64> mate_tolerance{
    .fallback = "1e-9",
    .min = 0,
    .above_min = true,
    .doc = "of the residual, and of what makes a helix or a plane curve"};
inline constexpr sdk::out<"kind", sdk::i64, "..."> mate_kind{
    .doc = "0 the condition fails, 1 one mate, 2 a circular helix, 3 a plane curve"};
inline constexpr sdk::out<"distance", sdk::f64, "..."> mate_found{.unit = "points",
                                                                  .doc = "a, along the principal normal"};
inline constexpr sdk::out<"max_residual", sdk::f64, "..."> mate_max_residual{
    .doc = "largest of the condition, which is made to be 1 = 1"};
inline constexpr sdk::out<"rms_residual", sdk::f64, "..."> mate_rms_residual{.doc = "root mean square of it"};
inline constexpr sdk::out<"mate", sdk::f64, "... x n x 3"> mate_rows{
    .unit = "points", .doc = "r + a N; infinite where there is no normal"};
inline constexpr sdk::out<"tangent", sdk::f64, "... x n x 3"> mate_tangent{
    .doc = "of the mate, unit; 0 where the status is not 0"};
inline constexpr sdk::out<"status", sdk::i64, "... x n"> mate_status{
    .doc = "0 fine, 1 the curve stands still, 2 no curvature and so no normal, 3 the mate stands still"};

}  // namespace ports

struct BertrandMate {
  static constexpr sdk::Info info{
      .name = "bertrand_mate",
      .version = "1.0.0",
      .title = "The curve that has the same principal normals, if there is one",
      .doc =
          "It is r + a N, and there is one if a kappa + b tau = 1 with constants a and b. They are fitted by least "
          "squares, and the residual decides. Circular helices and plane curves have mates at every distance: a plane "
          "curve wants 'distance', a helix without it gets the one that shares its cylinder, half a turn on. Source: "
          "Bertrand 1850.",
      .example =
          "points = [[1, 0, 0], [0, 1, 1.5707963267948966]]\nfirst  = [[0, 1, 1], [-1, 0, 1]]\n"
          "second = [[-1, 0, 0], [0, -1, 0]]\nthird  = [[0, -1, 0], [1, 0, 0]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::mate_points,
      ports::mate_first,
      ports::mate_second,
      ports::mate_third,
      ports::mate_distance,
      ports::mate_tolerance,
      ports::on_error,
      ports::mate_kind,
      ports::mate_found,
      sdk::out<"cofactor", sdk::f64, "...">{.unit = "points", .doc = "b; of a plane curve 0"},
      sdk::out<"angle", sdk::f64, "...">{.unit = "rad",
                                         .doc = "between tangents of curve and mate, the same everywhere"},
      ports::mate_max_residual,
      ports::mate_rms_residual,
      sdk::out<"is_bertrand", bool, "...">{.doc = "max_residual <= tolerance, and every sample has a normal"},
      ports::mate_rows,
      ports::mate_tangent,
      ports::mate_status};
  static void run(sdk::Call<BertrandMate>& call);
};

struct MannheimMate {
  static constexpr sdk::Info info{
      .name = "mannheim_mate",
      .version = "1.0.0",
      .title = "The curve whose binormals are the principal normals of this one, if there is one",
      .doc =
          "It is r + a N, and there is one if kappa = a (kappa^2 + tau^2) with a constant a, which is fitted by least "
          "squares of a (kappa^2 + tau^2)/kappa - 1. That of a circular helix is its axis, a line, and that of a "
          "circle its centre, where it stands still. Source: Mannheim 1878; Liu, Wang 2008.",
      .example =
          "points = [[1, 0, 0], [0, 1, 1.5707963267948966]]\nfirst  = [[0, 1, 1], [-1, 0, 1]]\n"
          "second = [[-1, 0, 0], [0, -1, 0]]\nthird  = [[0, -1, 0], [1, 0, 0]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::mate_points,
      ports::mate_first,
      ports::mate_second,
      ports::mate_third,
      ports::mate_distance,
      ports::mate_tolerance,
      ports::on_error,
      ports::mate_kind,
      ports::mate_found,
      ports::mate_max_residual,
      ports::mate_rms_residual,
      sdk::out<"is_mannheim", bool, "...">{.doc = "max_residual <= tolerance, and every sample has a normal"},
      ports::mate_rows,
      ports::mate_tangent,
      ports::mate_status};
  static void run(sdk::Call<MannheimMate>& call);
};

}  // namespace orrery::curve
