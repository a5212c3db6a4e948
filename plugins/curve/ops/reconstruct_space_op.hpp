// curve.reconstruct_space, reconstruct and reconstruct_surface: curves from curvatures in space, in R^d, on surfaces.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/curve/ops/natural.hpp"

namespace orrery::curve {

enum class Surface { sphere, hyperbolic_plane };

struct ReconstructSpace {
  static constexpr sdk::Info info{
      .name = "reconstruct_space",
      .version = "1.0.0",
      .title = "Space curve and its frames from curvature and torsion",
      .doc =
          "Solves the Frenet equations by Magnus integrators on SE(3), with the rotation as a quaternion and "
          "compensated sums: no error but rounding where curvature and torsion are constant over each step, 1e-15 of "
          "the size after a million steps, and frames that are orthonormal to 1e-15 however long the curve. Source: do "
          "Carmo 1976, section 1-5; Blanes, Casas, Oteo, Ros 2009; Murray, Li, Sastry 1994, chapter 2.",
      .example = "parameter = [0, 1, 2, 3]\ncurvature = [0.5, 0.5, 0.5, 0.5]\ntorsion   = [0.25, 0.25, 0.25, 0.25]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::parameter,
      ports::natural_curvature,
      sdk::in<"torsion", sdk::f64, "... x k">{
          .unit = "curvature", .optional = true, .doc = "given like the curvature; left out: 0"},
      ports::natural_speed,
      sdk::in<"start_position", sdk::f64, "... x 3">{
          .unit = "1/curvature", .optional = true, .doc = "the first point; left out: the origin"},
      sdk::in<"start_frame", sdk::f64, "... x 3 x 3">{
          .optional = true, .doc = "tangent, normal and binormal in rows, orthonormal; left out: the axes"},
      ports::given_at,
      ports::integrator,
      ports::on_error,
      sdk::out<"position", sdk::f64, "... x n x 3">{.unit = "1/curvature", .doc = "a point for each parameter"},
      sdk::out<"frame", sdk::f64, "... x n x 3 x 3">{.doc = "tangent, normal and binormal in rows"},
      sdk::out<"defect", sdk::f64, "...">{.doc = "largest deviation of a frame from orthonormality, |F F^T - 1|"}};
  static void run(sdk::Call<ReconstructSpace>& call);
};

struct Reconstruct {
  static constexpr sdk::Info info{
      .name = "reconstruct",
      .version = "1.0.0",
      .title = "Curve in any dimension from all its curvatures",
      .doc =
          "The Frenet equations in R^d with d - 1 curvatures, as reconstruct_space does in R^3, by matrix "
          "exponentials. Source: Kuehnel 2015, chapter 2; Blanes, Casas, Oteo, Ros 2009.",
      .example = "parameter = [0, 1, 2]\ncurvature = [[2, 1, 0.5], [2, 1, 0.5], [2, 1, 0.5]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::parameter,
      sdk::in<"curvature", sdk::f64, "... x k x c">{
          .unit = "*", .doc = "the d - 1 curvatures, d from 2 to 64, at each parameter or Gauss node"},
      ports::natural_speed,
      sdk::in<"start_position", sdk::f64, "... x d">{
          .unit = "1/curvature", .optional = true, .doc = "the first point; left out: the origin"},
      sdk::in<"start_frame", sdk::f64, "... x d x d">{.optional = true,
                                                      .doc = "orthonormal vectors in rows; left out: the axes"},
      ports::given_at,
      ports::integrator,
      ports::on_error,
      sdk::out<"position", sdk::f64, "... x n x d">{.unit = "1/curvature", .doc = "a point for each parameter"},
      sdk::out<"frame", sdk::f64, "... x n x d x d">{.doc = "frame vectors in rows"},
      sdk::out<"defect", sdk::f64, "...">{.doc = "largest deviation of a frame from orthonormality"}};
  static void run(sdk::Call<Reconstruct>& call);
};

struct ReconstructSurface {
  static constexpr sdk::Info info{
      .name = "reconstruct_surface",
      .version = "1.0.0",
      .title = "Curve on the sphere or the hyperbolic plane from its geodesic curvature",
      .doc =
          "Starts at (radius, 0, 0) along the second axis, with the third to its left. The hyperbolic plane of "
          "curvature -1/radius^2 is the sheet x_0^2 - x_1^2 - x_2^2 = radius^2 with x_0 > 0; 'disk' is its picture in "
          "Poincare's unit disk. Source: do Carmo 1976, section 4-4; Ratcliffe 2019, chapter 3.",
      .example = "parameter = [0, 1, 2]\ncurvature = [1, 1, 1]\nradius    = 1",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::parameter,
      sdk::in<"curvature", sdk::f64, "... x k">{
          .unit = "*", .doc = "the geodesic one, positive to the left, at each parameter or Gauss node"},
      ports::natural_speed,
      sdk::in<"radius", sdk::f64, "...">{.unit = "1/curvature", .min = 0, .above_min = true, .doc = "of the surface"},
      sdk::in<"surface", sdk::Choice<Surface>>{
          .fallback = "sphere", .choices = {"sphere", "hyperbolic_plane"}, .doc = "where the curve lies"},
      ports::given_at,
      ports::integrator,
      ports::on_error,
      sdk::out<"position", sdk::f64, "... x n x 3">{.unit = "1/curvature", .doc = "a point for each parameter"},
      sdk::out<"frame", sdk::f64, "... x n x 3 x 3">{.doc = "position by radius, tangent and left normal in rows"},
      sdk::out<"disk", sdk::f64, "... x n x 2">{
          .doc = "(x_1, x_2)/(radius + x_0): Poincare's disk, or the sphere's stereographic projection"}};
  static void run(sdk::Call<ReconstructSurface>& call);
};

}  // namespace orrery::curve
