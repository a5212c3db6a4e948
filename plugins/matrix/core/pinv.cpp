// The pseudo-inverse of a matrix of any rank.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/pinv.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/product.hpp"
#include "plugins/matrix/core/small_svd.hpp"

namespace orrery::matrix {
namespace {

template <class T>
double cutoff_of(const RankCutoff& cutoff, double fallback, const std::vector<Real<T>>& values) {
  const double largest = values.empty() ? 0.0 : static_cast<double>(values.front());
  return std::max(cutoff.absolute, cutoff.relative.value_or(fallback) * largest);
}

template <class T>
Index count_above(const std::vector<Real<T>>& values, double cutoff) {
  Index rank = 0;
  while (rank < static_cast<Index>(values.size()) && values[static_cast<std::size_t>(rank)] > cutoff) ++rank;
  return rank;
}

template <class T>
void require_in_range(const Matrix<T>& inverse) {
  if (!(largest_magnitude<T>(inverse) <= static_cast<double>(std::numeric_limits<Real<T>>::max())))
    throw std::overflow_error("elements of the pseudo-inverse exceed the range of the element type");
}

// V diag(factors) U^H over the first factors.
template <class T>
Matrix<T> filtered(const Svd<T>& svd, const std::vector<Real<T>>& factors, const Workers& workers) {
  const auto rank = static_cast<Index>(factors.size());
  Matrix<T> u = Matrix<T>::copy_of(reading(svd.u).columns(0, rank));
  for (Index i = 0; i < u.rows(); ++i)
    for (Index k = 0; k < rank; ++k) u(i, k) *= factors[static_cast<std::size_t>(k)];
  return product<T>(Op::adjoint, reading(svd.vh).row_range(0, rank), Op::adjoint, u, workers);
}

template <class T>
double round_off(In<T> a) {
  return static_cast<double>(std::max(a.rows, a.cols)) * static_cast<double>(std::numeric_limits<Real<T>>::epsilon());
}

template <class T>
Matrix<T> scaled(View<const T> a, int exponent) {
  Matrix<T> made = Matrix<T>::copy_of(a);
  auto* numbers = reinterpret_cast<Real<T>*>(made.data());
  for (Index i = 0; i < a.rows * a.cols * (is_complex<T> ? 2 : 1); ++i) numbers[i] = std::ldexp(numbers[i], exponent);
  return made;
}

// V diag(1/values^2) V^H a^H, with the vectors of a^H a.
template <class T>
Matrix<T> from_right_vectors(In<T> a, const HermitianEigen<T>& eigen, Index rank, const Workers& workers) {
  const View<const T> v = reading(eigen.vectors).columns(0, rank);
  Matrix<T> image = product<T>(Op::adjoint, v, Op::adjoint, a, workers);
  for (Index k = 0; k < rank; ++k)
    for (T& element : image.view().row(k)) element /= eigen.values[static_cast<std::size_t>(k)];
  return product<T>(Op::none, v, Op::none, image, workers);
}

}  // namespace

template <class T>
PseudoInverse<T> pinv_by_svd(In<T> a, const RankCutoff& cutoff, const Workers& workers) {
  Svd<T> svd = small_svd<T>(a);
  PseudoInverse<T> result;
  result.cutoff = cutoff_of<T>(cutoff, round_off<T>(a), svd.values);
  result.rank = count_above<T>(svd.values, result.cutoff);
  std::vector<Real<T>> factors;
  for (Index k = 0; k < result.rank; ++k) factors.push_back(Real<T>{1} / svd.values[static_cast<std::size_t>(k)]);
  result.inverse = filtered(svd, factors, workers);
  result.values = std::move(svd.values);
  require_in_range(result.inverse);
  return result;
}

template <class T>
PseudoInverse<T> pinv_by_eigenvalues(In<T> a, const RankCutoff& cutoff, const Workers& workers) {
  const double largest = largest_magnitude<T>(a, workers);
  const int exponent = largest > 0.0 ? -std::ilogb(largest) : 0;  // so that the squares stay in range
  const Matrix<T> tame = scaled<T>(a, exponent);
  const bool wide = a.cols > a.rows;
  const HermitianEigen<T> eigen =
      small_eigen<T>(wide ? product<T>(Op::none, tame, Op::adjoint, tame, workers) : gram<T>(tame, workers));
  PseudoInverse<T> result;
  std::vector<Real<T>> tame_values;
  for (const Real<T> value : eigen.values) {
    tame_values.push_back(std::sqrt(std::max(value, Real<T>{0})));
    result.values.push_back(std::ldexp(tame_values.back(), -exponent));
  }
  result.cutoff = cutoff_of<T>(cutoff, std::sqrt(round_off<T>(a)), result.values);
  result.rank = count_above<T>(tame_values, std::ldexp(result.cutoff, exponent));
  if (wide) {  // (a a^H)^+ from the left: the adjoint of the same for a^H
    const Matrix<T> adjoint = transposed<T>(tame.view(), true);
    result.inverse = transposed<T>(reading(from_right_vectors<T>(adjoint, eigen, result.rank, workers)), true);
  } else {
    result.inverse = from_right_vectors<T>(tame, eigen, result.rank, workers);
  }
  result.inverse = scaled<T>(reading(result.inverse), exponent);
  require_in_range(result.inverse);
  return result;
}

template <class T>
PseudoInverse<T> pinv_by_ridge(In<T> a, double ridge, const Workers& workers) {
  if (!(ridge > 0.0) || std::isinf(ridge))
    throw std::domain_error("the ridge must be above 0 and finite; it is " + std::to_string(ridge));
  Svd<T> svd = small_svd<T>(a);
  PseudoInverse<T> result;
  result.cutoff = cutoff_of<T>({}, round_off<T>(a), svd.values);
  result.rank = count_above<T>(svd.values, result.cutoff);
  std::vector<Real<T>> factors;
  for (const Real<T> value : svd.values) {
    const double s = value;
    factors.push_back(static_cast<Real<T>>(s > 0.0 ? 1.0 / (s + ridge / s) : 0.0));
  }
  result.inverse = filtered(svd, factors, workers);
  result.values = std::move(svd.values);
  require_in_range(result.inverse);
  return result;
}

#define ORRERY_INSTANTIATE(T)                                                                 \
  template PseudoInverse<T> pinv_by_svd<T>(In<T>, const RankCutoff&, const Workers&);         \
  template PseudoInverse<T> pinv_by_eigenvalues<T>(In<T>, const RankCutoff&, const Workers&); \
  template PseudoInverse<T> pinv_by_ridge<T>(In<T>, double, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
