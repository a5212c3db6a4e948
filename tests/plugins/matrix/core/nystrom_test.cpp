// Tests of Nystrom approximations: exact for low rank, semidefinite residuals, errors against the best and theory.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/nystrom.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/product.hpp"
#include "plugins/matrix/core/small_svd.hpp"
#include "tests/plugins/matrix/core/cr_example.hpp"
#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

namespace {

// exp(-|i - j|/20): eigenvalues that fall algebraically.
Matrix<double> kernel(Index n) {
  Matrix<double> a(n, n);
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < n; ++j) a(i, j) = std::exp(-std::abs(static_cast<double>(i - j)) / 20.0);
  return a;
}

template <class T>
Matrix<T> difference(const Matrix<T>& a, const Nystrom<T>& found) {
  Matrix<T> scaled = found.vectors.copy(), left = a.copy();
  for (Index i = 0; i < scaled.rows(); ++i)
    for (Index k = 0; k < scaled.cols(); ++k) scaled(i, k) *= found.values[static_cast<std::size_t>(k)];
  multiply_add<T>(Real<T>{-1}, Op::none, scaled, Op::adjoint, found.vectors, left.view());
  return left;
}

}  // namespace

TEST_SUITE_BEGIN("plugins/matrix/core/nystrom");

TEST_CASE_TEMPLATE("a matrix of low rank is found to round-off by a sketch and by columns", T, float, double, Complex) {
  const double eps = static_cast<double>(std::numeric_limits<Real<T>>::epsilon());
  const Matrix<T> b = random_matrix<T>(50, 5, 1);
  const Matrix<T> a = product<T>(Op::none, b, Op::adjoint, b);
  const double norm = frobenius_norm<T>(a);
  const auto by_sketch = nystrom_by_sketch<T>(a, 5, 12, Random(1));
  const auto by_columns = nystrom_by_columns<T>(a, {.rank = 12, .pivoting = Pivoting::random}, 5, Random(1));
  for (const auto* found : {&by_sketch, &by_columns}) {
    // The sketch is wider than the rank: rounding is divided by the shift, which is sqrt(n) eps.
    CHECK(frobenius_norm<T>(difference(a, *found)) < 200 * eps * norm);
    CHECK(loss_of_orthogonality(reading(found->vectors)) < 50 * eps);
    CHECK(found->trace_error < 200 * eps * found->trace);
  }
}

TEST_CASE("what is left is semidefinite and its trace is the one reported") {
  const Matrix<double> a = kernel(120);
  const auto eigen = small_eigen<double>(a);
  double tail = 0.0;
  for (std::size_t k = 10; k < 120; ++k) tail += eigen.values[k];
  const auto check = [&](const Nystrom<double>& found, double most) {
    const Matrix<double> left = difference(a, found);
    double trace = 0.0;
    for (Index i = 0; i < 120; ++i) trace += left(i, i);
    CHECK(std::abs(trace - found.trace_error) < 1e-12 * found.trace);
    CHECK(small_eigen<double>(left).values.back() > -1e-12 * found.trace);
    CHECK(found.trace_error >= tail * (1 - 1e-12));
    CHECK(found.trace_error < most * tail);
    for (std::size_t k = 0; k < found.values.size(); ++k) CHECK(found.values[k] <= eigen.values[k] * (1 + 1e-12));
  };
  check(nystrom_by_sketch<double>(a, 10, 20, Random(1)), 1.6);
  for (const Pivoting pivoting : {Pivoting::greedy, Pivoting::random, Pivoting::uniform})
    check(nystrom_by_columns<double>(a, {.rank = 20, .pivoting = pivoting}, 10, Random(1)), 1.6);
}

TEST_CASE("the mean error of a sketch meets the bound of theory") {
  const Matrix<double> a = kernel(100);
  const auto eigen = small_eigen<double>(a);
  double tail = 0.0;
  for (std::size_t k = 8; k < 100; ++k) tail += eigen.values[k];
  double mean = 0.0;
  for (std::uint64_t seed = 0; seed < 40; ++seed)
    mean += nystrom_by_sketch<double>(a, 16, 16, Random(seed)).trace_error / 40;
  CHECK(mean < (1.0 + 8.0 / (16.0 - 8.0 - 1.0)) * tail);  // Tropp et al. 2017, theorem 4.1 with r = 8
}

TEST_CASE("an indefinite matrix is refused and zero gives zero") {
  Matrix<double> a = Matrix<double>::identity(6);  // one eigenvalue is -0.2
  for (Index i = 0; i < 6; ++i)
    for (Index j = 0; j < 6; ++j)
      if (i != j) a(i, j) = -0.24;
  CHECK_THROWS_AS(nystrom_by_sketch<double>(a, 6, 6, Random(1)), std::domain_error);
  CHECK_THROWS_AS(nystrom_by_columns<double>(a, {.rank = 6}, 6, Random(1)), std::domain_error);
  CHECK(nystrom_by_sketch<double>(Matrix<double>(4, 4), 2, 3, Random(1)).trace_error == 0.0);
  CHECK_THROWS_WITH(nystrom_by_sketch<double>(kernel(5), 4, 3, Random(1)),
                    "1 <= rank <= sketch <= 5 is needed; the rank is 4 and the sketch 3");
}

TEST_SUITE_END();
