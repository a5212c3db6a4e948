// Nystrom approximations of positive semidefinite matrices.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/nystrom.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/orthonormal.hpp"
#include "plugins/matrix/core/product.hpp"
#include "plugins/matrix/core/small_svd.hpp"

namespace orrery::matrix {
namespace {

template <class T>
double trace_of(In<T> a) {
  double trace = 0.0;
  for (Index i = 0; i < a.rows; ++i) trace += static_cast<double>(real_part(a(i, i)));
  return trace;
}

// The leading eigenvalues of f f^H, less `shift`, from the singular values of the small factor of f = q r.
template <class T>
Nystrom<T> from_factor(const Matrix<T>& f, Index rank, double shift, const Workers& workers) {
  const ThinQr<T> qr = thin_qr<T>(f, workers);
  const Svd<T> svd = small_svd<T>(qr.r);
  const Index k = std::min(rank, static_cast<Index>(svd.values.size()));
  Nystrom<T> result;
  result.vectors = product<T>(Op::none, qr.q, Op::none, reading(svd.u).columns(0, k), workers);
  fix_signs<T>(result.vectors, Matrix<T>(k, 0));
  for (Index i = 0; i < k; ++i) {
    const double s = svd.values[static_cast<std::size_t>(i)];
    result.values.push_back(static_cast<Real<T>>(std::max(0.0, s * s - shift)));
  }
  return result;
}

template <class T>
void finish(Nystrom<T>& result, double trace) {
  const double kept = std::accumulate(result.values.begin(), result.values.end(), 0.0);
  result.trace = trace;
  result.trace_error = std::max(0.0, trace - kept);
}

}  // namespace

template <class T>
Nystrom<T> nystrom_by_columns(In<T> a, const PartialCholeskyOptions& options, Index rank, const Random& random,
                              const Workers& workers) {
  if (rank < 1 || rank > options.rank)
    throw std::invalid_argument("the rank must be from 1 to the number of columns, " + std::to_string(options.rank) +
                                "; it is " + std::to_string(rank));
  const PartialCholesky<T> partial = partial_cholesky<T>(a, options, random, workers);
  Nystrom<T> result = from_factor<T>(partial.factor, rank, 0.0, workers);
  result.pivots = partial.pivots;
  finish(result, partial.trace);
  return result;
}

template <class T>
Nystrom<T> nystrom_by_sketch(In<T> a, Index rank, Index sketch, const Random& random, const Workers& workers) {
  require_semidefinite<T>(a, workers);
  if (rank < 1 || rank > sketch || sketch > a.rows)
    throw std::invalid_argument("1 <= rank <= sketch <= " + std::to_string(a.rows) + " is needed; the rank is " +
                                std::to_string(rank) + " and the sketch " + std::to_string(sketch));
  Matrix<T> basis(a.rows, sketch);
  fill_normal<T>(basis.view(), random);
  orthonormalise<T>(basis.view(), workers);
  Matrix<T> image = product<T>(Op::none, a, Op::none, basis, workers);
  const double norm = frobenius_norm<T>(image);
  if (norm == 0.0) {
    return {Matrix<T>::copy_of(reading(basis).columns(0, rank)),
            std::vector<Real<T>>(static_cast<std::size_t>(rank)),
            {},
            0.0,
            0.0};
  }
  // The shift lifts eigenvalues that rounding has made negative; it is taken away from the result again.
  double shift =
      std::sqrt(static_cast<double>(a.rows)) * static_cast<double>(std::numeric_limits<Real<T>>::epsilon()) * norm;
  Matrix<T> factor(sketch, sketch);
  for (int tries = 0;; ++tries, shift *= 10.0) {
    Matrix<T> shifted = image.copy();
    for (Index i = 0; i < a.rows; ++i)
      for (Index j = 0; j < sketch; ++j) shifted(i, j) += static_cast<Real<T>>(shift) * basis(i, j);
    Matrix<T> small = product<T>(Op::adjoint, basis, Op::none, shifted, workers);
    for (Index i = 0; i < sketch; ++i)
      for (Index j = 0; j <= i; ++j) {
        small(j, i) = (small(j, i) + conjugate(small(i, j))) / Real<T>{2};
        small(i, j) = conjugate(small(j, i));
      }
    if (cholesky<T>(small, factor.view(), 0.0)) {
      solve_triangular_right<T>(factor, shifted.view(), workers);
      Nystrom<T> result = from_factor<T>(shifted, rank, shift, workers);
      finish(result, trace_of<T>(a));
      return result;
    }
    if (tries == 4)
      throw std::domain_error("the matrix is not positive semidefinite: its part in " + std::to_string(sketch) +
                              " random directions has an eigenvalue below " + std::to_string(-shift));
  }
}

#define ORRERY_INSTANTIATE(T)                                                                           \
  template Nystrom<T> nystrom_by_columns<T>(In<T>, const PartialCholeskyOptions&, Index, const Random&, \
                                            const Workers&);                                            \
  template Nystrom<T> nystrom_by_sketch<T>(In<T>, Index, Index, const Random&, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
