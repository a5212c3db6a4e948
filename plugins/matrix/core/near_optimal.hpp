// Columns whose span comes within sqrt(k + 1) of the best approximation of rank k, and in practice much nearer.
// SPDX-License-Identifier: Apache-2.0
// Source: Osinsky 2025 (close to optimal column approximation from a single singular value decomposition).
#pragma once

#include <vector>

#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

/// Chooses k columns of a matrix a with a = (a w^H) w + e, e w^H = 0, one by one: each time the one whose residual is
/// least for its share of what is left of the basis, |e_j|^2 / |w_j|^2, after which both lose that direction.
///
/// With the whole residual, |a - c c^+ a| <= sqrt(k + 1) |e| in the Frobenius norm; if the rows of w are the first k
/// right singular vectors, |e| is the least error of rank k. A sketch s e in the place of e chooses nearly as well.
/// @param basis [*] k x cols, orthonormal rows w   @param residual [*] any x cols: e, or a sketch of it
/// @returns k different columns, fewer if columns with a share in the basis run out
/// @source Osinsky 2025, algorithm 2
template <class T>
std::vector<Index> near_optimal_columns(In<T> basis, Matrix<T> residual, const Workers& workers = in_caller());

}  // namespace orrery::matrix
