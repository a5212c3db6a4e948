// Random sketches S A of a matrix A: few rows that carry what many did.
// SPDX-License-Identifier: Apache-2.0
// Sources: Halko, Martinsson, Tropp 2011 (Gaussian sketches); Martinsson, Tropp 2020, section 9 (sparse signs,
// subsampled Hadamard transforms); Tropp 2011 (the latter's analysis).
#pragma once

#include "plugins/matrix/core/random.hpp"
#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

enum class SketchKind {
  gaussian,     ///< independent normals
  sparse_sign,  ///< every row of A goes to four rows of the sketch with random signs
  srht,         ///< random signs, a Walsh-Hadamard transform, and a uniform sample of the rows
  sampled       ///< a uniform sample of the rows of A, without replacement
};

/// S A, sketched<double>(kind, a, count, random). S is scaled so that the mean of |S x|^2 is |x|^2 for every x.
/// @param a [*] rows x cols   @param count [-] rows of the sketch, 1 or more, of `sampled` and `srht` at most the rows
/// (of srht: their number rounded up to a power of two)   @returns [*] count x cols
/// @throws std::invalid_argument for a count outside its range
/// @source Martinsson, Tropp 2020, sections 8 and 9
template <class T>
Matrix<T> sketched(SketchKind kind, In<T> a, Index count, const Random& random, const Workers& workers = in_caller());

/// A S^H with the same S for cols instead of rows: rows x count.
template <class T>
Matrix<T> sketched_columns(SketchKind kind, In<T> a, Index count, const Random& random,
                           const Workers& workers = in_caller());

}  // namespace orrery::matrix
