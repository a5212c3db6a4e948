// x - sin x and its derivatives for a vector of short arguments, as a template of the instruction set.
// SPDX-License-Identifier: Apache-2.0
//
// Taylor series about tabulated nodes: Gal and Bachelis, ACM TOMS 17 (1991) 26.
// Included after ORRERY_SIMD is defined.
#pragma once

#include "plugins/orbital/core/simd.hpp"
#include "plugins/orbital/core/sine_nodes.hpp"

namespace orrery::orbital::ORRERY_SIMD {

/// Products and sums rounded once where the machine can: quicker, and with bits that depend on the machine.
struct Quick {
  template <class V>
  ORRERY_INLINE static V fused(V a, V b, V c) {
    return ORRERY_SIMD::fused(a, b, c);
  }
};

/// Products and sums rounded twice: the same bits everywhere.
struct Same {
  template <class V>
  ORRERY_INLINE static V fused(V a, V b, V c) {
    return a * b + c;
  }
};

/// c[0] + s (c[1] + s (c[2] + ...))
template <class Arithmetic, class... Rest>
ORRERY_INLINE Real polynomial(Real s, double first, Rest... rest) {
  if constexpr (sizeof...(Rest) == 0) return all(first);
  else return Arithmetic::fused(s, polynomial<Arithmetic>(s, rest...), all(first));
}

/// x >= 0 to 17 bits.
ORRERY_INLINE Real short_of(Real x) { return (Real)(((Bits)x + (std::int64_t{1} << 35)) & -(std::int64_t{1} << 36)); }

/// t - sin t and 1 - cos t of a t of at most 17 bits.
struct SmallAngle {
  Pair defect;  // to 2^-66 of itself for |t| <= 0.21
  Pair versed;  // to 2^-62 of itself for |t| <= 0.1016, and to 2^-53 for |t| <= 0.21
};

template <class Arithmetic>
ORRERY_INLINE SmallAngle small_angle(Real t) {
  const Real t2 = t * t;
  const Real t3 = t2 * t;
  // t - sin t = t^3 (1/6 - t^2 (1/120 - ...)), with the first two coefficients in twice the precision
  const Pair fifth = two_prod(t2, all(0x1.1111111111111p-7));
  const Real late_sine = polynomial<Arithmetic>(t2, 0x1.1111111111111p-63, -1.0 / 5040, 1.0 / 362880, -1.0 / 39916800,
                                                1.0 / 6227020800, -1.0 / 1307674368000);
  const Pair factor = quick_two_sum(all(0x1.5555555555555p-3), -fifth.hi);
  const Real factor_lo = (factor.lo + 0x1.5555555555555p-57) - Arithmetic::fused(t2, late_sine, fifth.lo);
  const Pair cube = two_prod(t3, factor.hi);
  const Real late_cosine =
      polynomial<Arithmetic>(t2, 1.0 / 24, -1.0 / 720, 1.0 / 40320, -1.0 / 3628800, 1.0 / 479001600);
  return {{cube.hi, Arithmetic::fused(t3, factor_lo, cube.lo)}, {0.5 * t2, -(t2 * t2) * late_cosine}};
}

/// x - sin x to 2^-62 of itself, 1 - cos x and sin x to a few units in the last place.
struct SineDefect {
  Pair value;
  Real versed;
  Real sine;
};

/// @param x of at most 17 bits, 0 <= x <= 3.145
template <class Arithmetic>
ORRERY_INLINE SineDefect sine_defect(Real x) {
  // near zero only the series keeps its relative accuracy
  const Nearest node = nearest(x < all(0.2) ? Real{} : x * (1.0 / detail::node_step));
  const Real t = x - node.value * detail::node_step;
  const SmallAngle small = small_angle<Arithmetic>(t);
  const auto at_node = [&](detail::NodeColumn column) {
    return pick(detail::sine_nodes_by_column, column, node.shifted);
  };
  const Real s = at_node(detail::sine_hi), v = at_node(detail::versed_hi), c = at_node(detail::cosine_hi);
  // x - sin x = (node - S) + V t + S (1 - cos t) + C (t - sin t)
  const Pair by_versed = two_prod(v, t), by_sine = two_prod(s, small.versed.hi),
             by_cosine = two_prod(c, small.defect.hi);
  const Real sine_rest =
      Arithmetic::fused(s, small.versed.lo, Arithmetic::fused(at_node(detail::sine_lo), small.versed.hi, by_sine.lo));
  const Real cosine_rest = Arithmetic::fused(
      c, small.defect.lo, Arithmetic::fused(at_node(detail::cosine_lo), small.defect.hi, by_cosine.lo));
  const Real versed_rest = Arithmetic::fused(at_node(detail::versed_lo), t, by_versed.lo);
  const Pair first = two_sum(at_node(detail::defect_hi), by_versed.hi);
  const Pair second = two_sum(first.hi, by_sine.hi);
  const Pair sum = quick_two_sum(second.hi, by_cosine.hi);
  const Real rest = (at_node(detail::defect_lo) + first.lo) + (second.lo + sum.lo);
  const Real sine_t = t - (small.defect.hi + small.defect.lo), versed_t = small.versed.hi + small.versed.lo;
  return {{sum.hi, sine_rest + (rest + (cosine_rest + versed_rest))},
          Arithmetic::fused(s, sine_t, Arithmetic::fused(c, versed_t, v)),
          Arithmetic::fused(c, sine_t, Arithmetic::fused(-s, versed_t, s))};
}

}  // namespace orrery::orbital::ORRERY_SIMD
