// Tests of the one-pass decomposition: exact low rank, errors against the best and the bound, blocks, refusals.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/stream_svd.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/orthonormal.hpp"
#include "plugins/matrix/core/product.hpp"
#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

namespace {

// u diag(values) v^H with orthonormal random u and v.
template <class T>
Matrix<T> with_values(Index rows, Index cols, const std::vector<double>& values, std::uint64_t seed) {
  const auto k = static_cast<Index>(values.size());
  Matrix<T> u = random_matrix<T>(rows, k, seed), v = random_matrix<T>(cols, k, seed + 1);
  orthonormalise<T>(u.view());
  orthonormalise<T>(v.view());
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < k; ++j) u(i, j) *= static_cast<Real<T>>(values[static_cast<std::size_t>(j)]);
  return product<T>(Op::none, u, Op::adjoint, v);
}

template <class T>
StreamResult<T> decomposed(const Matrix<T>& a, const StreamOptions& options, std::uint64_t seed, Index height,
                           const Workers& workers = in_caller()) {
  StreamSvd<T> stream(a.rows(), a.cols(), options, Random(seed), workers);
  for (Index first = 0; first < a.rows(); first += height)
    stream.add(reading(a).row_range(first, std::min(height, a.rows() - first)));
  return stream.finish();
}

template <class T>
double error_of(const Matrix<T>& a, const StreamResult<T>& found) {
  Matrix<T> scaled = found.u.copy(), left = a.copy();
  for (Index i = 0; i < scaled.rows(); ++i)
    for (Index k = 0; k < scaled.cols(); ++k) scaled(i, k) *= found.values[static_cast<std::size_t>(k)];
  multiply_add<T>(Real<T>{-1}, Op::none, scaled, Op::none, found.vh, left.view());
  return frobenius_norm<T>(left);
}

std::vector<double> powers(std::size_t count, double exponent) {
  std::vector<double> values;
  for (std::size_t i = 1; i <= count; ++i) values.push_back(std::pow(static_cast<double>(i), exponent));
  return values;
}

}  // namespace

TEST_SUITE_BEGIN("plugins/matrix/core/stream_svd");

TEST_CASE_TEMPLATE("a matrix of low rank is found to round-off", T, float, double, Complex) {
  const double eps = static_cast<double>(std::numeric_limits<Real<T>>::epsilon());
  const Matrix<T> a = with_values<T>(400, 70, {5, 4, 3, 2, 1}, 1);
  const auto found = decomposed(a, default_stream_options(400, 70, 5), 7, 400);
  CHECK(error_of(a, found) < 200 * eps * frobenius_norm<T>(a));
  for (std::size_t k = 0; k < 5; ++k)
    CHECK(std::abs(static_cast<double>(found.values[k]) - (5.0 - static_cast<double>(k))) < 200 * eps);
  CHECK(loss_of_orthogonality(reading(found.u)) < 50 * eps);
  CHECK(found.norm == doctest::Approx(std::sqrt(55.0)).epsilon(20 * eps));
}

TEST_CASE("the bits do not depend on how rows are cut or on threads") {
  const Matrix<double> a = with_values<double>(700, 40, powers(40, -1.0), 3);
  const auto options = default_stream_options(700, 40, 6);
  const auto whole = decomposed(a, options, 1, 700);
  for (const Index height : {1, 37, 256, 300}) {
    const auto cut = decomposed(a, options, 1, height);
    CHECK(distance<double>(whole.u.view(), cut.u.view()) == 0.0);
    CHECK(whole.values == cut.values);
    CHECK(whole.error == cut.error);
  }
  const Threads threads(3);
  CHECK(distance<double>(whole.u.view(), decomposed(a, options, 1, 700, threads).u.view()) == 0.0);
}

TEST_CASE("the mean squared error before truncation meets the bound of theory") {
  // Tropp et al. 2019, theorem 5.1 with rho = 10, k = 20, s = 41.
  const std::vector<double> values = powers(60, -1.0);
  const Matrix<double> a = with_values<double>(300, 60, values, 5);
  double tail = 0.0;
  for (std::size_t i = 10; i < 60; ++i) tail += values[i] * values[i];
  double mean = 0.0;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const auto found = decomposed(a, {.rank = 20, .sketch = 20, .core = 41}, seed, 300);
    mean += std::pow(error_of(a, found), 2) / 30;
  }
  CHECK(mean < 41.0 / (41 - 20 - 1) * (1.0 + 2.0 * 10 / (20 - 10 - 1)) * tail);
}

TEST_CASE("a truncated result is near the best and its estimated error near the true one") {
  const std::vector<double> values = powers(80, -2.0);
  const Matrix<double> a = with_values<double>(500, 80, values, 9);
  double tail = 0.0;
  for (std::size_t i = 8; i < 80; ++i) tail = std::hypot(tail, values[i]);
  int far = 0;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    auto options = default_stream_options(500, 80, 8);
    options.error_probes = 20;
    const auto found = decomposed(a, options, seed, 500);
    const double error = error_of(a, found);
    CHECK(error >= tail * (1 - 1e-12));
    CHECK(error < 1.15 * tail);
    far += std::abs(found.error - error) > 3 * found.error_deviation;
  }
  CHECK(far <= 1);
}

TEST_CASE("small matrices and matrices of zeros come out whole") {
  const Matrix<double> a = random_matrix<double>(3, 5, 1);
  const auto found = decomposed(a, default_stream_options(3, 5, 3), 1, 1);
  CHECK(error_of(a, found) < 1e-13);
  const auto zero = decomposed(Matrix<double>(20, 10), default_stream_options(20, 10, 2), 1, 20);
  CHECK(zero.error == 0.0);
  CHECK(zero.norm == 0.0);
  CHECK(error_of(Matrix<double>(20, 10), zero) == 0.0);
}

TEST_CASE("what cannot be taken is refused") {
  const Random random(1);
  CHECK_THROWS_WITH(StreamSvd<double>(4, 4, {.rank = 3, .sketch = 2, .core = 5}, random),
                    "the rank must be from 1 to 2; it is 3");
  CHECK_THROWS_WITH(StreamSvd<double>(4, 4, {.rank = 1, .sketch = 5, .core = 5}, random),
                    "the sketch must be from 1 to 4; it is 5");
  StreamSvd<double> stream(300, 4, {.rank = 1, .sketch = 2, .core = 5}, random);
  CHECK_THROWS_WITH(stream.add(Matrix<double>(1, 3)), "rows must have 4 elements; they have 3");
  stream.add(Matrix<double>(280, 4));
  CHECK_THROWS_AS(stream.finish(), std::logic_error);
  CHECK_THROWS_WITH(stream.add(Matrix<double>(40, 4)), "there are more than the 300 rows that were announced");
  Matrix<double> bad(20, 4);
  bad(3, 2) = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_WITH(stream.add(bad), "element (283, 2) of the matrix must be finite");
}

TEST_SUITE_END();
