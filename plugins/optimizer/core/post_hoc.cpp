// Post-hoc averages of snapshots.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/post_hoc.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "plugins/optimizer/core/law_checks.hpp"

namespace orrery::optimizer {
namespace {

using Long = long double;

/// int of the product of two profiles.
Long overlap(double ta, double ga, double tb, double gb) {
  const Long least = std::min(ta, tb), a = ga, b = gb;
  // Each factor is at most 1, so that large exponents do not leave the range.
  return (a + 1) * (b + 1) / (a + b + 1) * std::pow(least / ta, a) * std::pow(least / tb, b) * (least / ta) / tb;
}

/// Solves a x = b by Gauss's elimination with pivots. @throws std::domain_error if a pivot is none
std::vector<Long> solve(std::vector<Long> a, std::vector<Long> b) {
  const std::size_t n = b.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < n; ++i)
      if (std::abs(a[i * n + k]) > std::abs(a[pivot * n + k])) pivot = i;
    if (std::abs(a[pivot * n + k]) < 1e-30L)
      throw std::domain_error("the stored averages must differ from each other; two are the same to round-off");
    for (std::size_t j = 0; j < n; ++j) std::swap(a[k * n + j], a[pivot * n + j]);
    std::swap(b[k], b[pivot]);
    for (std::size_t i = k + 1; i < n; ++i) {
      const Long factor = a[i * n + k] / a[k * n + k];
      for (std::size_t j = k; j < n; ++j) a[i * n + j] -= factor * a[k * n + j];
      b[i] -= factor * b[k];
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t j = k + 1; j < n; ++j) b[k] -= a[k * n + j] * b[j];
    b[k] /= a[k * n + k];
  }
  return b;
}

}  // namespace

double relative_width(double gamma) {
  law::require_not_negative("gamma", gamma);
  return std::sqrt(gamma + 1.0) / ((gamma + 2.0) * std::sqrt(gamma + 3.0));
}

double gamma_of_width(double width) {
  law::require(width > 0.0 && width <= std::sqrt(1.0 / 12.0), "width", "above 0 and at most 1/sqrt(12)", width);
  double low = 0.0, high = 1.0 / width;  // width < 1/gamma
  for (int i = 0; i < 200 && low < high; ++i) {
    const double middle = 0.5 * (low + high);
    if (middle == low || middle == high) break;
    (relative_width(middle) > width ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

double power_keep(double gamma, double t) {
  law::require_not_negative("gamma", gamma);
  law::require(t >= 1.0, "t", "at least 1", t);
  return std::pow(1.0 - 1.0 / t, gamma + 1.0);
}

PostHoc post_hoc_coefficients(std::span<const double> times, std::span<const double> gammas, double time,
                              double gamma) {
  const std::size_t n = times.size();
  if (n == 0) throw std::invalid_argument("times must have at least one number; it has none");
  law::require_size("gammas", gammas.size(), n);
  for (std::size_t i = 0; i < n; ++i) {
    law::require_positive("times[" + std::to_string(i) + "]", times[i]);
    law::require_not_negative("gammas[" + std::to_string(i) + "]", gammas[i]);
  }
  law::require_positive("time", time);
  law::require_not_negative("gamma", gamma);
  const double last = *std::max_element(times.begin(), times.end());
  law::require(time <= last, "time", "at most the last of times, " + shortest(last), time);
  std::vector<Long> gram(n * n), right(n), scale(n);
  for (std::size_t i = 0; i < n; ++i) scale[i] = std::sqrt(overlap(times[i], gammas[i], times[i], gammas[i]));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j)
      gram[i * n + j] = overlap(times[i], gammas[i], times[j], gammas[j]) / scale[i] / scale[j];
    right[i] = overlap(times[i], gammas[i], time, gamma) / scale[i];
  }
  const std::vector<Long> x = solve(gram, right);
  const Long wanted = overlap(time, gamma, time, gamma);
  Long miss = wanted;
  PostHoc result;
  for (std::size_t i = 0; i < n; ++i) {
    Long row = 0;
    for (std::size_t j = 0; j < n; ++j) row += gram[i * n + j] * x[j];
    miss += x[i] * (row - 2 * right[i]);
    result.coefficients.push_back(static_cast<double>(x[i] / scale[i]));
  }
  result.residual = static_cast<double>(std::sqrt(std::max<Long>(0, miss) / wanted));
  return result;
}

std::vector<double> uniform_weights(std::size_t n) { return std::vector<double>(n, 1.0 / static_cast<double>(n)); }

std::vector<double> exponential_weights(std::size_t n, double decay) {
  law::require(decay >= 0.0 && decay < 1.0, "decay", "at least 0 and below 1", decay);
  std::vector<double> weights(n);
  double sum = 0.0, weight = 1.0;
  for (std::size_t i = n; i-- > 0; weight *= decay) sum += weights[i] = weight;
  for (double& w : weights) w /= sum;
  return weights;
}

}  // namespace orrery::optimizer
