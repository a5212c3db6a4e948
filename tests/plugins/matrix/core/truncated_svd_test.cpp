// Tests of leading singular values: near-optimal on every spectrum, on deficient, repeated and extreme ones too.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/truncated_svd.hpp"

#include <doctest/doctest.h>

#include <cstring>

#include "plugins/matrix/core/orthonormal.hpp"
#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

TEST_SUITE_BEGIN("plugins/matrix/core/truncated_svd");

namespace {

template <class T>
constexpr double eps = std::numeric_limits<Real<T>>::epsilon();

// u diag(values) v^H with random u and v, so that the singular values are known.
template <class T>
Matrix<T> with_values(Index rows, Index cols, const std::vector<double>& values, std::uint64_t seed) {
  const auto r = static_cast<Index>(values.size());
  auto u = random_matrix<T>(rows, r, seed), v = random_matrix<T>(cols, r, seed + 1);
  REQUIRE(orthonormalise(u.view()) == r);
  REQUIRE(orthonormalise(v.view()) == r);
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < r; ++j) u(i, j) *= static_cast<Real<T>>(values[static_cast<std::size_t>(j)]);
  return product<T>(Op::none, u, Op::adjoint, v);
}

template <class T>
double true_error(View<const T> a, const Svd<T>& svd) {
  double sum = 0.0;
  for (Index i = 0; i < a.rows; ++i)
    for (Index j = 0; j < a.cols; ++j) {
      Exact<T> x(a(i, j));
      for (std::size_t k = 0; k < svd.values.size(); ++k)
        x -= Exact<T>(svd.u(i, static_cast<Index>(k))) * Exact<Real<T>>(svd.values[k]) *
             Exact<T>(svd.vh(static_cast<Index>(k), j));
      sum += std::pow(magnitude(x), 2);
    }
  return std::sqrt(sum);
}

double tail(const std::vector<double>& values, Index k) {
  double sum = 0.0;
  for (std::size_t i = static_cast<std::size_t>(k); i < values.size(); ++i) sum += values[i] * values[i];
  return std::sqrt(sum);
}

template <class T>
void check_factors(const Svd<T>& svd) {
  CHECK(loss_of_orthogonality<T>(svd.u) < 30.0 * eps<T>);
  CHECK(loss_of_orthogonality<T>(transposed(reading(svd.vh), true)) < 30.0 * eps<T>);
  for (std::size_t i = 1; i < svd.values.size(); ++i) CHECK(svd.values[i] <= svd.values[i - 1]);
}

std::vector<double> powers(Index n, double base) {
  std::vector<double> values(static_cast<std::size_t>(n));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = std::pow(base, static_cast<double>(i));
  return values;
}

std::vector<double> inverses(Index n) {
  std::vector<double> values(static_cast<std::size_t>(n));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 1.0 / static_cast<double>(i + 1);
  return values;
}

const SvdOptions krylov{.method = SvdMethod::block_krylov};

}  // namespace

TEST_CASE_TEMPLATE("the Krylov error is within a thousandth of the least one", T, float, double, Complex) {
  for (const auto& values : {powers(100, 0.8), powers(100, 0.95), inverses(100)})
    for (const Index k : {1, 3, 12}) {
      const Matrix<T> a = with_values<T>(140, 120, values, 1);
      const TruncatedSvd<T> found = truncated_svd<T>(a, k, krylov);
      check_factors(found.svd);
      CHECK(found.converged);
      CHECK(found.method == SvdMethod::block_krylov);
      const double error = true_error<T>(a, found.svd), least = tail(values, k);
      CHECK(error <= 1.001 * least);
      CHECK(found.error == doctest::Approx(error).epsilon(1e-3));
      CHECK(found.norm == doctest::Approx(tail(values, 0)).epsilon(100.0 * eps<T>));
    }
}

TEST_CASE("a smooth spectrum down to round-off is followed") {
  std::vector<double> values = powers(60, 0.5);
  const Matrix<double> a = with_values<double>(200, 150, values, 3);
  for (const Index k : {10, 30, 45}) {
    const auto found = truncated_svd<double>(a, k, krylov);
    check_factors(found.svd);
    // What is missing of the squares of all values together is a thousandth of the squared error.
    const double least = tail(values, k);
    for (std::size_t i = 0; i < found.svd.values.size(); ++i)
      CHECK(std::abs(found.svd.values[i] - values[i]) < 1e-3 * least * least / values[i] + 20.0 * eps<double>);
    CHECK(true_error<double>(a, found.svd) <= 1.001 * tail(values, k) + 1e-14);
  }
}

