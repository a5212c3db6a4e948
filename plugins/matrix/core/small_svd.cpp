// Small dense factorisations, by Eigen.
// SPDX-License-Identifier: Apache-2.0
// Instances of the library take minutes to compile, so there are as few as will do: single precision goes through
// double.
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

// The power of two that brings the largest element near 1, so that squares neither overflow nor vanish.
template <class T>
int exponent_of(View<const T> a) {
  const double largest = largest_magnitude<T>(a);
  return largest > 0.0 ? std::ilogb(largest) : 0;
}

double scaled_by(double x, int exponent) { return std::ldexp(x, exponent); }
Complex scaled_by(const Complex& x, int exponent) {
  return {std::ldexp(x.real(), exponent), std::ldexp(x.imag(), exponent)};
}

template <class T>
Dense<T> scaled_copy(View<const T> a, int exponent) {
  Dense<T> made(a.rows, a.cols);
  for (Index i = 0; i < a.rows; ++i)
    for (Index j = 0; j < a.cols; ++j) made(i, j) = exponent == 0 ? a(i, j) : scaled_by(a(i, j), -exponent);
  return made;
}

// A = f(i, j), in the type asked for.
template <class T, class F>
Matrix<T> filled(Index rows, Index cols, const F& f) {
  auto made = Matrix<T>::uninitialised(rows, cols);
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < cols; ++j) made(i, j) = static_cast<T>(f(i, j));
  return made;
}

template <class R>
std::vector<R> to_values(const Eigen::VectorXd& from, int exponent) {
  std::vector<R> values(static_cast<std::size_t>(from.size()));
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<R>(std::ldexp(from(static_cast<Eigen::Index>(i)), exponent));
  return values;
}

[[noreturn]] void no_convergence(const char* what, Index rows, Index cols) {
  throw std::range_error(std::string("the ") + what + " of a matrix of " + std::to_string(rows) + " x " +
                         std::to_string(cols) + " does not converge");
}

template <class T>
Eigen::BDCSVD<Dense<T>> decomposed(const Dense<T>& a, unsigned options) {
  Eigen::BDCSVD<Dense<T>> found(a, options);
  if (found.info() != Eigen::Success || !found.singularValues().allFinite())
    no_convergence("singular value decomposition", a.rows(), a.cols());
  return found;
}

// T is what comes out, U what is computed in.
template <class T, class U>
Svd<T> svd_in(View<const U> a) {
  const Index p = std::min(a.rows, a.cols);
  Svd<T> svd{Matrix<T>(a.rows, p), {}, Matrix<T>(p, a.cols)};
  if (p == 0) return svd;
  const int exponent = exponent_of<U>(a);
  const auto found = decomposed<U>(scaled_copy(a, exponent), Eigen::ComputeThinU | Eigen::ComputeThinV);
  svd.u = filled<T>(a.rows, p, [&](Index i, Index j) { return found.matrixU()(i, j); });
  svd.values = to_values<Real<T>>(found.singularValues(), exponent);
  svd.vh = filled<T>(p, a.cols, [&](Index i, Index j) { return conjugate(found.matrixV()(j, i)); });
  fix_signs(svd.u.view(), svd.vh.view());
  return svd;
}

template <class R, class U>
std::vector<R> values_in(View<const U> a) {
  if (a.empty()) return {};
  const int exponent = exponent_of<U>(a);
  return to_values<R>(decomposed<U>(scaled_copy(a, exponent), 0).singularValues(), exponent);
}

template <class T, class U>
HermitianEigen<T> eigen_in(View<const U> a) {
  if (a.rows != a.cols) throw std::invalid_argument("a Hermitian matrix must be square");
  HermitianEigen<T> eigen{{}, Matrix<T>(a.rows, a.rows)};
  if (a.rows == 0) return eigen;
  const int exponent = exponent_of<U>(a);
  const Eigen::SelfAdjointEigenSolver<Dense<U>> found(scaled_copy(a, exponent));
  if (found.info() != Eigen::Success) no_convergence("eigenvalue decomposition", a.rows, a.cols);
  eigen.values = to_values<Real<T>>(found.eigenvalues().reverse(), exponent);
  eigen.vectors = filled<T>(a.rows, a.rows, [&](Index i, Index j) { return found.eigenvectors()(i, a.rows - 1 - j); });
  fix_signs(eigen.vectors.view(), View<T>());
  return eigen;
}

Matrix<double> in_double(View<const float> a) {
  return filled<double>(a.rows, a.cols, [&](Index i, Index j) { return a(i, j); });
}

}  // namespace

template <>
Svd<float> small_svd<float>(In<float> a) {
  return svd_in<float>(reading(in_double(a)));
}
template <>
Svd<double> small_svd<double>(In<double> a) {
  return svd_in<double>(a);
}
template <>
Svd<Complex> small_svd<Complex>(In<Complex> a) {
  return svd_in<Complex>(a);
}

template <>
std::vector<float> small_singular_values<float>(In<float> a) {
  return values_in<float>(reading(in_double(a)));
}
template <>
std::vector<double> small_singular_values<double>(In<double> a) {
  return values_in<double>(a);
}
template <>
std::vector<double> small_singular_values<Complex>(In<Complex> a) {
  return values_in<double>(a);
}

template <>
HermitianEigen<float> small_eigen<float>(In<float> a) {
  return eigen_in<float>(reading(in_double(a)));
}
template <>
HermitianEigen<double> small_eigen<double>(In<double> a) {
  return eigen_in<double>(a);
}
template <>
HermitianEigen<Complex> small_eigen<Complex>(In<Complex> a) {
  return eigen_in<Complex>(a);
}

template <class T>
void fix_signs(View<T> u, View<T> vh) {
  constexpr auto near = Real<T>(1 - 1e-4);
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
template void fix_signs<float>(View<float>, View<float>);
template void fix_signs<double>(View<double>, View<double>);
template void fix_signs<Complex>(View<Complex>, View<Complex>);

}  // namespace orrery::matrix
