// Pivoted QR: published pivots, the Gram matrix that R reproduces, dependence, sizes far apart, stopping.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/pivoted_qr.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <set>

#include "tests/plugins/matrix/core/column_cases.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

namespace {

// max |a^H a - r^H r| over the lengths of the two columns, by sums in long double.
template <class T>
double gram_error(In<T> a, In<T> r) {
  double worst = 0.0;
  const auto inner = [](In<T> x, Index i, Index j) {
    Exact<T> sum{};
    for (Index k = 0; k < x.rows; ++k) sum += Exact<T>(conjugate(x(k, i))) * Exact<T>(x(k, j));
    return sum;
  };
  for (Index i = 0; i < a.cols; ++i)
    for (Index j = 0; j < a.cols; ++j) {
      const double size = std::sqrt(magnitude(inner(a, i, i))) * std::sqrt(magnitude(inner(a, j, j)));
      if (size > 0.0) worst = std::max(worst, magnitude(inner(a, i, j) - inner(r, i, j)) / size);
    }
  return worst;
}

}  // namespace

TEST_SUITE_BEGIN("plugins/matrix/core/pivoted_qr");

TEST_CASE("the pivots and the diagonal of a 4 x 5 matrix are the published ones") {
  const auto qr = pivoted_qr<double>(small_case(), {.rank = 3});
  CHECK(qr.pivots == std::vector<Index>{0, 3, 1});
  const double diagonal[] = {5.09901951359278483, 3.9418855308673714, 2.13179606328690469};
  for (std::size_t i = 0; i < 3; ++i) CHECK(qr.diagonal[i] == doctest::Approx(diagonal[i]).epsilon(4e-16));
  CHECK(pivoted_qr<double>(hilbert(8), {.rank = 5}).pivots == std::vector<Index>{0, 2, 7, 1, 4});
}

TEST_CASE_TEMPLATE("R has the inner products of the columns and a falling diagonal", T, float, double, Complex) {
  const double eps = std::numeric_limits<Real<T>>::epsilon();
  for (const auto& [rows, cols] : {std::pair{1, 1}, {1, 7}, {7, 1}, {5, 9}, {40, 33}, {33, 40}, {90, 80}}) {
    const Matrix<T> a = decaying<T>(rows, cols, 0.9, static_cast<std::uint64_t>(rows * cols));
    const auto qr = pivoted_qr<T>(a, {});
    CAPTURE(rows);
    CAPTURE(cols);
    CHECK(static_cast<Index>(qr.pivots.size()) == std::min(rows, cols));
    CHECK(gram_error<T>(a, qr.rows) < 20.0 * eps);
    CHECK(std::set<Index>(qr.pivots.begin(), qr.pivots.end()).size() == qr.pivots.size());
    for (std::size_t k = 0; k < qr.pivots.size(); ++k) {
      CHECK(magnitude(qr.rows(static_cast<Index>(k), qr.pivots[k])) ==
            doctest::Approx(qr.diagonal[k]).epsilon(4 * eps));
      for (std::size_t s = 0; s < k; ++s) CHECK(qr.rows(static_cast<Index>(k), qr.pivots[s]) == T{});
      // R_kk^2 >= sum of R_ij^2 over i = k..j for every later column.
      for (std::size_t j = k + 1; j < qr.pivots.size(); ++j) {
        double sum = 0.0;
        for (std::size_t i = k; i <= j; ++i) sum += square_magnitude(qr.rows(static_cast<Index>(i), qr.pivots[j]));
        CHECK(std::sqrt(sum) <= qr.diagonal[k] * (1.0 + 100.0 * eps));
      }
    }
  }
}

TEST_CASE("what the pivots leave of each column is its distance from their span") {
  const Matrix<double> a = decaying<double>(30, 20, 0.5, 3);
  const auto qr = pivoted_qr<double>(a, {.rank = 7}), all = pivoted_qr<double>(a, {});
  for (Index j = 0; j < 20; ++j) {
    double sum = 0.0;
    for (Index k = 7; k < all.rows.rows(); ++k) sum = std::hypot(sum, all.rows(k, j));
    CHECK(qr.left[static_cast<std::size_t>(j)] == doctest::Approx(sum).epsilon(1e-7));
  }
}

TEST_CASE("dependent columns are found and columns far smaller than others are not mistaken for them") {
  Matrix<double> a = random_matrix<double>(50, 12, 1);
  for (Index i = 0; i < 50; ++i)
    for (Index j = 6; j < 12; ++j) a(i, j) = a(i, j - 6) * 3.0 - a(i, (j - 5) % 6);
  auto qr = pivoted_qr<double>(a, {});
  CHECK(qr.pivots.size() == 6);
  CHECK(qr.deficient);
  Matrix<double> graded = random_matrix<double>(50, 5, 2);
  for (Index i = 0; i < 50; ++i)
    for (Index j = 0; j < 5; ++j) graded(i, j) *= std::pow(10.0, -70.0 * static_cast<double>(j));
  qr = pivoted_qr<double>(graded, {});
  CHECK(qr.pivots == std::vector<Index>{0, 1, 2, 3, 4});
  CHECK_FALSE(qr.deficient);
  qr = pivoted_qr<double>(Matrix<double>(4, 3), {});
  CHECK(qr.pivots.empty());
  CHECK(qr.deficient);
  CHECK(qr.rows.rows() == 0);
}

TEST_CASE("it stops at a rank or a length or a share of the first diagonal element") {
  const Matrix<double> a = decaying<double>(40, 30, 0.5, 9);
  const auto all = pivoted_qr<double>(a, {});
  CHECK(pivoted_qr<double>(a, {.rank = 0}).pivots.empty());
  const auto by_share = pivoted_qr<double>(a, {.diagonal = 1e-3});
  const auto k = by_share.pivots.size();
  CHECK(all.diagonal[k] <= 1e-3 * all.diagonal[0]);
  CHECK(all.diagonal[k - 1] > 1e-3 * all.diagonal[0]);
  const auto by_norm = pivoted_qr<double>(a, {.frobenius = 1e-2});
  const auto left = [&](std::size_t rank) {
    double sum = 0.0;
    for (Index i = static_cast<Index>(rank); i < 30; ++i)
      for (Index j = 0; j < 30; ++j) sum = std::hypot(sum, all.rows(i, j));
    return sum;
  };
  CHECK(left(by_norm.pivots.size()) <= 1e-2 * (1.0 + 1e-6));
  CHECK(left(by_norm.pivots.size() - 1) > 1e-2);
}

TEST_SUITE_END();
