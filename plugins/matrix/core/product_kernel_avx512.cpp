// The tiles of matrix products, built for AVX-512.
// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)
#include <immintrin.h>

#include <cmath>

#include "plugins/matrix/core/product_kernel_builds.hpp"

namespace orrery::matrix::detail {
namespace {

constexpr int most_rows = 8;

template <class R>
struct Vector;
template <>
struct Vector<double> {
  static constexpr int lanes = 8;
  __m512d all;
};
template <>
struct Vector<float> {
  static constexpr int lanes = 16;
  __m512 all;
};

template <class R>
inline Vector<R> zero() {
  if constexpr (sizeof(R) == 8) return {_mm512_setzero_pd()};
  else return {_mm512_setzero_ps()};
}
inline Vector<double> load(const double* from) { return {_mm512_loadu_pd(from)}; }
inline Vector<float> load(const float* from) { return {_mm512_loadu_ps(from)}; }
inline void store(double* to, Vector<double> x) { _mm512_storeu_pd(to, x.all); }
inline void store(float* to, Vector<float> x) { _mm512_storeu_ps(to, x.all); }
inline Vector<double> broadcast(double x) { return {_mm512_set1_pd(x)}; }
inline Vector<float> broadcast(float x) { return {_mm512_set1_ps(x)}; }
inline Vector<double> times(Vector<double> a, Vector<double> b) { return {_mm512_mul_pd(a.all, b.all)}; }
inline Vector<float> times(Vector<float> a, Vector<float> b) { return {_mm512_mul_ps(a.all, b.all)}; }
inline Vector<double> fused(Vector<double> a, Vector<double> b, Vector<double> c) {
  return {_mm512_fmadd_pd(a.all, b.all, c.all)};
}
inline Vector<float> fused(Vector<float> a, Vector<float> b, Vector<float> c) {
  return {_mm512_fmadd_ps(a.all, b.all, c.all)};
}

#include "plugins/matrix/core/product_kernel_tiles.hpp"

}  // namespace

ProductKernel<float> avx512_float() {
  return {"avx512", most_rows, 3 * Vector<float>::lanes, Vector<float>::lanes, run<float>};
}
ProductKernel<double> avx512_double() {
  return {"avx512", most_rows, 3 * Vector<double>::lanes, Vector<double>::lanes, run<double>};
}

}  // namespace orrery::matrix::detail
#endif
