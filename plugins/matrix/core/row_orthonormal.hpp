// Solutions of triangular systems with many right-hand sides, Cholesky's factor, and orthonormal rows made by it.
// SPDX-License-Identifier: Apache-2.0
// Sources: Higham 2002, chapters 8 and 10; Yamamoto, Nakatsukasa, Yanagisawa, Fukaya 2015 (Cholesky QR twice);
// Melnichenko, Balabanov, Murray, Demmel, Mahoney, Luszczek 2023 (a triangular factor of a sketch before it).
#pragma once

#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

/// b := r^-1 b for an upper triangular r. What is below the diagonal of r is not read.
/// @param r [*] k x k, diagonal without zeros   @param b [*] k x any
/// @accuracy backward error k eps of each row of r, columnwise in b
/// @source Higham 2002, theorem 8.5
template <class T>
void solve_upper(In<T> r, View<T> b, const Workers& workers = in_caller());

/// b := r^-H b.
template <class T>
void solve_upper_adjoint(In<T> r, View<T> b, const Workers& workers = in_caller());

/// Upper r with r^H r = g, in the place of g; what is below the diagonal becomes 0.
/// @param g [*] k x k, Hermitian
/// @returns false if g is not positive definite to working precision; g is then spoilt
/// @accuracy backward error k eps |r^H| |r|   @source Higham 2002, theorem 10.3
template <class T>
bool cholesky_in_place(View<T> g, const Workers& workers = in_caller());

/// Makes the rows of x orthonormal: x := t^-H x, and r := t r, with t upper triangular.
///
/// If at the call x = r^-H c, then so after it: c = r^H x with orthonormal rows x. An r near a triangular factor of c^H
/// (that of a sketch, say) makes x well conditioned before the first Cholesky factor is taken.
/// @param x [*] k x n, k <= n   @param r [*] k x k upper triangular
/// @returns false if rows of x depend on each other to working precision; x and r are then spoilt
/// @accuracy |x x^H - 1| <= 1e-15 sqrt(n) k^(1/2) elementwise   @source Yamamoto et al. 2015, algorithm 3
template <class T>
bool orthonormalise_rows(View<T> x, View<T> r, const Workers& workers = in_caller());

}  // namespace orrery::matrix
