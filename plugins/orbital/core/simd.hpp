// Vectors of doubles and floats of the widest kind that the file's compiler flags allow, for the kernels.
// SPDX-License-Identifier: Apache-2.0
//
// A file that includes this defines ORRERY_SIMD first: the name of a namespace of its own, since the same kernel is
// compiled for several instruction sets into one library, and functions of one name would be taken for each other.
#pragma once

#include <cstddef>
#include <cstdint>
#if defined(__AVX2__) || defined(__SSE2__)
#include <immintrin.h>
#endif

#ifndef ORRERY_SIMD
#error "define ORRERY_SIMD as the namespace of this instruction set"
#endif
#ifdef __FAST_MATH__
#error "error-free sums and products need IEEE arithmetic; do not build with -ffast-math"
#endif

#define ORRERY_INLINE [[gnu::always_inline]] inline

namespace orrery::orbital::ORRERY_SIMD {

#if defined(__AVX512F__)
inline constexpr std::size_t lanes = 8;
#elif defined(__AVX2__)
inline constexpr std::size_t lanes = 4;
#else
inline constexpr std::size_t lanes = 2;
#endif

typedef double Real __attribute__((vector_size(8 * lanes)));
typedef std::int64_t Bits __attribute__((vector_size(8 * lanes)));
typedef float Single __attribute__((vector_size(8 * lanes)));
typedef std::int32_t SingleBits __attribute__((vector_size(8 * lanes)));

ORRERY_INLINE Real load(const double* from) {
  Real a;
  __builtin_memcpy(&a, from, sizeof a);
  return a;
}
ORRERY_INLINE void store(double* to, Real a) { __builtin_memcpy(to, &a, sizeof a); }
ORRERY_INLINE Real all(double a) { return Real{} + a; }
ORRERY_INLINE Single all(float a) { return Single{} + a; }

ORRERY_INLINE Real absolute(Real a) { return (Real)((Bits)a & INT64_MAX); }
ORRERY_INLINE Real with_sign(Real size, Real sign) { return (Real)((Bits)size | ((Bits)sign & INT64_MIN)); }
ORRERY_INLINE Real larger(Real a, Real b) { return a > b ? a : b; }
ORRERY_INLINE Real smaller(Real a, Real b) { return a < b ? a : b; }

#if defined(__AVX512F__)

ORRERY_INLINE Real square_root(Real a) { return (Real)_mm512_sqrt_pd((__m512d)a); }
ORRERY_INLINE Single square_root(Single a) { return (Single)_mm512_sqrt_ps((__m512)a); }
/// a b + c, rounded once where the machine can, else twice: only for what does not decide about bits.
ORRERY_INLINE Real fused(Real a, Real b, Real c) { return (Real)_mm512_fmadd_pd((__m512d)a, (__m512d)b, (__m512d)c); }
ORRERY_INLINE Single fused(Single a, Single b, Single c) {
  return (Single)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
}
/// a b - rounded, where rounded is a b.
ORRERY_INLINE Real product_error(Real a, Real b, Real rounded) {
  return (Real)_mm512_fmsub_pd((__m512d)a, (__m512d)b, (__m512d)rounded);
}
ORRERY_INLINE bool any(Bits mask) { return _mm512_test_epi64_mask((__m512i)mask, (__m512i)mask) != 0; }
ORRERY_INLINE Single narrow(Real low, Real high) {
  const __m512 a = _mm512_castps256_ps512(_mm512_cvtpd_ps((__m512d)low));
  return (Single)_mm512_castpd_ps(
      _mm512_insertf64x4(_mm512_castps_pd(a), _mm256_castps_pd(_mm512_cvtpd_ps((__m512d)high)), 1));
}
ORRERY_INLINE Real widen_low(Single a) { return (Real)_mm512_cvtps_pd(_mm512_castps512_ps256((__m512)a)); }
ORRERY_INLINE Real widen_high(Single a) {
  return (Real)_mm512_cvtps_pd(_mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd((__m512)a), 1)));
}

#elif defined(__AVX2__)

ORRERY_INLINE Real square_root(Real a) { return (Real)_mm256_sqrt_pd((__m256d)a); }
ORRERY_INLINE Single square_root(Single a) { return (Single)_mm256_sqrt_ps((__m256)a); }
ORRERY_INLINE Real fused(Real a, Real b, Real c) { return (Real)_mm256_fmadd_pd((__m256d)a, (__m256d)b, (__m256d)c); }
ORRERY_INLINE Single fused(Single a, Single b, Single c) {
  return (Single)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
}
ORRERY_INLINE Real product_error(Real a, Real b, Real rounded) {
  return (Real)_mm256_fmsub_pd((__m256d)a, (__m256d)b, (__m256d)rounded);
}
ORRERY_INLINE bool any(Bits mask) { return _mm256_testz_si256((__m256i)mask, (__m256i)mask) == 0; }
ORRERY_INLINE Single narrow(Real low, Real high) {
  return (Single)_mm256_set_m128(_mm256_cvtpd_ps((__m256d)high), _mm256_cvtpd_ps((__m256d)low));
}
ORRERY_INLINE Real widen_low(Single a) { return (Real)_mm256_cvtps_pd(_mm256_castps256_ps128((__m256)a)); }
ORRERY_INLINE Real widen_high(Single a) { return (Real)_mm256_cvtps_pd(_mm256_extractf128_ps((__m256)a, 1)); }

