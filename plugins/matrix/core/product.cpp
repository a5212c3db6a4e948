// Products of dense matrices.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/product.hpp"

#include <stdexcept>
#include <string>

namespace orrery::matrix {
namespace {

struct Sizes {
  Index rows, inner, cols;
};

template <class T>
Sizes sizes_of(Op op_a, View<const T> a, Op op_b, View<const T> b, View<T> out) {
  const Index rows = op_a == Op::none ? a.rows : a.cols, inner = op_a == Op::none ? a.cols : a.rows;
  const Index inner_b = op_b == Op::none ? b.rows : b.cols, cols = op_b == Op::none ? b.cols : b.rows;
  const auto text = [](Index m, Index n) { return std::to_string(m) + " x " + std::to_string(n); };
  if (inner != inner_b || out.rows != rows || out.cols != cols)
    throw std::invalid_argument("a product of " + text(rows, inner) + " and " + text(inner_b, cols) + " does not fit " +
                                text(out.rows, out.cols));
  return {rows, inner, cols};
}

template <class T>
T element(Op op, View<const T> a, Index i, Index j) {
  if (op == Op::none) return a(i, j);
  return op == Op::adjoint ? conjugate(a(j, i)) : a(j, i);
}

}  // namespace

template <class T>
void multiply_add(Real<T> factor, Op op_a, In<T> a, Op op_b, In<T> b, View<T> out, const Workers& workers) {
  const Sizes sizes = sizes_of<T>(op_a, a, op_b, b, out);
  workers.for_each(sizes.rows, 16, [&](Index begin, Index end) {
    for (Index i = begin; i < end; ++i)
      for (Index k = 0; k < sizes.inner; ++k) {
        const T x = factor * element(op_a, a, i, k);
        for (Index j = 0; j < sizes.cols; ++j) out(i, j) += x * element(op_b, b, k, j);
      }
  });
}

template <class T>
void multiply(Op op_a, In<T> a, Op op_b, In<T> b, View<T> out, const Workers& workers) {
  for (Index i = 0; i < out.rows; ++i) std::fill_n(out.data + i * out.stride, out.cols, T{});
  multiply_add<T>(Real<T>{1}, op_a, a, op_b, b, out, workers);
}

template <class T>
Matrix<T> product(Op op_a, In<T> a, Op op_b, In<T> b, const Workers& workers) {
  auto out = Matrix<T>::uninitialised(op_a == Op::none ? a.rows : a.cols, op_b == Op::none ? b.cols : b.rows);
  multiply<T>(op_a, a, op_b, b, out.view(), workers);
  return out;
}

template <class T>
Matrix<T> gram(In<T> a, const Workers& workers) {
  return product<T>(Op::adjoint, a, Op::none, a, workers);
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
