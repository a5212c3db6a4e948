// RMSprop: Tieleman and Hinton 2012; centred as in Graves 2013.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/rmsprop.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace orrery::optimizer {

template <class Real>
void rmsprop_step(std::span<const Real> gradient, std::span<Real> parameters, const RmspropMemory<Real>& memory,
                  const RmspropSettings& settings) {
  const auto decay = static_cast<Real>(settings.decay), rest = static_cast<Real>(1.0 - settings.decay);
  const auto rate = static_cast<Real>(settings.learning_rate), mu = static_cast<Real>(settings.momentum);
  const auto coupled = static_cast<Real>(settings.weight_decay), epsilon = static_cast<Real>(settings.epsilon);
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    const Real g = gradient[i] + coupled * parameters[i];
    memory.second[i] = decay * memory.second[i] + rest * (g * g);
    Real variance = memory.second[i];
    if (!memory.first.empty()) {
      memory.first[i] = decay * memory.first[i] + rest * g;
      // Rounding can take it below zero where the gradient stays the same.
      variance = std::max(Real{0}, variance - memory.first[i] * memory.first[i]);
    }
    const Real divisor = std::sqrt(variance) + epsilon;
    memory.momentum[i] = mu * memory.momentum[i] + (divisor == Real{0} ? Real{0} : g / divisor);
    parameters[i] -= rate * memory.momentum[i];
  }
}

template void rmsprop_step(std::span<const double>, std::span<double>, const RmspropMemory<double>&,
                           const RmspropSettings&);
template void rmsprop_step(std::span<const float>, std::span<float>, const RmspropMemory<float>&,
                           const RmspropSettings&);

}  // namespace orrery::optimizer
