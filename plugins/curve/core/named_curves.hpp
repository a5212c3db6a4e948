// Curves that have names: points and derivatives from their closed forms.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace orrery::curve {

/// What the letters of NamedCurve mean for each; t is the parameter.
enum class CurveName : std::uint8_t {
  line,                ///< (a, b) t
  circle,              ///< a (cos t, sin t)
  ellipse,             ///< (a cos t, b sin t)
  parabola,            ///< (a t^2, 2 a t), focal length a
  hyperbola,           ///< (a cosh t, b sinh t)
  cycloid,             ///< (a t - b sin t, a - b cos t); b = a: the common one
  epicycloid,          ///< circle b rolls outside on circle a, the pen at distance c from its centre
  hypocycloid,         ///< circle b rolls inside of circle a, the pen at distance c from its centre
  circle_involute,     ///< a (cos t + t sin t, sin t - t cos t)
  catenary,            ///< a (t, cosh t)
  logarithmic_spiral,  ///< a exp(m t) (cos t, sin t)
  archimedean_spiral,  ///< (a + b t) (cos t, sin t)
  clothoid,            ///< a int_0^t (cos u^2/2, sin u^2/2) du: curvature t / a at arc length a t
  helix,               ///< (a cos t, a sin t, b t)
  viviani,             ///< (a (1 + cos t), a sin t, 2 a sin t/2), on the sphere of radius 2 a
  twisted_cubic,       ///< (a t, b t^2, c t^3)
  torus_knot,          ///< ((a + b cos q t) cos p t, (a + b cos q t) sin p t, b sin q t)
  salkowski,           ///< curvature 1 / a, torsion -tan(n t) / a, n = m / sqrt(1 + m^2)
  anti_salkowski,      ///< torsion 1 / a, curvature |tan(n t)| / a
  small_circle,        ///< a (sin angle cos t, sin angle sin t, cos angle)
  clelia,              ///< a (cos m t cos t, cos m t sin t, sin m t)
  loxodrome,           ///< a (cos t / cosh m t, sin t / cosh m t, tanh m t)
};

struct NamedCurve {
  CurveName name = CurveName::circle;
  double a = 1.0;             ///< [length] > 0
  double b = 1.0;             ///< [length] any; hypocycloid and epicycloid: > 0
  double c = 1.0;             ///< [length] any
  double m = 1.0;             ///< [-] any; Salkowski curves: not 0, |1 - 2 |n|| >= 1e-8, so not 1/sqrt(3)
  double angle = 0.5;         ///< [rad] small_circle: 0 < angle < pi
  std::int64_t p = 2, q = 3;  ///< turns around the axis and around the tube of a torus knot, |p|, |q| <= 1000, p != 0
};

/// 2 or 3.
std::size_t dimension_of(CurveName name);

/// @throws std::domain_error naming the value and its range
void require_valid(const NamedCurve& curve);

/// The point and the first `count` derivatives by t, for each t.
struct CurveTable {
  std::size_t n = 0, d = 0;
  std::vector<double> points;                    ///< [length] n x d
  std::vector<std::vector<double>> derivatives;  ///< [length / t^k] derivatives[k - 1]: n x d
};

/// @param t [rad or -] n, finite   @param count 0 .. 6   @param first_row what row 0 is called in messages
/// @throws std::domain_error, see require_valid, or for a t that is not finite, or whose point or derivatives are
///   beyond the range of doubles (row named)
/// @throws std::invalid_argument for a count above 6
/// @accuracy measured where long double has 64 bits (x86-64), |t| <= 6: 0.6 ulp of the largest coordinate of the point
///   or derivative, or of a/1024 if that is larger; single coordinates to 1 ulp unless terms cancel by more than 2^10.
///   A multiple of t loses 2^-64 |t|. Where long double is double: a few ulp
/// @source Lawrence 1972 (plane curves); Monterde 2009 (Salkowski); Abramowitz, Stegun 1964, 7.1.5 and 26.2.14
///   (clothoid); Griewank, Walther 2008 (derivatives)
CurveTable evaluate(const NamedCurve& curve, std::span<const double> t, std::size_t count, std::size_t first_row = 0);

}  // namespace orrery::curve
