// Blocks on the diagonal row by row, everything else by matrix products.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/row_orthonormal.hpp"

#include <cmath>
#include <limits>

#include "plugins/matrix/core/product.hpp"
#include "plugins/matrix/core/times.hpp"

namespace orrery::matrix {
namespace {

constexpr Index block = 32;
constexpr Index columns_at_once = 256;

template <class T>
void subtract(T factor, const T* from, T* to, Index n) {
  for (Index j = 0; j < n; ++j) to[j] -= times(factor, from[j]);
}

template <class T>
void scale(T factor, T* row, Index n) {
  for (Index j = 0; j < n; ++j) row[j] = times(factor, row[j]);
}

// Rows of one block on the diagonal, from the last to the first.
template <class T>
void solve_block(In<T> r, View<T> b) {
  for (Index i = r.rows - 1; i >= 0; --i) {
    for (Index j = i + 1; j < r.rows; ++j) subtract(r(i, j), &b(j, 0), &b(i, 0), b.cols);
    scale(T{1} / r(i, i), &b(i, 0), b.cols);
  }
}

template <class T>
void solve_block_adjoint(In<T> r, View<T> b) {
  for (Index i = 0; i < r.rows; ++i) {
    for (Index j = 0; j < i; ++j) subtract(conjugate(r(j, i)), &b(j, 0), &b(i, 0), b.cols);
    scale(T{1} / conjugate(r(i, i)), &b(i, 0), b.cols);
  }
}

// g := factor of a block on the diagonal, its strictly lower part 0.
template <class T>
bool factor_block(View<T> g) {
  for (Index i = 0; i < g.rows; ++i) {
    const Real<T> pivot = real_part(g(i, i));
    if (!(pivot > 0) || !std::isfinite(pivot)) return false;
    const Real<T> root = std::sqrt(pivot);
    g(i, i) = T(root);
    scale(T(1 / root), &g(i, 0) + i + 1, g.cols - i - 1);
    for (Index j = i + 1; j < g.rows; ++j) {
      subtract(conjugate(g(i, j)), &g(i, 0) + j, &g(j, 0) + j, g.cols - j);
      g(j, i) = T{};
    }
  }
  return true;
}

// t r for upper triangular t and r, in the place of r.
template <class T>
void multiply_upper(In<T> t, View<T> r) {
  for (Index i = 0; i < r.rows; ++i) {
    scale(t(i, i), &r(i, 0), r.cols);
    for (Index j = i + 1; j < r.rows; ++j) subtract(T(-t(i, j)), &r(j, 0), &r(i, 0), r.cols);
  }
}

// The largest |g - 1|.
template <class T>
double distance_from_identity(In<T> g) {
  double largest = 0.0;
  for (Index i = 0; i < g.rows; ++i)
    for (Index j = 0; j < g.cols; ++j)
      largest = std::max<double>(largest, std::abs(g(i, j) - T(i == j ? Real<T>{1} : Real<T>{0})));
  return largest;
}

}  // namespace

template <class T>
void solve_upper(In<T> r, View<T> b, const Workers& workers) {
  for (Index end = r.rows; end > 0;) {
    const Index begin = std::max<Index>(0, (end - 1) / block * block), n = end - begin;
    workers.for_each(b.cols, columns_at_once, [&](Index from, Index to) {
      solve_block<T>(r.block(begin, begin, n, n), b.block(begin, from, n, to - from));
    });
    if (begin > 0)
      multiply_add<T>(-1, Op::none, r.block(0, begin, begin, n), Op::none, b.row_range(begin, n), b.row_range(0, begin),
                      workers);
    end = begin;
  }
}

template <class T>
void solve_upper_adjoint(In<T> r, View<T> b, const Workers& workers) {
  for (Index begin = 0; begin < r.rows; begin += block) {
    const Index n = std::min(block, r.rows - begin), rest = r.rows - begin - n;
    workers.for_each(b.cols, columns_at_once, [&](Index from, Index to) {
      solve_block_adjoint<T>(r.block(begin, begin, n, n), b.block(begin, from, n, to - from));
    });
    if (rest > 0)
      multiply_add<T>(-1, Op::adjoint, r.block(begin, begin + n, n, rest), Op::none, b.row_range(begin, n),
                      b.row_range(begin + n, rest), workers);
  }
}

template <class T>
bool cholesky_in_place(View<T> g, const Workers& workers) {
  for (Index begin = 0; begin < g.rows; begin += block) {
    const Index n = std::min(block, g.rows - begin), rest = g.rows - begin - n;
    const View<T> corner = g.block(begin, begin, n, n);
    if (!factor_block(corner)) return false;
    if (rest == 0) break;
    const View<T> right = g.block(begin, begin + n, n, rest);
    solve_upper_adjoint<T>(corner, right, workers);
    multiply_add<T>(-1, Op::adjoint, right, Op::none, right, g.block(begin + n, begin + n, rest, rest), workers);
    for (Index i = begin + n; i < g.rows; ++i) std::fill_n(&g(i, begin), n, T{});
  }
  return true;
}

template <class T>
bool orthonormalise_rows(View<T> x, View<T> r, const Workers& workers) {
  constexpr int passes = 4;
  const double goal = 64.0 * std::sqrt(static_cast<double>(x.cols)) * std::numeric_limits<Real<T>>::epsilon();
  for (int pass = 0; pass < passes; ++pass) {
    Matrix<T> g = product<T>(Op::none, x, Op::adjoint, x, workers);
    if (distance_from_identity<T>(g) <= goal) return true;
    // x x^H = g = t^H t.
    if (!cholesky_in_place<T>(g, workers)) return false;
    solve_upper_adjoint<T>(g, x, workers);
    multiply_upper<T>(g, r);
  }
  return false;
}

#define ORRERY_INSTANTIATE(T)                                           \
  template void solve_upper<T>(In<T>, View<T>, const Workers&);         \
  template void solve_upper_adjoint<T>(In<T>, View<T>, const Workers&); \
  template bool cholesky_in_place<T>(View<T>, const Workers&);          \
  template bool orthonormalise_rows<T>(View<T>, View<T>, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
