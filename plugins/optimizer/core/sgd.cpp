// Gradient descent with momentum: Polyak 1964, Nesterov 1983, in the forms of Sutskever et al. 2013.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/sgd.hpp"

#include <cstddef>

namespace orrery::optimizer {

template <class Real>
void sgd_step(std::span<const Real> gradient, std::span<Real> parameters, std::span<Real> momentum,
              const SgdSettings& settings, bool begins) {
  const bool by_velocity = settings.form == MomentumForm::velocity;
  const auto rate = static_cast<Real>(settings.learning_rate), mu = static_cast<Real>(settings.momentum);
  const auto coupled = static_cast<Real>(settings.decoupled ? 0.0 : settings.weight_decay);
  const auto kept = static_cast<Real>(settings.decoupled ? 1.0 - settings.learning_rate * settings.weight_decay : 1.0);
  const Real taken = by_velocity ? rate : static_cast<Real>(begins ? 1.0 : 1.0 - settings.dampening);
  // Of the velocity the rate is already a part.
  const Real ahead = by_velocity ? rate : Real{1}, step = by_velocity ? Real{1} : rate;
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    const Real g = gradient[i] + coupled * parameters[i];
    Real direction = ahead * g;
    if (!momentum.empty()) {
      momentum[i] = mu * momentum[i] + taken * g;
      direction = settings.nesterov ? direction + mu * momentum[i] : momentum[i];
    }
    parameters[i] = kept * parameters[i] - step * direction;
  }
}

template void sgd_step(std::span<const double>, std::span<double>, std::span<double>, const SgdSettings&, bool);
template void sgd_step(std::span<const float>, std::span<float>, std::span<float>, const SgdSettings&, bool);

}  // namespace orrery::optimizer
