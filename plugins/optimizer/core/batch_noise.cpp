// Sizes of gradient noise, the hyperbola of steps and examples, rules of rescaling.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/batch_noise.hpp"

#include <cmath>
#include <limits>

#include "plugins/optimizer/core/law_checks.hpp"

namespace orrery::optimizer {
namespace {

NoiseEstimate estimate(double squared_gradient, double trace) {
  return {squared_gradient, trace,
          squared_gradient > 0.0 ? trace / squared_gradient : std::numeric_limits<double>::quiet_NaN()};
}

}  // namespace

NoiseEstimate noise_from_two_batches(double small, double small_norm2, double large, double large_norm2) {
  law::require_positive("small_batch", small);
  law::require(large > small && std::isfinite(large), "large_batch", "above small_batch and finite", large);
  law::require_not_negative("small_norm2", small_norm2);
  law::require_not_negative("large_norm2", large_norm2);
  return estimate((large * large_norm2 - small * small_norm2) / (large - small),
                  (small_norm2 - large_norm2) / (1.0 / small - 1.0 / large));
}

NoiseEstimate noise_from_samples(std::span<const double> gradients, std::size_t n, std::span<double> mean,
                                 std::span<double> deviation) {
  if (n == 0 || gradients.size() < 2 * n)
    throw std::invalid_argument("gradients must have at least 2 samples of at least 1 number");
  law::require_size("gradients", gradients.size() % n, 0);
  law::require_finite("gradients", gradients);
  const std::size_t samples = gradients.size() / n;
  const auto count = static_cast<double>(samples);
  double norm2 = 0.0, trace = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    double shift = 0.0;
    for (std::size_t s = 0; s < samples; ++s) shift += gradients[s * n + i] - gradients[i];
    mean[i] = gradients[i] + shift / count;
    double squares = 0.0;
    for (std::size_t s = 0; s < samples; ++s) {
      const double d = gradients[s * n + i] - mean[i];
      squares += d * d;
    }
    const double variance = squares / (count - 1.0);
    deviation[i] = std::sqrt(variance);
    trace += variance;
    norm2 += mean[i] * mean[i];
  }
  return estimate(norm2 - trace / count, trace);
}

StepsExamplesFit fit_steps_examples(std::span<const double> batches, std::span<const double> steps,
                                    std::span<const double> errors) {
  const std::size_t m = batches.size();
  law::require_size("steps", steps.size(), m);
  if (!errors.empty()) law::require_size("errors", errors.size(), m);
  if (m < (errors.empty() ? 3U : 2U))
    throw std::invalid_argument("a fit needs at least " + std::string(errors.empty() ? "3" : "2") +
                                " batch sizes; there are " + std::to_string(m));
  double w = 0.0, wx = 0.0, wy = 0.0;
  std::vector<double> weight(m);
  for (std::size_t i = 0; i < m; ++i) {
    law::require_positive("batch[" + std::to_string(i) + "]", batches[i]);
    law::require_positive("steps[" + std::to_string(i) + "]", steps[i]);
    if (!errors.empty()) law::require_positive("errors[" + std::to_string(i) + "]", errors[i]);
    const double sigma = errors.empty() ? steps[i] : errors[i];
    weight[i] = 1.0 / (sigma * sigma);
    w += weight[i], wx += weight[i] / batches[i], wy += weight[i] * steps[i];
  }
  const double x_mean = wx / w, y_mean = wy / w;
  double xx = 0.0, xy = 0.0;
  for (std::size_t i = 0; i < m; ++i) {
    const double x = 1.0 / batches[i] - x_mean;
    xx += weight[i] * x * x, xy += weight[i] * x * (steps[i] - y_mean);
  }
  law::require(xx > 1e-24 * w * x_mean * x_mean, "the spread of 1/batch", "above 0", xx);
  StepsExamplesFit fit;
  fit.examples_min = xy / xx;
  fit.steps_min = y_mean - fit.examples_min * x_mean;
  double chi2 = 0.0;
  for (std::size_t i = 0; i < m; ++i) {
    const double r = steps[i] - fit.steps_min - fit.examples_min / batches[i];
    chi2 += weight[i] * r * r;
  }
  fit.residual = std::sqrt(chi2 / static_cast<double>(m));
  const double scale = errors.empty() ? chi2 / static_cast<double>(m - 2) : 1.0;
  const double ee = scale / xx, se = -scale * x_mean / xx, ss = scale * (1.0 / w + x_mean * x_mean / xx);
  fit.covariance = {ss, se, se, ee};
  fit.critical_batch = fit.examples_min / fit.steps_min;
  const double b = fit.critical_batch;
  fit.critical_error = std::sqrt(std::fmax(0.0, ee - 2.0 * b * se + b * b * ss)) / std::abs(fit.steps_min);
  return fit;
}

double rescaled_rate(ScalingRule rule, double rate, double from, double to, double noise, double power) {
  law::require_positive("rate", rate);
  law::require_positive("from", from);
  law::require_positive("to", to);
  switch (rule) {
    case ScalingRule::linear:
      return rate * (to / from);
    case ScalingRule::square_root:
      return rate * std::sqrt(to / from);
    case ScalingRule::saturating:
      law::require_not_negative("noise", noise);
      return rate * ((1.0 + noise / from) / (1.0 + noise / to));
    default:
      law::require(std::isfinite(power), "power", "finite", power);
      return rate * std::pow(to / from, power);
  }
}

}  // namespace orrery::optimizer
