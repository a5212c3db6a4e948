// The pseudo-inverse of a matrix of any rank, by singular values, by eigenvalues of a Gram matrix, or by a ridge.
// SPDX-License-Identifier: Apache-2.0
// Sources: Penrose 1955 (the definition); Golub, Van Loan 2013, section 5.5 (singular values, the choice of rank);
// Tikhonov 1963 (the ridge).
#pragma once

#include <optional>
#include <vector>

#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

/// Singular values up to max(absolute, relative * the largest) count as 0.
struct RankCutoff {
  double absolute = 0.0;           ///< [*] 0 or more
  std::optional<double> relative;  ///< [-] 0 or more; left out: round-off of the method
};

template <class T>
struct PseudoInverse {
  Matrix<T> inverse;            ///< cols x rows
  std::vector<Real<T>> values;  ///< the singular values of the matrix, falling
  Index rank = 0;               ///< how many of them exceed the cutoff
  double cutoff = 0.0;
};

/// V diag(1/s) U^H over the singular values above the cutoff: pinv_by_svd<double>(a).
/// @param a [*] rows x cols, finite   @param cutoff relative by default max(rows, cols) eps
/// @throws std::overflow_error if an element of the result exceeds the range of T
/// @accuracy |pinv - exact| <= 20 eps sqrt(min(rows, cols)) (s_1/s_rank) |exact| if the rank is clear
/// @source Golub, Van Loan 2013, section 5.5.2
template <class T>
PseudoInverse<T> pinv_by_svd(In<T> a, const RankCutoff& cutoff = {}, const Workers& workers = in_caller());

/// The same from the eigenvalues of a^H a or a a^H, whichever is smaller, of which those below the square of the cutoff
/// are left 0. Several times as fast; singular values below sqrt(eps) of the largest are lost.
/// @param cutoff relative by default sqrt(max(rows, cols) eps)
/// @accuracy |pinv - exact| <= 20 eps (s_1/s_rank)^2 |exact| if the rank is clear
template <class T>
PseudoInverse<T> pinv_by_eigenvalues(In<T> a, const RankCutoff& cutoff = {}, const Workers& workers = in_caller());

/// (a^H a + ridge 1)^{-1} a^H, by s/(s^2 + ridge). It differs from the pseudo-inverse by about ridge/s_rank^3, and by
/// eps s_1/ridge for singular values that should be 0: least near ridge = sqrt(eps), and worse again below.
/// @param ridge [*^2] above 0
template <class T>
PseudoInverse<T> pinv_by_ridge(In<T> a, double ridge, const Workers& workers = in_caller());

}  // namespace orrery::matrix
