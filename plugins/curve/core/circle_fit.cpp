// Circle fit in R^d: principal plane, algebraic start, geometric refinement, verdict.
// SPDX-License-Identifier: Apache-2.0
// Sources: Taubin 1991; Chernov 2010, chapters 4 and 5.
#include "plugins/curve/core/circle_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/circle_in_plane.hpp"
#include "plugins/curve/core/double_double.hpp"
#include "plugins/curve/core/singular_vectors.hpp"

namespace orrery::curve {

namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

// The points about their mean, on the scale 2^exponent.
struct Centred {
  std::size_t n;
  std::size_t d;
  std::vector<double> points;
  std::vector<double> mean;
  int exponent = 0;
  double rounding = 0.0;  // of the coordinates as given, on the same scale
};

double largest_magnitude(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0,
                         [](double largest, double x) { return std::max(largest, std::abs(x)); });
}

void check(std::span<const double> points, std::size_t n, std::size_t d, const CircleFitOptions& options) {
  if (d < 2) {
    throw std::invalid_argument("dimension must be at least 2 for a circle; it is " + std::to_string(d));
  }
  if (n < 3) {
    throw std::invalid_argument("a circle needs at least 3 points; there are " + std::to_string(n));
  }
  if (!(options.tolerance > 0.0)) {
    throw std::invalid_argument("tolerance must be positive; it is " + number_text(options.tolerance));
  }
  require_size(points, n, d, "points");
  require_finite(points, d, "points");
}

std::vector<double> mean_of(std::span<const double> points, std::size_t n, std::size_t d) {
  std::vector<double> mean(d);
  for (std::size_t c = 0; c < d; ++c) {
    DoubleDouble sum;
    for (std::size_t row = 0; row < n; ++row) {
      sum = sum + DoubleDouble{points[row * d + c] / static_cast<double>(n), 0.0};
    }
    mean[c] = to_double(sum);
  }
  return mean;
}

Centred centre(std::span<const double> points, std::size_t n, std::size_t d) {
  Centred out{n, d, {points.begin(), points.end()}, mean_of(points, n, d), 0, 0.0};
  for (std::size_t i = 0; i < out.points.size(); ++i) {
    out.points[i] -= out.mean[i % d];
  }
  const double extent = largest_magnitude(out.points);
  const double rounding = epsilon / 2.0 * largest_magnitude(points);
  if (extent <= 4.0 * rounding) {
    throw std::invalid_argument("the " + std::to_string(n) + " points coincide to rounding; a circle needs 3 apart");
  }
  out.exponent = std::clamp(std::ilogb(extent), -1000, 1000);
  const double factor = std::scalbn(1.0, -out.exponent);
  std::transform(out.points.begin(), out.points.end(), out.points.begin(), [factor](double x) { return x * factor; });
  out.rounding = rounding * factor;
  return out;
}

double dot(std::span<const double> a, std::span<const double> b) {
  DoubleDouble sum;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum = sum + two_product(a[i], b[i]);
  }
  return to_double(sum);
}

void refuse_a_line(const Centred& data, const SingularVectors& principal) {
  const double root_n = std::sqrt(static_cast<double>(data.n));
  const double width = principal.values[1] / root_n;
  const double length = principal.values[0] / root_n;
  if (width <= 4.0 * data.rounding + 8.0 * epsilon * length) {
    throw std::invalid_argument("the " + std::to_string(data.n) +
                                " points lie on one line to rounding; a circle needs 3 that do not");
  }
}

// Jacobi rotations leave the two directions orthogonal to a few rounding errors; one more projection removes them.
void polish(std::span<double> basis, std::size_t d) {
  const std::span<double> u = basis.first(d);
  const std::span<double> v = basis.last(d);
  const auto normalise = [](std::span<double> w) {
    const double length = std::sqrt(dot(w, w));
    std::transform(w.begin(), w.end(), w.begin(), [length](double x) { return x / length; });
  };
  normalise(u);
  const double overlap = dot(u, v);
  for (std::size_t c = 0; c < d; ++c) {
    v[c] -= overlap * u[c];
  }
  normalise(v);
}

std::vector<double> principal_plane(const Centred& data) {
  const SingularVectors principal = right_singular_vectors(data.points, data.n, data.d);
  refuse_a_line(data, principal);
  if (data.d == 2) {
    return {1.0, 0.0, 0.0, 1.0};
  }
  std::vector<double> basis(principal.vectors.begin(),
                            principal.vectors.begin() + static_cast<std::ptrdiff_t>(2 * data.d));
  polish(basis, data.d);
  return basis;
}

std::vector<double> project(const Centred& data, std::span<const double> basis) {
  std::vector<double> flat(2 * data.n);
  for (std::size_t row = 0; row < data.n; ++row) {
    const auto point = std::span(data.points).subspan(row * data.d, data.d);
    flat[2 * row] = dot(point, basis.first(data.d));
    flat[2 * row + 1] = dot(point, basis.last(data.d));
  }
  return flat;
}

