// Functions to be minimised that need no data: quadratics, Rosenbrock's valley, the Dirac-GAN of Mescheder et al. 2018.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/problems.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace orrery::optimizer {

double quadratic(std::span<const double> hessian, std::span<const double> centre, std::span<const double> parameters,
                 std::span<double> gradient) {
  const std::size_t n = parameters.size();
  const auto away = [&](std::size_t i) { return parameters[i] - (centre.empty() ? 0.0 : centre[i]); };
  double value = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    gradient[i] = 0.0;
    if (hessian.size() == n) gradient[i] = hessian[i] * away(i);
    else
      for (std::size_t j = 0; j < n; ++j) gradient[i] += hessian[i * n + j] * away(j);
    value += 0.5 * gradient[i] * away(i);
  }
  return value;
}

double rosenbrock(std::span<const double> parameters, double steepness, std::span<double> gradient) {
  std::fill(gradient.begin(), gradient.end(), 0.0);
  double value = 0.0;
  for (std::size_t i = 0; i + 1 < parameters.size(); ++i) {
    const double x = parameters[i], valley = parameters[i + 1] - x * x, rest = 1.0 - x;
    value += steepness * valley * valley + rest * rest;
    gradient[i] -= 4.0 * steepness * x * valley + 2.0 * rest;
    gradient[i + 1] += 2.0 * steepness * valley;
  }
  return value;
}

void dirac_gan_rate(const DiracGan& at, const DiracGan& rate) {
  double product = 0.0;
  for (std::size_t i = 0; i < at.generator.size(); ++i) product += at.generator[i] * at.discriminator[i];
  const double s = 1.0 / (1.0 + std::exp(-product)), other = 1.0 / (1.0 + std::exp(product));
  for (std::size_t i = 0; i < at.generator.size(); ++i) {
    const double theta = at.generator[i], phi = at.discriminator[i];
    rate.generator[i] = other * phi;
    rate.discriminator[i] = -s * theta;
  }
}

void dirac_gan_step(const DiracGan& state, double time_step) {
  const std::size_t n = state.generator.size();
  std::vector<double> begin(state.generator.begin(), state.generator.end());
  begin.insert(begin.end(), state.discriminator.begin(), state.discriminator.end());
  std::vector<double> place = begin, rate(2 * n), sum(2 * n, 0.0);
  const auto halves = [n](std::vector<double>& all) {
    return DiracGan{std::span(all).first(n), std::span(all).last(n)};
  };
  constexpr double weights[] = {1.0, 2.0, 2.0, 1.0}, ahead[] = {0.5, 0.5, 1.0, 0.0};
  for (int stage = 0; stage < 4; ++stage) {
    dirac_gan_rate(halves(place), halves(rate));
    for (std::size_t i = 0; i < 2 * n; ++i) {
      sum[i] += weights[stage] * rate[i];
      place[i] = begin[i] + ahead[stage] * time_step * rate[i];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    state.generator[i] = begin[i] + time_step / 6.0 * sum[i];
    state.discriminator[i] = begin[n + i] + time_step / 6.0 * sum[n + i];
  }
}

}  // namespace orrery::optimizer
