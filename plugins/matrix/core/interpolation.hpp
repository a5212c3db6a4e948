// Interpolation of all columns of a matrix from chosen ones: coefficients by least squares, bounds on them, and errors.
// SPDX-License-Identifier: Apache-2.0
// Sources: Cheng, Gimbutas, Martinsson, Rokhlin 2005 (the decomposition); Gu, Eisenstat 1996 (swaps that raise the
// volume); Melnichenko et al. 2023 (a triangular factor of a sketch before Cholesky's).
#pragma once

#include <vector>

#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

/// a ~ a[:, skeleton] z.
template <class T>
struct Interpolation {
  std::vector<Index> skeleton;  ///< columns, each once
  Matrix<T> z;                  ///< skeleton x cols; z[:, skeleton] is the identity, exactly
  Index swaps = 0;              ///< exchanges of columns that were made to bound z or to raise the volume
  bool deficient = false;       ///< columns were left out because they depend on the others to round-off
};

/// The columns with these numbers, in their order.
template <class T>
Matrix<T> columns_of(In<T> a, const std::vector<Index>& chosen);

/// The z that minimises |a - a[:, skeleton] z| for the columns of `skeleton`, which is c^+ a for c = a[:, skeleton].
/// Columns of the skeleton that depend on the others to round-off are left out of it.
/// @param guide [*] null, or skeleton x skeleton, upper triangular, a factor of a sketch of c: it saves a factorisation
/// @accuracy residual c z - a orthogonal to c within 1e-15 sqrt(rows) cond(c with columns of length 1) of |c| |a|
/// @source Cheng et al. 2005, section 3
template <class T>
Interpolation<T> interpolate(In<T> a, std::vector<Index> skeleton, const Matrix<T>* guide = nullptr,
                             const Workers& workers = in_caller());

/// The z of the first rows of R of a pivoted QR decomposition: r[:, pivots]^-1 r.
template <class T>
Interpolation<T> interpolate_rows(std::vector<Index> pivots, const Matrix<T>& rows,
                                  const Workers& workers = in_caller());

/// The largest |z_ij|.
template <class T>
double largest_entry(In<T> z);

/// Exchanges columns until |z_ij| <= bound. By Cramer's rule |z_ij| is the ratio by which the volume of the skeleton
/// grows, or more, when column j takes the place of its i-th: so this ends for every bound above 1. A bound below
/// 1 + 1e-9 is kept as 1 + 1e-9.
/// @param bound [-] 1 or more
/// @throws std::domain_error for a bound below 1   @source Gu, Eisenstat 1996, section 4
template <class T>
void bound_entries(In<T> a, Interpolation<T>& found, double bound, const Workers& workers = in_caller());

/// Exchanges columns until no exchange raises the volume of the skeleton by more than the factor f: a strong
/// rank-revealing factorisation, in which |z_ij| <= f and |a - c z|_2 <= sqrt(1 + f^2 k (cols - k)) sigma_(k+1).
/// @param f [-] 1 or more; below 1 + 1e-9 as 1 + 1e-9   @source Gu, Eisenstat 1996, algorithm 4
template <class T>
void raise_volume(In<T> a, Interpolation<T>& found, double f, const Workers& workers = in_caller());

/// |a - a[:, skeleton] z|: its Frobenius norm, and that of each column.
struct Residual {
  double frobenius = 0.0;
  std::vector<double> columns;
};
/// @accuracy 1e-15 sqrt(rank) (|a| + |c| |z|) absolutely
template <class T>
Residual residual(In<T> a, const Interpolation<T>& found, const Workers& workers = in_caller());

}  // namespace orrery::matrix
