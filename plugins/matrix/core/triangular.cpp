// Cholesky factors and triangular systems.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "plugins/matrix/core/orthonormal.hpp"
#include "plugins/matrix/core/product.hpp"

namespace orrery::matrix {
namespace {

constexpr Index panel = 32;
constexpr Index rows_at_once = 64;

// x := x r^{-1} for at most 64 rows and 32 columns, the rows side by side.
template <class T>
void solve_panel(View<const T> r, View<T> x) {
  T side[panel][rows_at_once];
  for (Index i = 0; i < x.rows; ++i)
    for (Index j = 0; j < x.cols; ++j) side[j][i] = x(i, j);
  for (Index j = 0; j < x.cols; ++j) {
    for (Index k = 0; k < j; ++k) {
      const T factor = r(k, j);
      for (Index i = 0; i < rows_at_once; ++i) side[j][i] -= factor * side[k][i];
    }
    const T inverse = T(1) / r(j, j);
    for (Index i = 0; i < rows_at_once; ++i) side[j][i] *= inverse;
  }
  for (Index i = 0; i < x.rows; ++i)
    for (Index j = 0; j < x.cols; ++j) x(i, j) = side[j][i];
}

// Rows [first, last) of the factor, from which all earlier rows have been taken away.
template <class T>
bool factor_panel(View<const T> g, View<T> r, Index first, Index last, double least) {
  for (Index k = first; k < last; ++k) {
    const double pivot = static_cast<double>(real_part(r(k, k)));
    if (!(pivot > least * static_cast<double>(real_part(g(k, k)))) || !(pivot > 0.0)) return false;
    const Real<T> root = std::sqrt(real_part(r(k, k))), inverse = Real<T>(1) / root;
    r(k, k) = T(root);
    for (Index j = k + 1; j < r.cols; ++j) r(k, j) *= inverse;
    for (Index i = k + 1; i < last; ++i) {
      const T factor = conjugate(r(k, i));
      for (Index j = i; j < r.cols; ++j) r(i, j) -= factor * r(k, j);
    }
  }
  return true;
}

}  // namespace

template <class T>
bool cholesky(In<T> g, View<T> r, double least) {
  const Index n = g.rows;
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < i; ++j) r(i, j) = T{};
    for (Index j = i; j < n; ++j) r(i, j) = g(i, j);
  }
  for (Index first = 0; first < n; first += panel) {
    const Index last = std::min(first + panel, n);
    if (!factor_panel<T>(g, r, first, last, least)) return false;
    for (Index i = last; i < n;
         i += panel) {  // what is right of and below the panel, without the part that is not read
      const Index count = std::min(panel, n - i);
      multiply_add<T>(Real<T>(-1), Op::adjoint, r.block(first, i, last - first, count), Op::none,
                      r.block(first, i, last - first, n - i), r.block(i, i, count, n - i));
    }
  }
  for (Index i = 0; i < n; ++i)
    for (Index j = i - i % panel; j < i; ++j) r(i, j) = T{};
  return true;
}

template <class T>
void solve_triangular_right(In<T> r, View<T> x, const Workers& workers) {
  workers.for_each(x.rows, 4 * rows_at_once, [&](Index begin, Index end) {
    for (Index j = 0; j < r.cols; j += panel) {
      const Index count = std::min(panel, r.cols - j);
      const View<T> here = x.block(begin, j, end - begin, count);
      if (j > 0)
        multiply_add<T>(Real<T>(-1), Op::none, x.block(begin, 0, end - begin, j), Op::none, r.block(0, j, j, count),
                        here);
      for (Index i = 0; i < here.rows; i += rows_at_once)
        solve_panel<T>(r.block(j, j, count, count), here.row_range(i, std::min(rows_at_once, here.rows - i)));
    }
  });
}

template <class T>
void solve_triangular_left(In<T> r, View<T> x, const Workers& workers) {
  workers.for_each(x.cols, 256, [&](Index begin, Index end) {
    const View<T> here = x.columns(begin, end - begin);
    for (Index last = r.rows; last > 0;) {
      const Index first = std::max<Index>(0, last - panel);
      if (last < r.rows)
        multiply_add<T>(Real<T>(-1), Op::none, r.block(first, last, last - first, r.cols - last), Op::none,
                        here.row_range(last, r.rows - last), here.row_range(first, last - first));
      for (Index i = last; i-- > first;) {
        for (Index k = i + 1; k < last; ++k) {
          const T factor = r(i, k);
          for (Index j = 0; j < here.cols; ++j) here(i, j) -= factor * here(k, j);
        }
        const T inverse = T(1) / r(i, i);
        for (Index j = 0; j < here.cols; ++j) here(i, j) *= inverse;
      }
      last = first;
    }
  });
}

#define ORRERY_INSTANTIATE(T)                                              \
  template bool cholesky<T>(In<T>, View<T>, double);                       \
  template void solve_triangular_right<T>(In<T>, View<T>, const Workers&); \
  template void solve_triangular_left<T>(In<T>, View<T>, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
