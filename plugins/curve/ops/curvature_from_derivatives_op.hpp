// curve.curvature_from_derivatives: exact curvature, torsion and Frenet frame where derivatives are known.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::curve {

struct CurvatureFromDerivatives {
  static constexpr sdk::Info info{
      .name = "curvature_from_derivatives",
      .version = "1.0.0",
      .title = "Curvature, torsion and Frenet frame from the derivatives of a curve",
      .doc =
          "kappa = |r' x r''| / |r'|^3 and its kin in any dimension, computed without cancellation: 4 ulp for the "
          "curvature and 5 for the torsion against 113-bit arithmetic, for sizes 1e-150 to 1e150. Velocity and "
          "acceleration of a moving body will do. Source: do Carmo 1976, section 1-5; Kuehnel 2015, chapter 2.",
      .example = "first  = [[0, 1, 0], [-1, 0, 0]]\nsecond = [[-1, 0, 0], [0, -1, 0]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"first", sdk::f64, "... x n x d">{.unit = "*", .doc = "first derivative by some parameter: a velocity"},
      sdk::in<"second", sdk::f64, "... x n x d">{.unit = "*", .doc = "second derivative: an acceleration"},
      sdk::in<"third", sdk::f64, "... x n x d">{
          .unit = "*", .optional = true, .doc = "third derivative; without it there is no torsion"},
      sdk::out<"curvature", sdk::f64, "... x n">{.unit = "second/first^2", .doc = "never negative"},
      sdk::out<"signed_curvature", sdk::f64, "... x n">{
          .unit = "second/first^2", .optional = true, .doc = "positive to the left; in the plane only"},
      sdk::out<"torsion", sdk::f64, "... x n">{
          .unit = "second/first^2",
          .optional = true,
          .doc = "positive for a right-handed helix; in space, with a third derivative"},
      sdk::out<"curvatures", sdk::f64, "... x n x c">{.unit = "second/first^2", .doc = "all generalised curvatures"},
      sdk::out<"frame", sdk::f64, "... x n x f x d">{.doc = "tangent, normal, binormal, ... in rows"},
      sdk::out<"speed", sdk::f64, "... x n">{.unit = "first", .doc = "|r'|"},
      sdk::out<"status", sdk::i64, "... x n">{.doc = "0 fine, 1 the speed vanishes, 2 the curvature vanishes"}};
  static void run(sdk::Call<CurvatureFromDerivatives>& call);
};

}  // namespace orrery::curve
