// Adam and AdamW: Kingma and Ba 2015; decoupled weight decay of Loshchilov and Hutter 2019; AMSGrad of Reddi et al.
// 2018. SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/adam.hpp"

#include <cmath>

#include "plugins/optimizer/core/adam_kernel.hpp"

namespace orrery::optimizer {
namespace {

/// 1 - beta^t; of beta near 1 without loss of digits.
double one_minus_power(double beta, double t) { return beta == 0.0 ? 1.0 : -std::expm1(t * std::log(beta)); }

template <class Real>
AdamFactors<Real> factors_of(std::int64_t step, const AdamSettings& s) {
  const double t = static_cast<double>(step) + 1.0;
  const double rest1 = one_minus_power(s.beta1, t), rest2 = one_minus_power(s.beta2, t);
  const auto as_real = [](double x) { return static_cast<Real>(x); };
  double inner = 0.0, outer = 0.0;
  if (s.form == EpsilonForm::outside) outer = s.epsilon;
  if (s.form == EpsilonForm::uncorrected) outer = s.epsilon / std::sqrt(rest2);
  if (s.form == EpsilonForm::inside) inner = s.epsilon;
  if (s.form == EpsilonForm::smooth) inner = s.epsilon * s.epsilon;
  return {.beta1 = as_real(s.beta1),
          .rest1 = as_real(1.0 - s.beta1),
          .beta2 = as_real(s.beta2),
          .rest2 = as_real(1.0 - s.beta2),
          .coupled = as_real(s.decoupled ? 0.0 : s.weight_decay),
          .kept = as_real(s.decoupled ? 1.0 - s.learning_rate * s.weight_decay : 1.0),
          .step = as_real(s.learning_rate / rest1),
          .correction = as_real(1.0 / rest2),
          .inner = as_real(inner),
          .outer = as_real(outer)};
}

}  // namespace

template <class Real>
void adam_step(std::span<const Real> gradient, std::span<Real> parameters, const AdamMemory<Real>& memory,
               std::int64_t step, const AdamSettings& settings) {
  const AdamArrays<Real> arrays{.gradient = gradient.data(),
                                .parameters = parameters.data(),
                                .first = memory.first.data(),
                                .second = memory.second.data(),
                                .largest = memory.largest.empty() ? nullptr : memory.largest.data(),
                                .n = gradient.size()};
  adam_update(best_adam_target(), arrays, factors_of<Real>(step, settings));
}

template void adam_step(std::span<const double>, std::span<double>, const AdamMemory<double>&, std::int64_t,
                        const AdamSettings&);
template void adam_step(std::span<const float>, std::span<float>, const AdamMemory<float>&, std::int64_t,
                        const AdamSettings&);

}  // namespace orrery::optimizer
