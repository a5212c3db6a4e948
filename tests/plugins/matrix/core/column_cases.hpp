// Matrices on which choices of columns are tested, and plain sums to check them by.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <functional>
#include <vector>

#include "tests/plugins/matrix/core/support.hpp"

namespace orrery::matrix::test {

inline Matrix<double> small_case() {
  const double elements[] = {5, 1, 1, 1, 2, 0, 3, 3, 2, 1, 0, 0, 1, 2, 2, 1, 2, 2, 3, 0};
  return Matrix<double>::copy_of(View<const double>(elements, 4, 5));
}

inline Matrix<double> hilbert(Index n) {
  Matrix<double> h(n, n);
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < n; ++j) h(i, j) = 1.0 / static_cast<double>(i + j + 1);
  return h;
}

/// Kahan's matrix of cosine c, column j scaled by 1 - 1e-12 j, so that pivoted QR keeps the natural order.
inline Matrix<double> kahan(Index n, double c) {
  const double s = std::sqrt(1.0 - c * c);
  Matrix<double> a(n, n);
  for (Index i = 0; i < n; ++i)
    for (Index j = i; j < n; ++j)
      a(i, j) = std::pow(s, static_cast<double>(i)) * (i == j ? 1.0 : -c) * (1.0 - 1e-12 * static_cast<double>(j));
  return a;
}

/// 1 / distance between two clouds of points that the golden ratio's relative in three dimensions spreads evenly.
inline Matrix<double> kernel(Index rows, Index cols) {
  constexpr double g = 1.2207440846057596;
  const auto point = [&](Index i, int axis) {
    const double x = 0.5 + static_cast<double>(i + 1) / std::pow(g, axis + 1);
    return x - std::floor(x);
  };
  Matrix<double> a(rows, cols);
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < cols; ++j) {
      const double dx = point(i, 0) - point(j, 0) - 1.2, dy = point(i, 1) - point(j, 1), dz = point(i, 2) - point(j, 2);
      a(i, j) = 1.0 / std::sqrt(dx * dx + dy * dy + dz * dz);
    }
  return a;
}

/// A random matrix whose columns mix so many outer products, each `ratio` times as large as the one before.
template <class T>
Matrix<T> decaying(Index rows, Index cols, double ratio, std::uint64_t seed) {
  const Index rank = std::min(rows, cols);
  const Matrix<T> left = random_matrix<T>(rows, rank, 2 * seed + 1000),
                  right = random_matrix<T>(rank, cols, 2 * seed + 1001);
  Matrix<T> a(rows, cols);
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < cols; ++j)
      for (Index k = 0; k < rank; ++k)
        a(i, j) += left(i, k) * right(k, j) * static_cast<Real<T>>(std::pow(ratio, static_cast<double>(k)));
  return a;
}

/// |a - a[:, skeleton] z| by plain sums.
template <class T>
double plain_error(In<T> a, const std::vector<Index>& skeleton, const Matrix<T>& z) {
  long double sum = 0.0L;
  for (Index i = 0; i < a.rows; ++i)
    for (Index j = 0; j < a.cols; ++j) {
      Exact<T> left = Exact<T>(a(i, j));
      for (std::size_t s = 0; s < skeleton.size(); ++s)
        left -= Exact<T>(a(i, skeleton[s])) * Exact<T>(z(static_cast<Index>(s), j));
      sum += std::norm(left);
    }
  return static_cast<double>(std::sqrt(sum));
}

}  // namespace orrery::matrix::test
