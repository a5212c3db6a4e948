// Families of curves by their invariants.
// SPDX-License-Identifier: Apache-2.0
// Sources: do Carmo 1976, exercise 1-5.17; Izumiya, Takeuchi 2004; Salkowski 1909.
#include "plugins/curve/core/classify.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/gauss_nodes.hpp"
#include "plugins/curve/core/line_fit.hpp"
#include "plugins/curve/core/mates.hpp"
#include "plugins/curve/core/singular_vectors.hpp"
#include "plugins/curve/core/vectors.hpp"

namespace orrery::curve {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::array<std::string_view, family_count + 1> names{
    "line",          "circle",    "helix",          "clothoid",           "logarithmic_spiral",
    "plane",         "salkowski", "anti_salkowski", "constant_curvature", "constant_torsion",
    "general_helix", "spherical", "slant_helix",    "mannheim",           "bertrand",
    "other"};

using Column = std::vector<double>;

double mean_of(const Column& x) { return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size()); }

double largest_of(const Column& x) {
  double largest = 0.0;
  for (const double value : x) largest = std::max(largest, std::abs(value));
  return largest;
}

// Largest distance from the mean, by the mean's size.
double spread_of(const Column& x) {
  const double mean = mean_of(x);
  double spread = 0.0;
  for (const double value : x) spread = std::max(spread, std::abs(value - mean));
  return mean == 0.0 ? infinity : spread / std::abs(mean);
}

// Largest distance of y from the line in x with the least sum of squares.
double off_line(const Column& x, const Column& y) {
  const double mx = mean_of(x), my = mean_of(y);
  double xy = 0.0, xx = 0.0, worst = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) xy += (x[i] - mx) * (y[i] - my), xx += (x[i] - mx) * (x[i] - mx);
  for (std::size_t i = 0; i < x.size(); ++i) worst = std::max(worst, std::abs((y[i] - my) - xy / xx * (x[i] - mx)));
  return worst;
}

// The integral of a sampled function from the first parameter to each.
Column integral_of(std::span<const double> parameter, const Column& f) {
  const std::vector<double> at = at_gauss_nodes(parameter, f, 3);
  Column sum(f.size(), 0.0);
  for (std::size_t i = 1; i < f.size(); ++i) {
    const double* g = &at[3 * (i - 1)];
    sum[i] = sum[i - 1] + (parameter[i] - parameter[i - 1]) * (5.0 * (g[0] + g[2]) + 8.0 * g[1]) / 18.0;
  }
  return sum;
}

// Spread of the distances from the sphere |r - c|^2 = R^2 whose linear equation fits best.
double off_sphere(std::span<const double> points) {
  const std::size_t n = points.size() / 3;
  Vector3 mean{};
  double size = 0.0;
  for (std::size_t i = 0; i < points.size(); ++i) mean[i % 3] += points[i] / static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) size = std::max(size, norm(minus(row_of(points, i), mean)));
  // x^2 + y^2 + z^2 and the coordinates about the mean, and 1: the last singular vector is the sphere.
  std::vector<double> rows;
  for (std::size_t i = 0; i < n; ++i) {
    const Vector3 p = scaled(minus(row_of(points, i), mean), 1.0 / size);
    rows.insert(rows.end(), {dot(p, p), p[0], p[1], p[2], 1.0});
  }
  const SingularVectors v = right_singular_vectors(rows, n, 5);
  const double* s = &v.vectors[20];
  if (std::abs(s[0]) < 1e-9) return infinity;  // a plane
  const Vector3 centre{-s[1] / (2.0 * s[0]), -s[2] / (2.0 * s[0]), -s[3] / (2.0 * s[0])};
  double least = infinity, most = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    const double r = norm(minus({rows[5 * i + 1], rows[5 * i + 2], rows[5 * i + 3]}, centre));
    least = std::min(least, r);
    most = std::max(most, r);
  }
  return (most - least) / (most + least);
}

// What the samples with a normal have, and integrals where every sample has what they need.
struct Invariants {
  Column kappa, tau, angle;
  Column signed_kappa;              // at all samples; 0 where the curve is straight
  std::optional<Column> arc, bend;  // arc length; integral of sqrt(kappa^2 + tau^2)
};

