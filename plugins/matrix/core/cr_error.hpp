// What a CR approximation leaves of a product X Y: its best weights, and the norms of the residual.
// SPDX-License-Identifier: Apache-2.0
// Sources: Penrose 1956 (C^+ A R^+ is the best middle factor); Golub, Kahan 1965 (bidiagonalisation, for the 2-norm);
// Hutchinson 1990 (norms from random vectors).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "plugins/matrix/core/cr_gram.hpp"
#include "plugins/matrix/core/random.hpp"

namespace orrery::matrix {

// The notation is that of cr_factors.hpp; S are the columns that are kept, C = X[:, S] and R = Y[S, :].

/// The weights of v_S whose sum is nearest to X Y: G_SS^{-1} (G 1)_S. If G_SS is singular to round-off, those of least
/// sum of |weight_i v_i|^2.
/// @param indices [-] s different columns   @returns [-] s
/// @accuracy the squared error exceeds the least one by at most 1e-13 (sum of |v_S|)^2
template <class T>
std::vector<T> least_squares_weights(const CrGram<T>& gram, std::span<const Index> indices);

/// The matrix L with C L R nearest to X Y: C^+ X Y R^+, without forming X Y.   @returns [-] s x s   @source Penrose
/// 1956
template <class T>
Matrix<T> least_squares_core(In<T> x, In<T> y, std::span<const Index> indices, const Workers& workers = in_caller());

/// X Y - C L R with a diagonal or a full L, as something that multiplies vectors.
template <class T>
class CrResidual {
 public:
  /// @param weights [-] l, of all columns: 0 where one is dropped
  CrResidual(In<T> x, In<T> y, std::vector<T> weights);
  CrResidual(In<T> x, In<T> y, std::span<const Index> indices, Matrix<T> core);

  Index rows() const { return left_.rows(); }
  Index cols() const { return right_.cols(); }
  /// residual times v.   @param v [*] cols x any   @returns [*] rows x any
  Matrix<T> times(In<T> v, const Workers& workers = in_caller()) const;
  /// residual^H times u.   @param u [*] rows x any   @returns [*] cols x any
  Matrix<T> adjoint_times(In<T> u, const Workers& workers = in_caller()) const;
  /// The Frobenius norm, from blocks of rows that are formed one after another.
  /// @accuracy 1e-15 |X| |Y| absolute
  double frobenius(const Workers& workers = in_caller()) const;
  double frobenius_flops() const;

 private:
  Matrix<T> left_, right_;  // whose product the residual is
};

/// A norm that is known by bounds or by sampling.
struct NormEstimate {
  double value = 0.0;
  double standard_error = 0.0;  ///< of `value`; 0 if it was computed
};

/// The 2-norm: from all singular values if the residual is small, otherwise by bidiagonalisation until its largest
/// singular value has settled to 1e-10.
/// @param frobenius [*] its Frobenius norm, as a scale   @accuracy 1e-9 relative; from below
/// @source Golub, Kahan 1965
template <class T>
double spectral_norm(const CrResidual<T>& residual, const Random& random, const Workers& workers = in_caller());

/// The Frobenius norm of X Y from `probes` products with random vectors, each of which costs 2 (n + m) l operations.
/// @param probes [-] 2 or more   @source Hutchinson 1990
template <class T>
NormEstimate estimated_norm(const CrResidual<T>& residual, Index probes, const Random& random,
                            const Workers& workers = in_caller());

}  // namespace orrery::matrix
