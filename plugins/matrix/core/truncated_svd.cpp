// Leading singular values and vectors of a matrix in memory.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/truncated_svd.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/matrix/core/orthonormal.hpp"

namespace orrery::matrix {
namespace {

template <class T>
constexpr double eps = std::numeric_limits<Real<T>>::epsilon();

// Squares of these numbers, and their sums, neither overflow nor vanish.
template <class T>
bool is_tame(double largest) {
  return std::is_same_v<T, float> ? largest > 1e-9 && largest < 1e9 : largest > 1e-100 && largest < 1e100;
}

template <class T>
Matrix<T> scaled(View<const T> a, int exponent) {
  // In two factors, since one cannot reach across the whole range.
  const auto half = static_cast<Real<T>>(std::ldexp(1.0, exponent / 2)),
             rest = static_cast<Real<T>>(std::ldexp(1.0, exponent - exponent / 2));
  Matrix<T> made = Matrix<T>::copy_of(a);
  for (Index i = 0; i < a.rows * a.cols; ++i) made.data()[i] = (made.data()[i] * half) * rest;
  return made;
}

/// Calls f with the matrix brought to a scale where squares are safe, and returns what f does with its numbers scaled
/// back.
template <class T, class F>
TruncatedSvd<T> at_safe_scale(View<const T> a, const Workers& workers, const F& f) {
  const double largest = largest_magnitude<T>(a, workers);
  if (!(largest <= std::numeric_limits<double>::max())) require_finite<T>(a, "matrix", workers);
  if (largest == 0.0 || is_tame<T>(largest)) return f(a);
  const int exponent = std::ilogb(largest);
  const Matrix<T> safe = scaled(a, -exponent);
  TruncatedSvd<T> found = f(safe.view());
  for (Real<T>& value : found.svd.values) value = std::ldexp(value, exponent);
  found.norm = std::ldexp(found.norm, exponent), found.error = std::ldexp(found.error, exponent);
  return found;
}

// A tall matrix is first reduced to its triangular factor, a wide one turned over.
template <class T>
Svd<T> whole_svd(View<const T> a, const Workers& workers) {
  if (a.cols > a.rows) {
    Svd<T> turned = whole_svd<T>(transposed(a, true).view(), workers);
    Svd<T> svd{transposed(reading(turned.vh), true), std::move(turned.values), transposed(reading(turned.u), true)};
    fix_signs(svd.u.view(), svd.vh.view());
    return svd;
  }
  if (2 * a.rows < 3 * a.cols) return small_svd<T>(a);
  const ThinQr<T> qr = thin_qr<T>(a, workers);
  if (qr.q.cols() < a.cols) return small_svd<T>(a);
  Svd<T> svd = small_svd<T>(qr.r);
  svd.u = product<T>(Op::none, qr.q, Op::none, svd.u, workers);
  fix_signs(svd.u.view(), svd.vh.view());
  return svd;
}

template <class T>
double tail_of(const std::vector<Real<T>>& values, Index k) {
  double scale = 0.0, sum = 0.0;
  for (auto i = static_cast<std::size_t>(k); i < values.size(); ++i) {
    const auto value = static_cast<double>(values[i]);
    if (scale == 0.0) scale = value;
    if (scale > 0.0) sum += (value / scale) * (value / scale);
  }
  return scale * std::sqrt(sum);
}

template <class T>
void keep_leading(Svd<T>& svd, Index k) {
  if (static_cast<Index>(svd.values.size()) == k) return;
  svd.u = Matrix<T>::copy_of(reading(svd.u).columns(0, k));
  svd.vh = Matrix<T>::copy_of(reading(svd.vh).row_range(0, k));
  svd.values.resize(static_cast<std::size_t>(k));
}

template <class T>
TruncatedSvd<T> exactly(View<const T> a, const Workers& workers) {
  TruncatedSvd<T> found;
  found.svd = whole_svd<T>(a, workers);
  found.norm = frobenius_norm<T>(a, workers);
  found.method = SvdMethod::exact;
  return found;
}

bool is_small(Index rows, Index cols, Index k) {
  const Index least = std::min(rows, cols);
  return least <= 64 || 3 * k > least;
}

// The fewest that leave at most `tolerance` of the norm; `beyond` is the error of all that there are.
template <class T>
Index fewest(const std::vector<Real<T>>& values, double beyond, double limit) {
  auto k = static_cast<Index>(values.size());
  double sum = beyond * beyond;
  while (k > 0) {
    const auto value = static_cast<double>(values[static_cast<std::size_t>(k - 1)]);
    sum += value * value;
    if (std::sqrt(sum) > limit) return k;
    --k;
  }
  return 0;
}

}  // namespace

template <class T>
TruncatedSvd<T> truncated_svd(In<T> a, Index k, const SvdOptions& options, const Workers& workers) {
  const Index most = std::min(a.rows, a.cols);
  if (k < 1 || k > most)
    throw std::domain_error("the rank must lie in [1, " + std::to_string(most) + "], since the matrix is " +
                            std::to_string(a.rows) + " x " + std::to_string(a.cols) + "; it is " + std::to_string(k));
  return at_safe_scale<T>(a, workers, [&](View<const T> safe) {
    const bool all =
        options.method == SvdMethod::exact || (options.method == SvdMethod::automatic && is_small(a.rows, a.cols, k));
    if (!all) return truncated_svd<T>(DenseOperator<T>(safe), k, options, workers);
    TruncatedSvd<T> found = exactly<T>(safe, workers);
    found.error = tail_of<T>(found.svd.values, k);
    keep_leading(found.svd, k);
    return found;
  });
}

template <class T>
TruncatedSvd<T> truncated_svd_to(In<T> a, double tolerance, const SvdOptions& options, const Workers& workers) {
  if (!(tolerance >= 0.0 && tolerance < 1.0))
    throw std::domain_error("the tolerance must lie in [0, 1); it is " + std::to_string(tolerance));
  tolerance = std::max(tolerance, 20.0 * eps<T>);
  return at_safe_scale<T>(a, workers, [&](View<const T> safe) {
    const Index most = std::min(a.rows, a.cols);
    TruncatedSvd<T> found;
    for (Index k = 32;; k *= 2) {
      const bool all = options.method == SvdMethod::exact || is_small(a.rows, a.cols, k);
      found = all ? exactly<T>(safe, workers) : truncated_svd<T>(DenseOperator<T>(safe), k, options, workers);
      if (all || found.error <= tolerance * found.norm || k >= most) break;
    }
    const Index k = fewest<T>(found.svd.values, found.error, tolerance * found.norm);
    const double rest = tail_of<T>(found.svd.values, k);
    found.error = std::hypot(rest, found.error);
    keep_leading(found.svd, k);
    return found;
  });
}

template <class T>
std::vector<Real<T>> singular_values(In<T> a, const Workers& workers) {
  require_finite<T>(a, "matrix", workers);
  if (a.cols > a.rows) return singular_values<T>(transposed(a, true).view(), workers);
  if (2 * a.rows >= 3 * a.cols) {
    const ThinQr<T> qr = thin_qr<T>(a, workers);
    if (qr.q.cols() == a.cols) return small_singular_values<T>(qr.r);
  }
  return small_singular_values<T>(a);
}

#define ORRERY_INSTANTIATE(T)                                                                     \
  template TruncatedSvd<T> truncated_svd<T>(In<T>, Index, const SvdOptions&, const Workers&);     \
  template TruncatedSvd<T> truncated_svd_to<T>(In<T>, double, const SvdOptions&, const Workers&); \
  template std::vector<Real<T>> singular_values<T>(In<T>, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
