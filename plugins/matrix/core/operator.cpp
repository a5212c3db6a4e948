// Distances of matrices and factorisations.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/operator.hpp"

#include <cmath>
#include <vector>

namespace orrery::matrix {

template <class T>
double DenseOperator<T>::distance_to(View<const T> left, View<const T> right, const Workers& workers) const {
  constexpr Index rows_at_once = 256;
  std::vector<double> norms(static_cast<std::size_t>((a_.rows + rows_at_once - 1) / rows_at_once));
  workers.for_each(a_.rows, rows_at_once, [&](Index begin, Index end) {
    Matrix<T> part = Matrix<T>::copy_of(a_.row_range(begin, end - begin));
    multiply_add<T>(Real<T>(-1), Op::none, left.row_range(begin, end - begin), Op::none, right, part.view());
    norms[static_cast<std::size_t>(begin / rows_at_once)] = frobenius_norm<T>(part);
  });
  return frobenius_norm<double>(View<const double>(norms.data(), 1, static_cast<Index>(norms.size())));
}

template <class T>
double Difference<T>::distance_to(View<const T> left, View<const T> right, const Workers& workers) const {
  Matrix<T> both_left(rows(), left_.cols + left.cols), both_right(right_.rows + right.rows, cols());
  copy(left_, both_left.view().columns(0, left_.cols));
  copy(left, both_left.view().columns(left_.cols, left.cols));
  copy(right_, both_right.view().row_range(0, right_.rows));
  copy(right, both_right.view().row_range(right_.rows, right.rows));
  return a_.distance_to(both_left, both_right, workers);
}

template class DenseOperator<float>;
template class DenseOperator<double>;
template class DenseOperator<Complex>;
template class Difference<float>;
template class Difference<double>;
template class Difference<Complex>;

}  // namespace orrery::matrix
