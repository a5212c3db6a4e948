// Columns chosen by their lengths, by leverage scores, and by empirical interpolation of a basis.
// SPDX-License-Identifier: Apache-2.0
// Sources: Mahoney, Drineas 2009 (leverage scores); Chaturantabut, Sorensen 2010 (DEIM); Drmac, Gugercin 2016 (Q-DEIM);
// Sorensen, Embree 2016 (CUR by DEIM).
#pragma once

#include <vector>

#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

/// The first singular vectors of a matrix on one side, and all its singular values.
template <class T>
struct SingularRows {
  std::vector<double> values;  ///< falling, min(rows, cols) of them
  Matrix<T> rows;              ///< rank x cols, orthonormal: the conjugated right singular vectors
};
/// By a pivoted QR decomposition and the singular value decomposition of its R: singular_rows<double>(a, rank).
/// @param rank [-] 0 <= rank <= min(rows, cols)   @accuracy values 1e-15 sqrt(cols) of the first
template <class T>
SingularRows<T> singular_rows(In<T> a, Index rank, const Workers& workers = in_caller());

/// How many singular values are above `tolerance` times the first.
Index rank_at(const std::vector<double>& values, double tolerance);

/// Leverage scores of the columns: for each the square of its length in an orthonormal basis of a row space. They add
/// up to the dimension of that space.
/// @param basis [*] rank x cols, orthonormal rows
/// @accuracy 1e-15 rank^(1/2)   @source Mahoney, Drineas 2009
template <class T>
std::vector<double> leverage_scores(In<T> basis);

/// The `count` largest of some scores: indices in falling order of the scores, ties to the lowest index.
std::vector<Index> largest_scores(const std::vector<double>& scores, Index count);

/// DEIM: index k + 1 is where basis vector k + 1 differs most from its interpolation by the vectors and indices before.
/// @param basis [*] rank x cols: the vectors are rows, in order   @returns rank indices, fewer if the vectors depend on
/// each other to round-off   @source Chaturantabut, Sorensen 2010, algorithm 1
template <class T>
std::vector<Index> deim_indices(In<T> basis);

/// Q-DEIM: the pivots of a QR decomposition of the basis. @source Drmac, Gugercin 2016
template <class T>
std::vector<Index> q_deim_indices(In<T> basis, const Workers& workers = in_caller());

}  // namespace orrery::matrix
