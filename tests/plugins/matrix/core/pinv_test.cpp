// Tests of the pseudo-inverse: exact rational values, the four conditions of Penrose, cutoffs, the error of a ridge.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/pinv.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/product.hpp"
#include "tests/plugins/matrix/core/cr_example.hpp"
#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

namespace {

template <class T>
Matrix<T> times(const Matrix<T>& a, const Matrix<T>& b) {
  return product<T>(Op::none, a, Op::none, b);
}

// The largest violation of the four conditions of Penrose 1955, relative to the sizes of a and b.
template <class T>
double penrose(const Matrix<T>& a, const Matrix<T>& b) {
  const double na = frobenius_norm<T>(a), nb = frobenius_norm<T>(b);
  const Matrix<T> ab = times(a, b), ba = times(b, a);
  double worst = distance<T>(times(ab, a).view(), a.view()) / (na * na * nb);
  worst = std::max(worst, distance<T>(times(ba, b).view(), b.view()) / (na * nb * nb));
  worst = std::max(worst, distance<T>(transposed<T>(ab.view(), true).view(), ab.view()) / (na * nb));
  return std::max(worst, distance<T>(transposed<T>(ba.view(), true).view(), ba.view()) / (na * nb));
}

template <class T>
Matrix<T> of_rank(Index rows, Index cols, Index rank, std::uint64_t seed) {
  return times(random_matrix<T>(rows, rank, seed), random_matrix<T>(rank, cols, seed + 1000));
}

const Matrix<double> rank_two = matrix_of<double>(4, 3, {1, 2, 3, 2, 4, 6, 1, 0, 1, 0, 1, 1});
const Matrix<double> its_inverse = matrix_of<double>(
    3, 4,
    {0, 0, 2.0 / 3, -1.0 / 3, 1.0 / 26, 1.0 / 13, -41.0 / 78, 11.0 / 39, 1.0 / 26, 1.0 / 13, 11.0 / 78, -2.0 / 39});

double error_of(const Matrix<double>& inverse) { return distance<double>(inverse.view(), its_inverse.view()); }

}  // namespace

TEST_SUITE_BEGIN("plugins/matrix/core/pinv");

TEST_CASE("a matrix of rank two has the known rational pseudo-inverse") {
  const auto by_svd = pinv_by_svd<double>(rank_two), by_eigenvalues = pinv_by_eigenvalues<double>(rank_two);
  CHECK(by_svd.rank == 2);
  CHECK(by_eigenvalues.rank == 2);
  CHECK(error_of(by_svd.inverse) < 1e-15);
  CHECK(error_of(by_eigenvalues.inverse) < 4e-15);
}

TEST_CASE("the error of a ridge falls with it and rises again when it is too small") {
  const auto error = [](double ridge) { return error_of(pinv_by_ridge<double>(rank_two, ridge).inverse); };
  CHECK(error(1e-2) < 0.01);
  CHECK(error(1e-4) == doctest::Approx(error(1e-3) / 10).epsilon(0.01));  // linear while the bias rules
  CHECK(error(1e-5) == doctest::Approx(error(1e-4) / 10).epsilon(0.01));
  CHECK(error(1e-8) < 5e-8);
  CHECK(error(1e-12) > 10 * error(1e-8));
  CHECK(error(1e-14) > error(1e-12));
}

TEST_CASE_TEMPLATE("the four conditions of Penrose hold for any shape and rank", T, float, double, Complex) {
  const double eps = static_cast<double>(std::numeric_limits<Real<T>>::epsilon());
  for (const auto& [rows, cols] : {std::pair<Index, Index>{1, 1}, {1, 5}, {5, 1}, {6, 6}, {9, 4}, {4, 9}, {30, 20}})
    for (Index rank = 1; rank <= std::min(rows, cols); rank += 1 + rank / 2) {
      const Matrix<T> a = of_rank<T>(rows, cols, rank, static_cast<std::uint64_t>(rows * 100 + cols + rank));
      const auto by_svd = pinv_by_svd<T>(a);
      CHECK(by_svd.rank == rank);
      CHECK(penrose(a, by_svd.inverse) < 10 * eps);
      const auto by_eigenvalues = pinv_by_eigenvalues<T>(a, {0.0, 0.01 * std::sqrt(std::sqrt(eps))});
      const double condition =
          static_cast<double>(by_eigenvalues.values[0] / by_eigenvalues.values[static_cast<std::size_t>(rank - 1)]);
      if (by_eigenvalues.rank == rank) CHECK(penrose(a, by_eigenvalues.inverse) < 20 * eps * condition);
    }
}

