// Nystrom approximations of positive semidefinite matrices, as eigenvalues and eigenvectors.
// SPDX-License-Identifier: Apache-2.0
// Sources: Williams, Seeger 2001 (from columns); Tropp, Yurtsever, Udell, Cevher 2017, algorithm 3 (from a random
// sketch, made stable by a shift); Gittens, Mahoney 2016 (errors).
#pragma once

#include <vector>

#include "plugins/matrix/core/partial_cholesky.hpp"

namespace orrery::matrix {

/// a is near vectors diag(values) vectors^H, and the difference is positive semidefinite.
template <class T>
struct Nystrom {
  Matrix<T> vectors;            ///< n x k, orthonormal
  std::vector<Real<T>> values;  ///< k, falling, not negative
  std::vector<Index> pivots;    ///< of an approximation from columns
  double trace = 0.0;           ///< of a
  double trace_error = 0.0;     ///< trace of the difference: its nuclear norm, and a bound of its other norms
};

/// a V (V^H a V)^+ (a V)^H for the columns V of the identity at the pivots, truncated to `rank`.
/// @param options its rank is the number of columns   @param rank [-] 1 to options.rank
/// @throws as partial_cholesky does   @accuracy trace_error: n eps trace   @source Williams, Seeger 2001
template <class T>
Nystrom<T> nystrom_by_columns(In<T> a, const PartialCholeskyOptions& options, Index rank, const Random& random,
                              const Workers& workers = in_caller());

/// The same for an orthonormal basis V of `sketch` random vectors.
/// @param sketch [-] rank to n   @throws std::domain_error if a proves not to be positive semidefinite
/// @source Tropp, Yurtsever, Udell, Cevher 2017
template <class T>
Nystrom<T> nystrom_by_sketch(In<T> a, Index rank, Index sketch, const Random& random,
                             const Workers& workers = in_caller());

}  // namespace orrery::matrix
