// Gradient descent with momentum: Polyak 1964, Nesterov 1983, in the forms of Sutskever et al. 2013.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace orrery::optimizer {

/// Where the learning rate stands. The two differ only while it changes.
enum class MomentumForm {
  gradient,  ///< b' = mu b + (1 - dampening) g, x' = x - lr b'
  velocity   ///< b' = mu b + lr g, x' = x - b'
};

struct SgdSettings {
  double learning_rate = 0.01;  ///< [-] >= 0
  double momentum = 0.0;        ///< [-] 0 <= mu < 1
  double dampening = 0.0;       ///< [-] 0 to 1; form gradient only
  double weight_decay = 0.0;    ///< [-] >= 0
  bool nesterov = false;        ///< the gradient is looked up ahead: g + mu b' instead of b'
  bool decoupled = false;       ///< the decay shrinks x by 1 - lr weight_decay, and is not part of the gradient
  MomentumForm form = MomentumForm::gradient;
};

/// One step of gradient descent, in place.
/// @param gradient [-] n, finite   @param parameters [-] n, updated   @param momentum [-] n, updated; empty for none
/// @param settings as their comments say   @param begins the momentum is zero yet: it becomes the gradient undamped
/// @accuracy each element to 3 roundings of its terms
/// @source Polyak 1964; Sutskever et al. 2013, equations 1 to 4
template <class Real>
void sgd_step(std::span<const Real> gradient, std::span<Real> parameters, std::span<Real> momentum,
              const SgdSettings& settings, bool begins);

}  // namespace orrery::optimizer
