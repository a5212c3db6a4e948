// Rules whose steps have one size: signSGD of Bernstein et al. 2018, its smooth form, Lion of Chen et al. 2023.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace orrery::optimizer {

struct SignSettings {
  double learning_rate = 1e-4;  ///< [-] >= 0
  double momentum = 0.0;        ///< [-] 0 <= mu < 1
  double weight_decay = 0.0;    ///< [-] >= 0: x is multiplied by 1 - lr weight_decay
  double epsilon = 0.0;         ///< [-] >= 0; 0 is the sign, else m/sqrt(m^2 + epsilon^2)
};

/// One step in place: m' = mu m + (1 - mu) g, x' = (1 - lr wd) x - lr s(m'), with s the sign (zero of zero) or, with
/// epsilon, the softsign m/sqrt(m^2 + epsilon^2), which never overflows.
/// @param gradient [-] n, finite   @param parameters [-] n, updated   @param first_moment [-] n, updated
/// @param settings as their comments say   @accuracy the sign is exact for that of m'; the softsign 2 ulp
/// @source Bernstein et al. 2018, algorithms 1 and 2 (signum)
template <class Real>
void sign_step(std::span<const Real> gradient, std::span<Real> parameters, std::span<Real> first_moment,
               const SignSettings& settings);

struct LionSettings {
  double learning_rate = 1e-4;  ///< [-] >= 0
  double beta1 = 0.9;           ///< [-] 0 <= beta1 < 1, of the direction
  double beta2 = 0.99;          ///< [-] 0 <= beta2 < 1, of the memory
  double weight_decay = 0.0;    ///< [-] >= 0, decoupled
};

/// One step in place: x' = (1 - lr wd) x - lr sign(beta1 m + (1 - beta1) g), m' = beta2 m + (1 - beta2) g.
/// @param gradient [-] n, finite   @param parameters [-] n, updated   @param first_moment [-] n, updated
/// @param settings as their comments say   @accuracy each element to 3 roundings
/// @source Chen et al. 2023, algorithm 2
template <class Real>
void lion_step(std::span<const Real> gradient, std::span<Real> parameters, std::span<Real> first_moment,
               const LionSettings& settings);

}  // namespace orrery::optimizer
