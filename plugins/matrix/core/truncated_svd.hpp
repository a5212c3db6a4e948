// Leading singular values and vectors: exactly, by block Krylov spaces, or by a randomised range with power iterations.
// SPDX-License-Identifier: Apache-2.0
// Sources: Golub, Luk, Overton 1981 (block Lanczos bidiagonalisation); Musco, Musco 2015 (random block Krylov spaces);
// Halko, Martinsson, Tropp 2011 (randomised range); Eckart, Young 1936 (what the best approximation is).
#pragma once

#include <cstdint>

#include "plugins/matrix/core/operator.hpp"
#include "plugins/matrix/core/small_svd.hpp"

namespace orrery::matrix {

enum class SvdMethod { automatic, exact, block_krylov, randomized };

struct SvdOptions {
  SvdMethod method = SvdMethod::automatic;
  /// Of block_krylov: it stops once the error is estimated to be within 1 + this of the least one.
  double excess = 1e-3;
  /// Of randomized: columns beyond the rank, and multiplications by A A^H.
  Index oversample = 10;
  Index power_iterations = 2;
  std::uint64_t key = 0;  ///< of the random numbers
};

template <class T>
struct TruncatedSvd {
  Svd<T> svd;             ///< u is rows x k, vh is k x cols
  double norm = 0.0;      ///< |A|_F
  double error = 0.0;     ///< |A - u s vh|_F
  Index steps = 0;        ///< of the method: blocks of the Krylov space, or power iterations; 0 for exact
  bool converged = true;  ///< false if block_krylov stopped since its space was full before its estimate said so
  SvdMethod method{};     ///< the one that was taken
};

/// The k largest singular values and their vectors: truncated_svd<double>(a, k). Signs as fix_signs leaves them.
///
/// block_krylov builds orthonormal bases of A X, (A A^H) A X, ... with a random X of about k/2 columns, and stops when
/// the residuals of the singular vectors show that the error is close to the least possible; columns that add nothing
/// are dropped, and if all do, new random ones go on. randomized takes a fixed number of power iterations. automatic
/// takes exact for small matrices and where k is more than a third of the smaller size, and block_krylov otherwise.
/// @param a [*] rows x cols, finite, of any scale   @param k [-] 1 <= k <= min(rows, cols)
/// @throws std::domain_error if k is outside its range
/// @accuracy block_krylov: |A - u s vh|_F <= 1.001 of the least one; u^H u - 1 and vh vh^H - 1 below 30 eps
/// @source Golub, Luk, Overton 1981; Musco, Musco 2015
template <class T>
TruncatedSvd<T> truncated_svd(In<T> a, Index k, const SvdOptions& options = {}, const Workers& workers = in_caller());

/// The same of a matrix that is only multiplied with. Its numbers must be so that their squares neither overflow nor
/// vanish.
/// @throws std::invalid_argument for the method exact
template <class T>
TruncatedSvd<T> truncated_svd(const LinearOperator<T>& a, Index k, const SvdOptions& options = {},
                              const Workers& workers = in_caller());

/// The fewest singular values with |A - u s vh|_F <= tolerance |A|_F, found by doubling their number until they are
/// enough.
/// @param tolerance [-] 0 <= tolerance < 1; below 20 eps it is taken as 20 eps   @returns k = 0 for a zero matrix
template <class T>
TruncatedSvd<T> truncated_svd_to(In<T> a, double tolerance, const SvdOptions& options = {},
                                 const Workers& workers = in_caller());

/// All singular values, falling.
template <class T>
std::vector<Real<T>> singular_values(In<T> a, const Workers& workers = in_caller());

}  // namespace orrery::matrix
