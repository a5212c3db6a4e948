// CUR decompositions: published errors, optimality of the middle, exact rows and columns of the cross, dependence.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/cur.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "plugins/matrix/core/product.hpp"
#include "tests/plugins/matrix/core/column_cases.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

namespace {

template <class T>
Matrix<T> assembled(const Cur<T>& made) {
  return product<T>(Op::none, product<T>(Op::none, made.c, Op::none, made.u), Op::none, made.r);
}

template <class T>
double plain_distance(In<T> a, In<T> b) {
  long double sum = 0.0L;
  for (Index i = 0; i < a.rows; ++i)
    for (Index j = 0; j < a.cols; ++j) sum += std::norm(Exact<T>(a(i, j)) - Exact<T>(b(i, j)));
  return static_cast<double>(std::sqrt(sum));
}

}  // namespace

TEST_SUITE_BEGIN("plugins/matrix/core/cur");

TEST_CASE("the published errors of the optimal middle come out") {
  const Matrix<double> m = small_case();
  const double squares[] = {63.9375, 13.95295472943521, 5.277248295949314};
  const std::vector<Index> columns{3, 0, 1}, rows{0, 1, 2};
  for (std::ptrdiff_t r = 1; r <= 3; ++r) {
    const auto made =
        cur<double>(m, {columns.begin(), columns.begin() + r}, {rows.begin(), rows.begin() + r}, Middle::optimal);
    CHECK(made.error * made.error == doctest::Approx(squares[r - 1]).epsilon(4e-15));
  }
}

TEST_CASE_TEMPLATE("no middle is better than the optimal and the cross is exact where it was chosen", T, float, double,
                   Complex) {
  const double eps = std::numeric_limits<Real<T>>::epsilon();
  const Matrix<T> a = random_matrix<T>(12, 10, 3);
  const std::vector<Index> columns{1, 8, 4}, rows{0, 7, 11};
  const auto best = cur<T>(a, columns, rows, Middle::optimal), cross = cur<T>(a, columns, rows, Middle::cross);
  CHECK(best.error == doctest::Approx(plain_distance<T>(a, assembled(best))).epsilon(100 * eps));
  CHECK(best.error < cross.error);
  // The error is stationary: moving the middle in any direction raises it.
  for (Index i = 0; i < 3; ++i)
    for (Index j = 0; j < 3; ++j)
      for (const double step : {-0.01, 0.01}) {
        Cur<T> moved{best.c.copy(), best.u.copy(), best.r.copy()};
        moved.u(i, j) += T(static_cast<Real<T>>(step));
        CHECK(plain_distance<T>(a, assembled(moved)) > best.error);
      }
  const Matrix<T> made = assembled(cross), optimal = assembled(best);
  double off = 0.0;
  for (Index i = 0; i < 12; ++i)
    for (const Index j : columns) {
      CHECK(magnitude(made(i, j) - a(i, j)) < 100.0 * eps * cross.condition);
      off = std::max(off, magnitude(optimal(i, j) - a(i, j)));
    }
  for (const Index i : rows)
    for (Index j = 0; j < 10; ++j) CHECK(magnitude(made(i, j) - a(i, j)) < 100.0 * eps * cross.condition);
  CHECK(off > 0.01);
}

TEST_CASE("a matrix of rank 2 follows from two independent rows and columns and from too many") {
  const Matrix<double> a = decaying<double>(8, 2, 1.0, 1), b = decaying<double>(2, 9, 1.0, 2);
  const Matrix<double> m = product<double>(Op::none, a, Op::none, b);
  for (const Middle middle : {Middle::optimal, Middle::cross}) {
    CHECK(cur<double>(m, {0, 5}, {1, 7}, middle).error < 1e-12);
    CHECK(cur<double>(m, {0, 5, 5, 2}, {1, 7, 3}, middle).error < 1e-12);
  }
  CHECK(cur<double>(m, {0, 0}, {1, 7}, Middle::cross).condition > 1e15);
}

TEST_CASE("all columns and rows and single ones are borne and wrong indices named") {
  const Matrix<double> m = small_case();
  CHECK(cur<double>(m, {0, 1, 2, 3, 4}, {0, 1, 2, 3}, Middle::optimal).error < 1e-13);
  CHECK(cur<double>(Matrix<double>(3, 3), {1}, {1}, Middle::cross).error == 0.0);
  CHECK_THROWS_WITH_AS(cur<double>(m, {5}, {0}, Middle::optimal),
                       "an index of columns must be between 0 and 4; it is 5", std::out_of_range);
  CHECK_THROWS_WITH_AS(cur<double>(m, {0}, {-1}, Middle::optimal), "an index of rows must be between 0 and 3; it is -1",
                       std::out_of_range);
  CHECK_THROWS_AS(cur<double>(m, {}, {0}, Middle::optimal), std::invalid_argument);
}

TEST_SUITE_END();
