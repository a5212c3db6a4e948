// curve.reconstruct_plane and gauss_nodes: a plane curve from its curvature, and where to compute the curvature.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/curve/ops/natural.hpp"

namespace orrery::curve {

struct ReconstructPlane {
  static constexpr sdk::Info info{
      .name = "reconstruct_plane",
      .version = "1.0.0",
      .title = "Plane curve from its curvature",
      .doc =
          "Solves the natural equation theta' = v kappa, z' = v exp(i theta) by Magnus integrators on the group of "
          "motions with compensated sums: no error but rounding where the curvature is constant over each step, and "
          "1e-15 of the size after a million steps. Source: do Carmo 1976, section 1-5; Blanes, Casas, Oteo, Ros 2009.",
      .example = "parameter = [0, 1, 2, 3]\ncurvature = [2, 2, 2, 2]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::parameter,
      ports::natural_curvature,
      ports::natural_speed,
      sdk::in<"start_position", sdk::f64, "... x 2">{
          .unit = "1/curvature", .optional = true, .doc = "the first point; left out: the origin"},
      sdk::in<"start_angle", sdk::f64, "...">{
          .unit = "rad", .fallback = "0 rad", .doc = "from the first axis to the first tangent"},
      ports::given_at,
      ports::integrator,
      ports::on_error,
      sdk::out<"position", sdk::f64, "... x n x 2">{.unit = "1/curvature", .doc = "a point for each parameter"},
      sdk::out<"angle", sdk::f64, "... x n">{.unit = "rad", .doc = "of the tangent, not reduced: it counts turns"}};
  static void run(sdk::Call<ReconstructPlane>& call);
};

struct GaussNodes {
  static constexpr sdk::Info info{
      .name = "gauss_nodes",
      .version = "1.0.0",
      .title = "Gauss-Legendre nodes of each step of a grid",
      .doc =
          "Where the operations curve.reconstruct_... want curvatures under given_at = \"nodes\": 2 nodes a step for "
          "magnus4 and runge_kutta, 3 for magnus6. Source: Davis, Rabinowitz 1984, section 2.7.",
      .example = "parameter = [0, 1, 2]"};
  static constexpr std::tuple ports{
      sdk::in<"parameter", sdk::f64, "n">{.unit = "*", .doc = "increasing"},
      sdk::in<"count", sdk::i64>{.fallback = "3", .min = 1, .max = 3, .doc = "nodes a step"},
      sdk::out<"nodes", sdk::f64, "k">{.unit = "parameter", .doc = "(n - 1) times count, step by step"}};
  static void run(sdk::Call<GaussNodes>& call);
};

}  // namespace orrery::curve
