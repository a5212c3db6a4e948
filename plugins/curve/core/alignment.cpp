// Least-squares motions of paired points.
// SPDX-License-Identifier: Apache-2.0
// Sources: Kabsch 1976; Umeyama 1991.
#include "plugins/curve/core/alignment.hpp"

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

struct Centred {
  std::vector<double> rows, mean;
  int exponent = 0;
};

Centred centre(std::span<const double> points, std::size_t n, std::size_t d) {
  Centred out{{points.begin(), points.end()}, std::vector<double>(d, 0.0), 0};
  for (std::size_t i = 0; i < points.size(); ++i) out.mean[i % d] += points[i] / static_cast<double>(n);
  double extent = 0.0, size = 0.0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    out.rows[i] -= out.mean[i % d];
    extent = std::max(extent, std::abs(out.rows[i]));
    size = std::max(size, std::abs(points[i]));
  }
  // What rounding leaves of points that coincide is no direction.
  if (extent <= 4.0 * epsilon * size) std::fill(out.rows.begin(), out.rows.end(), extent = 0.0);
  out.exponent = extent > 0.0 ? std::ilogb(extent) : 0;
  for (double& x : out.rows) x = std::scalbn(x, -out.exponent);
  return out;
}

double determinant(std::vector<double> m, std::size_t d) {
  double value = 1.0;
  for (std::size_t k = 0; k < d; ++k) {
    std::size_t pivot = k;
    for (std::size_t r = k; r < d; ++r)
      if (std::abs(m[r * d + k]) > std::abs(m[pivot * d + k])) pivot = r;
    if (m[pivot * d + k] == 0.0) return 0.0;
    if (pivot != k) value = -value;
    for (std::size_t c = 0; c < d; ++c) std::swap(m[k * d + c], m[pivot * d + c]);
    value *= m[k * d + k];
    for (std::size_t r = k + 1; r < d; ++r)
      for (std::size_t c = d; c-- > k;) m[r * d + c] -= m[r * d + k] / m[k * d + k] * m[k * d + c];
  }
  return value;
}

// Makes row k orthonormal to those before it; where too little is left, of the axis that is most so.
void orthonormalise(std::vector<double>& rows, std::size_t k, std::size_t d) {
  std::vector<double> best(d);
  double longest = 0.0;
  for (std::size_t axis = 0; axis <= d; ++axis) {
    std::vector<double> trial(d, 0.0);
    if (axis == 0) std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(k * d), d, trial.begin());
    else trial[axis - 1] = 1.0;
    for (int pass = 0; pass < 2; ++pass)
      for (std::size_t j = 0; j < k; ++j) {
        const double overlap = dot(&rows[j * d], trial.data(), d);
        for (std::size_t c = 0; c < d; ++c) trial[c] -= overlap * rows[j * d + c];
      }
    const double length = std::sqrt(dot(trial.data(), trial.data(), d));
    if (length > longest) {
      longest = length;
      for (std::size_t c = 0; c < d; ++c) best[c] = trial[c] / length;
    }
    if (axis == 0 && length > 0.5) break;
  }
  std::copy(best.begin(), best.end(), rows.begin() + static_cast<std::ptrdiff_t>(k * d));
}

struct Decomposition {
  std::vector<double> left, right, values;  // the vectors in rows
};

// H = sum over k of values[k] left_k right_k^T.
Decomposition decompose(const std::vector<double>& h, std::size_t d) {
  const SingularVectors right = right_singular_vectors(h, d, d);
  Decomposition out{std::vector<double>(d * d, 0.0), right.vectors, right.values};
  for (std::size_t k = 0; k < d; ++k) {
    if (out.values[k] > 4.0 * epsilon * out.values[0])
      for (std::size_t r = 0; r < d; ++r) out.left[k * d + r] = dot(&h[r * d], &out.right[k * d], d) / out.values[k];
    orthonormalise(out.left, k, d);
  }
  return out;
}

