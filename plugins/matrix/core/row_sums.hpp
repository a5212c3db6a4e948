// Sums of rows, and the triangle of columns that were chosen: pieces of pivoted eliminations.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "plugins/matrix/core/times.hpp"
#include "plugins/matrix/core/view.hpp"

namespace orrery::matrix {

/// out[j] += sum of x[i] a(i, j) for j in [from, to): four products for each load and store of a sum.
template <class T>
void add_rows(View<const T> a, const T* x, Index from, Index to, T* out) {
  Index i = 0;
  for (; i + 4 <= a.rows; i += 4) {
    const T *r0 = &a(i, 0), *r1 = &a(i + 1, 0), *r2 = &a(i + 2, 0), *r3 = &a(i + 3, 0);
    const T x0 = x[i], x1 = x[i + 1], x2 = x[i + 2], x3 = x[i + 3];
    for (Index j = from; j < to; ++j)
      out[j] += (times(x0, r0[j]) + times(x1, r1[j])) + (times(x2, r2[j]) + times(x3, r3[j]));
  }
  for (; i < a.rows; ++i)
    for (Index j = from; j < to; ++j) out[j] += times(x[i], a(i, j));
}

/// The upper triangle of the columns that `order` names, as many as it has.
template <class T>
Matrix<T> upper_triangle(const Matrix<T>& rows, const std::vector<Index>& order) {
  const auto k = static_cast<Index>(order.size());
  Matrix<T> r(k, k);
  for (Index i = 0; i < k; ++i)
    for (Index j = i; j < k; ++j) r(i, j) = rows(i, order[static_cast<std::size_t>(j)]);
  return r;
}

}  // namespace orrery::matrix
