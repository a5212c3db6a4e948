// Closed forms of constant curvature: do Carmo 1976; Monterde 2009; Ratcliffe 2019.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/constant_curvature.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/named_curves.hpp"

namespace orrery::curve {

namespace {

using Real = long double;

void require_number(double value, const char* name) { require_finite(std::span(&value, 1), 1, name); }

void require_positive(double value, const char* name) {
  if (!(value > 0.0 && std::isfinite(value))) {
    throw std::domain_error(std::string(name) + " must be positive and finite; it is " + number_text(value));
  }
}

// sin(x s)/x and (1 - cos(x s))/x^2 and (s - sin(x s)/x)/x^2 as functions of q = x^2, which may have either sign.
struct Circular {
  Real cosine, sine, versine, rest;
};

// (u - sin u)/u^3 or (sinh u - u)/u^3, y = -u^2 or u^2, where the difference would cancel.
Real cubic_rest(Real y) {
  Real term = 1.0L / 6.0L, sum = 0.0L;
  for (int k = 1; k < 14; ++k) {
    sum += term;
    term *= y / static_cast<Real>((2 * k + 2) * (2 * k + 3));
  }
  return sum;
}

Circular circular(Real q, Real s) {
  const Real x = std::sqrt(std::abs(q)), u = x * s;
  if (x == 0.0L) {
    return {1.0L, s, 0.5L * s * s, s * s * s / 6.0L};
  }
  const bool elliptic = q > 0.0L;
  const Real sine = elliptic ? std::sin(u) : std::sinh(u);
  const Real half = (elliptic ? std::sin(0.5L * u) : std::sinh(0.5L * u)) / x;
  const Real rest = std::abs(u) < 1.0L ? s * s * s * cubic_rest(elliptic ? -u * u : u * u)
                                       : (elliptic ? u - sine : sine - u) / (x * x * x);
  return {elliptic ? std::cos(u) : std::cosh(u), sine / x, 2.0L * half * half, rest};
}

void append(CurvePoints& out, std::array<Real, 3> point, std::array<Real, 3> tangent) {
  for (std::size_t c = 0; c < 3; ++c) {
    out.points.push_back(static_cast<double>(point[c]));
    out.tangents.push_back(static_cast<double>(tangent[c]));
  }
}

void require_arcs(std::span<const double> arc) { require_finite(arc, 1, "arc"); }

}  // namespace

CurvePoints constant_curvature_plane(double curvature, double angle, std::array<double, 2> origin,
                                     std::span<const double> arc) {
  require_number(curvature, "curvature");
  require_number(angle, "angle");
  require_finite(origin, 2, "origin");
  require_arcs(arc);
  CurvePoints out;
  for (const double s : arc) {
    const Real half = 0.5L * curvature * s, middle = angle + half;
    const Real chord = half == 0.0L ? Real(s) : s * (std::sin(half) / half);
    out.points.push_back(static_cast<double>(origin[0] + chord * std::cos(middle)));
    out.points.push_back(static_cast<double>(origin[1] + chord * std::sin(middle)));
    out.tangents.push_back(static_cast<double>(std::cos(middle + half)));
    out.tangents.push_back(static_cast<double>(std::sin(middle + half)));
  }
  return out;
}

std::vector<double> arc_of_speed(std::span<const double> speed) {
  require_finite(speed, 1, "speed");
  std::vector<double> arc(speed.size());
  std::transform(speed.begin(), speed.end(), arc.begin(), [](double v) { return 0.5 * v * v; });
  require_finite(arc, 1, "speed^2/2");
  return arc;
}

CurvePoints constant_curvature_space(double curvature, double torsion, std::span<const double> arc) {
  require_number(curvature, "curvature");
  require_number(torsion, "torsion");
  require_arcs(arc);
  const Real k = curvature, t = torsion, q = k * k + t * t;
  CurvePoints out;
  for (const double s : arc) {
    const Circular c = circular(q, s);
    append(out, {s - k * k * c.rest, k * c.versine, k * t * c.rest},
           {1.0L - k * k * c.versine, k * c.sine, k * t * c.versine});
  }
  return out;
}

CurvePoints constant_curvature_salkowski(double curvature, double slope, std::span<const double> arc) {
  require_positive(curvature, "curvature");
  require_arcs(arc);
  const NamedCurve curve{.name = CurveName::salkowski, .a = 1.0 / curvature, .m = slope};
  require_valid(curve);
  const Real m = slope, n = m / std::sqrt(1.0L + m * m);
  std::vector<double> t;
  for (std::size_t row = 0; row < arc.size(); ++row) {
    // The speed is a cos(n t)/sqrt(1 + m^2), so kappa s = sin(n t)/m.
    const Real sine = m * curvature * arc[row];
    if (!(std::abs(sine) < 1.0L)) {
      throw std::domain_error(
          "arc must lie within 1/(curvature |slope|) = " + number_text(1.0 / (curvature * std::abs(slope))) +
          " of 0; row " + std::to_string(row) + " is " + number_text(arc[row]));
    }
    t.push_back(static_cast<double>(std::asin(sine) / n));
  }
  CurveTable table = evaluate(curve, t, 0);
  CurvePoints out{std::move(table.points), {}};
  for (const double at : t) {
    const Real u = n * at, c = std::cos(Real(at)), s = std::sin(Real(at));
    out.tangents.push_back(static_cast<double>(-c * std::cos(u) - n * s * std::sin(u)));
    out.tangents.push_back(static_cast<double>(-s * std::cos(u) + n * c * std::sin(u)));
    out.tangents.push_back(static_cast<double>(-n / m * std::sin(u)));
  }
  return out;
}

CurvePoints constant_curvature_sphere(double curvature, double radius, std::span<const double> arc) {
  require_number(curvature, "curvature");
  require_positive(radius, "radius");
  require_arcs(arc);
  const Real k = curvature, b = 1.0L / radius, q = k * k + b * b;
  CurvePoints out;
  for (const double s : arc) {
    const Circular c = circular(q, s);
    append(out, {radius - b * c.versine, c.sine, k * c.versine}, {-b * c.sine, c.cosine, k * c.sine});
  }
  return out;
}

CurvePoints constant_curvature_hyperbolic(double curvature, double radius, std::span<const double> arc) {
  require_number(curvature, "curvature");
  require_positive(radius, "radius");
  require_arcs(arc);
  const Real k = curvature, b = 1.0L / radius, q = (k - b) * (k + b);
  CurvePoints out;
  for (std::size_t row = 0; row < arc.size(); ++row) {
    const Circular c = circular(q, arc[row]);
    append(out, {radius + b * c.versine, c.sine, k * c.versine}, {b * c.sine, c.cosine, k * c.sine});
    if (!std::isfinite(out.points[3 * row])) {
      throw std::overflow_error("the curve leaves the range of doubles at row " + std::to_string(row));
    }
  }
  return out;
}

}  // namespace orrery::curve