void check(std::span<const double> source, std::span<const double> target, std::size_t n, std::size_t d,
           const AlignOptions& options) {
  if (n < 1 || d < 1) throw std::invalid_argument("alignment needs at least one point of one coordinate");
  if (!(options.tolerance > 0.0))
    throw std::invalid_argument("tolerance must be positive; it is " + number_text(options.tolerance));
  require_size(source, n, d, "source");
  require_size(target, n, d, "target");
  require_finite(source, d, "source");
  require_finite(target, d, "target");
}

void judge(std::span<const double> source, std::span<const double> target, const Centred& to, std::size_t d,
           double tolerance, Alignment& fit, const Centred& from) {
  const std::size_t n = source.size() / d;
  double largest = 0.0, squares = 0.0, extent = 0.0;
  const double factor = fit.scale * std::scalbn(1.0, from.exponent - to.exponent);
  for (std::size_t i = 0; i < n; ++i) {
    double square = 0.0;
    for (std::size_t c = 0; c < d; ++c) {
      const double gap = to.rows[i * d + c] - factor * dot(&fit.rotation[c * d], &from.rows[i * d], d);
      square += gap * gap;
    }
    fit.residuals.push_back(std::scalbn(std::sqrt(square), to.exponent));
    largest = std::max(largest, square);
    squares += square;
    extent = std::max(extent, dot(&to.rows[i * d], &to.rows[i * d], d));
  }
  fit.max_residual = std::scalbn(std::sqrt(largest), to.exponent);
  fit.rms_residual = std::scalbn(std::sqrt(squares / static_cast<double>(n)), to.exponent);
  fit.relative_residual = largest == 0.0 ? 0.0 : extent > 0.0 ? std::sqrt(largest / extent) : HUGE_VAL;
  fit.is_congruent = fit.relative_residual <= tolerance;
  static_cast<void>(target);
}

}  // namespace

Alignment align(std::span<const double> source, std::span<const double> target, std::size_t n, std::size_t d,
                const AlignOptions& options) {
  check(source, target, n, d, options);
  const Centred from = centre(source, n, d), to = centre(target, n, d);
  std::vector<double> h(d * d, 0.0);
  double square = 0.0;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t r = 0; r < d; ++r) {
      for (std::size_t c = 0; c < d; ++c) h[r * d + c] += to.rows[i * d + r] * from.rows[i * d + c];
      square += from.rows[i * d + r] * from.rows[i * d + r];
    }
  if (options.scale && square == 0.0)
    throw std::invalid_argument("a scale needs source points that do not all coincide");
  const Decomposition parts = decompose(h, d);
  std::vector<double> sign(d, 1.0);
  const double orientation = determinant(parts.left, d) * determinant(parts.right, d);
  const double limit = 16.0 * epsilon * parts.values[0];
  if (orientation < 0.0 && options.reflection == Reflection::forbid) sign[d - 1] = -1.0;
  // A direction in which the points have no extent can be mirrored at no cost.
  if (orientation < 0.0 && options.reflection == Reflection::allow && parts.values[d - 1] <= limit) sign[d - 1] = -1.0;
  Alignment fit;
  fit.reflected = orientation * sign[d - 1] < 0.0;
  fit.unique = d < 2 || parts.values[d - 2] + sign[d - 1] * parts.values[d - 1] > limit;
  fit.rotation.assign(d * d, 0.0);
  double trace = 0.0;
  for (std::size_t k = 0; k < d; ++k) {
    trace += sign[k] * parts.values[k];
    for (std::size_t r = 0; r < d; ++r)
      for (std::size_t c = 0; c < d; ++c)
        fit.rotation[r * d + c] += sign[k] * parts.left[k * d + r] * parts.right[k * d + c];
  }
  if (options.scale) fit.scale = std::scalbn(trace / square, to.exponent - from.exponent);
  for (std::size_t r = 0; r < d; ++r)
    fit.shift.push_back(to.mean[r] - fit.scale * dot(&fit.rotation[r * d], from.mean.data(), d));
  judge(source, target, to, d, options.tolerance, fit, from);
  return fit;
}

}  // namespace orrery::curve
