// Singular values and vectors, and eigenvalues of Hermitian matrices, of small dense matrices.
// SPDX-License-Identifier: Apache-2.0
// Sources: Golub, Van Loan 2013, sections 8.3 to 8.6; Bro, Acar, Kolda 2008 (that signs are arbitrary and have to be
// fixed).
#pragma once

#include <vector>

#include "plugins/matrix/core/view.hpp"

namespace orrery::matrix {

/// a = u diag(values) vh, thin: with p = min(rows, cols), u is rows x p and vh p x cols.
template <class T>
struct Svd {
  Matrix<T> u;
  std::vector<Real<T>> values;  ///< falling, none negative
  Matrix<T> vh;                 ///< the rows are the conjugated right singular vectors
};

/// small_svd<double>(a). Signs as fix_signs leaves them.
/// @param a [*] rows x cols, finite, of any scale
/// @throws std::range_error if the iteration does not converge
/// @accuracy values 10 eps values[0]; |a - u s vh| <= 30 eps values[0]; u^H u - 1 and vh vh^H - 1 below 30 eps
template <class T>
Svd<T> small_svd(In<T> a);

/// The singular values alone, falling.
template <class T>
std::vector<Real<T>> small_singular_values(In<T> a);

/// a = vectors diag(values) vectors^H.
template <class T>
struct HermitianEigen {
  std::vector<Real<T>> values;  ///< falling
  Matrix<T> vectors;            ///< in columns, signs as fix_signs leaves them
};

template <>
Svd<float> small_svd<float>(In<float> a);
template <>
Svd<double> small_svd<double>(In<double> a);
template <>
Svd<Complex> small_svd<Complex>(In<Complex> a);
template <>
std::vector<float> small_singular_values<float>(In<float> a);
template <>
std::vector<double> small_singular_values<double>(In<double> a);
template <>
std::vector<double> small_singular_values<Complex>(In<Complex> a);

/// small_eigen<double>(a). @param a [*] n x n, Hermitian, finite; the lower triangle is read
/// @throws std::range_error if the iteration does not converge   @accuracy values 10 eps max |values|
template <class T>
HermitianEigen<T> small_eigen(In<T> a);

template <>
HermitianEigen<float> small_eigen<float>(In<float> a);
template <>
HermitianEigen<double> small_eigen<double>(In<double> a);
template <>
HermitianEigen<Complex> small_eigen<Complex>(In<Complex> a);

/// Fixes what is arbitrary: each column of u is multiplied by a number of magnitude 1 so that its element of largest
/// magnitude (the first of those within 1e-4 of it, relatively) is real and positive, and the row of vh by its
/// conjugate.
/// @param u [*] rows x p   @param vh [*] p x cols, or p x 0
template <class T>
void fix_signs(View<T> u, View<T> vh);

}  // namespace orrery::matrix
