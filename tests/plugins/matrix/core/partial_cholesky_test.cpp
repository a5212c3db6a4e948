// Tests of partial Cholesky factorisations: definitions, the law of random pivots, indefinite matrices, threads.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/partial_cholesky.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <map>

#include "plugins/matrix/core/product.hpp"
#include "tests/plugins/matrix/core/cr_example.hpp"
#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

namespace {

// b b^H with the columns of b falling in size.
template <class T>
Matrix<T> semidefinite(Index n, Index rank, double ratio, std::uint64_t seed) {
  Matrix<T> b = random_matrix<T>(n, rank, seed);
  for (Index i = 0; i < n; ++i)
    for (Index k = 0; k < rank; ++k) b(i, k) *= static_cast<Real<T>>(std::pow(ratio, static_cast<double>(k)));
  return product<T>(Op::none, b, Op::adjoint, b);
}

template <class T>
Matrix<T> left_over(const Matrix<T>& a, const PartialCholesky<T>& found) {
  Matrix<T> left = a.copy();
  multiply_add<T>(Real<T>{-1}, Op::none, found.factor, Op::adjoint, found.factor, left.view());
  return left;
}

constexpr Pivoting searched[] = {Pivoting::greedy, Pivoting::random, Pivoting::uniform};

}  // namespace

TEST_SUITE_BEGIN("plugins/matrix/core/partial_cholesky");

TEST_CASE_TEMPLATE("rows of pivots are reproduced and the trace left is that of the residual", T, float, double,
                   Complex) {
  const double eps = static_cast<double>(std::numeric_limits<Real<T>>::epsilon());
  const Matrix<T> a = semidefinite<T>(60, 60, 0.8, 1);
  double largest = 0.0;
  for (Index i = 0; i < 60; ++i) largest = std::max(largest, static_cast<double>(real_part(a(i, i))));
  for (const Pivoting pivoting : searched)
    for (const Index block : {1, 8}) {
      const auto found = partial_cholesky<T>(a, {.rank = 20, .pivoting = pivoting, .block = block}, Random(3));
      REQUIRE(found.pivots.size() == 20);
      const Matrix<T> left = left_over(a, found);
      double trace = 0.0;
      for (Index i = 0; i < 60; ++i) trace += static_cast<double>(real_part(left(i, i)));
      CHECK(std::abs(trace - found.trace_left.back()) < 60 * 80 * eps * largest);
      for (const Index pivot : found.pivots)
        for (Index j = 0; j < 60; ++j) CHECK(magnitude(left(pivot, j)) < 80 * eps * largest);
      for (std::size_t k = 1; k < 20; ++k) CHECK(found.trace_left[k] <= found.trace_left[k - 1]);
    }
}

TEST_CASE("greedy pivots are the largest of the diagonal left") {
  const Matrix<double> a = semidefinite<double>(30, 30, 0.7, 2);
  const auto found = partial_cholesky<double>(a, {.rank = 10}, Random(1));
  for (Index k = 0; k < 10; ++k) {
    const std::vector<Index> before(found.pivots.begin(), found.pivots.begin() + k);
    Matrix<double> left = a.copy();
    if (k > 0)
      left = left_over(
          a, partial_cholesky<double>(a, {.rank = k, .pivoting = Pivoting::given, .pivots = before}, Random(1)));
    Index largest = 0;
    for (Index i = 1; i < 30; ++i)
      if (left(i, i) > left(largest, largest)) largest = i;
    CHECK(found.pivots[static_cast<std::size_t>(k)] == largest);
  }
}

TEST_CASE("it stops at the rank of the matrix and at the tolerance") {
  const Matrix<double> a = semidefinite<double>(40, 7, 0.9, 3);
  for (const Pivoting pivoting : {Pivoting::greedy, Pivoting::random}) {
    const auto whole = partial_cholesky<double>(a, {.rank = 40, .pivoting = pivoting, .block = 4}, Random(5));
    CHECK(whole.pivots.size() == 7);
    CHECK(whole.trace_left.back() < 1e-13 * whole.trace);
  }
  const auto rough = partial_cholesky<double>(a, {.rank = 40, .tolerance = 0.1}, Random(5));
  CHECK(rough.trace_left.back() <= 0.1 * rough.trace);
  CHECK(rough.trace_left[rough.trace_left.size() - 2] > 0.1 * rough.trace);
}

