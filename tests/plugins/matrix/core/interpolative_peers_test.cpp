// Interpolative decompositions in the cases that other libraries test, or that their users have reported.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "plugins/matrix/core/column_scores.hpp"
#include "plugins/matrix/core/cur.hpp"
#include "plugins/matrix/core/interpolative.hpp"
#include "plugins/matrix/core/norms.hpp"
#include "tests/plugins/matrix/core/column_cases.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

namespace {

template <class T>
Interpolative<T> to(In<T> a, double tolerance, ColumnChoice choice = ColumnChoice::fine) {
  return interpolative<T>(a, {.choice = choice, .tolerance = tolerance}, Random(11));
}

template <class T>
Matrix<T> as(const Matrix<double>& from) {
  Matrix<T> made(from.rows(), from.cols());
  for (Index i = 0; i < from.rows() * from.cols(); ++i) made.data()[i] = T(static_cast<Real<T>>(from.data()[i]));
  return made;
}

}  // namespace

TEST_SUITE_BEGIN("plugins/matrix/core/interpolative_peers");

TEST_CASE_TEMPLATE("the Hilbert matrix of order 300 to 1e-12 as in SciPy", T, double, Complex) {
  const Matrix<T> h = as<T>(hilbert(300));
  for (const ColumnChoice choice : {ColumnChoice::fine, ColumnChoice::pivoted_qr, ColumnChoice::gaussian}) {
    CAPTURE(name_of(choice));
    const auto found = to<T>(h, 1e-12, choice);
    CHECK(plain_error<T>(h, found.columns.skeleton, found.columns.z) <= 1e-12 * frobenius_norm<T>(h));
    CHECK(found.columns.skeleton.size() >= 19);
    CHECK(found.columns.skeleton.size() <= 24);  // the singular values need 20
  }
}

TEST_CASE("the spectral norm of the Hilbert matrix of order 300 and of what is missing as in SciPy") {
  Matrix<double> h = hilbert(300);
  Interpolation<double> nothing;
  nothing.z = Matrix<double>(0, 300);
  CHECK(spectral_estimate<double>(h, nothing, 30, Random(1)) == doctest::Approx(2.3220199369).epsilon(1e-9));
}

TEST_CASE("a rank beyond the matrix is refused and the full rank is exact as in SciPy issue 20452") {
  CHECK_THROWS_AS(interpolative<double>(random_matrix<double>(8, 6, 1), {.rank = 10}, Random(1)), std::domain_error);
  Matrix<double> ones(4, 3);
  for (Index i = 0; i < 12; ++i) ones.data()[i] = 1.0;
  CHECK_THROWS_AS(interpolative<double>(ones, {.rank = 4}, Random(1)), std::domain_error);
  const auto found = interpolative<double>(ones, {.rank = 3}, Random(1));
  CHECK(found.columns.skeleton.size() == 1);
  CHECK(found.columns.deficient);
  CHECK(found.error.value < 1e-15);
  const Matrix<double> full = random_matrix<double>(16, 8, 2);
  const auto all = to<double>(full, 1e-12);
  CHECK(all.columns.skeleton.size() == 8);
  CHECK(all.error.value < 1e-13);
}

TEST_CASE("a single row is exact at rank 1 as in SciPy issue 23195") {
  const Matrix<double> row = random_matrix<double>(1, 4, 5);
  const auto found = to<double>(row, 1e-12);
  CHECK(found.columns.skeleton.size() == 1);
  CHECK(found.error.value < 1e-15);
}

TEST_CASE("the rank of [[1 1 0] [0 0 1] [0 0 1]] is 2 and of a 6 x 6 table of consecutive numbers too") {
  Matrix<double> a(3, 3), table(6, 6);
  a(0, 0) = a(0, 1) = a(1, 2) = a(2, 2) = 1.0;
  for (Index i = 0; i < 36; ++i) table.data()[i] = static_cast<double>(i);
  for (const ColumnChoice choice : {ColumnChoice::fine, ColumnChoice::fast, ColumnChoice::pivoted_qr}) {
    CHECK(to<double>(a, 1e-9, choice).columns.skeleton.size() == 2);
    CHECK(to<double>(table, 1e-9, choice).columns.skeleton.size() == 2);
  }
}

