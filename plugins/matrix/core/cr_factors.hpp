// The factors of a product X Y that is approximated by few columns of X and rows of Y: norms, gathering, size checks.
// SPDX-License-Identifier: Apache-2.0
// Sources: Drineas, Kannan, Mahoney 2006 (the CR approximation); Higham 2002, section 27.8 (scaling).
#pragma once

#include <span>
#include <vector>

#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

// Throughout: X is n x l, Y is l x m, x_i a column of X, y_i a row of Y, and v_i = x_i y_i, so that X Y = sum v_i.

/// @throws std::invalid_argument if X has not as many columns as Y rows, or if there is no element at all
template <class T>
void require_factors(In<T> x, In<T> y);

/// Factors multiplied by powers of two if their elements are so large or small that squares of products of them would
/// leave the range of double; as they were given otherwise.
template <class T>
class TameFactors {
 public:
  TameFactors(In<T> x, In<T> y, const Workers& workers = in_caller());
  View<const T> x() const { return x_; }
  View<const T> y() const { return y_; }
  /// A Frobenius norm of something linear in X Y, in the units of what was given.
  /// @throws std::overflow_error if it exceeds the range of double
  double unscaled(double norm) const;
  /// The power of two by which X Y has been multiplied, as its exponent.
  int exponent() const { return exponent_; }

 private:
  View<const T> x_, y_;
  Matrix<T> x_scaled_, y_scaled_;
  int exponent_ = 0;
};

/// |v_i| = |x_i| |y_i|, the Frobenius norms of the outer products; X and Y are read once.
/// @returns [*] l   @accuracy (5 + sqrt(n + m)) eps relative for factors as TameFactors gives them
template <class T>
std::vector<double> outer_norms(In<T> x, In<T> y, const Workers& workers = in_caller());

/// Columns of X in the order of `indices`, column j times weights[j] if there are weights.
/// @param indices [-] s, 0 <= index < l   @param weights [-] s, or none
template <class T>
Matrix<T> gather_columns(In<T> x, std::span<const Index> indices, std::span<const T> weights = {},
                         const Workers& workers = in_caller());

/// Rows of Y in the order of `indices`.
template <class T>
Matrix<T> gather_rows(In<T> y, std::span<const Index> indices, const Workers& workers = in_caller());

/// out = X[:, indices] diag(weights) Y[indices, :], at the cost of the s columns alone.
/// @param weights [-] s; none: all 1   @param out [*] n x m
template <class T>
void multiply_selected(In<T> x, In<T> y, std::span<const Index> indices, std::span<const T> weights, View<T> out,
                       const Workers& workers = in_caller());

}  // namespace orrery::matrix
