// Adam and AdamW: Kingma and Ba 2015; decoupled weight decay of Loshchilov and Hutter 2019; AMSGrad of Reddi et al.
// 2018. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace orrery::optimizer {

/// Where epsilon stands. m^ and v^ are the moments with their bias corrected.
enum class EpsilonForm {
  outside,      ///< m^ / (sqrt(v^) + eps): algorithm 1 of the paper
  uncorrected,  ///< as outside, but beside sqrt(v): the paper's epsilon-hat
  inside,       ///< m^ / sqrt(v^ + eps)
  smooth        ///< m^ / sqrt(v^ + eps^2)
};

struct AdamSettings {
  double learning_rate = 1e-3;  ///< [-] >= 0
  double beta1 = 0.9;           ///< [-] 0 <= beta1 < 1
  double beta2 = 0.999;         ///< [-] 0 <= beta2 < 1
  double epsilon = 1e-8;        ///< [-] >= 0
  double weight_decay = 0.0;    ///< [-] >= 0
  bool decoupled = false;       ///< the decay shrinks x by 1 - lr weight_decay, and is not part of the gradient
  EpsilonForm form = EpsilonForm::outside;
};

/// What Adam remembers, n numbers each.
template <class Real>
struct AdamMemory {
  std::span<Real> first, second;  ///< moments: averages of g and g^2, zero at the beginning
  std::span<Real> largest;        ///< the largest second moment so far; empty without AMSGrad
};

/// One step of Adam, in place, in one pass over memory. Where numerator and denominator are both zero the step is zero.
/// @param gradient [-] n, with finite squares   @param parameters [-] n, updated   @param memory updated
/// @param step how many steps were made before, >= 0   @param settings as their comments say
/// @accuracy each element to 9 roundings; the same bits for every instruction set
/// @source Kingma and Ba 2015, algorithm 1; Loshchilov and Hutter 2019, algorithm 2; Reddi et al. 2018, algorithm 2,
///   with the largest of the uncorrected moments
template <class Real>
void adam_step(std::span<const Real> gradient, std::span<Real> parameters, const AdamMemory<Real>& memory,
               std::int64_t step, const AdamSettings& settings);

}  // namespace orrery::optimizer
