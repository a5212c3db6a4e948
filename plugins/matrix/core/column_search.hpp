// Columns chosen by the error that they leave: the greedy choice by the whole residual, and the best of all choices.
// SPDX-License-Identifier: Apache-2.0
// Sources: Farahat, Ghodsi, Kamel 2013 (greedy column selection); Deshpande, Rademacher 2010 (how good the best choice
// is).
#pragma once

#include <vector>

#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

/// At each step the column whose removal from all columns leaves the least Frobenius norm: the largest of
/// sum_j |e_j^H e_i|^2 / |e_i|^2 over i, e the residual; ties within round-off to the lowest index.
/// @param rank [-] 1 <= rank <= min(rows, cols)   @returns `rank` columns, fewer if nothing but round-off is left
/// @source Farahat et al. 2013, section 4
template <class T>
std::vector<Index> greedy_columns(In<T> a, Index rank, const Workers& workers = in_caller());

/// The number of choices of `rank` out of `cols`, as a double; infinite if beyond its range.
double choices(Index cols, Index rank);

/// The columns that leave the least Frobenius norm, by trying all: ascending; of equal ones the first in the order of
/// the dictionary.
/// @param limit [-] most choices that are tried
/// @throws std::domain_error if there are more, with their number
template <class T>
std::vector<Index> best_columns(In<T> a, Index rank, double limit, const Workers& workers = in_caller());

}  // namespace orrery::matrix
