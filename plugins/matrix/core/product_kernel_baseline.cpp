// The tiles of matrix products, built for any processor.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "plugins/matrix/core/product_kernel_builds.hpp"

namespace orrery::matrix::detail {
namespace {

constexpr int most_rows = 4;

template <class R>
struct Vector {
  static constexpr int lanes = 16 / sizeof(R);
  R all[lanes];
};

template <class R, class F>
inline Vector<R> each(const F& f) {
  Vector<R> made;
  for (int l = 0; l < Vector<R>::lanes; ++l) made.all[l] = f(l);
  return made;
}
template <class R>
inline Vector<R> zero() {
  return each<R>([](int) { return R{}; });
}
template <class R>
inline Vector<R> load(const R* from) {
  return each<R>([&](int l) { return from[l]; });
}
template <class R>
inline void store(R* to, const Vector<R>& x) {
  for (int l = 0; l < Vector<R>::lanes; ++l) to[l] = x.all[l];
}
template <class R>
inline Vector<R> broadcast(R x) {
  return each<R>([&](int) { return x; });
}
template <class R>
inline Vector<R> times(const Vector<R>& a, const Vector<R>& b) {
  return each<R>([&](int l) { return a.all[l] * b.all[l]; });
}
template <class R>
inline Vector<R> fused(const Vector<R>& a, const Vector<R>& b, const Vector<R>& c) {
  return each<R>([&](int l) { return std::fma(a.all[l], b.all[l], c.all[l]); });
}

#include "plugins/matrix/core/product_kernel_tiles.hpp"

}  // namespace

ProductKernel<float> baseline_float() {
  return {"baseline", most_rows, 3 * Vector<float>::lanes, Vector<float>::lanes, run<float>};
}
ProductKernel<double> baseline_double() {
  return {"baseline", most_rows, 3 * Vector<double>::lanes, Vector<double>::lanes, run<double>};
}

}  // namespace orrery::matrix::detail
