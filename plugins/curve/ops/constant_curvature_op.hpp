// curve.constant_curvature: curves of constant curvature in closed form, in the plane, in space and on surfaces.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/ops/items.hpp"

namespace orrery::curve {

enum class Family { plane, space, salkowski, sphere, hyperbolic_plane };
enum class ByParameter { arc, speed };

struct ConstantCurvature {
  static constexpr sdk::Info info{
      .name = "constant_curvature",
      .version = "1.0.0",
      .title = "Curves of constant curvature in closed form",
      .doc =
          "In the plane the circle z = z_0 + (exp(i (angle + kappa s)) - exp(i angle))/(i kappa), without cancellation "
          "down to the line kappa = 0; in space with constant torsion the helix, and Salkowski's curve, whose torsion "
          "varies; on the sphere the small circle of that geodesic curvature; on the hyperbolic plane circle, "
          "horocycle "
          "or equidistant. All but the plane one start at the origin, or on a surface at (radius, 0, 0), with the "
          "frame "
          "along the axes; Salkowski's begins where its torsion is 0. With the speed v as parameter, dz/dv = v exp(i "
          "theta), arc length is v^2/2. Source: do Carmo 1976; Monterde 2009; Ratcliffe 2019.",
      .example = "curvature = 2\nangle     = \"0.3 rad\"\nparameter = [0, 0.5, 1]\nby        = \"speed\""};
  static constexpr std::tuple ports{
      sdk::in<"curvature", sdk::f64, "...">{.unit = "*", .doc = "signed; of Salkowski's curve positive"},
      sdk::in<"parameter", sdk::f64, "n">{.unit = "*", .doc = "arc length, or the speed v with v^2/2 the arc length"},
      sdk::in<"by", sdk::Choice<ByParameter>>{
          .fallback = "arc", .choices = {"arc", "speed"}, .doc = "what the parameter is"},
      sdk::in<"family", sdk::Choice<Family>>{.fallback = "plane",
                                             .choices = {"plane", "space", "salkowski", "sphere", "hyperbolic_plane"},
                                             .doc = "where the curve lies, and of which kind it is"},
      sdk::in<"angle", sdk::f64, "...">{
          .unit = "rad", .fallback = "0 rad", .doc = "of the first tangent; in the plane only"},
      sdk::in<"origin", sdk::f64, "... x 2">{
          .unit = "1/curvature", .optional = true, .doc = "the point at parameter 0; in the plane only"},
      sdk::in<"torsion", sdk::f64, "...">{
          .unit = "curvature", .optional = true, .doc = "in space only; left out: 0, a circle"},
      sdk::in<"slope", sdk::f64, "...">{
          .fallback = "0.3", .doc = "m of Salkowski's curve, not 0 and not 1/sqrt(3); its arc is within 1/(kappa |m|)"},
      sdk::in<"radius", sdk::f64, "...">{.unit = "1/curvature",
                                         .min = 0,
                                         .above_min = true,
                                         .optional = true,
                                         .doc = "of the sphere or the hyperbolic plane, where it is needed"},
      ports::on_error,
      sdk::out<"points", sdk::f64, "... x n x d">{.unit = "1/curvature", .doc = "d = 2 in the plane, else 3"},
      sdk::out<"tangent", sdk::f64, "... x n x d">{.doc = "unit tangent"},
      sdk::out<"arc", sdk::f64, "n">{.unit = "1/curvature", .doc = "arc length from the start"}};
  static void run(sdk::Call<ConstantCurvature>& call);
};

}  // namespace orrery::curve