Invariants invariants_of(std::span<const double> parameter, const FrenetData& g) {
  Invariants v;
  Column total;
  std::size_t reference = g.n;
  for (std::size_t i = 0; i < g.n; ++i) {
    if (g.status[i] != PointStatus::ok) {
      v.signed_kappa.push_back(0.0);
      continue;
    }
    if (reference == g.n) reference = i;
    v.kappa.push_back(g.curvature[i]);
    v.tau.push_back(g.torsion[i]);
    v.angle.push_back(std::atan2(g.torsion[i], g.curvature[i]));
    // In a plane the binormal changes its side where the curve changes its.
    const double side = dot(&g.frame[9 * i + 6], &g.frame[9 * reference + 6], 3);
    v.signed_kappa.push_back(side < 0.0 ? -g.curvature[i] : g.curvature[i]);
    total.push_back(g.speed[i] * std::hypot(g.curvature[i], g.torsion[i]));
  }
  if (g.stationary_count == 0) v.arc = integral_of(parameter, g.speed);
  if (v.kappa.size() == g.n) v.bend = integral_of(parameter, total);
  return v;
}

void measure_plane(const Invariants& v, Classification& c) {
  const auto set = [&](CurveFamily f, double residual) { c.residual[static_cast<std::size_t>(f)] = residual; };
  const double flat = largest_of(v.tau) / largest_of(v.kappa);
  set(CurveFamily::plane, flat);
  set(CurveFamily::circle, std::max(spread_of(v.kappa), flat));
  if (!v.arc) return;
  Column radius(v.signed_kappa);
  for (double& x : radius) x = 1.0 / x;
  set(CurveFamily::clothoid, std::max(flat, off_line(*v.arc, v.signed_kappa) / largest_of(v.kappa)));
  if (v.bend) set(CurveFamily::logarithmic_spiral, std::max(flat, off_line(*v.arc, radius) / largest_of(radius)));
}

void measure_space(const Invariants& v, Classification& c) {
  const auto set = [&](CurveFamily f, double residual) { c.residual[static_cast<std::size_t>(f)] = residual; };
  const double mk = mean_of(v.kappa), mt = mean_of(v.tau), ma = mean_of(v.angle);
  double pair = 0.0, angle = 0.0;
  for (std::size_t i = 0; i < v.kappa.size(); ++i) {
    pair = std::max(pair, std::hypot(v.kappa[i] - mk, v.tau[i] - mt));
    angle = std::max(angle, std::abs(v.angle[i] - ma));
  }
  const double bent = spread_of(v.kappa), twisted = spread_of(v.tau);
  set(CurveFamily::helix, pair / std::hypot(mk, mt));
  set(CurveFamily::constant_curvature, bent);
  set(CurveFamily::constant_torsion, twisted);
  set(CurveFamily::general_helix, angle);
  if (!v.bend) return;
  const double slant = off_line(*v.bend, v.angle);
  set(CurveFamily::slant_helix, slant);
  set(CurveFamily::salkowski, std::max(bent, slant));
  set(CurveFamily::anti_salkowski, std::max(twisted, slant));
}

void measure_mates(std::span<const double> points, const FrenetData& g, double tolerance, Classification& c) {
  // A plane curve is Bertrand's with any distance, which its name tells already.
  const bool plane = c.residual[static_cast<std::size_t>(CurveFamily::plane)] <= tolerance;
  const MateOptions options{.tolerance = tolerance, .distance = {}};
  c.residual[static_cast<std::size_t>(CurveFamily::mannheim)] = mannheim_mate(points, g, options).max_residual;
  c.residual[static_cast<std::size_t>(CurveFamily::bertrand)] =
      plane ? 0.0 : bertrand_mate(points, g, options).max_residual;
}

}  // namespace

std::string_view family_name(std::size_t family) { return names.at(family); }

Classification classify(std::span<const double> points, std::span<const double> parameter, const FrenetData& geometry,
                        double tolerance) {
  const std::size_t n = geometry.n;
  if (n < 5) throw std::invalid_argument("a family needs at least 5 samples; there are " + std::to_string(n));
  if (!(tolerance > 0.0)) throw std::invalid_argument("tolerance must be positive; it is " + number_text(tolerance));
  if (geometry.d != 3 || geometry.torsion.size() != n)
    throw std::invalid_argument("families are told for curves in space, with their torsion");
  require_size(points, n, 3, "points");
  require_finite(points, 3, "points");
  require_size(parameter, n, 1, "parameter");
  require_finite(parameter, 1, "parameter");
  require_increasing(parameter, "parameter");
  Classification c;
  c.residual.fill(infinity);
  c.residual[static_cast<std::size_t>(CurveFamily::line)] = fit_line(points, n, 3).relative_residual;
  const Invariants v = invariants_of(parameter, geometry);
  c.skipped = n - v.kappa.size();
  if (v.kappa.size() >= 2) {
    c.residual[static_cast<std::size_t>(CurveFamily::spherical)] = off_sphere(points);
    measure_plane(v, c);
    measure_space(v, c);
    measure_mates(points, geometry, tolerance, c);
  }
  for (std::size_t f = family_count; f-- > 0;) {
    c.member[f] = c.residual[f] <= tolerance;
    if (c.member[f]) c.family = f;
  }
  return c;
}

}  // namespace orrery::curve
