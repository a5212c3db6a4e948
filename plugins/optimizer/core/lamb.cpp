// LAMB: Adam whose step is a given part of the parameters' norm, You et al. 2020.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/lamb.hpp"

#include <cmath>
#include <cstddef>
#include <vector>

#include "plugins/optimizer/core/norms.hpp"

namespace orrery::optimizer {

template <class Real>
double lamb_step(std::span<const Real> gradient, std::span<Real> parameters, const AdamMemory<Real>& memory,
                 std::int64_t step, const AdamSettings& settings) {
  // Adam with rate 1 from zero gives minus its direction.
  std::vector<Real> direction(parameters.size(), Real{0});
  AdamSettings plain = settings;
  plain.learning_rate = 1.0;
  plain.weight_decay = 0.0;
  adam_step(gradient, std::span<Real>(direction), AdamMemory<Real>{memory.first, memory.second, {}}, step, plain);
  const auto decay = static_cast<Real>(settings.weight_decay);
  for (std::size_t i = 0; i < direction.size(); ++i) direction[i] = decay * parameters[i] - direction[i];
  const double size = euclidean_norm<Real>(parameters), length = euclidean_norm<Real>(direction);
  const double ratio = size > 0.0 && length > 0.0 ? size / length : 1.0;
  const auto rate = static_cast<Real>(settings.learning_rate * ratio);
  for (std::size_t i = 0; i < direction.size(); ++i) parameters[i] -= rate * direction[i];
  return ratio;
}

template double lamb_step(std::span<const double>, std::span<double>, const AdamMemory<double>&, std::int64_t,
                          const AdamSettings&);
template double lamb_step(std::span<const float>, std::span<float>, const AdamMemory<float>&, std::int64_t,
                          const AdamSettings&);

}  // namespace orrery::optimizer
