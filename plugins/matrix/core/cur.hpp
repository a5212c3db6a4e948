// CUR decompositions: a matrix from some of its columns, some of its rows, and a small matrix between them.
// SPDX-License-Identifier: Apache-2.0
// Sources: Mahoney, Drineas 2009; Goreinov, Tyrtyshnikov, Zamarashkin 1997 (cross approximation); Sorensen, Embree
// 2016.
#pragma once

#include <vector>

#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

enum class Middle {
  optimal,  ///< c^+ a r^+, of the least Frobenius norm of the error for these columns and rows
  cross     ///< the pseudo-inverse of a[rows, columns], exact in the columns and rows chosen if that is invertible
};

template <class T>
struct Cur {
  Matrix<T> c, u, r;     ///< a[:, columns], columns x rows, a[rows, :]
  double error = 0.0;    ///< |a - c u r| in the Frobenius norm, of these very matrices
  double condition = 0;  ///< ratio of the extreme singular values of a[rows, columns]; infinite if it is singular
};

/// a ~ c u r: cur<double>(a, columns, rows, middle). Columns or rows that depend on each other are borne.
/// @param columns [-] indices of columns, at least one   @param rows [-] indices of rows, at least one
/// @throws std::out_of_range naming an index that is none
/// @accuracy rounding of u costs 1e-16 |c| |u| |r| of the error, which is in it; u: backward stable pseudo-inverses
/// with singular values below 1e-15 k of the first taken as 0
/// @source Mahoney, Drineas 2009, eq. (2); Goreinov et al. 1997
template <class T>
Cur<T> cur(In<T> a, const std::vector<Index>& columns, const std::vector<Index>& rows, Middle middle,
           const Workers& workers = in_caller());

}  // namespace orrery::matrix
