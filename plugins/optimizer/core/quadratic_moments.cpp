// Moments of descent on a noisy quadratic, and its edge of stability.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/quadratic_moments.hpp"

#include <cstddef>

#include "plugins/optimizer/core/law_checks.hpp"

namespace orrery::optimizer {

QuadraticState at_place(double x) { return {{x, 0.0, x}, {}}; }

void advance(QuadraticState& s, double h, double noise, const QuadraticRun& run) {
  const double eta = run.learning_rate, beta = run.momentum, keep = run.decay, take = 1.0 - keep;
  const std::array<double, 9> m{1.0 - eta * h,
                                -eta * beta,
                                0.0,  //
                                h,
                                beta,
                                0.0,  //
                                take * (1.0 - eta * h),
                                -take * eta * beta,
                                keep};
  const std::array<double, 3> kick{-eta, 1.0, -take * eta};
  std::array<double, 3> mean{};
  std::array<double, 9> half{}, whole{};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t k = 0; k < 3; ++k) {
      mean[i] += m[3 * i + k] * s.mean[k];
      for (std::size_t j = 0; j < 3; ++j) half[3 * i + j] += m[3 * i + k] * s.covariance[3 * k + j];
    }
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) {
      whole[3 * i + j] = noise * kick[i] * kick[j];
      for (std::size_t k = 0; k < 3; ++k) whole[3 * i + j] += half[3 * i + k] * m[3 * j + k];
    }
  s = {mean, whole};
}

double expected_loss(const QuadraticState& s, double h, bool of_average) {
  const std::size_t i = of_average ? 2 : 0;
  return 0.5 * h * (s.mean[i] * s.mean[i] + s.covariance[4 * i]);
}

double stationary_variance(double h, double noise, const QuadraticRun& run) {
  const double eta = run.learning_rate, beta = run.momentum;
  law::require_positive("curvature", h);
  const double room = 2.0 * (1.0 + beta) - eta * h;
  law::require(room > 0.0, "curvature", "below " + shortest(2.0 * (1.0 + beta) / eta) + ", the edge of stability", h);
  return eta * noise * (1.0 + beta) / (h * (1.0 - beta) * room);
}

double stability_threshold(StableRule rule, double eta, double beta) {
  law::require_positive("learning_rate", eta);
  law::require(beta >= 0.0 && beta < 1.0, "beta", "at least 0 and below 1", beta);
  switch (rule) {
    case StableRule::gradient_descent:
      return 2.0 / eta;
    case StableRule::heavy_ball:
      return 2.0 * (1.0 + beta) / eta;
    case StableRule::nesterov:
      return 2.0 * (1.0 + beta) / (eta * (1.0 + 2.0 * beta));
    default:
      return 2.0 * (1.0 + beta) / ((1.0 - beta) * eta);
  }
}

}  // namespace orrery::optimizer
