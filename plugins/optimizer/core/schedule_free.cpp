// Schedule-free learning: steps without a schedule, whose average is the answer; Defazio et al. 2024.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/schedule_free.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace orrery::optimizer {
namespace {

double rate_of(std::int64_t step, const ScheduleFreeSettings& settings) {
  const double t = static_cast<double>(step) + 1.0;
  double rate = settings.learning_rate;
  if (settings.warmup > 0) rate *= std::min(1.0, t / static_cast<double>(settings.warmup));
  if (settings.adaptive && settings.beta2 > 0.0) rate *= std::sqrt(-std::expm1(t * std::log(settings.beta2)));
  return rate;
}

}  // namespace

template <class Real>
double schedule_free_step(std::span<const Real> gradient, const ScheduleFreeState<Real>& state, std::int64_t step,
                          double weight_sum, const ScheduleFreeSettings& settings) {
  const double gamma = rate_of(step, settings), sum = weight_sum + gamma * gamma;
  const auto rate = static_cast<Real>(gamma), c = static_cast<Real>(sum > 0.0 ? gamma * gamma / sum : 0.0);
  const auto beta = static_cast<Real>(settings.beta), decay = static_cast<Real>(settings.weight_decay);
  const auto beta2 = static_cast<Real>(settings.beta2), rest2 = static_cast<Real>(1.0 - settings.beta2);
  const auto epsilon = static_cast<Real>(settings.epsilon);
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    Real direction = gradient[i];
    if (settings.adaptive) {
      state.second[i] = beta2 * state.second[i] + rest2 * (direction * direction);
      const Real divisor = std::sqrt(state.second[i]) + epsilon;
      direction = divisor == Real{0} ? Real{0} : direction / divisor;
    }
    state.base[i] -= rate * (direction + decay * state.place[i]);
    state.average[i] = (Real{1} - c) * state.average[i] + c * state.base[i];
    state.place[i] = (Real{1} - beta) * state.base[i] + beta * state.average[i];
  }
  return sum;
}

template double schedule_free_step(std::span<const double>, const ScheduleFreeState<double>&, std::int64_t, double,
                                   const ScheduleFreeSettings&);
template double schedule_free_step(std::span<const float>, const ScheduleFreeState<float>&, std::int64_t, double,
                                   const ScheduleFreeSettings&);

}  // namespace orrery::optimizer
