// Rules whose steps have one size: signSGD of Bernstein et al. 2018, its smooth form, Lion of Chen et al. 2023.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/sign_rules.hpp"

#include <cmath>
#include <cstddef>

namespace orrery::optimizer {
namespace {

template <class Real>
Real sign(Real x) {
  return static_cast<Real>((x > Real{0}) - (x < Real{0}));
}

template <class Real>
Real softsign(Real x, Real epsilon) {
  return epsilon == Real{0} ? sign(x) : x / std::hypot(x, epsilon);
}

}  // namespace

template <class Real>
void sign_step(std::span<const Real> gradient, std::span<Real> parameters, std::span<Real> first_moment,
               const SignSettings& settings) {
  const auto rate = static_cast<Real>(settings.learning_rate), epsilon = static_cast<Real>(settings.epsilon);
  const auto mu = static_cast<Real>(settings.momentum), rest = static_cast<Real>(1.0 - settings.momentum);
  const auto kept = static_cast<Real>(1.0 - settings.learning_rate * settings.weight_decay);
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    first_moment[i] = mu * first_moment[i] + rest * gradient[i];
    parameters[i] = kept * parameters[i] - rate * softsign(first_moment[i], epsilon);
  }
}

template <class Real>
void lion_step(std::span<const Real> gradient, std::span<Real> parameters, std::span<Real> first_moment,
               const LionSettings& settings) {
  const auto rate = static_cast<Real>(settings.learning_rate);
  const auto kept = static_cast<Real>(1.0 - settings.learning_rate * settings.weight_decay);
  const auto beta1 = static_cast<Real>(settings.beta1), rest1 = static_cast<Real>(1.0 - settings.beta1);
  const auto beta2 = static_cast<Real>(settings.beta2), rest2 = static_cast<Real>(1.0 - settings.beta2);
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    const Real direction = sign(beta1 * first_moment[i] + rest1 * gradient[i]);
    first_moment[i] = beta2 * first_moment[i] + rest2 * gradient[i];
    parameters[i] = kept * parameters[i] - rate * direction;
  }
}

template void sign_step(std::span<const double>, std::span<double>, std::span<double>, const SignSettings&);
template void sign_step(std::span<const float>, std::span<float>, std::span<float>, const SignSettings&);
template void lion_step(std::span<const double>, std::span<double>, std::span<double>, const LionSettings&);
template void lion_step(std::span<const float>, std::span<float>, std::span<float>, const LionSettings&);

}  // namespace orrery::optimizer
