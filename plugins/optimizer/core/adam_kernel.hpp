// The inner loop of Adam and the choice of its build; private to the adam files.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace orrery::optimizer {

/// All that is the same for every element.
template <class Real>
struct AdamFactors {
  Real beta1, rest1;  ///< first moment: beta1 m + rest1 g
  Real beta2, rest2;  ///< second: beta2 v + rest2 g^2
  Real coupled;       ///< of the parameter in the gradient
  Real kept;          ///< of the parameter
  Real step;          ///< learning rate / (1 - beta1^t)
  Real correction;    ///< 1 / (1 - beta2^t)
  Real inner, outer;  ///< added to v^ under the root and to the root
};

template <class Real>
struct AdamArrays {
  const Real* gradient;
  Real *parameters, *first, *second, *largest;  ///< largest: null without AMSGrad
  std::size_t n;
};

enum class AdamTarget { baseline, avx2, avx512 };

/// True if this machine can run that build.
bool has_adam_target(AdamTarget target);
AdamTarget best_adam_target();

/// One step by a named build; all of them give the same bits.
/// @throws std::invalid_argument if the machine cannot run it
template <class Real>
void adam_update(AdamTarget target, const AdamArrays<Real>& arrays, const AdamFactors<Real>& factors);

void adam_baseline(const AdamArrays<double>& arrays, const AdamFactors<double>& factors);
void adam_baseline(const AdamArrays<float>& arrays, const AdamFactors<float>& factors);
#if defined(__x86_64__)
void adam_avx2(const AdamArrays<double>& arrays, const AdamFactors<double>& factors);
void adam_avx2(const AdamArrays<float>& arrays, const AdamFactors<float>& factors);
void adam_avx512(const AdamArrays<double>& arrays, const AdamFactors<double>& factors);
void adam_avx512(const AdamArrays<float>& arrays, const AdamFactors<float>& factors);
#endif

}  // namespace orrery::optimizer
