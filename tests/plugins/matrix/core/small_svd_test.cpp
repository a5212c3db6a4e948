// Tests of small decompositions: their definitions, signs, scales, and matrices whose values are known.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/small_svd.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "plugins/matrix/core/product.hpp"
#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

TEST_SUITE_BEGIN("plugins/matrix/core/small_svd");

namespace {

template <class T>
constexpr double eps = std::numeric_limits<Real<T>>::epsilon();

template <class T>
Matrix<T> rebuilt(const Svd<T>& svd) {
  Matrix<T> left = svd.u.copy();
  for (Index i = 0; i < left.rows(); ++i)
    for (Index j = 0; j < left.cols(); ++j) left(i, j) *= svd.values[static_cast<std::size_t>(j)];
  return product<T>(Op::none, left, Op::none, svd.vh);
}

}  // namespace

TEST_CASE_TEMPLATE("the factors are orthonormal and give the matrix back for every shape", T, float, double, Complex) {
  for (const auto& [rows, cols] : {std::pair<Index, Index>{1, 1}, {1, 6}, {6, 1}, {25, 25}, {60, 11}, {11, 60}}) {
    const auto a = random_matrix<T>(rows, cols, 1);
    const Svd<T> svd = small_svd<T>(a);
    CHECK(loss_of_orthogonality<T>(svd.u) < 30.0 * eps<T>);
    CHECK(loss_of_orthogonality<T>(transposed(reading(svd.vh), true)) < 30.0 * eps<T>);
    CHECK(distance<T>(rebuilt(svd), a) < 30.0 * eps<T> * static_cast<double>(svd.values[0]));
    const auto values = small_singular_values<T>(a);
    for (std::size_t i = 0; i < values.size(); ++i)
      CHECK(std::abs(static_cast<double>(values[i] - svd.values[i])) < 8.0 * eps<T> * static_cast<double>(values[0]));
    for (std::size_t i = 1; i < values.size(); ++i) CHECK(svd.values[i] <= svd.values[i - 1]);
  }
}

TEST_CASE("values of the second difference matrix are those of theory") {
  const Index n = 50;
  Matrix<double> a(n, n);
  for (Index i = 0; i < n; ++i) {
    a(i, i) = 2.0;
    if (i > 0) a(i, i - 1) = a(i - 1, i) = -1.0;
  }
  const auto values = small_singular_values<double>(a);
  const auto eigen = small_eigen<double>(a);
  for (Index i = 0; i < n; ++i) {
    const double angle = 0.5 * std::acos(-1.0) * static_cast<double>(n - i) / static_cast<double>(n + 1);
    const double expected = 4.0 * std::pow(std::sin(angle), 2);
    CHECK(std::abs(values[static_cast<std::size_t>(i)] - expected) < 40.0 * eps<double>);
    CHECK(std::abs(eigen.values[static_cast<std::size_t>(i)] - expected) < 40.0 * eps<double>);
  }
}

TEST_CASE_TEMPLATE("a Hermitian matrix is rebuilt from its eigenvectors", T, float, double, Complex) {
  const auto half = random_matrix<T>(30, 30, 2);
  Matrix<T> a(30, 30);
  for (Index i = 0; i < 30; ++i)
    for (Index j = 0; j < 30; ++j) a(i, j) = half(i, j) + conjugate(half(j, i));
  const auto eigen = small_eigen<T>(a);
  CHECK(loss_of_orthogonality<T>(eigen.vectors) < 60.0 * eps<T>);
  Matrix<T> scaled = eigen.vectors.copy();
  for (Index i = 0; i < 30; ++i)
    for (Index j = 0; j < 30; ++j) scaled(i, j) *= eigen.values[static_cast<std::size_t>(j)];
  CHECK(distance<T>(product<T>(Op::none, scaled, Op::adjoint, eigen.vectors), a) < 1000.0 * eps<T>);
  for (std::size_t i = 1; i < 30; ++i) CHECK(eigen.values[i] <= eigen.values[i - 1]);
}

TEST_CASE_TEMPLATE("signs are fixed by the largest element of each left vector", T, float, double, Complex) {
  const auto a = random_matrix<T>(20, 15, 3);
  const Svd<T> svd = small_svd<T>(a);
  for (Index j = 0; j < 15; ++j) {
    Index at = 0;
    for (Index i = 0; i < 20; ++i)
      if (std::abs(svd.u(i, j)) > std::abs(svd.u(at, j)) * Real<T>(1 + 1e-4)) at = i;
    CHECK(real_part(svd.u(at, j)) > 0);
    if constexpr (is_complex<T>) CHECK(svd.u(at, j).imag() == 0.0);
  }
  // A tie: the first of the two counts, whatever rounding made of them.
  Matrix<T> u(3, 1), vh(1, 2);
  u(0, 0) = T(Real<T>(-0.7)), u(1, 0) = T(Real<T>(0.7) * (1 + Real<T>(eps<T>))), vh(0, 1) = T(2);
  fix_signs(u.view(), vh.view());
  CHECK(u(0, 0) == T(Real<T>(0.7)));
  CHECK(vh(0, 1) == T(-2));
}

TEST_CASE("scales near the ends of the range do no harm") {
  const auto a = random_matrix<double>(12, 9, 4);
  const auto plain = small_svd<double>(a);
  for (const int exponent : {-1000, 1000}) {
    Matrix<double> b = a.copy();
    for (Index i = 0; i < 108; ++i) b.data()[i] = std::ldexp(b.data()[i], exponent);
    const auto found = small_svd<double>(b);
    for (std::size_t i = 0; i < 9; ++i)
      CHECK(std::ldexp(found.values[i], -exponent) == doctest::Approx(plain.values[i]).epsilon(1e-14));
    CHECK(loss_of_orthogonality<double>(found.u) < 30.0 * eps<double>);
  }
}

TEST_CASE_TEMPLATE("zero and empty matrices have zero and no values", T, float, double, Complex) {
  const Svd<T> zero = small_svd<T>(Matrix<T>(7, 4));
  for (const auto value : zero.values) CHECK(value == 0);
  CHECK(loss_of_orthogonality<T>(zero.u) < 30.0 * eps<T>);
  CHECK(small_svd<T>(Matrix<T>(0, 4)).values.empty());
  CHECK(small_singular_values<T>(Matrix<T>(3, 0)).empty());
}

TEST_SUITE_END();
