// The Gram matrix of the outer products of a product X Y: every error of a CR approximation is a quadratic form of it.
// SPDX-License-Identifier: Apache-2.0
// Source: Drineas, Kannan, Mahoney 2006; that <x_i y_i, x_j y_j> = (x_i, x_j) (y_i, y_j) is elementary.
#pragma once

#include <span>
#include <vector>

#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

/// G = (X^H X) o conj(Y Y^H), the inner products of the v_i = x_i y_i, for T = double and Complex.
template <class T>
class CrGram {
 public:
  /// @param x [*] n x l   @param y [*] l x m, both finite and as TameFactors gives them
  /// @throws std::invalid_argument if the sizes do not fit
  CrGram(In<T> x, In<T> y, const Workers& workers = in_caller());

  Index size() const { return g_.rows(); }
  const T& operator()(Index i, Index j) const { return g_(i, j); }
  View<const T> matrix() const { return g_; }
  /// G 1: the inner products of each v_i with X Y.
  std::span<const T> row_sums() const { return row_sums_; }
  /// |X Y|^2 = 1^T G 1.   @accuracy 3 eps (|v_1| + ... + |v_l|)^2
  double product_square() const { return product_square_; }
  /// |X Y - sum of weights[i] v_i|^2.   @param weights [-] l
  /// @accuracy 3 eps (sum of |1 - weights[i]| |v_i|)^2; integers below 2^53 are exact
  double residual_square(std::span<const T> weights) const;
  /// (sum of |1 - weights[i]| |v_i|)^2, against which residual_square loses its digits.
  double residual_scale(std::span<const T> weights) const;

 private:
  Matrix<T> g_;
  std::vector<T> row_sums_;
  double product_square_ = 0.0;
};

}  // namespace orrery::matrix