TEST_CASE_TEMPLATE("deficient rank gives zeros and orthonormal vectors all the same", T, float, double, Complex) {
  const Matrix<T> a = with_values<T>(90, 80, powers(5, 0.7), 5);
  for (const SvdMethod method : {SvdMethod::exact, SvdMethod::block_krylov, SvdMethod::randomized}) {
    const TruncatedSvd<T> found = truncated_svd<T>(a, 12, {.method = method});
    REQUIRE(found.svd.values.size() == 12);
    check_factors(found.svd);
    for (std::size_t i = 5; i < 12; ++i) CHECK(found.svd.values[i] < 30.0 * eps<T>);
    CHECK(true_error<T>(a, found.svd) < 100.0 * eps<T>);
    CHECK(found.error < 100.0 * eps<T>);
  }
}

TEST_CASE("a zero matrix has zeros and a basis") {
  const Matrix<double> a(70, 90);
  for (const SvdMethod method : {SvdMethod::exact, SvdMethod::block_krylov, SvdMethod::randomized}) {
    const auto found = truncated_svd<double>(a, 4, {.method = method});
    REQUIRE(found.svd.values == std::vector<double>(4, 0.0));
    check_factors(found.svd);
    CHECK(found.error == 0.0);
  }
  CHECK(truncated_svd_to<double>(a, 0.1).svd.values.empty());
}

TEST_CASE("singular values repeated more often than the block is wide are all found") {
  // The block of k = 20 has ten columns.
  std::vector<double> values(40, 2.0);
  for (int i = 0; i < 40; ++i) values.push_back(1.0 / (1.0 + i));
  const Matrix<double> a = with_values<double>(150, 140, values, 7);
  const auto found = truncated_svd<double>(a, 20, krylov);
  for (const double value : found.svd.values) CHECK(value == doctest::Approx(2.0).epsilon(1e-12));
  check_factors(found.svd);
  const auto identity = truncated_svd<double>(Matrix<double>::identity(100), 20, krylov);
  for (const double value : identity.svd.values) CHECK(value == doctest::Approx(1.0).epsilon(1e-13));
  Matrix<double> steps(120, 120);  // thirty times 3, the rest 1, exactly diagonal
  for (Index i = 0; i < 120; ++i) steps(i, i) = i < 30 ? 3.0 : 1.0;
  for (const double value : truncated_svd<double>(steps, 20, krylov).svd.values)
    CHECK(value == doctest::Approx(3.0).epsilon(1e-13));
}

TEST_CASE("duplicated columns do no harm") {
  auto a = random_matrix<double>(100, 90, 9);
  for (Index i = 0; i < 100; ++i)
    for (Index j = 30; j < 90; ++j) a(i, j) = a(i, j % 30);
  const auto found = truncated_svd<double>(a, 20, krylov),
             exact = truncated_svd<double>(a, 20, {.method = SvdMethod::exact});
  CHECK(found.error <= 1.001 * exact.error);
  check_factors(found.svd);
}

TEST_CASE("the scale of a matrix changes nothing but the scale of the values") {
  const Matrix<double> a = with_values<double>(100, 80, powers(50, 0.8), 11);
  const auto plain = truncated_svd<double>(a, 10, krylov);
  for (const int exponent : {-1000, -660, 660, 1000}) {
    Matrix<double> b = a.copy();
    for (Index i = 0; i < 8000; ++i) b.data()[i] = std::ldexp(b.data()[i], exponent);
    const auto found = truncated_svd<double>(b, 10, krylov);
    check_factors(found.svd);
    for (std::size_t i = 0; i < 10; ++i)
      CHECK(std::ldexp(found.svd.values[i], -exponent) == doctest::Approx(plain.svd.values[i]).epsilon(1e-12));
  }
  // Rows across 200 orders of magnitude: the values of the small ones are below round-off of the large ones.
  Matrix<double> graded = a.copy();
  for (Index i = 0; i < 100; ++i)
    for (Index j = 0; j < 80; ++j) graded(i, j) *= std::pow(10.0, 100.0 - 2.0 * static_cast<double>(i));
  const auto found = truncated_svd<double>(graded, 10, krylov),
             exact = truncated_svd<double>(graded, 10, {.method = SvdMethod::exact});
  check_factors(found.svd);
  CHECK(found.svd.values[0] == doctest::Approx(exact.svd.values[0]).epsilon(1e-13));
}

