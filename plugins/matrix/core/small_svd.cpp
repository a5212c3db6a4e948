// Small dense factorisations, by Eigen; the only file of the plugin that includes its SVD.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/small_svd.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/SVD>
#include <cmath>
#include <stdexcept>
#include <string>

#include "plugins/matrix/core/norms.hpp"

namespace orrery::matrix {
namespace {

template <class T>
using Dense = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;
template <class T>
using RowMajor = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// The power of two that brings the largest element near 1, so that squares neither overflow nor vanish.
template <class T>
int exponent_of(In<T> a) {
  const double largest = largest_magnitude<T>(a);
  return largest > 0.0 ? std::ilogb(largest) : 0;
}

template <class T>
T scaled_by(const T& x, int exponent) {
  if constexpr (is_complex<T>) return T(std::ldexp(x.real(), exponent), std::ldexp(x.imag(), exponent));
  else return std::ldexp(x, exponent);
}

template <class T>
Dense<T> scaled_copy(In<T> a, int exponent) {
  Dense<T> made(a.rows, a.cols);
  for (Index i = 0; i < a.rows; ++i)
    for (Index j = 0; j < a.cols; ++j) made(i, j) = exponent == 0 ? a(i, j) : scaled_by(a(i, j), -exponent);
  return made;
}

template <class T>
Matrix<T> to_matrix(const Dense<T>& from) {
  auto made = Matrix<T>::uninitialised(from.rows(), from.cols());
  Eigen::Map<RowMajor<T>>(made.data(), from.rows(), from.cols()) = from;
  return made;
}

template <class T>
std::vector<Real<T>> to_values(const Eigen::Matrix<Real<T>, Eigen::Dynamic, 1>& from, int exponent) {
  std::vector<Real<T>> values(static_cast<std::size_t>(from.size()));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = std::ldexp(from(static_cast<Eigen::Index>(i)), exponent);
  return values;
}

[[noreturn]] void no_convergence(const char* what, Index rows, Index cols) {
  throw std::range_error(std::string("the ") + what + " of a matrix of " + std::to_string(rows) + " x " +
                         std::to_string(cols) + " does not converge");
}

// The divide and conquer of this library may give up on a matrix that the Jacobi method does.
template <class T, class Take>
void decompose(const Dense<T>& a, unsigned options, const Take& take) {
  const Eigen::BDCSVD<Dense<T>> fast(a, options);
  if (fast.info() == Eigen::Success && fast.singularValues().allFinite()) return take(fast);
  const Eigen::JacobiSVD<Dense<T>> sure(a, options);
  if (sure.info() != Eigen::Success || !sure.singularValues().allFinite())
    no_convergence("singular value decomposition", a.rows(), a.cols());
  take(sure);
}

}  // namespace

template <class T>
Svd<T> small_svd(In<T> a) {
  const Index p = std::min(a.rows, a.cols);
  Svd<T> svd{Matrix<T>(a.rows, p), {}, Matrix<T>(p, a.cols)};
  if (p == 0) return svd;
  const int exponent = exponent_of<T>(a);
  decompose<T>(scaled_copy<T>(a, exponent), Eigen::ComputeThinU | Eigen::ComputeThinV, [&](const auto& found) {
    svd.u = to_matrix<T>(found.matrixU());
    svd.values = to_values<T>(found.singularValues(), exponent);
    svd.vh = to_matrix<T>(found.matrixV().adjoint());
  });
  fix_signs(svd.u.view(), svd.vh.view());
  return svd;
}

template <class T>
std::vector<Real<T>> small_singular_values(In<T> a) {
  std::vector<Real<T>> values;
  if (a.empty()) return values;
  const int exponent = exponent_of<T>(a);
  decompose<T>(scaled_copy<T>(a, exponent), 0,
               [&](const auto& found) { values = to_values<T>(found.singularValues(), exponent); });
  return values;
}

template <class T>
HermitianEigen<T> small_eigen(In<T> a) {
  if (a.rows != a.cols) throw std::invalid_argument("a Hermitian matrix must be square");
  HermitianEigen<T> eigen{{}, Matrix<T>(a.rows, a.rows)};
  if (a.rows == 0) return eigen;
  const int exponent = exponent_of<T>(a);
  const Eigen::SelfAdjointEigenSolver<Dense<T>> found(scaled_copy<T>(a, exponent));
  if (found.info() != Eigen::Success) no_convergence("eigenvalue decomposition", a.rows, a.cols);
  eigen.values = to_values<T>(found.eigenvalues().reverse(), exponent);
  eigen.vectors = to_matrix<T>(found.eigenvectors().rowwise().reverse());
  fix_signs(eigen.vectors.view(), View<T>());
  return eigen;
}

template <class T>
void fix_signs(View<T> u, View<T> vh) {
  constexpr Real<T> near = Real<T>(1 - 1e-4);
  for (Index j = 0; j < u.cols; ++j) {
    Real<T> largest = 0;
    for (Index i = 0; i < u.rows; ++i) largest = std::max(largest, std::abs(u(i, j)));
    if (!(largest > 0)) continue;
    Index at = 0;
    while (std::abs(u(at, j)) < near * largest) ++at;
    const T turn = conjugate(u(at, j)) / std::abs(u(at, j));
    if (turn == T(1)) continue;
    for (Index i = 0; i < u.rows; ++i) u(i, j) *= turn;
    if constexpr (is_complex<T>) u(at, j) = T(u(at, j).real(), 0.0);
    if (j < vh.rows)
      for (T& x : vh.row(j)) x *= conjugate(turn);
  }
}

#define ORRERY_INSTANTIATE(T)                                    \
  template Svd<T> small_svd<T>(In<T>);                           \
  template std::vector<Real<T>> small_singular_values<T>(In<T>); \
  template HermitianEigen<T> small_eigen<T>(In<T>);              \
  template void fix_signs<T>(View<T>, View<T>);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
