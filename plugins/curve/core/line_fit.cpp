// Least-squares lines.
// SPDX-License-Identifier: Apache-2.0
// Source: Pearson 1901.
#include "plugins/curve/core/line_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/singular_vectors.hpp"
#include "plugins/curve/core/vectors.hpp"

namespace orrery::curve {

namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

void check(std::span<const double> points, std::size_t n, std::size_t d, double tolerance) {
  if (d < 1) throw std::invalid_argument("dimension must be at least 1 for a line; it is 0");
  if (n < 2) throw std::invalid_argument("a line needs at least 2 points; there are " + std::to_string(n));
  if (!(tolerance > 0.0)) throw std::invalid_argument("tolerance must be positive; it is " + number_text(tolerance));
  require_size(points, n, d, "points");
  require_finite(points, d, "points");
}

void judge(const std::vector<double>& rows, std::size_t d, double scale, double tolerance, LineFit& fit) {
  const std::size_t n = rows.size() / d;
  double low = HUGE_VAL, high = -HUGE_VAL, largest = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    const double along = dot(&rows[i * d], fit.direction.data(), d);
    low = std::min(low, along);
    high = std::max(high, along);
    double square = 0.0;
    for (std::size_t c = 0; c < d; ++c) {
      const double across = rows[i * d + c] - along * fit.direction[c];
      square += across * across;
    }
    largest = std::max(largest, square);
    squares += square;
  }
  fit.extent = (high - low) * scale;
  fit.max_residual = std::sqrt(largest) * scale;
  fit.rms_residual = std::sqrt(squares / static_cast<double>(n)) * scale;
  fit.relative_residual = std::sqrt(largest) / (high - low);
  fit.is_line = fit.relative_residual <= tolerance;
}

}  // namespace

LineFit fit_line(std::span<const double> points, std::size_t n, std::size_t d, double tolerance) {
  check(points, n, d, tolerance);
  LineFit fit;
  fit.point.assign(d, 0.0);
  for (std::size_t i = 0; i < points.size(); ++i) fit.point[i % d] += points[i] / static_cast<double>(n);
  std::vector<double> rows(points.begin(), points.end());
  double extent = 0.0, size = 0.0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i] -= fit.point[i % d];
    extent = std::max(extent, std::abs(rows[i]));
    size = std::max(size, std::abs(points[i]));
  }
  if (extent <= 4.0 * epsilon * size)
    throw std::invalid_argument("the " + std::to_string(n) + " points coincide to rounding; a line needs 2 apart");
  const int exponent = std::clamp(std::ilogb(extent), -1000, 1000);
  for (double& x : rows) x = std::scalbn(x, -exponent);
  const SingularVectors principal = right_singular_vectors(rows, n, d);
  fit.direction.assign(principal.vectors.begin(), principal.vectors.begin() + static_cast<std::ptrdiff_t>(d));
  const double length = std::sqrt(dot(fit.direction.data(), fit.direction.data(), d));
  const double first = dot(rows.data(), fit.direction.data(), d),
               last = dot(&rows[(n - 1) * d], fit.direction.data(), d);
  for (double& x : fit.direction) x /= last < first ? -length : length;
  judge(rows, d, std::scalbn(1.0, exponent), tolerance, fit);
  return fit;
}

}  // namespace orrery::curve
