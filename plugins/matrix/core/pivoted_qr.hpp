// QR decomposition with column pivoting, stopped early, of which the rows of R and the pivots are kept.
// SPDX-License-Identifier: Apache-2.0
// Sources: Businger, Golub 1965; Quintana-Orti, Sun, Bischof 1998 (panels); Drmac, Bujanovic 2008 (down-dating norms).
#pragma once

#include <limits>
#include <vector>

#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

/// When to stop. Whatever is met first.
struct PivotingLimits {
  Index rank = std::numeric_limits<Index>::max();  ///< steps
  double frobenius = 0.0;                          ///< stop when the Frobenius norm of what is left is at most this
  double diagonal = 0.0;                           ///< stop when |R_kk| <= diagonal |R_11|
};

/// A P = Q R, without Q. R is kept in the order of the columns of A, so that A[:, pivots] = Q rows[:, pivots].
template <class T>
struct PivotedQr {
  std::vector<Index> pivots;     ///< the columns in the order in which they were taken; no two are equal
  std::vector<double> diagonal;  ///< |R_kk|, not increasing but for round-off
  std::vector<double> left;      ///< of each column, the norm of what the pivots leave of it
  Matrix<T> rows;                ///< rank x cols: row k is row k of R, 0 for columns taken before
  bool deficient = false;        ///< stopped since every column left depends on the pivots to round-off
};

/// Householder QR that takes the longest column left at each step, ties to the lowest index.
///
/// A column is left aside as dependent when what is left of it is below 4 sqrt(rows) eps of its own length, the size
/// of the rounding errors of the transformations; so columns of very different sizes are told from dependent ones.
/// @param a [*] rows x cols, finite   @returns at most min(rows, cols, limits.rank) pivots
/// @accuracy backward error of each column 1e-15 sqrt(rows) of its length
/// @source Businger, Golub 1965; Quintana-Orti et al. 1998, section 3; Drmac, Bujanovic 2008, section 3
template <class T>
PivotedQr<T> pivoted_qr(In<T> a, const PivotingLimits& limits, const Workers& workers = in_caller());

}  // namespace orrery::matrix