#else

#ifdef __SSE2__
ORRERY_INLINE Real square_root(Real a) { return (Real)_mm_sqrt_pd((__m128d)a); }
ORRERY_INLINE Single square_root(Single a) { return (Single)_mm_sqrt_ps((__m128)a); }
#else
ORRERY_INLINE Real square_root(Real a) { return Real{__builtin_sqrt(a[0]), __builtin_sqrt(a[1])}; }
ORRERY_INLINE Single square_root(Single a) {
  return Single{__builtin_sqrtf(a[0]), __builtin_sqrtf(a[1]), __builtin_sqrtf(a[2]), __builtin_sqrtf(a[3])};
}
#endif
ORRERY_INLINE Real fused(Real a, Real b, Real c) { return a * b + c; }
ORRERY_INLINE Single fused(Single a, Single b, Single c) { return a * b + c; }
// Dekker's halves of at most 26 bits.
ORRERY_INLINE Real product_error(Real a, Real b, Real rounded) {
  const Real scaled_a = 134217729.0 * a, scaled_b = 134217729.0 * b;
  const Real a_hi = scaled_a - (scaled_a - a), b_hi = scaled_b - (scaled_b - b);
  const Real a_lo = a - a_hi, b_lo = b - b_hi;
  return ((a_hi * b_hi - rounded) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo;
}
ORRERY_INLINE bool any(Bits mask) { return (mask[0] | mask[1]) != 0; }
ORRERY_INLINE Single narrow(Real low, Real high) {
  return Single{static_cast<float>(low[0]), static_cast<float>(low[1]), static_cast<float>(high[0]),
                static_cast<float>(high[1])};
}
ORRERY_INLINE Real widen_low(Single a) { return Real{static_cast<double>(a[0]), static_cast<double>(a[1])}; }
ORRERY_INLINE Real widen_high(Single a) { return Real{static_cast<double>(a[2]), static_cast<double>(a[3])}; }

#endif

/// An unevaluated sum of two, as DoubleDouble is of scalars.
struct Pair {
  Real hi, lo;
};

/// a + b exactly; needs |a| >= |b| or a = 0.
ORRERY_INLINE Pair quick_two_sum(Real a, Real b) {
  const Real sum = a + b;
  return {sum, b - (sum - a)};
}
/// a + b exactly.
ORRERY_INLINE Pair two_sum(Real a, Real b) {
  const Real sum = a + b;
  const Real part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}
/// a b exactly, unless it overflows or its error underflows.
ORRERY_INLINE Pair two_prod(Real a, Real b) {
  const Real product = a * b;
  return {product, product_error(a, b, product)};
}

ORRERY_INLINE Pair operator-(Pair a) { return {-a.hi, -a.lo}; }
/// To 2^-103 of the larger.
ORRERY_INLINE Pair operator+(Pair a, Pair b) {
  const Pair high = two_sum(a.hi, b.hi);
  return quick_two_sum(high.hi, high.lo + (a.lo + b.lo));
}
ORRERY_INLINE Pair operator+(Pair a, Real b) {
  const Pair high = two_sum(a.hi, b);
  return quick_two_sum(high.hi, high.lo + a.lo);
}
ORRERY_INLINE Pair operator-(Pair a, Pair b) { return a + -b; }
ORRERY_INLINE Pair operator*(Pair a, Pair b) {
  const Pair high = two_prod(a.hi, b.hi);
  return quick_two_sum(high.hi, high.lo + (a.hi * b.lo + a.lo * b.hi));
}
ORRERY_INLINE Pair operator*(Pair a, Real b) {
  const Pair high = two_prod(a.hi, b);
  return quick_two_sum(high.hi, high.lo + a.lo * b);
}
ORRERY_INLINE Pair inverse(Pair a) {
  const Real first = 1.0 / a.hi;
  const Pair product = two_prod(a.hi, first);
  return quick_two_sum(first, first * (((1.0 - product.hi) - product.lo) - a.lo * first));
}
ORRERY_INLINE Pair square_root(Pair a) {
  const Real root = square_root(a.hi);
  const Pair square = two_prod(root, root);
  return quick_two_sum(root, ((a.hi - square.hi) - square.lo + a.lo) / (2.0 * root));
}

/// a to the nearest integer, with that integer in the low bits of `shifted`; |a| < 2^51.
struct Nearest {
  Real value;
  Real shifted;
};
ORRERY_INLINE Nearest nearest(Real a) {
  const Real shifted = a + 0x1.8p+52;
  return {shifted - 0x1.8p+52, shifted};
}

/// Column `column` of the rows whose numbers are in the low four bits of `shifted`.
template <std::size_t Columns>
ORRERY_INLINE Real pick(const double (&table)[Columns][16], std::size_t column, Real shifted) {
#if defined(__AVX512F__)
  const double* from = table[column];
  return (Real)_mm512_permutex2var_pd(_mm512_load_pd(from), (__m512i)shifted, _mm512_load_pd(from + 8));
#else
  const Bits index = (Bits)shifted & 15;
  Real a;
  for (std::size_t i = 0; i < lanes; ++i) a[i] = table[column][index[i]];
  return a;
#endif
}

}  // namespace orrery::orbital::ORRERY_SIMD
