// Closed forms of the named curves in Taylor arithmetic: Lawrence 1972, Monterde 2009, Griewank and Walther 2008.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/named_curves.hpp"

#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/clothoid_integral.hpp"
#include "plugins/curve/core/jet.hpp"

namespace orrery::curve {

namespace {

using Space = std::array<Jet, 3>;
using Real = long double;

JetPair turning(double t, Real rate = 1.0L) { return sin_cos(Jet::variable(t, rate)); }

// radius (cos, sin) of an angle.
Space polar(const Jet& radius, const JetPair& angle) { return {radius * angle.cosine, radius * angle.sine, {}}; }

Space cycloid(const NamedCurve& k, double t) {
  const JetPair u = turning(t);
  return {Jet::variable(t, k.a) - Real(k.b) * u.sine, Real(k.a) + Real(-k.b) * u.cosine, {}};
}

// side = 1 outside, -1 inside of the fixed circle.
Space rolling(const NamedCurve& k, double t, Real side) {
  const Real arm = Real(k.a) + side * Real(k.b);
  const JetPair u = turning(t), v = turning(t, arm / Real(k.b));
  return {arm * u.cosine - side * Real(k.c) * v.cosine, arm * u.sine - Real(k.c) * v.sine, {}};
}

Space circle_involute(const NamedCurve& k, double t) {
  const JetPair u = turning(t);
  const Jet s = Jet::variable(t, k.a);
  const Real x = u.cosine.c[0] + t * u.sine.c[0], y = u.sine.c[0] - t * u.cosine.c[0];
  return {integral(Real(k.a) * x, s * u.cosine), integral(Real(k.a) * y, s * u.sine), {}};
}

Space clothoid(const NamedCurve& k, double t) {
  const std::complex<Real> point = clothoid_point(t), tangent = clothoid_tangent(t);
  const Jet phase = 0.5L * (Jet::variable(t) * Jet::variable(t));
  const JetPair u = pair_of(phase, tangent.imag(), tangent.real(), -1.0L);
  return {Real(k.a) * integral(point.real(), u.cosine), Real(k.a) * integral(point.imag(), u.sine), {}};
}

Space viviani(const NamedCurve& k, double t) {
  const JetPair u = turning(t), half = turning(t, 0.5L);
  return {2.0L * Real(k.a) * (half.cosine * half.cosine), Real(k.a) * u.sine, 2.0L * Real(k.a) * half.sine};
}

Space twisted_cubic(const NamedCurve& k, double t) {
  const Jet s = Jet::variable(t);
  return {Real(k.a) * s, Real(k.b) * (s * s), Real(k.c) * (s * s * s)};
}

Space torus_knot(const NamedCurve& k, double t) {
  const JetPair u = turning(t, static_cast<Real>(k.p)), v = turning(t, static_cast<Real>(k.q));
  Space point = polar(Real(k.a) + Real(k.b) * v.cosine, u);
  point[2] = Real(k.b) * v.sine;
  return point;
}

Real slope_sine(double m) { return Real(m) / std::sqrt(1.0L + Real(m) * Real(m)); }

Space salkowski(const NamedCurve& k, double t) {
  const Real n = slope_sine(k.m), size = Real(k.a) / std::sqrt(1.0L + Real(k.m) * Real(k.m));
  const JetPair fast = turning(t, 1.0L + 2.0L * n), slow = turning(t, 1.0L - 2.0L * n), u = turning(t);
  const Real f = (1.0L - n) / (4.0L * (1.0L + 2.0L * n)), g = (1.0L + n) / (4.0L * (1.0L - 2.0L * n));
  return {-size * (f * fast.sine + g * slow.sine + 0.5L * u.sine),
          size * (f * fast.cosine + g * slow.cosine + 0.5L * u.cosine),
          size / (4.0L * Real(k.m)) * turning(t, 2.0L * n).cosine};
}

// The integral of the binormal of Salkowski's curve.
Space anti_salkowski(const NamedCurve& k, double t) {
  const Real n = slope_sine(k.m), size = Real(k.a) * n / (2.0L * Real(k.m));
  const JetPair fast = turning(t, 1.0L + 2.0L * n), slow = turning(t, 1.0L - 2.0L * n), u = turning(t);
  const Real f = (n - 1.0L) / (2.0L * (1.0L + 2.0L * n)), g = (n + 1.0L) / (2.0L * (1.0L - 2.0L * n));
  return {-size * (n * u.cosine + f * fast.cosine + g * slow.cosine),
          -size * (n * u.sine + f * fast.sine + g * slow.sine),
          size * n / Real(k.m) * (Jet::variable(t) + 1.0L / (2.0L * n) * turning(t, 2.0L * n).sine)};
}

Space small_circle(const NamedCurve& k, double t) {
  Space point = polar(Jet::constant(Real(k.a) * std::sin(Real(k.angle))), turning(t));
  point[2] = Jet::constant(Real(k.a) * std::cos(Real(k.angle)));
  return point;
}

Space clelia(const NamedCurve& k, double t) {
  const JetPair v = turning(t, k.m);
  Space point = polar(Real(k.a) * v.cosine, turning(t));
  point[2] = Real(k.a) * v.sine;
  return point;
}

Space loxodrome(const NamedCurve& k, double t) {
  const JetPair v = sinh_cosh(Jet::variable(t, k.m));
  Space point = polar(Jet::constant(k.a) / v.cosine, turning(t));
  point[2] = Real(k.a) * (v.sine / v.cosine);
  return point;
}

Space plane_curve(const NamedCurve& k, double t) {
  const Jet s = Jet::variable(t);
  switch (k.name) {
    case CurveName::line:
      return {Real(k.a) * s, Real(k.b) * s, {}};
    case CurveName::circle:
      return polar(Jet::constant(k.a), turning(t));
    case CurveName::ellipse:
      return {Real(k.a) * turning(t).cosine, Real(k.b) * turning(t).sine, {}};
    case CurveName::parabola:
      return {Real(k.a) * (s * s), 2.0L * Real(k.a) * s, {}};
    case CurveName::hyperbola:
      return {Real(k.a) * sinh_cosh(s).cosine, Real(k.b) * sinh_cosh(s).sine, {}};
    case CurveName::cycloid:
      return cycloid(k, t);
    case CurveName::epicycloid:
      return rolling(k, t, 1.0L);
    case CurveName::hypocycloid:
      return rolling(k, t, -1.0L);
    case CurveName::circle_involute:
      return circle_involute(k, t);
    case CurveName::catenary:
      return {Real(k.a) * s, Real(k.a) * sinh_cosh(s).cosine, {}};
    case CurveName::logarithmic_spiral:
      return polar(Real(k.a) * exp(Real(k.m) * s), turning(t));
    case CurveName::archimedean_spiral:
      return polar(Real(k.a) + Real(k.b) * s, turning(t));
    default:
      return clothoid(k, t);
  }
}

Space space_curve(const NamedCurve& k, double t) {
  switch (k.name) {
    case CurveName::helix: {
      Space point = polar(Jet::constant(k.a), turning(t));
      point[2] = Jet::variable(t, k.b);
      return point;
    }
    case CurveName::viviani:
      return viviani(k, t);
    case CurveName::twisted_cubic:
      return twisted_cubic(k, t);
    case CurveName::torus_knot:
      return torus_knot(k, t);
    case CurveName::salkowski:
      return salkowski(k, t);
    case CurveName::anti_salkowski:
      return anti_salkowski(k, t);
    case CurveName::small_circle:
      return small_circle(k, t);
    case CurveName::clelia:
      return clelia(k, t);
    default:
      return loxodrome(k, t);
  }
}

void require(bool holds, const char* name, const char* range, double value) {
  if (!holds) {
    throw std::domain_error(std::string(name) + " must " + range + "; it is " + number_text(value));
  }
}

void require_turns(const NamedCurve& k) {
  require(k.p != 0 && std::abs(k.p) <= 1000, "p", "lie in [-1000, 1000] and not be 0", static_cast<double>(k.p));
  require(std::abs(k.q) <= 1000, "q", "lie in [-1000, 1000]", static_cast<double>(k.q));
}

void require_slope(double m) {
  require(std::isfinite(m) && m != 0.0 && std::abs(m) <= 1e6, "m", "lie in [-1e6, 1e6] and not be 0", m);
  require(std::abs(1.0L - 2.0L * std::abs(slope_sine(m))) >= 1e-8L, "m", "differ from 1/sqrt(3), 0.57735...", m);
}

void store(const Space& point, std::size_t row, CurveTable& table) {
  for (std::size_t c = 0; c < table.d; ++c) {
    long double factorial = 1.0L;
    table.points[row * table.d + c] = static_cast<double>(point[c].c[0]);
    for (std::size_t k = 1; k <= table.derivatives.size(); ++k) {
      factorial *= static_cast<long double>(k);
      table.derivatives[k - 1][row * table.d + c] = static_cast<double>(factorial * point[c].c[k]);
    }
  }
}

void require_reached(const CurveTable& table, std::size_t row, double t, std::size_t first_row) {
  bool finite = true;
  for (std::size_t c = 0; c < table.d; ++c) {
    finite = finite && std::isfinite(table.points[row * table.d + c]);
    for (const std::vector<double>& derivative : table.derivatives) {
      finite = finite && std::isfinite(derivative[row * table.d + c]);
    }
  }
  if (!finite) {
    throw std::domain_error("parameter must keep the curve within the range of doubles; row " +
                            std::to_string(first_row + row) + " is " + number_text(t));
  }
}

}  // namespace

std::size_t dimension_of(CurveName name) { return name <= CurveName::clothoid ? 2 : 3; }

void require_valid(const NamedCurve& k) {
  require(k.a > 0.0 && std::isfinite(k.a), "a", "be positive and finite", k.a);
  require(std::isfinite(k.b), "b", "be finite", k.b);
  require(std::isfinite(k.c), "c", "be finite", k.c);
  require(std::isfinite(k.m), "m", "be finite", k.m);
  if (k.name == CurveName::epicycloid || k.name == CurveName::hypocycloid) {
    require(k.b > 0.0, "b", "be positive", k.b);
  }
  if (k.name == CurveName::torus_knot) {
    require_turns(k);
  }
  if (k.name == CurveName::salkowski || k.name == CurveName::anti_salkowski) {
    require_slope(k.m);
  }
  if (k.name == CurveName::small_circle) {
    require(k.angle > 0.0 && k.angle < std::numbers::pi, "angle", "lie in (0, pi)", k.angle);
  }
}

CurveTable evaluate(const NamedCurve& curve, std::span<const double> t, std::size_t count, std::size_t first_row) {
  require_valid(curve);
  if (count > jet_order) {
    throw std::invalid_argument("derivatives must be at most " + std::to_string(jet_order) + "; they are " +
                                std::to_string(count));
  }
  CurveTable table{t.size(), dimension_of(curve.name), {}, {}};
  table.points.resize(table.n * table.d);
  table.derivatives.assign(count, std::vector<double>(table.n * table.d));
  for (std::size_t row = 0; row < t.size(); ++row) {
    require(std::isfinite(t[row]), "parameter", "be finite", t[row]);
    store(table.d == 2 ? plane_curve(curve, t[row]) : space_curve(curve, t[row]), row, table);
    require_reached(table, row, t[row], first_row);
  }
  return table;
}

}  // namespace orrery::curve
