// SGP4 for 8 near-earth instants at a time, with AVX-512.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/sgp4_parts.hpp"

#ifdef __AVX512DQ__
#include <immintrin.h>

#include "plugins/orbital/core/sgp4_wide.hpp"

namespace orrery::orbital::detail {

namespace {

using Vector = double __attribute__((vector_size(64)));
using Integers = std::int64_t __attribute__((vector_size(64)));

template <>
struct Lane<Vector> {
  using Int = Integers;
  using Mask = Integers;
  // The form without a mask draws a false warning from GCC 12.
  static Vector root(Vector x) { return _mm512_maskz_sqrt_pd(0xff, x); }
  static Vector select(Integers m, Vector a, Vector b) { return m ? a : b; }
  static bool any(Integers m) { return _mm512_movepi64_mask(std::bit_cast<__m512i>(m)) != 0; }
};

}  // namespace

Sgp4Wide sgp4_avx512() noexcept { return &wide<Vector>; }

}  // namespace orrery::orbital::detail
#else
namespace orrery::orbital::detail {

Sgp4Wide sgp4_avx512() noexcept { return nullptr; }

}  // namespace orrery::orbital::detail
#endif