TEST_CASE_TEMPLATE("the randomized range comes close and closer with power iterations", T, float, double, Complex) {
  const auto values = inverses(100);
  const Matrix<T> a = with_values<T>(140, 120, values, 13);
  double before = 1e9;
  for (const Index power : {0, 1, 4}) {
    const auto found = truncated_svd<T>(a, 10, {.method = SvdMethod::randomized, .power_iterations = power});
    check_factors(found.svd);
    const double ratio = found.error / tail(values, 10);
    CHECK(ratio < before);
    CHECK(found.error == doctest::Approx(true_error<T>(a, found.svd)).epsilon(1e-3));
    before = ratio;
  }
  CHECK(before < 1.002);
}

TEST_CASE("a tolerance is kept with the fewest values") {
  const auto values = powers(120, 0.9);
  const Matrix<double> a = with_values<double>(300, 250, values, 15);
  const double norm = tail(values, 0);
  for (const double tolerance : {0.5, 0.05, 1e-3, 1e-5}) {
    const auto found = truncated_svd_to<double>(a, tolerance, krylov);
    const auto k = static_cast<Index>(found.svd.values.size());
    CHECK(true_error<double>(a, found.svd) <= tolerance * norm);
    CHECK(tail(values, k - 1) > tolerance * norm * 0.999);
  }
}

TEST_CASE("all values agree for every shape and between the exact method and the values alone") {
  for (const auto& [rows, cols] : {std::pair<Index, Index>{1, 1}, {1, 7}, {7, 1}, {30, 30}, {90, 20}, {20, 90}}) {
    const auto a = random_matrix<double>(rows, cols, 17);
    const Index p = std::min(rows, cols);
    const auto found = truncated_svd<double>(a, p, {.method = SvdMethod::exact});
    check_factors(found.svd);
    CHECK(true_error<double>(a, found.svd) < 1e-14 * found.norm);
    const auto alone = singular_values<double>(a);
    for (std::size_t i = 0; i < alone.size(); ++i)
      CHECK(std::abs(alone[i] - found.svd.values[i]) < 1e-14 * alone[0] * 4.0);
  }
}

TEST_CASE("published singular values are reproduced") {
  Matrix<double> m(4, 5);
  const double numbers[] = {5, 1, 1, 1, 2, 0, 3, 3, 2, 1, 0, 0, 1, 2, 2, 1, 2, 2, 3, 0};
  std::copy(std::begin(numbers), std::end(numbers), m.data());
  const double expected[] = {7.434271476036563, 4.477030089106848, 2.150814504742607, 1.4358990800226596};
  const auto values = singular_values<double>(m);
  for (std::size_t i = 0; i < 4; ++i) CHECK(values[i] == doctest::Approx(expected[i]).epsilon(4e-16 * 4));
}

TEST_CASE_TEMPLATE("the bits depend on the key and not on the number of threads", T, float, double, Complex) {
  const Matrix<T> a = with_values<T>(300, 200, powers(80, 0.9), 19);
  const auto one = truncated_svd<T>(a, 15, krylov), many = truncated_svd<T>(a, 15, krylov, Threads(3));
  CHECK(std::memcmp(one.svd.u.data(), many.svd.u.data(), sizeof(T) * 300 * 15) == 0);
  CHECK(std::memcmp(one.svd.vh.data(), many.svd.vh.data(), sizeof(T) * 200 * 15) == 0);
  const auto other = truncated_svd<T>(a, 15, {.method = SvdMethod::block_krylov, .key = 1});
  CHECK(distance<T>(one.svd.u, other.svd.u) <
        0.2);  // the signs are fixed, so the vectors are the same but for the error
}

TEST_CASE("ranks outside their range and what is not finite are refused") {
  Matrix<double> a = random_matrix<double>(5, 4, 21);
  CHECK_THROWS_WITH_AS(truncated_svd<double>(a, 5), "the rank must lie in [1, 4], since the matrix is 5 x 4; it is 5",
                       std::domain_error);
  CHECK_THROWS_AS(truncated_svd<double>(a, 0), std::domain_error);
  CHECK_THROWS_AS(truncated_svd_to<double>(a, 1.0), std::domain_error);
  a(2, 1) = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_WITH_AS(truncated_svd<double>(a, 2), "element (2, 1) of 'matrix' must be finite; it is NaN",
                       std::invalid_argument);
}

TEST_SUITE_END();