TEST_CASE("the pseudo-inverse of zero is zero and that of a regular matrix its inverse") {
  const auto zero = pinv_by_svd<double>(Matrix<double>(3, 2));
  CHECK(zero.rank == 0);
  CHECK(frobenius_norm<double>(zero.inverse) == 0.0);
  CHECK(zero.inverse.rows() == 2);
  CHECK(frobenius_norm<double>(pinv_by_eigenvalues<double>(Matrix<double>(2, 3)).inverse) == 0.0);
  CHECK(frobenius_norm<double>(pinv_by_ridge<double>(Matrix<double>(2, 3), 1e-3).inverse) == 0.0);
  const auto regular = pinv_by_svd<double>(matrix_of<double>(2, 2, {4, 7, 2, 6}));
  CHECK(distance<double>(regular.inverse.view(), matrix_of<double>(2, 2, {0.6, -0.7, -0.2, 0.4}).view()) < 5e-16);
}

TEST_CASE("cutoffs count singular values as they say") {
  Matrix<double> a(3, 3);
  a(0, 0) = 10.0, a(1, 1) = 1.0, a(2, 2) = 1e-3;
  CHECK(pinv_by_svd<double>(a).rank == 3);
  CHECK(pinv_by_svd<double>(a, {0.0, 1e-3}).rank == 2);
  CHECK(pinv_by_svd<double>(a, {1e-2, 1e-6}).rank == 2);
  CHECK(pinv_by_svd<double>(a, {1e-2, 0.5}).rank == 1);
  CHECK(pinv_by_svd<double>(a, {20.0, 0.0}).rank == 0);
  CHECK(pinv_by_eigenvalues<double>(a, {1e-2, 1e-6}).rank == 2);
  CHECK(pinv_by_svd<double>(a, {1e-2, 0.5}).cutoff == 5.0);
}

TEST_CASE("a published case of both cutoffs is reproduced") {
  Matrix<double> a(7, 5);  // SciPy, linalg/tests/test_basic.py, TestPinv.test_atol_rtol, after NumPy's arange(35)
  for (Index i = 0; i < 35; ++i) a.data()[i] = static_cast<double>(i);
  a(0, 0) = 1e-3;
  const auto residual = [&](const RankCutoff& cutoff) {
    Matrix<double> r = times(times(a, pinv_by_svd<double>(a, cutoff).inverse), a);
    for (Index i = 0; i < 35; ++i) r.data()[i] -= a.data()[i];
    return frobenius_norm<double>(r);
  };
  CHECK(residual({1e-5, 0.0}) < 1e-3);
  CHECK(residual({1e-5, 0.05}) == doctest::Approx(4.233).epsilon(0.01));
}

TEST_CASE("scale does not matter and an inverse out of range is refused") {
  for (const int exponent : {-900, -300, 300, 900}) {
    Matrix<double> a = rank_two.copy(), expected = its_inverse.copy();
    for (Index i = 0; i < 12; ++i) {
      a.data()[i] = std::ldexp(a.data()[i], exponent);
      expected.data()[i] = std::ldexp(expected.data()[i], -exponent);
    }
    const auto by_svd = pinv_by_svd<double>(a), by_eigenvalues = pinv_by_eigenvalues<double>(a);
    CHECK(distance<double>(by_svd.inverse.view(), expected.view()) < std::ldexp(1e-15, -exponent));
    CHECK(distance<double>(by_eigenvalues.inverse.view(), expected.view()) < std::ldexp(4e-15, -exponent));
  }
  Matrix<double> tiny(1, 1);
  tiny(0, 0) = 1e-310;
  CHECK_THROWS_AS(pinv_by_svd<double>(tiny), std::overflow_error);
  CHECK_THROWS_WITH(pinv_by_ridge<double>(rank_two, 0.0), "the ridge must be above 0 and finite; it is 0.000000");
}

TEST_SUITE_END();
