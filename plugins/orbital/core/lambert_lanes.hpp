// As many doubles as a register holds, or one: what the kernels of Lambert's problem compute with.
// SPDX-License-Identifier: Apache-2.0
//
// Include it with ORRERY_LANES set to a name of the including file's own: files that are compiled for different
// processors must not share a single inline function, since the linker keeps only one of them.
#pragma once

#ifndef ORRERY_LANES
#error "set ORRERY_LANES to a namespace that belongs to one instruction set"
#endif

namespace orrery::orbital::ORRERY_LANES {

#if defined(__AVX512F__)
#define ORRERY_LANE_BYTES 64
#elif defined(__AVX__)
#define ORRERY_LANE_BYTES 32
#else
#define ORRERY_LANE_BYTES 16
#endif

// The scalar kernel must round as the vectors do: no operation here is contracted, and two_prod is exact either way.
typedef double Lanes __attribute__((vector_size(ORRERY_LANE_BYTES)));
using LaneBits = decltype(Lanes() < Lanes());
inline constexpr int lane_count = ORRERY_LANE_BYTES / sizeof(double);

inline double root(double a) { return __builtin_sqrt(a); }
inline Lanes root(Lanes a) {
  for (int i = 0; i < lane_count; ++i) a[i] = __builtin_sqrt(a[i]);  // one instruction, without errno
  return a;
}

inline double select(bool mask, double a, double b) { return mask ? a : b; }
inline Lanes select(LaneBits mask, Lanes a, Lanes b) { return mask ? a : b; }

inline bool both(bool a, bool b) { return a && b; }
inline LaneBits both(LaneBits a, LaneBits b) { return a & b; }
inline bool neither(bool a) { return !a; }
inline LaneBits neither(LaneBits a) { return ~a; }

inline bool any(bool mask) { return mask; }
inline bool any(LaneBits mask) {
#if ORRERY_LANE_BYTES == 64
  mask |= __builtin_shufflevector(mask, mask, 4, 5, 6, 7, 0, 1, 2, 3);
  mask |= __builtin_shufflevector(mask, mask, 2, 3, 0, 1, 6, 7, 4, 5);
#elif ORRERY_LANE_BYTES == 32
  mask |= __builtin_shufflevector(mask, mask, 2, 3, 0, 1);
#endif
  return (mask[0] | mask[1]) != 0;
}

inline double magnitude(double a) { return __builtin_fabs(a); }
inline Lanes magnitude(Lanes a) { return (Lanes)((LaneBits)a & 0x7fffffffffffffffLL); }

inline double larger(double a, double b) { return a > b ? a : b; }
inline Lanes larger(Lanes a, Lanes b) { return a > b ? a : b; }

/// Within 5 % of the cube root of a positive number: a third of its exponent.
inline double rough_cube_root(double a) {
  long long bits = 0;
  __builtin_memcpy(&bits, &a, sizeof bits);
  bits = ((((bits >> 32) * 0x55555556LL) >> 32) + 715094163LL) << 32;
  __builtin_memcpy(&a, &bits, sizeof bits);
  return a;
}
inline Lanes rough_cube_root(Lanes a) {
  const LaneBits high = (LaneBits)a >> 32;
  return (Lanes)((((high * 0x55555556LL) >> 32) + 715094163LL) << 32);
}

/// Within 1e-4 of the cube root: one step of Halley's.
template <class V>
inline V cube_root(V a) {
  const V x = rough_cube_root(a);
  const V cube = x * x * x;
  return x * ((cube + 2.0 * a) / (2.0 * cube + a));
}

/// a b = high + low exactly, within the range that the callers keep to.
template <class V>
inline V product_error(V a, V b, V product) {
  const V sa = 134217729.0 * a, sb = 134217729.0 * b;
  const V ah = sa - (sa - a), bh = sb - (sb - b);
  const V al = a - ah, bl = b - bh;
  return ((ah * bh - product) + ah * bl + al * bh) + al * bl;
}

/// a b - c d, rounded once or nearly so.
template <class V>
inline V minor(V a, V b, V c, V d) {
  const V first = a * b, second = c * d;
  return (first - second) + (product_error(a, b, first) - product_error(c, d, second));
}

}  // namespace orrery::orbital::ORRERY_LANES
