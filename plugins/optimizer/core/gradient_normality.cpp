// Shapes of per-sample gradients, and signs of batches.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/gradient_normality.hpp"

#include <cmath>
#include <limits>

#include "plugins/optimizer/core/law_checks.hpp"
#include "plugins/optimizer/core/random.hpp"

namespace orrery::optimizer {
namespace {

struct Central {
  double mean = 0.0, m2 = 0.0, m3 = 0.0, m4 = 0.0;
};

Central central_moments(std::span<const double> gradients, std::size_t n, std::size_t i) {
  const std::size_t samples = gradients.size() / n;
  const auto count = static_cast<double>(samples);
  Central c;
  for (std::size_t s = 0; s < samples; ++s) c.mean += (gradients[s * n + i] - gradients[i]) / count;
  c.mean += gradients[i];
  for (std::size_t s = 0; s < samples; ++s) {
    const double d = gradients[s * n + i] - c.mean, d2 = d * d;
    c.m2 += d2 / count, c.m3 += d2 * d / count, c.m4 += d2 * d2 / count;
  }
  return c;
}

void check(std::span<const double> gradients, std::size_t n, std::size_t least) {
  if (n == 0 || gradients.size() < least * n)
    throw std::invalid_argument("gradients must have at least " + std::to_string(least) + " samples; there are " +
                                std::to_string(n == 0 ? 0 : gradients.size() / n));
  law::require_size("the last row of gradients", gradients.size() % n, 0);
  law::require_finite("gradients", gradients);
}

double sign(double x) { return x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : 0.0; }

}  // namespace

std::vector<Shape> sample_shapes(std::span<const double> gradients, std::size_t n) {
  check(gradients, n, 4);
  const auto samples = static_cast<double>(gradients.size() / n);
  std::vector<Shape> shapes;
  for (std::size_t i = 0; i < n; ++i) {
    const Central c = central_moments(gradients, n, i);
    Shape s;
    s.skewness = c.m3 / (c.m2 * std::sqrt(c.m2));
    s.excess_kurtosis = c.m4 / (c.m2 * c.m2) - 3.0;
    s.jarque_bera = samples / 6.0 * (s.skewness * s.skewness + 0.25 * s.excess_kurtosis * s.excess_kurtosis);
    s.p_value = std::exp(-0.5 * s.jarque_bera);
    shapes.push_back(s);
  }
  return shapes;
}

std::vector<SignLaw> sign_law(std::span<const double> gradients, std::size_t n, std::size_t batch, std::size_t draws,
                              std::uint64_t key) {
  check(gradients, n, 2);
  law::require(batch >= 1, "batch", "at least 1", static_cast<double>(batch));
  law::require(draws >= 2, "draws", "at least 2", static_cast<double>(draws));
  const std::size_t samples = gradients.size() / n;
  std::vector<SignLaw> laws(n);
  std::vector<double> sum(n);
  const std::size_t rounds = batch == 1 ? samples : draws;
  for (std::size_t r = 0; r < rounds; ++r) {
    sum.assign(n, 0.0);
    for (std::size_t k = 0; k < batch; ++k) {
      const auto drawn = static_cast<std::size_t>(unit_of(philox(key, r, k)[0]) * static_cast<double>(samples));
      const std::size_t s = batch == 1 ? r : drawn;
      for (std::size_t i = 0; i < n; ++i) sum[i] += gradients[s * n + i];
    }
    for (std::size_t i = 0; i < n; ++i) laws[i].measured += sign(sum[i]);
  }
  for (std::size_t i = 0; i < n; ++i) {
    const Central c = central_moments(gradients, n, i);
    laws[i].measured /= static_cast<double>(rounds);
    if (batch > 1) laws[i].error = std::sqrt((1.0 - laws[i].measured * laws[i].measured) / static_cast<double>(rounds));
    laws[i].law = c.m2 > 0.0 ? std::erf(c.mean * std::sqrt(0.5 * static_cast<double>(batch) / c.m2)) : sign(c.mean);
  }
  return laws;
}

}  // namespace orrery::optimizer
