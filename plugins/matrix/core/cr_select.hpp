// Deterministic choices of the columns that a CR approximation keeps.
// SPDX-License-Identifier: Apache-2.0
// Sources: Drineas, Kannan, Mahoney 2006 (outer-product norms); Chen, Billings, Luo 1989 (orthogonal least squares);
// Nemhauser, Wolsey, Fisher 1978 (greedy choice of sets).
#pragma once

#include <span>
#include <vector>

#include "plugins/matrix/core/cr_gram.hpp"

namespace orrery::matrix {

// The notation is that of cr_factors.hpp. All choices are sorted, and of equal candidates the lowest index is taken.

/// The r columns with the largest |v_i|.   @param norms [*] l   @param r [-] 0 <= r <= l
std::vector<Index> select_by_norm(std::span<const double> norms, Index r);

/// The r columns whose plain sum is nearest to X Y, among all sets of r; ties go to the lexicographically first set.
/// @param limit [-] the most sets that are looked at
/// @throws std::invalid_argument with the number of sets if there are more
/// @accuracy exact for whole numbers; otherwise sets whose squared errors differ by less than round-off are ties
template <class T>
std::vector<Index> select_exhaustively(const CrGram<T>& gram, Index r, double limit,
                                       const Workers& workers = in_caller());

/// Drops, until r columns remain, the k of those left whose sum has the least norm.
/// @param k [-] 1 or more, a divisor of l - r   @param limit [-] the most sets that are looked at in all
/// @throws std::invalid_argument if k does not divide l - r, or with the number of sets if it exceeds the limit
template <class T>
std::vector<Index> drop_in_tuples(const CrGram<T>& gram, Index r, Index k, double limit,
                                  const Workers& workers = in_caller());

/// Keeps, one after another, the column whose product lowers the error of the plain sum most, or raises it least.
/// @source Nemhauser, Wolsey, Fisher 1978
template <class T>
std::vector<Index> select_by_residual(const CrGram<T>& gram, Index r, const Workers& workers = in_caller());

/// Keeps, one after another, the column whose product lowers most the error of the best weighted sum of those kept.
/// Stops early when no column lowers it any more.
/// @source Chen, Billings, Luo 1989
template <class T>
std::vector<Index> select_by_least_squares(const CrGram<T>& gram, Index r, const Workers& workers = in_caller());

/// The binomial coefficient, exact below 2^53, infinite beyond the range of double.
double binomial(Index n, Index k);

}  // namespace orrery::matrix
