// Partial Cholesky factorisations of positive semidefinite matrices, with pivots by size or at random.
// SPDX-License-Identifier: Apache-2.0
// Sources: Harbrecht, Peters, Schneider 2012 (pivots by size); Chen, Epperly, Tropp, Webber 2025 (random pivots);
// Epperly, Tropp, Webber 2024 (blocks of random pivots by rejection).
#pragma once

#include <vector>

#include "plugins/matrix/core/random.hpp"
#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

enum class Pivoting {
  greedy,   ///< the largest diagonal element left
  random,   ///< in proportion to the diagonal left
  uniform,  ///< every row alike
  given
};

struct PartialCholeskyOptions {
  Index rank = 1;          ///< the most pivots
  double tolerance = 0.0;  ///< stops when the trace left is at most this part of the trace
  Pivoting pivoting = Pivoting::greedy;
  Index block = 1;              ///< random pivots that are drawn at once; the law of the result does not depend on it
  std::vector<Index> pivots{};  ///< those given; ones that add nothing are left out
};

template <class T>
struct PartialCholesky {
  std::vector<Index> pivots;
  Matrix<T> factor;                ///< n x k: a is near factor factor^H, exactly so in the rows of the pivots
  std::vector<double> trace_left;  ///< of a - factor factor^H after each pivot
  double trace = 0.0;              ///< of a
};

/// partial_cholesky<double>(a, options, random). What is left is positive semidefinite, so that its trace bounds all
/// its norms. It stops early when nothing but round-off is left. Only the columns of the pivots take part in the
/// factorisation; all of a is read to see that it is Hermitian and that no 2 x 2 minor is negative, and what is left is
/// tried by one random vector.
/// @param a [*] n x n, Hermitian, positive semidefinite, finite
/// @throws std::invalid_argument for options out of range, or naming the elements where a is not Hermitian
/// @throws std::domain_error naming the pivot and the diagonal element where a proves not to be positive semidefinite
/// @accuracy |a - factor factor^H - exact residual| <= 4 k eps max diagonal elementwise
/// @source Chen, Epperly, Tropp, Webber 2025; Epperly, Tropp, Webber 2024
template <class T>
PartialCholesky<T> partial_cholesky(In<T> a, const PartialCholeskyOptions& options, const Random& random,
                                    const Workers& workers = in_caller());

/// @throws as partial_cholesky does, for what is seen without factorising: shape, symmetry, negative minors
template <class T>
void require_semidefinite(In<T> a, const Workers& workers = in_caller());

}  // namespace orrery::matrix
