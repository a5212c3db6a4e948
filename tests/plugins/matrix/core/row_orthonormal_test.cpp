// Triangular solutions, Cholesky factors, orthonormal rows, and columns chosen by elimination.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/row_orthonormal.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "plugins/matrix/core/lu_columns.hpp"
#include "plugins/matrix/core/product.hpp"
#include "tests/plugins/matrix/core/column_cases.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

namespace {

template <class T>
Matrix<T> upper(Index n, std::uint64_t seed) {
  Matrix<T> r = random_matrix<T>(n, n, seed);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < i; ++j) r(i, j) = T{};
    for (Index j = i; j < n; ++j) r(i, j) *= static_cast<Real<T>>(1.0 / std::sqrt(static_cast<double>(n)));
    r(i, i) += T(3);
  }
  return r;
}

}  // namespace

TEST_SUITE_BEGIN("plugins/matrix/core/row_orthonormal");

TEST_CASE_TEMPLATE("triangular systems are solved at all sizes around a block", T, float, double, Complex) {
  const double eps = std::numeric_limits<Real<T>>::epsilon();
  for (const Index n : {1, 2, 31, 32, 33, 70}) {
    const Matrix<T> r = upper<T>(n, 1), b = random_matrix<T>(n, 300, 2);
    Matrix<T> x = b.copy(), y = b.copy();
    solve_upper<T>(r, x);
    solve_upper_adjoint<T>(r, y);
    CHECK(distance<T>(product<T>(Op::none, r, Op::none, x), b) < 100.0 * eps);
    CHECK(distance<T>(product<T>(Op::adjoint, r, Op::none, y), b) < 100.0 * eps);
  }
}

TEST_CASE_TEMPLATE("a Cholesky factor gives its matrix back and indefinite matrices are told", T, float, double,
                   Complex) {
  const double eps = std::numeric_limits<Real<T>>::epsilon();
  for (const Index n : {1, 32, 33, 65}) {
    const Matrix<T> g = gram<T>(random_matrix<T>(n + 20, n, 3));
    Matrix<T> r = g.copy();
    REQUIRE(cholesky_in_place<T>(r.view()));
    CHECK(distance<T>(product<T>(Op::adjoint, r, Op::none, r), g) < 40.0 * eps * static_cast<double>(n + 20));
    Matrix<T> bad = g.copy();
    bad(n - 1, n - 1) = T(-1);
    CHECK_FALSE(cholesky_in_place<T>(bad.view()));
  }
}

TEST_CASE_TEMPLATE("rows become orthonormal and the factor gives them back", T, float, double, Complex) {
  const double eps = std::numeric_limits<Real<T>>::epsilon();
  const Matrix<T> c = decaying<T>(20, 200, 0.95, 5);
  Matrix<T> x = c.copy(), r = Matrix<T>::identity(20);
  REQUIRE(orthonormalise_rows<T>(x.view(), r.view()));
  CHECK(loss_of_orthogonality<T>(transposed<T>(x, true).view()) < 64.0 * std::sqrt(200.0) * eps);
  CHECK(distance<T>(product<T>(Op::adjoint, r, Op::none, x), c) < 1e3 * eps);
  Matrix<T> twins(2, 10);
  for (Index j = 0; j < 10; ++j) twins(0, j) = twins(1, j) = T(1);
  Matrix<T> unused = Matrix<T>::identity(2);
  CHECK_FALSE(orthonormalise_rows<T>(twins.view(), unused.view()));
}

TEST_CASE_TEMPLATE("elimination keeps the inner span and pivots on the largest element", T, float, double, Complex) {
  const double eps = std::numeric_limits<Real<T>>::epsilon();
  for (const Index k : {1, 5, 16, 17, 50}) {
    const Matrix<T> a = random_matrix<T>(k, 90, static_cast<std::uint64_t>(k));
    const auto lu = lu_columns<T>(a.copy());
    REQUIRE(static_cast<Index>(lu.pivots.size()) == k);
    // Rows of a are combinations of the rows above and their own: so a = l u with the multipliers l = a u^-1 at the
    // pivots.
    Matrix<T> u(k, k), l(k, k);
    for (Index i = 0; i < k; ++i)
      for (Index j = 0; j < k; ++j) {
        u(i, j) = lu.rows(i, lu.pivots[static_cast<std::size_t>(j)]);
        l(j, i) = conjugate(a(i, lu.pivots[static_cast<std::size_t>(j)]));
        if (j < i) CHECK(u(i, j) == T{});
      }
    solve_upper_adjoint<T>(u, l.view());
    CHECK(distance<T>(product<T>(Op::adjoint, l, Op::none, lu.rows), a) < 2e3 * eps);
    for (Index i = 0; i < k; ++i)
      for (Index j = 0; j < 90; ++j) CHECK(magnitude(lu.rows(i, j)) <= magnitude(u(i, i)) * (1.0 + 4.0 * eps));
  }
  Matrix<T> twins = random_matrix<T>(3, 8, 2);
  for (Index j = 0; j < 8; ++j) twins(2, j) = twins(0, j) + twins(1, j);
  CHECK(lu_columns<T>(std::move(twins)).pivots.size() == 2);
}

TEST_SUITE_END();
