// curve.classify: which families a curve belongs to, by measured residuals.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/core/classify.hpp"
#include "plugins/curve/ops/bertrand_mate_op.hpp"

namespace orrery::curve {

struct Classify {
  static constexpr sdk::Info info{
      .name = "classify",
      .version = "1.0.0",
      .title = "Families that a curve in space belongs to, each with a measured residual",
      .doc =
          "Each output that is named like a family is its residual, a number without unit that is 0 for its members "
          "and "
          "infinite where it is out of the question; a curve is a member if it is at most the tolerance. 'family' is "
          "the "
          "first of which it is one: 0 line, 1 circle, 2 helix, 3 clothoid, 4 logarithmic_spiral, 5 plane, 6 "
          "salkowski, 7 anti_salkowski, 8 constant_curvature, 9 constant_torsion, 10 general_helix, 11 spherical, 12 "
          "slant_helix, 13 mannheim, 14 bertrand, 15 other. It is told from curvature and torsion at the samples, as "
          "far as "
          "they go; for derivatives from samples take a tolerance as large as their error. Plane curves: with a third "
          "coordinate 0. Sources: Lancret's theorem (do Carmo 1976); Izumiya, Takeuchi 2004; Salkowski 1909.",
      .example =
          "parameter = [0, 1, 2, 3, 4]\npoints = [[0, 0, 0], [1, 1, 1], [2, 4, 8], [3, 9, 27], [4, 16, 64]]\n"
          "first  = [[1, 0, 0], [1, 2, 3], [1, 4, 12], [1, 6, 27], [1, 8, 48]]\n"
          "second = [[0, 2, 0], [0, 2, 6], [0, 2, 12], [0, 2, 18], [0, 2, 24]]\n"
          "third  = [[0, 0, 6], [0, 0, 6], [0, 0, 6], [0, 0, 6], [0, 0, 6]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::mate_points,
      sdk::in<"parameter", sdk::f64, "n">{.unit = "*", .doc = "of the derivatives, increasing; 5 samples or more"},
      ports::mate_first,
      ports::mate_second,
      ports::mate_third,
      sdk::in<"tolerance", sdk::f64>{.fallback = "1e-9", .min = 0, .above_min = true, .doc = "of every residual"},
      ports::on_error,
      sdk::out<"line", sdk::f64, "...">{.doc = "residual: distance from a line by its extent"},
      sdk::out<"circle", sdk::f64, "...">{.doc = "residual: spread of curvature, or torsion, by mean curvature"},
      sdk::out<"helix", sdk::f64, "...">{.doc = "residual: circular; spread of curvature and torsion by their size"},
      sdk::out<"clothoid", sdk::f64, "...">{.doc = "residual: plane; curvature against a line in arc length"},
      sdk::out<"logarithmic_spiral", sdk::f64, "...">{
          .doc = "residual: plane; radius of curvature against a line in arc length"},
      sdk::out<"plane", sdk::f64, "...">{.doc = "residual: largest torsion by largest curvature"},
      sdk::out<"salkowski", sdk::f64, "...">{.doc = "residual: constant curvature and a slant helix"},
      sdk::out<"anti_salkowski", sdk::f64, "...">{.doc = "residual: constant torsion and a slant helix"},
      sdk::out<"constant_curvature", sdk::f64, "...">{.doc = "residual: spread of curvature by its mean"},
      sdk::out<"constant_torsion", sdk::f64, "...">{.doc = "residual: spread of torsion by its mean"},
      sdk::out<"general_helix", sdk::f64, "...">{
          .doc = "residual: Lancret: spread of the angle of (curvature, torsion), in radians"},
      sdk::out<"spherical", sdk::f64, "...">{
          .doc = "residual: spread of the distance from the best sphere's centre, by its radius"},
      sdk::out<"slant_helix", sdk::f64, "...">{
          .doc = "residual: that angle against a line in the integral of sqrt(kappa^2 + tau^2)"},
      sdk::out<"mannheim", sdk::f64, "...">{.doc = "residual: of kappa = a (kappa^2 + tau^2)"},
      sdk::out<"bertrand", sdk::f64, "...">{.doc = "residual: of a kappa + b tau = 1; 0 in a plane"},
      sdk::out<"family", sdk::i64, "...">{.doc = "the first that holds, see above; 15: none"},
      sdk::out<"name", sdk::Text>{.doc = "of the family; of a batch one to a line"},
      sdk::out<"skipped", sdk::i64, "...">{.doc = "samples without a normal"}};
  static void run(sdk::Call<Classify>& call);
};

}  // namespace orrery::curve
