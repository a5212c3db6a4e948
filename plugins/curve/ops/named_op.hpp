// curve.named: points and exact derivatives of curves that have names.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/core/named_curves.hpp"
#include "plugins/curve/ops/items.hpp"

namespace orrery::curve {

namespace ports {

inline constexpr sdk::in<"curve", sdk::Choice<CurveName>> curve_name{.choices = {"line",
                                                                                 "circle",
                                                                                 "ellipse",
                                                                                 "parabola",
                                                                                 "hyperbola",
                                                                                 "cycloid",
                                                                                 "epicycloid",
                                                                                 "hypocycloid",
                                                                                 "circle_involute",
                                                                                 "catenary",
                                                                                 "logarithmic_spiral",
                                                                                 "archimedean_spiral",
                                                                                 "clothoid",
                                                                                 "helix",
                                                                                 "viviani",
                                                                                 "twisted_cubic",
                                                                                 "torus_knot",
                                                                                 "salkowski",
                                                                                 "anti_salkowski",
                                                                                 "small_circle",
                                                                                 "clelia",
                                                                                 "loxodrome"},
                                                                     .doc = "see above for its formula"};
inline constexpr sdk::in<"a", sdk::f64, "..."> a{
    .unit = "*", .fallback = "1", .min = 0, .above_min = true, .doc = "first length"};
inline constexpr sdk::in<"b", sdk::f64, "..."> b{
    .unit = "a", .optional = true, .doc = "second length; left out: that of a, of a torus knot a/2"};
inline constexpr sdk::in<"c", sdk::f64, "..."> c{
    .unit = "a", .optional = true, .doc = "third length; left out: that of b"};
inline constexpr sdk::in<"m", sdk::f64, "..."> m{.fallback = "1", .doc = "slope or rate, a number"};
inline constexpr sdk::in<"angle", sdk::f64, "..."> polar_angle{
    .unit = "rad", .fallback = "0.5 rad", .doc = "of a small circle, from its pole, between 0 and pi"};
inline constexpr sdk::in<"p", sdk::i64> p{
    .fallback = "2", .min = -1000, .max = 1000, .doc = "turns of a torus knot around the axis, not 0"};
inline constexpr sdk::in<"q", sdk::i64> q{
    .fallback = "3", .min = -1000, .max = 1000, .doc = "its turns around the tube"};

}  // namespace ports

/// The named curves of a call, for one item at a time.
template <class Op>
class NamedInput {
 public:
  explicit NamedInput(const sdk::Call<Op>& call)
      : a_(call.template in<"a">()),
        b_(call.template maybe<"b">()),
        c_(call.template maybe<"c">()),
        m_(call.template in<"m">()),
        angle_(call.template in<"angle">()) {
    curve_.name = call.template in<"curve">();
    curve_.p = call.template in<"p">();
    curve_.q = call.template in<"q">();
  }
  NamedCurve operator()(std::int64_t item) const {
    NamedCurve curve = curve_;
    curve.a = a_(item);
    curve.b = value_or(b_, item, curve.name == CurveName::torus_knot ? 0.5 * curve.a : curve.a);
    curve.c = value_or(c_, item, curve.b);
    curve.m = m_(item);
    curve.angle = angle_(item);
    return curve;
  }
  std::int64_t dimension() const { return static_cast<std::int64_t>(dimension_of(curve_.name)); }

 private:
  NamedCurve curve_;
  sdk::BatchView<const double, 0> a_;
  std::optional<sdk::BatchView<const double, 0>> b_, c_;
  sdk::BatchView<const double, 0> m_, angle_;
};

struct Named {
  static constexpr sdk::Info info{
      .name = "named",
      .version = "1.0.0",
      .title = "Points and exact derivatives of a curve that has a name",
      .doc =
          "line (a, b) t; circle a (cos t, sin t); ellipse (a cos t, b sin t); parabola (a t^2, 2 a t); hyperbola "
          "(a cosh t, b sinh t); cycloid (a t - b sin t, a - b cos t); epicycloid and hypocycloid: circle b rolls "
          "outside or inside of circle a, the pen at c from its centre; circle_involute; catenary a (t, cosh t); "
          "logarithmic_spiral a exp(m t) (cos t, sin t); archimedean_spiral (a + b t) (cos t, sin t); clothoid of "
          "curvature t/a at arc length a t; helix (a cos t, a sin t, b t); viviani (a (1 + cos t), a sin t, 2 a sin "
          "t/2); "
          "twisted_cubic (a t, b t^2, c t^3); torus_knot of p turns around the axis and q around the tube, radii a and "
          "b; salkowski with curvature 1/a and torsion -tan(n t)/a, n = m/sqrt(1 + m^2); anti_salkowski with the two "
          "exchanged; small_circle on the sphere of radius a; clelia a (cos m t cos t, cos m t sin t, sin m t); "
          "loxodrome a (cos t/cosh m t, sin t/cosh m t, tanh m t). Source: Lawrence 1972; Monterde 2009.",
      .example = "curve     = \"ellipse\"\na         = 3\nb         = 2\nparameter = [0, 0.7, 1.4]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::curve_name,
      sdk::in<"parameter", sdk::f64, "n">{.unit = "*", .doc = "t above, a number or an angle"},
      ports::a,
      ports::b,
      ports::c,
      ports::m,
      ports::polar_angle,
      ports::p,
      ports::q,
      ports::on_error,
      sdk::out<"points", sdk::f64, "... x n x d">{.unit = "a", .doc = "in the plane or in space, as the curve is"},
      sdk::out<"first", sdk::f64, "... x n x d">{.unit = "a/parameter", .doc = "first derivative by t"},
      sdk::out<"second", sdk::f64, "... x n x d">{.unit = "a/parameter^2", .doc = "second derivative"},
      sdk::out<"third", sdk::f64, "... x n x d">{.unit = "a/parameter^3", .doc = "third derivative"}};
  static void run(sdk::Call<Named>& call);
};

}  // namespace orrery::curve
