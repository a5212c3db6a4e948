// Leading singular values and vectors of a sparse matrix, from a block Krylov space.
// SPDX-License-Identifier: Apache-2.0
// Sources: Golub, Luk, Overton 1981 (block Krylov spaces for singular values); Musco, Musco 2015 (random starting
// blocks).
#pragma once

#include "plugins/matrix/core/random.hpp"
#include "plugins/matrix/core/small_svd.hpp"
#include "plugins/matrix/core/sparse.hpp"

namespace orrery::matrix {

struct SparseSvdOptions {
  Index rank = 1;   ///< 1 to min(rows, cols)
  Index block = 0;  ///< columns that a step adds; 0: about a quarter of the rank
  Index most_steps = 50;
  double excess = 1e-4;  ///< stops when a step lowers the squared error by at most this part of it
};

template <class T>
struct SparseSvd {
  Svd<T> svd;          ///< u is rows x k, vh k x cols; k is the rank asked for, or less if A has not that many
  double norm = 0.0;   ///< |A|_F
  double error = 0.0;  ///< |A - u s vh|_F
  Index steps = 0;
  bool converged = true;  ///< false if most_steps ended it
};

/// Orthonormal bases of A X, (A A^H) A X, ... with a random X, and the best approximation in the space that they span.
/// A is read twice in each step.
/// @param a [*] checked by require_csr, finite
/// @throws std::invalid_argument for options out of range or naming a value that is not finite
/// @accuracy u^H u - 1 and vh vh^H - 1 below 30 eps; error 1e-6 relative or 1e-13 |A| absolute
/// @source Golub, Luk, Overton 1981; Musco, Musco 2015
template <class T>
SparseSvd<T> sparse_svd(const Csr<T>& a, const SparseSvdOptions& options, const Random& random,
                        const Workers& workers = in_caller());

}  // namespace orrery::matrix
