// RMSprop: Tieleman and Hinton 2012; centred as in Graves 2013.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace orrery::optimizer {

struct RmspropSettings {
  double learning_rate = 0.01;  ///< [-] >= 0
  double decay = 0.99;          ///< [-] 0 <= decay < 1, of the averages
  double epsilon = 1e-8;        ///< [-] >= 0, beside the root
  double momentum = 0.0;        ///< [-] 0 <= mu < 1
  double weight_decay = 0.0;    ///< [-] >= 0, in the gradient
};

/// What RMSprop remembers, n numbers each.
template <class Real>
struct RmspropMemory {
  std::span<Real> second;    ///< average of g^2
  std::span<Real> first;     ///< average of g, for the centred rule; else empty
  std::span<Real> momentum;  ///< mu b + the scaled gradient
};

/// One step in place: v' = decay v + (1 - decay) g^2, b' = mu b + g/(sqrt(v') + epsilon), x' = x - lr b'; centred, the
/// square of the average gradient is taken from v' under the root. Where the root and epsilon are zero nothing moves.
/// @param gradient [-] n, with finite squares   @param parameters [-] n, updated   @param memory updated
/// @param settings as their comments say   @accuracy each element to 8 roundings of its terms
/// @source Tieleman and Hinton 2012, lecture 6.5; Graves 2013, equations 38 to 41
template <class Real>
void rmsprop_step(std::span<const Real> gradient, std::span<Real> parameters, const RmspropMemory<Real>& memory,
                  const RmspropSettings& settings);

}  // namespace orrery::optimizer
