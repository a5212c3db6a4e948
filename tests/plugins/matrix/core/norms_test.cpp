// Tests of norms: against extended precision at every scale, and what is not finite.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/norms.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

TEST_SUITE_BEGIN("plugins/matrix/core/norms");

TEST_CASE_TEMPLATE("norms agree with extended precision and for any number of threads", T, float, double, Complex) {
  for (const auto& [rows, cols] : {std::pair<Index, Index>{1, 1}, {3, 5}, {200, 31}, {5000, 40}}) {
    const auto a = random_matrix<T>(rows, cols, 1);
    long double sum = 0.0L;
    std::vector<long double> columns(static_cast<std::size_t>(cols));
    for (Index i = 0; i < rows; ++i)
      for (Index j = 0; j < cols; ++j) {
        const long double size = std::abs(Exact<T>(a(i, j)));
        sum += size * size, columns[static_cast<std::size_t>(j)] += size * size;
      }
    const double expected = static_cast<double>(std::sqrt(sum));
    CHECK(std::abs(frobenius_norm<T>(a) - expected) <= 4.0 * 2.3e-16 * expected);
    CHECK(frobenius_norm<T>(a, Threads(3)) == frobenius_norm<T>(a));
    const auto norms = column_norms<T>(a);
    for (std::size_t j = 0; j < norms.size(); ++j)
      CHECK(norms[j] == doctest::Approx(static_cast<double>(std::sqrt(columns[j]))).epsilon(1e-13));
  }
}

TEST_CASE("columns across the whole range have their lengths") {
  Matrix<double> a(2, 5);
  const double scales[] = {1e-310, 1e-200, 1.0, 1e200, 1e307};
  for (Index j = 0; j < 5; ++j) a(0, j) = 3.0 * scales[j], a(1, j) = 4.0 * scales[j];
  const auto norms = column_norms<double>(a);
  for (std::size_t j = 0; j < 5; ++j)
    CHECK(norms[j] == doctest::Approx(5.0 * scales[j]).epsilon(j == 0 ? 1e-12 : 1e-15));
  for (const double scale : {1e-310, 1e-200, 1e200, 1e307}) {
    Matrix<double> b(1, 2);
    b(0, 0) = 3.0 * scale, b(0, 1) = -4.0 * scale;
    CHECK(frobenius_norm<double>(b) == doctest::Approx(5.0 * scale).epsilon(scale < 1e-300 ? 1e-12 : 1e-15));
  }
}

TEST_CASE("what is not finite is found and named") {
  auto a = random_matrix<double>(300, 20, 2);
  CHECK_NOTHROW(require_finite<double>(a, "matrix"));
  a(250, 7) = -std::numeric_limits<double>::infinity();
  CHECK(std::isinf(frobenius_norm<double>(a)));
  CHECK_THROWS_WITH_AS(require_finite<double>(a, "matrix"),
                       "element (250, 7) of 'matrix' must be finite; it is infinite", std::invalid_argument);
  a(20, 3) = std::numeric_limits<double>::quiet_NaN();
  CHECK(std::isnan(frobenius_norm<double>(a)));
  CHECK(std::isnan(largest_magnitude<double>(a)));
  Matrix<Complex> c(2, 2);
  c(1, 0) = Complex(0.0, std::numeric_limits<double>::quiet_NaN());
  CHECK_THROWS_WITH_AS(require_finite<Complex>(c, "left"), "element (1, 0) of 'left' must be finite; it is NaN",
                       std::invalid_argument);
}

TEST_SUITE_END();
