// Orthonormal bases of the columns of tall matrices, by Cholesky factors of their Gram matrices, at any condition.
// SPDX-License-Identifier: Apache-2.0
// Sources: Yamamoto, Nakatsukasa, Yanagisawa, Fukaya 2015 (Cholesky-QR twice); Fukaya, Nakatsukasa, Yamamoto 2024
// (pivoted Cholesky-QR for deficient rank); Giraud, Langou, Rozloznik 2005 (twice is enough).
#pragma once

#include <vector>

#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

/// Replaces the columns of `a` by an orthonormal basis of the space that they span. Columns are first brought to length
/// 1, so that those of very different size count alike; a column that lies in the span of the others to within
/// 16 eps sqrt(rows) of its length gives no member of the basis.
///
/// A well conditioned matrix is orthonormalised by two Cholesky factorisations of Gram matrices. Otherwise the columns
/// are taken in groups, each chosen by a pivoted Cholesky factorisation while it is well conditioned, and what remains
/// is made orthogonal to the group, twice.
/// @param a [*] rows x cols, any of both, finite; the basis comes out in its first columns, and zeros in the others
/// @param ignored [*] cols numbers or none: column j gives no member if its length is at most ignored[j]
/// @returns [-] the number of columns of the basis, at most min(rows, cols)
/// @accuracy |q^H q - 1| <= 3 eps sqrt(cols) elementwise
/// @source Yamamoto et al. 2015; Fukaya et al. 2024
template <class T>
Index orthonormalise(View<T> a, const Workers& workers = in_caller(), const std::vector<double>& ignored = {});

/// Makes the columns of `a` orthogonal to those of `basis`, which are orthonormal: a -= basis (basis^H a), `times`
/// times.
/// @param coefficients [*] null, or basis.cols x a.cols: what was taken away, basis^H a, is added to it
/// @source Giraud et al. 2005
template <class T>
void project_out(In<T> basis, View<T> a, int times = 2, const Workers& workers = in_caller(),
                 View<T>* coefficients = nullptr);

/// Makes the columns of `a` an orthonormal basis of what they add to the space of `basis`: orthogonal to it and to each
/// other. A column of which less than 16 eps sqrt(rows) of its length lies outside gives no member.
/// @param basis [*] rows x any, orthonormal columns   @param a [*] rows x cols, finite; the new members come out in its
/// first columns, and zeros in the others
/// @param ignored [*] cols numbers or none: column j gives no member if at most ignored[j] of its length is outside
/// @returns [-] the number of new members
/// @accuracy as orthonormalise, against `basis` too   @source Giraud et al. 2005
template <class T>
Index extend_basis(In<T> basis, View<T> a, const Workers& workers = in_caller(),
                   const std::vector<double>& ignored = {});

/// a = q r.
template <class T>
struct ThinQr {
  Matrix<T> q;        ///< rows x rank, orthonormal columns
  Matrix<T> r;        ///< rank x cols
  bool triangular{};  ///< r is upper triangular with a positive diagonal; always so if rank = cols and a is well
                      ///< conditioned
};

/// An orthonormal basis of the columns of `a`, as orthonormalise makes it, and the coordinates in it:
/// thin_qr<double>(a).
/// @param a [*] rows x cols, finite   @accuracy |a - q r| <= 20 eps sqrt(cols) |a_j| in each column j
template <class T>
ThinQr<T> thin_qr(In<T> a, const Workers& workers = in_caller());

/// x := x r^{-1} with r upper triangular, cols x cols, without zeros on its diagonal.
template <class T>
void solve_triangular_right(In<T> r, View<T> x, const Workers& workers = in_caller());

/// x := r^{-1} x with r upper triangular, rows x rows, without zeros on its diagonal.
template <class T>
void solve_triangular_left(In<T> r, View<T> x, const Workers& workers = in_caller());

/// The upper triangular r with g = r^H r of a Hermitian matrix, of which the upper triangle is read.
/// @param r [*] n x n; zeros below the diagonal come out   @param least [-] smallest ratio of a pivot to the diagonal
/// element it is left of   @returns false, and r unfinished, if a pivot is not above that
template <class T>
bool cholesky(In<T> g, View<T> r, double least);

}  // namespace orrery::matrix