TEST_CASE("random pivots have the same law one by one and in blocks with rejection") {
  // The exact law of the first two pivots, by the definition of the method.
  const Matrix<double> a = semidefinite<double>(4, 4, 0.6, 4);
  std::map<std::vector<Index>, double> law;
  double trace = 0.0;
  for (Index i = 0; i < 4; ++i) trace += a(i, i);
  for (Index i = 0; i < 4; ++i) {
    double left[4], rest = 0.0;
    for (Index j = 0; j < 4; ++j) rest += left[j] = j == i ? 0.0 : a(j, j) - a(i, j) * a(i, j) / a(i, i);
    for (Index j = 0; j < 4; ++j)
      if (j != i) law[{i, j}] = a(i, i) / trace * left[j] / rest;
  }
  constexpr int trials = 20000;
  for (const Index block : {1, 2, 5}) {
    std::map<std::vector<Index>, double> counts;
    for (std::uint64_t trial = 0; trial < trials; ++trial)
      counts[partial_cholesky<double>(a, {.rank = 2, .pivoting = Pivoting::random, .block = block}, Random(trial))
                 .pivots]++;
    double chi_square = 0.0;
    for (const auto& [pivots, p] : law) chi_square += std::pow(counts[pivots] - trials * p, 2) / (trials * p);
    CHECK(chi_square < 31.3);  // 11 degrees of freedom: exceeded once in 1000
  }
}

TEST_CASE("results are the same for any number of threads") {
  const Matrix<double> a = semidefinite<double>(150, 150, 0.95, 5);
  const PartialCholeskyOptions options{.rank = 50, .pivoting = Pivoting::random, .block = 16};
  const auto one = partial_cholesky<double>(a, options, Random(1));
  const auto three = partial_cholesky<double>(a, options, Random(1), Threads(3));
  CHECK(one.pivots == three.pivots);
  CHECK(distance<double>(one.factor.view(), three.factor.view()) == 0.0);
}

TEST_CASE("a matrix that is not semidefinite is refused by what shows it") {
  const auto refuse = [](const Matrix<double>& a, const char* message) {
    CHECK_THROWS_WITH(partial_cholesky<double>(a, {.rank = a.rows()}, Random(1)), message);
  };
  refuse(matrix_of<double>(2, 2, {1, 0, 0, -2}), "the matrix is not positive semidefinite: diagonal element 1 is -2");
  refuse(matrix_of<double>(2, 2, {0, 1, 1, 0}),
         "the matrix is not positive semidefinite: element (1, 0) is larger than diagonal elements 1 and 0 allow");
  // All 2 x 2 minors are positive, and the determinant is -0.28.
  refuse(
      matrix_of<double>(3, 3, {1, 0.8, 0, 0.8, 1, 0.8, 0, 0.8, 1}),
      "the matrix is not positive semidefinite: pivot 1, in row 2 and of size 1, leaves -0.28 of diagonal element 1");
  // Two pivots leave a diagonal of zeros with 1 beside it.
  refuse(matrix_of<double>(4, 4, {4, 0, 4, 0, 0, 4, 0, 4, 4, 0, 4, 1, 0, 4, 1, 4}),
         "the matrix is not positive semidefinite: after 2 pivots the trace left is 0, but what is left has a norm of "
         "at least 0.707107");
  CHECK_THROWS_WITH(partial_cholesky<double>(matrix_of<double>(2, 2, {1, 0.5, 0.4, 1}), {.rank = 1}, Random(1)),
                    "the matrix must be Hermitian; elements (1, 0) and (0, 1) differ by 0.1");
  CHECK_THROWS_WITH(partial_cholesky<double>(random_matrix<double>(2, 3, 1), {.rank = 1}, Random(1)),
                    "the matrix must be square and have elements; it is 2 x 3");
  const Matrix<double> one = Matrix<double>::identity(3);
  CHECK_THROWS_WITH(partial_cholesky<double>(one, {.rank = 4}, Random(1)),
                    "the rank must be from 1 to the number of rows, 3; it is 4");
  CHECK_THROWS_WITH(partial_cholesky<double>(one, {.rank = 1, .pivoting = Pivoting::given, .pivots = {3}}, Random(1)),
                    "pivots must be from 0 to 2; one is 3");
}

TEST_CASE("zero and singular matrices are taken as they are") {
  const auto zero = partial_cholesky<double>(Matrix<double>(3, 3), {.rank = 2}, Random(1));
  CHECK(zero.pivots.empty());
  CHECK(zero.trace == 0.0);
  const auto given = partial_cholesky<double>(matrix_of<double>(2, 2, {1, 1, 1, 1}),
                                              {.rank = 2, .pivoting = Pivoting::given, .pivots = {1, 0, 1}}, Random(1));
  CHECK(given.pivots == std::vector<Index>{1});
}

TEST_SUITE_END();
