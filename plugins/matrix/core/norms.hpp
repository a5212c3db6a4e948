// Norms of matrices and of their columns, and whether all elements are finite.
// SPDX-License-Identifier: Apache-2.0
// Source: Higham 2002, section 27.8 (scaled sums of squares).
#pragma once

#include <vector>

#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

/// sqrt of the sum of |a_ij|^2, without overflow or underflow of the squares: frobenius_norm<float>(a).
/// @returns [*] NaN or infinity if an element is
/// @accuracy 4 eps of double relative, float matrices included
template <class T>
double frobenius_norm(In<T> a, const Workers& workers = in_caller());

/// The 2-norm of each column, without overflow or underflow of the squares.
/// @returns [*] cols   @accuracy 1e-15 sqrt(rows) relative
template <class T>
std::vector<double> column_norms(In<T> a, const Workers& workers = in_caller());

/// The largest of |Re a_ij| and |Im a_ij|; NaN if there is a NaN.
template <class T>
double largest_magnitude(In<T> a, const Workers& workers = in_caller());

/// @throws std::invalid_argument naming the first element of `name` that is NaN or infinite
template <class T>
void require_finite(In<T> a, const char* name, const Workers& workers = in_caller());

}  // namespace orrery::matrix
