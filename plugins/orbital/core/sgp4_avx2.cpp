// SGP4 for 4 near-earth instants at a time, with AVX2.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/sgp4_parts.hpp"

#ifdef __AVX2__
#include <immintrin.h>

#include "plugins/orbital/core/sgp4_wide.hpp"

namespace orrery::orbital::detail {

namespace {

using Vector = double __attribute__((vector_size(32)));
using Integers = std::int64_t __attribute__((vector_size(32)));

template <>
struct Lane<Vector> {
  using Int = Integers;
  using Mask = Integers;
  static Vector root(Vector x) { return _mm256_sqrt_pd(x); }
  static Vector select(Integers m, Vector a, Vector b) { return m ? a : b; }
  static bool any(Integers m) { return _mm256_movemask_pd(std::bit_cast<Vector>(m)) != 0; }
};

}  // namespace

Sgp4Wide sgp4_avx2() noexcept { return &wide<Vector>; }

}  // namespace orrery::orbital::detail
#else
namespace orrery::orbital::detail {

Sgp4Wide sgp4_avx2() noexcept { return nullptr; }

}  // namespace orrery::orbital::detail
#endif
