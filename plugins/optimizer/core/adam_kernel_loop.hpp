// The loop itself, compiled for several instruction sets; nothing in it may be shared between their files.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/optimizer/core/adam_kernel.hpp"

#if defined(__clang__)
#define ORRERY_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#else
#define ORRERY_INDEPENDENT _Pragma("GCC ivdep")
#endif

namespace orrery::optimizer {
namespace {  // a function of its own in every file: one of a wide build must not serve the others

inline double root(double x) { return __builtin_sqrt(x); }
inline float root(float x) { return __builtin_sqrtf(x); }

/// Sums, products, quotients and roots only, which IEEE arithmetic rounds alike for every vector width.
template <class Real, bool with_largest>
[[gnu::always_inline]] inline void update_adam(const AdamArrays<Real>& arrays, const AdamFactors<Real>& factors) {
  const AdamFactors<Real> f = factors;
  const Real* g_of = arrays.gradient;
  Real *x_of = arrays.parameters, *m_of = arrays.first, *v_of = arrays.second, *largest_of = arrays.largest;
  const std::size_t n = arrays.n;
  ORRERY_INDEPENDENT
  for (std::size_t i = 0; i < n; ++i) {
    const Real x = x_of[i], g = g_of[i] + f.coupled * x;
    const Real m = f.beta1 * m_of[i] + f.rest1 * g;
    const Real v = f.beta2 * v_of[i] + f.rest2 * (g * g);
    m_of[i] = m;
    v_of[i] = v;
    Real size = v;
    if constexpr (with_largest) {
      size = largest_of[i] > v ? largest_of[i] : v;
      largest_of[i] = size;
    }
    const Real denominator = root(size * f.correction + f.inner) + f.outer;
    // 0/0, without epsilon where nothing has ever moved.
    const Real divisor = denominator == Real{0} ? Real{1} : denominator;
    x_of[i] = f.kept * x - f.step * (m / divisor);
  }
}

template <class Real>
[[gnu::always_inline]] inline void update_all(const AdamArrays<Real>& arrays, const AdamFactors<Real>& factors) {
  arrays.largest ? update_adam<Real, true>(arrays, factors) : update_adam<Real, false>(arrays, factors);
}

}  // namespace
}  // namespace orrery::optimizer