TEST_CASE("float keeps the tolerances that it can") {
  const Matrix<float> h = as<float>(hilbert(200));
  const auto found = to<float>(h, 1e-4);
  CHECK(found.columns.skeleton.size() <= 11);
  CHECK(plain_error<float>(h, found.columns.skeleton, found.columns.z) <= 1e-4 * frobenius_norm<float>(h));
}

TEST_CASE("a complex Fourier kernel is decomposed as in LowRankApprox") {
  Matrix<Complex> a(128, 64);
  for (Index i = 0; i < 128; ++i)
    for (Index j = 0; j < 64; ++j) {
      const double x = Random(1).unit(static_cast<std::uint64_t>(i)), y = Random(2).unit(static_cast<std::uint64_t>(j));
      a(i, j) = std::polar(1.0, -2.0 * std::numbers::pi * x * y);
    }
  const auto found = to<Complex>(a, 1e-13);
  CHECK(plain_error<Complex>(a, found.columns.skeleton, found.columns.z) <= 1e-13 * frobenius_norm<Complex>(a));
  CHECK(found.columns.skeleton.size() <= 18);
  // An explicit middle holds inverses of small singular values: rounding it costs 1e-16 |c| |u| |r|.
  const Matrix<Complex> turned = transposed<Complex>(a);
  const auto few = to<Complex>(a, 1e-7), rows = to<Complex>(turned, 1e-7);
  CHECK(cur<Complex>(a, few.columns.skeleton, rows.columns.skeleton, Middle::optimal).error <
        1e-6 * frobenius_norm<Complex>(a));
}

TEST_CASE("the Hilbert matrix of order 512 has the rank that LowRankApprox states") {
  const auto found = to<double>(hilbert(512), 1e-12);
  CHECK(found.columns.skeleton.size() >= 20);
  CHECK(found.columns.skeleton.size() <= 24);
}

TEST_CASE("Kahan matrices with SciPy-sized coefficients under pivoted QR are bounded") {
  Matrix<double> a = kahan(96, std::cos(1.2));
  for (Index i = 0; i < 96; ++i) a(i, i) += 25.0 * 2.220446049250313e-16 * static_cast<double>(96 - i);
  const auto qr = interpolative<double>(a, {.choice = ColumnChoice::pivoted_qr, .rank = 48}, Random(1));
  CHECK(largest_entry<double>(qr.columns.z) > 1e5);
  for (const double bound : {1.0, 2.0}) {
    const auto found =
        interpolative<double>(a, {.choice = ColumnChoice::pivoted_qr, .rank = 48, .bound = bound}, Random(1));
    CHECK(largest_entry<double>(found.columns.z) <= std::max(bound, 1.0 + 1e-9));
    CHECK(found.columns.swaps >= 1);
  }
  const auto fine = interpolative<double>(a, {.rank = 48, .bound = 2.0}, Random(1));
  double floor = 0.0;
  const auto values = singular_rows<double>(a, 0).values;
  for (std::size_t i = 48; i < values.size(); ++i) floor = std::hypot(floor, values[i]);
  CHECK(largest_entry<double>(fine.columns.z) <= 2.0);
  CHECK(fine.error.value < 1.5 * floor);
}

TEST_CASE("exact ranks of duplicated columns are found by every rule as in RandLAPACK issue 168") {
  Matrix<double> a(40, 30);
  const Matrix<double> basis = random_matrix<double>(40, 5, 3);
  for (Index i = 0; i < 40; ++i)
    for (Index j = 0; j < 30; ++j) a(i, j) = basis(i, (7 * j) % 5);
  for (const ColumnChoice choice : {ColumnChoice::fine, ColumnChoice::fast, ColumnChoice::pivoted_qr,
                                    ColumnChoice::greedy_total, ColumnChoice::gaussian, ColumnChoice::srht}) {
    CAPTURE(name_of(choice));
    const auto found = interpolative<double>(a, {.choice = choice, .rank = 12}, Random(2));
    CHECK(found.columns.skeleton.size() == 5);
    CHECK(found.columns.deficient);
    CHECK(found.error.value < 1e-13);
  }
}

TEST_SUITE_END();
