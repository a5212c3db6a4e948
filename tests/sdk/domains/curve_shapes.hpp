// Declarations of the curve domain: named curves, constant curvature, and reconstruction from natural equations.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/sdk/domains/declared.hpp"

namespace orrery::domains::curve {

enum class Shape {
  line,
  circle,
  ellipse,
  parabola,
  hyperbola,
  cycloid,
  epicycloid,
  hypocycloid,
  trochoid,
  catenary,
  tractrix,
  logarithmic_spiral,
  archimedean_spiral,
  clothoid,
  helix,
  viviani,
  twisted_cubic,
  torus_knot,
  salkowski,
  anti_salkowski,
  spherical_circle,
  spherical_spiral,
  slant_helix,
  lissajous
};
inline constexpr in<"curve", Choice<Shape>> shape{.choices = {"line",
                                                              "circle",
                                                              "ellipse",
                                                              "parabola",
                                                              "hyperbola",
                                                              "cycloid",
                                                              "epicycloid",
                                                              "hypocycloid",
                                                              "trochoid",
                                                              "catenary",
                                                              "tractrix",
                                                              "logarithmic_spiral",
                                                              "archimedean_spiral",
                                                              "clothoid",
                                                              "helix",
                                                              "viviani",
                                                              "twisted_cubic",
                                                              "torus_knot",
                                                              "salkowski",
                                                              "anti_salkowski",
                                                              "spherical_circle",
                                                              "spherical_spiral",
                                                              "slant_helix",
                                                              "lissajous"},
                                                  .doc = "by its usual name"};

struct NamedCurve : Declared<NamedCurve> {
  static constexpr Info info = about("named_curve", "Points and exact derivatives of a curve with a name");
  static constexpr std::tuple ports{
      shape,
      in<"parameter", f64, "n">{.doc = "of the samples"},
      in<"size", f64>{.unit = "*", .fallback = "1", .doc = "radius, or first semi-axis; lengths come in its unit"},
      in<"second_size", f64>{.unit = "size", .optional = true, .doc = "second semi-axis, pitch, or tube radius"},
      in<"shape", f64>{.optional = true, .doc = "growth, ratio of radii, or m of Salkowski's curves"},
      in<"windings", i64, "2">{.optional = true, .doc = "p and q of a torus knot"},
      out<"position", f64, "n x d">{.unit = "size", .doc = "two or three columns"},
      out<"first", f64, "n x d">{.unit = "size", .doc = "first derivative"},
      out<"second", f64, "n x d">{.unit = "size", .doc = "second derivative"},
      out<"third", f64, "n x d">{.unit = "size", .doc = "third derivative"},
      out<"period", f64>{.optional = true, .doc = "of a closed curve"}};
};

struct ExpressionCurve : Declared<ExpressionCurve> {
  static constexpr Info info = about("expression_curve", "Points and derivatives of a curve given by expressions");
  static constexpr std::tuple ports{
      in<"components", Text>{.list = true, .doc = "one expression of t for each coordinate"},
      in<"parameter", f64, "n">{.doc = "t of the samples"},
      in<"constants", Table>{
          .optional = true,
          .columns = {{{.name = "name", .dtype = ORRERY_TEXT, .doc = "used"}, {.name = "value", .doc = "its value"}}},
          .doc = "names that the expressions use"},
      out<"position", f64, "n x d">{.doc = "as many columns as expressions"},
      out<"first", f64, "n x d">{.doc = "first derivative"},
      out<"second", f64, "n x d">{.doc = "second derivative"},
      out<"third", f64, "n x d">{.doc = "third derivative"}};
};

enum class Parameter { speed, arc };
struct ConstantCurvaturePlane : Declared<ConstantCurvaturePlane> {
  static constexpr Info info = about("constant_curvature_plane", "z = exp(i (rho v^2/2 + C1))/(i rho) + C2");
  static constexpr std::tuple ports{
      in<"curvature", f64, "...">{.unit = "*", .doc = "rho; 0 is a line"},
      in<"phase", f64, "...">{.unit = "rad", .fallback = "0 rad", .doc = "C1"},
      in<"offset", c128, "...">{.unit = "1/curvature", .optional = true, .doc = "C2; left out: the curve begins at 0"},
      in<"by", Choice<Parameter>>{.fallback = "arc", .choices = {"speed", "arc"}, .doc = "what the samples count"},
      in<"speed", f64, "n">{.unit = "curvature^(-1/2)", .optional = true, .doc = "v of the samples"},
      in<"arc_length", f64, "n">{.unit = "1/curvature", .optional = true, .doc = "s of the samples"},
      out<"position", c128, "... x n">{.unit = "1/curvature", .doc = "z"},
      out<"tangent", c128, "... x n">{.doc = "dz/ds"},
      out<"turn", f64, "...">{.unit = "1/curvature", .optional = true, .doc = "arc length of a full turn"}};
};

struct ConstantCurvatureSpace : Declared<ConstantCurvatureSpace> {
  static constexpr Info info =
      about("constant_curvature_space", "Circle, helix or Salkowski curve of a given curvature");
  static constexpr std::tuple ports{in<"curvature", f64>{.unit = "*", .min = 0, .above_min = true, .doc = "kappa"},
                                    in<"torsion", f64>{.unit = "curvature", .optional = true, .doc = "of a helix"},
                                    in<"salkowski", f64>{.optional = true, .doc = "m of a Salkowski curve"},
                                    in<"parameter", f64, "n">{.doc = "arc length times curvature, or t of Salkowski"},
                                    out<"position", f64, "n x 3">{.unit = "1/curvature", .doc = "r"},
                                    out<"torsion", f64, "n">{.unit = "curvature", .doc = "tau"}};
};

struct ConstantCurvatureSphere : Declared<ConstantCurvatureSphere> {
  static constexpr Info info = about("constant_curvature_sphere", "Curves of constant geodesic curvature on a sphere");
  static constexpr std::tuple ports{
      in<"geodesic_curvature", f64, "...">{.unit = "*", .doc = "k_g = cot(a)/radius"},
      in<"radius", f64>{.unit = "1/geodesic_curvature", .doc = "of the sphere"},
      in<"arc_length", f64, "n">{.unit = "1/geodesic_curvature", .doc = "s"},
      in<"frame", f64, "... x 3 x 3">{.optional = true, .doc = "position, tangent, side; rows"},
      out<"position", f64, "... x n x 3">{.unit = "1/geodesic_curvature", .doc = "r"},
      out<"frame", f64, "... x n x 3 x 3">{.doc = "orthonormal rows"}};
};

struct ConstantCurvatureHyperbolic : Declared<ConstantCurvatureHyperbolic> {
  static constexpr Info info = about("constant_curvature_hyperbolic", "Circles, horocycles and equidistants");
  static constexpr std::tuple ports{in<"geodesic_curvature", f64, "...">{.doc = "k_g; 1 is a horocycle"},
                                    in<"arc_length", f64, "n">{.doc = "s"},
                                    out<"position", f64, "... x n x 3">{.doc = "on the hyperboloid"},
                                    out<"disk", c128, "... x n">{.doc = "in the Poincare disk"}};
};

enum class Group { magnus4, rk4_group, rk4_plain };
inline constexpr in<"integrator", Choice<Group>> integrator{.fallback = "magnus4",
                                                            .choices = {"magnus4", "rk4_group", "rk4_plain"},
                                                            .doc = "the first two keep frames orthonormal"};

struct ReconstructPlane : Declared<ReconstructPlane> {
  static constexpr Info info = long_running("reconstruct_plane", "A plane curve from its curvature by arc length");
  static constexpr std::tuple ports{in<"arc_length", f64, "n">{.unit = "*", .doc = "s, increasing"},
                                    in<"curvature", f64, "... x n">{.unit = "1/arc_length", .doc = "signed kappa(s)"},
                                    in<"start", c128, "...">{.unit = "arc_length", .fallback = "0", .doc = "z0"},
                                    in<"angle", f64, "...">{.unit = "rad", .fallback = "0 rad", .doc = "theta0"},
                                    out<"position", c128, "... x n">{.unit = "arc_length", .doc = "z"},
                                    out<"angle", f64, "... x n">{.unit = "rad", .doc = "theta"}};
};

struct ReconstructSpace : Declared<ReconstructSpace> {
  static constexpr Info info = long_running("reconstruct_space", "A space curve from its curvature and torsion");
  static constexpr std::tuple ports{in<"arc_length", f64, "n">{.unit = "*", .doc = "s, increasing"},
                                    in<"curvature", f64, "... x n">{.unit = "1/arc_length", .doc = "kappa(s)"},
                                    in<"torsion", f64, "... x n">{.unit = "1/arc_length", .doc = "tau(s)"},
                                    in<"start", f64, "... x 3">{.unit = "arc_length", .optional = true, .doc = "r0"},
                                    in<"frame", f64, "... x 3 x 3">{.optional = true, .doc = "T, N, B in rows"},
                                    integrator,
                                    out<"position", f64, "... x n x 3">{.unit = "arc_length", .doc = "r"},
                                    out<"frame", f64, "... x n x 3 x 3">{.doc = "T, N, B in rows"},
                                    out<"defect", f64, "... x n">{.doc = "largest element of F F^T - I"}};
};

struct Reconstruct : Declared<Reconstruct> {
  static constexpr Info info = long_running("reconstruct", "A curve in d dimensions from its d - 1 curvatures");
  static constexpr std::tuple ports{
      in<"arc_length", f64, "n">{.unit = "*", .doc = "s, increasing"},
      in<"curvatures", f64, "... x n x d-1">{.unit = "1/arc_length", .doc = "generalised"},
      in<"start", f64, "... x d">{.unit = "arc_length", .optional = true, .doc = "r0"},
      in<"frame", f64, "... x d x d">{.optional = true, .doc = "orthonormal rows"},
      integrator,
      out<"position", f64, "... x n x d">{.unit = "arc_length", .doc = "r"},
      out<"frame", f64, "... x n x d x d">{.doc = "orthonormal rows"},
      out<"defect", f64, "... x n">{.doc = "largest element of F F^T - I"}};
};

struct ComplexOde : Declared<ComplexOde> {
  static constexpr Info info = long_running("complex_ode", "dz/dt = f(z, t) as a system in the plane");
  static constexpr std::tuple ports{in<"rate", Text>{.doc = "expression of z and t"},
                                    in<"start", c128, "...">{.doc = "z0"}, in<"times", f64, "m">{.doc = "t"},
                                    out<"position", c128, "... x m">{.doc = "z"}};
};

struct ComplexProducts : Declared<ComplexProducts> {
  static constexpr Info info =
      about("complex_products", "Dot and cross product of vectors of the plane as complex numbers");
  static constexpr std::tuple ports{in<"a", c128, "...">{.unit = "*", .doc = "a vector"},
                                    in<"b", c128, "...">{.unit = "*", .doc = "a vector"},
                                    out<"dot", f64, "...">{.unit = "a*b", .doc = "Re(a conj(b))"},
                                    out<"cross", f64, "...">{.unit = "a*b", .doc = "Im(conj(a) b)"}};
};

}  // namespace orrery::domains::curve
