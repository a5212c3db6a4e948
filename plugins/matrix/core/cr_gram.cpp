// The Gram matrix of the outer products of a product.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/cr_gram.hpp"

#include <cmath>

#include "plugins/matrix/core/cr_factors.hpp"
#include "plugins/matrix/core/product.hpp"

namespace orrery::matrix {

template <class T>
CrGram<T>::CrGram(In<T> x, In<T> y, const Workers& workers) {
  require_factors<T>(x, y);
  g_ = gram<T>(x, workers);
  {
    const Matrix<T> yy = product<T>(Op::none, y, Op::adjoint, y, workers);
    workers.for_each(g_.rows(), 64, [&](Index begin, Index end) {
      for (Index i = begin * g_.cols(); i < end * g_.cols(); ++i) g_.data()[i] *= conjugate(yy.data()[i]);
    });
  }
  // The product of Y with its own transpose need not come out symmetric in its last bit.
  for (Index i = 0; i < g_.rows(); ++i) {
    g_(i, i) = T(real_part(g_(i, i)));
    for (Index j = 0; j < i; ++j) g_(j, i) = conjugate(g_(i, j));
  }
  row_sums_.resize(static_cast<std::size_t>(size()));
  for (Index i = 0; i < size(); ++i) {
    T sum{};
    for (Index j = 0; j < size(); ++j) sum += g_(i, j);
    row_sums_[static_cast<std::size_t>(i)] = sum;
    product_square_ += real_part(sum);
  }
  product_square_ = std::max(product_square_, 0.0);
}

template <class T>
double CrGram<T>::residual_square(std::span<const T> weights) const {
  double total = 0.0;
  for (Index i = 0; i < size(); ++i) {
    const T left = conjugate(T(1) - weights[static_cast<std::size_t>(i)]);
    if (left == T{}) continue;
    T sum{};
    for (Index j = 0; j < size(); ++j) sum += g_(i, j) * (T(1) - weights[static_cast<std::size_t>(j)]);
    total += real_part(left * sum);
  }
  return std::max(total, 0.0);
}

template <class T>
double CrGram<T>::residual_scale(std::span<const T> weights) const {
  double sum = 0.0;
  for (Index i = 0; i < size(); ++i)
    sum += std::abs(T(1) - weights[static_cast<std::size_t>(i)]) * std::sqrt(std::max(0.0, real_part(g_(i, i))));
  return sum * sum;
}

template class CrGram<double>;
template class CrGram<Complex>;

}  // namespace orrery::matrix
