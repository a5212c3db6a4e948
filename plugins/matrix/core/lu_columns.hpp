// Columns chosen by Gaussian elimination of rows, each step pivoting on the largest element of its row.
// SPDX-License-Identifier: Apache-2.0
// Sources: Golub, Van Loan 2013, section 3.4 (partial pivoting); Dong, Martinsson 2023 (LU of a sketch selects
// columns).
#pragma once

#include <vector>

#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

/// Rows of the eliminated matrix, and the pivots: a = l rows with l unit lower triangular, k x k.
template <class T>
struct LuColumns {
  std::vector<Index> pivots;  ///< the columns in the order in which they were taken
  Matrix<T> rows;             ///< k x cols: rows[:, pivots] is upper triangular
};

/// Takes in each row of a wide matrix the column of the largest element, and eliminates it from the rows below.
/// Stops at a row without an element above 8 eps rows times the largest of its own before elimination.
/// @param a [*] k x cols, finite   @returns at most k pivots
/// @source Dong, Martinsson 2023, algorithm 3
template <class T>
LuColumns<T> lu_columns(Matrix<T> a, const Workers& workers = in_caller());

}  // namespace orrery::matrix