double swept_area(std::span<const double> flat) {
  const std::size_t n = flat.size() / 2;
  double area = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t j = (i + 1) % n;
    area += determinant2(flat[2 * i], flat[2 * i + 1], flat[2 * j], flat[2 * j + 1]);
  }
  return area;
}

// In space the second axis is turned so that the samples run counter-clockwise about the normal.
void orient(std::size_t d, std::span<double> basis, std::span<double> flat) {
  if (d == 2 || swept_area(flat) >= 0.0) {
    return;
  }
  for (std::size_t c = d; c < 2 * d; ++c) {
    basis[c] = -basis[c];
  }
  for (std::size_t i = 1; i < flat.size(); i += 2) {
    flat[i] = -flat[i];
  }
}

double out_of_plane(std::span<const double> point, std::span<const double> basis, double p, double q) {
  const std::size_t d = point.size();
  if (d == 2) {
    return 0.0;
  }
  double sum = 0.0;
  for (std::size_t c = 0; c < d; ++c) {
    const double rest =
        to_double(DoubleDouble{point[c], 0.0} - two_product(p, basis[c]) - two_product(q, basis[d + c]));
    sum += rest * rest;
  }
  return std::sqrt(sum);
}

void judge(const Centred& data, std::span<const double> flat, const PlaneCircle& circle, double tolerance,
           CircleFit& fit) {
  double largest = 0.0;
  double squares = 0.0;
  for (std::size_t row = 0; row < data.n; ++row) {
    const double p = flat[2 * row];
    const double q = flat[2 * row + 1];
    const double out = out_of_plane(std::span(data.points).subspan(row * data.d, data.d), fit.basis, p, q);
    const double residual = std::hypot(out, circle.residual(p, q));
    largest = std::max(largest, residual);
    squares += residual * residual;
  }
  fit.max_residual = std::scalbn(largest, data.exponent);
  fit.rms_residual = std::scalbn(std::sqrt(squares / static_cast<double>(data.n)), data.exponent);
  fit.relative_residual = largest / circle.radius();
  fit.rounding_floor = data.rounding / circle.radius();
  fit.is_circle = fit.relative_residual <= tolerance;
}

double covering_arc(std::span<const double> flat, const PlaneCircle& circle) {
  std::vector<double> angles;
  for (std::size_t i = 0; i < flat.size(); i += 2) {
    angles.push_back(std::atan2(flat[i + 1] - circle.b, flat[i] - circle.a));
  }
  std::sort(angles.begin(), angles.end());
  double widest = 2.0 * std::numbers::pi - (angles.back() - angles.front());
  for (std::size_t i = 1; i < angles.size(); ++i) {
    widest = std::max(widest, angles[i] - angles[i - 1]);
  }
  return 2.0 * std::numbers::pi - widest;
}

void place(const Centred& data, const PlaneCircle& circle, CircleFit& fit) {
  const std::size_t d = data.d;
  fit.radius = std::scalbn(circle.radius(), data.exponent);
  fit.centre.resize(d);
  for (std::size_t c = 0; c < d; ++c) {
    const DoubleDouble offset = two_product(circle.a, fit.basis[c]) + two_product(circle.b, fit.basis[d + c]);
    const DoubleDouble scaled{std::scalbn(offset.hi, data.exponent), std::scalbn(offset.lo, data.exponent)};
    fit.centre[c] = to_double(DoubleDouble{data.mean[c], 0.0} + scaled);
  }
  if (d == 3) {
    const auto& w = fit.basis;
    fit.normal = {determinant2(w[1], w[2], w[4], w[5]), determinant2(w[2], w[0], w[5], w[3]),
                  determinant2(w[0], w[1], w[3], w[4])};
  }
}

}  // namespace

CircleFit fit_circle(std::span<const double> points, std::size_t n, std::size_t d, const CircleFitOptions& options) {
  check(points, n, d, options);
  const Centred data = centre(points, n, d);
  CircleFit fit;
  fit.basis = principal_plane(data);
  std::vector<double> flat = project(data, fit.basis);
  orient(d, fit.basis, flat);
  PlaneCircle circle = algebraic_circle(flat);
  const Refinement refinement = refine_circle(flat, options.max_iterations, circle);
  fit.iterations = refinement.iterations;
  fit.converged = refinement.converged;
  place(data, circle, fit);
  judge(data, flat, circle, options.tolerance, fit);
  fit.arc = covering_arc(flat, circle);
  return fit;
}

std::vector<CircleFit> fit_circles(std::span<const double> points, std::size_t curves, std::size_t n, std::size_t d,
                                   const CircleFitOptions& options) {
  require_size(points, curves * n, d, "points");
  std::vector<CircleFit> fits;
  for (std::size_t k = 0; k < curves; ++k) {
    try {
      fits.push_back(fit_circle(points.subspan(k * n * d, n * d), n, d, options));
    } catch (const std::invalid_argument& error) {
      throw std::invalid_argument("curve " + std::to_string(k) + ": " + error.what());
    }
  }
  return fits;
}

}  // namespace orrery::curve
