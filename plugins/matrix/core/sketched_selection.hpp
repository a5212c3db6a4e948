// The two tiers of interpolative decompositions from one sparse sketch: at the cost of a product, or near the optimum.
// SPDX-License-Identifier: Apache-2.0
// Sources: Dong, Martinsson 2023 (LU of a sketch); Osinsky 2025 (near-optimal columns); Melnichenko et al. 2023.
#pragma once

#include "plugins/matrix/core/interpolation.hpp"
#include "plugins/matrix/core/random.hpp"
#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

/// Thrown where the sketch is not finite or so large or small that its squares would leave the range: since every
/// element of the matrix is in the sketch, this spares a pass over the matrix that looks for such elements.
struct SketchOutOfRange {};

/// Columns by LU decomposition of a sketch, coefficients by least squares in the sketch: the matrix is read once. The
/// sketch has 2 rank rows or more, of which random signs make `rank` rows for the elimination.
/// @param rank [-] 1 <= rank <= min(rows, cols)
/// @throws SketchOutOfRange   @source Dong, Martinsson 2023, algorithm 3
template <class T>
Interpolation<T> fast_interpolation(In<T> a, Index rank, const Random& random, const Workers& workers = in_caller());

/// Two choices of columns from a sketch, by pivoted QR and by Osinsky's rule, of which the one that leaves less of the
/// sketch is taken; coefficients by least squares in the matrix itself.
/// @param rank [-] 1 <= rank <= min(rows, cols)
/// @throws SketchOutOfRange   @source Osinsky 2025, algorithm 2
template <class T>
Interpolation<T> fine_interpolation(In<T> a, Index rank, const Random& random, const Workers& workers = in_caller());

}  // namespace orrery::matrix
