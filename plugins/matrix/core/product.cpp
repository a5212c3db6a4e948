// Products of dense matrices.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/product.hpp"

#include <stdexcept>
#include <string>

#include "plugins/matrix/core/product_blocks.hpp"

namespace orrery::matrix {
namespace {

template <class T>
void require_fit(Op op_a, View<const T> a, Op op_b, View<const T> b, View<T> out) {
  const Index rows = op_a == Op::none ? a.rows : a.cols, inner = op_a == Op::none ? a.cols : a.rows;
  const Index inner_b = op_b == Op::none ? b.rows : b.cols, cols = op_b == Op::none ? b.cols : b.rows;
  const auto text = [](Index m, Index n) { return std::to_string(m) + " x " + std::to_string(n); };
  if (inner != inner_b || out.rows != rows || out.cols != cols)
    throw std::invalid_argument("a product of " + text(rows, inner) + " and " + text(inner_b, cols) + " does not fit " +
                                text(out.rows, out.cols));
}

}  // namespace

template <class T>
void multiply_add(Real<T> factor, Op op_a, In<T> a, Op op_b, In<T> b, View<T> out, const Workers& workers) {
  require_fit<T>(op_a, a, op_b, b, out);
  detail::multiply_with<T>(detail::product_kernels<Real<T>>().back(), factor, true, op_a, a, op_b, b, out, workers);
}

template <class T>
void multiply(Op op_a, In<T> a, Op op_b, In<T> b, View<T> out, const Workers& workers) {
  require_fit<T>(op_a, a, op_b, b, out);
  detail::multiply_with<T>(detail::product_kernels<Real<T>>().back(), Real<T>(1), false, op_a, a, op_b, b, out,
                           workers);
}

template <class T>
Matrix<T> product(Op op_a, In<T> a, Op op_b, In<T> b, const Workers& workers) {
  auto out = Matrix<T>::uninitialised(op_a == Op::none ? a.rows : a.cols, op_b == Op::none ? b.cols : b.rows);
  multiply<T>(op_a, a, op_b, b, out.view(), workers);
  return out;
}

template <class T>
Matrix<T> gram(In<T> a, const Workers& workers) {
  constexpr Index at_once = 96;  // columns; what is below a block of them is the mirror image of what is above
  auto g = Matrix<T>::uninitialised(a.cols, a.cols);
  for (Index j = 0; j < a.cols; j += at_once) {
    const Index count = std::min(at_once, a.cols - j);
    multiply<T>(Op::adjoint, a.columns(0, j + count), Op::none, a.columns(j, count),
                g.view().block(0, j, j + count, count), workers);
  }
  for (Index i = 0; i < a.cols; ++i) {
    g(i, i) = T(real_part(g(i, i)));
    for (Index j = 0; j < i; ++j) g(i, j) = conjugate(g(j, i));
  }
  return g;
}

#define ORRERY_INSTANTIATE(T)                                                            \
  template void multiply<T>(Op, In<T>, Op, In<T>, View<T>, const Workers&);              \
  template void multiply_add<T>(Real<T>, Op, In<T>, Op, In<T>, View<T>, const Workers&); \
  template Matrix<T> product<T>(Op, In<T>, Op, In<T>, const Workers&);                   \
  template Matrix<T> gram<T>(In<T>, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
