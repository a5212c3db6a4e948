// Scores of columns, and the choices made by them.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/column_scores.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/pivoted_qr.hpp"
#include "plugins/matrix/core/small_svd.hpp"
#include "plugins/matrix/core/times.hpp"

namespace orrery::matrix {

template <class T>
SingularRows<T> singular_rows(In<T> a, Index rank, const Workers& workers) {
  SingularRows<T> out;
  out.values.assign(static_cast<std::size_t>(std::min(a.rows, a.cols)), 0.0);
  // R has the singular values and right vectors of the matrix, and is never taller than wide.
  const PivotedQr<T> qr = pivoted_qr<T>(a, {}, workers);
  const Svd<T> svd = small_svd<T>(qr.rows);
  for (std::size_t i = 0; i < svd.values.size(); ++i) out.values[i] = svd.values[i];
  const Index given = std::min(rank, static_cast<Index>(svd.values.size()));
  out.rows = Matrix<T>::copy_of(reading(svd.vh).row_range(0, given));
  return out;
}

Index rank_at(const std::vector<double>& values, double tolerance) {
  const double limit = values.empty() ? 0.0 : tolerance * values.front();
  return std::count_if(values.begin(), values.end(), [&](double value) { return value > limit; });
}

template <class T>
std::vector<double> leverage_scores(In<T> basis) {
  std::vector<double> scores(static_cast<std::size_t>(basis.cols), 0.0);
  for (Index i = 0; i < basis.rows; ++i)
    for (Index j = 0; j < basis.cols; ++j) scores[static_cast<std::size_t>(j)] += square_magnitude(basis(i, j));
  return scores;
}

std::vector<Index> largest_scores(const std::vector<double>& scores, Index count) {
  std::vector<Index> order(scores.size());
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Index i, Index j) {
    return scores[static_cast<std::size_t>(i)] > scores[static_cast<std::size_t>(j)];
  });
  order.resize(static_cast<std::size_t>(std::min<Index>(count, static_cast<Index>(order.size()))));
  return order;
}

template <class T>
std::vector<Index> deim_indices(In<T> basis) {
  // Interpolating and subtracting is elimination: rows above are zero at the indices taken, so one row at a time does.
  Matrix<T> rows = Matrix<T>::copy_of(basis);
  std::vector<Index> indices;
  const Real<T> round_off =
      8 * std::numeric_limits<Real<T>>::epsilon() * static_cast<Real<T>>(std::max<Index>(basis.rows, 1));
  for (Index i = 0; i < rows.rows(); ++i) {
    Real<T> before = 0, largest = 0;
    for (const T& x : rows.view().row(i)) before = std::max<Real<T>>(before, std::abs(x));
    for (Index s = 0; s < i; ++s) {
      const T factor = rows(i, indices[static_cast<std::size_t>(s)]) / rows(s, indices[static_cast<std::size_t>(s)]);
      for (Index j = 0; j < rows.cols(); ++j) rows(i, j) -= times(factor, rows(s, j));
      rows(i, indices[static_cast<std::size_t>(s)]) = T{};
    }
    Index found = -1;
    for (Index j = 0; j < rows.cols(); ++j)
      if (const Real<T> size = std::abs(rows(i, j)); size > largest) largest = size, found = j;
    if (!(largest > round_off * before)) break;
    indices.push_back(found);
  }
  return indices;
}

template <class T>
std::vector<Index> q_deim_indices(In<T> basis, const Workers& workers) {
  return pivoted_qr<T>(basis, {}, workers).pivots;
}

#define ORRERY_INSTANTIATE(T)                                              \
  template SingularRows<T> singular_rows<T>(In<T>, Index, const Workers&); \
  template std::vector<double> leverage_scores<T>(In<T>);                  \
  template std::vector<Index> deim_indices<T>(In<T>);                      \
  template std::vector<Index> q_deim_indices<T>(In<T>, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
