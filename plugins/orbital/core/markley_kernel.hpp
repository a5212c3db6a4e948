// Markley's starting value of Kepler's equation for a vector of rows, as a template of the instruction set.
// SPDX-License-Identifier: Apache-2.0
//
// Markley, Celest. Mech. Dyn. Astron. 63 (1995) 101.
// Included after ORRERY_SIMD is defined.
#pragma once

#include "plugins/orbital/core/sine_kernel.hpp"

namespace orrery::orbital::ORRERY_SIMD {

/// Cube root of a > 0, to 2^-15.
ORRERY_INLINE Single cube_root(Single a) {
  const Single third = __builtin_convertvector((SingleBits)a, Single) * (1.0f / 3.0f);
  const Single y = (Single)(__builtin_convertvector(third, SingleBits) + 709921077);
  const Single cube = y * y * y;
  return y * (cube + 2.0f * a) / (2.0f * cube + a);
}

ORRERY_INLINE Real cube_root(Real a) {
  constexpr double unit = 0x1p52;
  const Real logarithm = (Real)(((Bits)a >> 12) | 0x4330000000000000) - unit;
  const Real third = logarithm * (1.0 / 3.0) + 749829717491712.0;
  const Real y = (Real)((Bits)(third + unit) << 12);
  const Real cube = y * y * y;
  return y * (cube + 2.0 * a) / (2.0 * cube + a);
}

/// @param mean [rad] 0 < M <= pi   @param e and u = 1 - e of an ellipse   @accuracy 2^-11.7 of the root (measured)
template <class Arithmetic, class V, class S>
ORRERY_INLINE V markley_start(V mean, V e, V u, S one) {
  constexpr S pi = S(3.1415926535897931), pi_square = S(9.8696044010893586);
  constexpr S alpha_constant = 3 * pi_square / (pi_square - 6), alpha_slope = S(1.6) * pi / (pi_square - 6);
  const V alpha = alpha_constant + alpha_slope * (pi - mean) / (one + e);
  const V d = Arithmetic::fused(alpha, e, 3 * one * u);
  const V square = mean * mean;
  const V alpha_d = alpha * d;
  const V q = 2 * one * alpha_d * u - square;
  const V r = mean * (3 * one * alpha_d * (d - u) + square);
  const V discriminant = Arithmetic::fused(r, r, q * q * q);
  const V root = cube_root(r + square_root(discriminant > V{} ? discriminant : V{}));
  const V w = root * root;
  const V denominator = Arithmetic::fused(w, w + q, q * q);
  return Arithmetic::fused(2 * one * r, w, mean * denominator) / (d * denominator);
}

}  // namespace orrery::orbital::ORRERY_SIMD
