// A product of whole numbers whose CR approximations are known exactly, and errors by their definition.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <vector>

#include "plugins/matrix/core/view.hpp"

namespace orrery::matrix::test {

template <class T>
Matrix<T> matrix_of(Index rows, Index cols, std::initializer_list<double> numbers) {
  Matrix<T> made(rows, cols);
  Index at = 0;
  for (const double number : numbers) made.data()[at++] = T(number);
  return made;
}

template <class T>
Matrix<T> example_x() {
  return matrix_of<T>(3, 5, {2, -1, 0, 3, 1, 1, 0, 2, -1, 1, 0, 1, 1, 1, -2});
}
template <class T>
Matrix<T> example_y() {
  return matrix_of<T>(5, 3, {1, 0, 2, 2, 1, 0, -1, 3, 1, 0, 1, -1, 2, -1, 1});
}

/// |X Y - sum of weights[i] x_i y_i|^2 element by element in extended precision.
template <class T>
double error_square(const Matrix<T>& x, const Matrix<T>& y, const std::vector<T>& weights) {
  long double total = 0;
  for (Index i = 0; i < x.rows(); ++i)
    for (Index j = 0; j < y.cols(); ++j) {
      std::complex<long double> sum = 0;
      for (Index k = 0; k < x.cols(); ++k)
        sum += std::complex<long double>(T(1) - weights[static_cast<std::size_t>(k)]) *
               std::complex<long double>(x(i, k)) * std::complex<long double>(y(k, j));
      total += std::norm(sum);
    }
  return static_cast<double>(total);
}

/// Weights of all columns: 1 for those in `kept`.
template <class T>
std::vector<T> plain_weights(Index size, const std::vector<Index>& kept) {
  std::vector<T> weights(static_cast<std::size_t>(size), T{});
  for (const Index i : kept) weights[static_cast<std::size_t>(i)] = T(1);
  return weights;
}

}  // namespace orrery::matrix::test
