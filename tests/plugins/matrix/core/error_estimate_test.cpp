// Tests of norm estimates: their bounds hold as often as they say, on matrices made to defeat them.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/error_estimate.hpp"

#include <doctest/doctest.h>

#include "plugins/matrix/core/small_svd.hpp"
#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

TEST_SUITE_BEGIN("plugins/matrix/core/error_estimate");

TEST_CASE("the shares solve their equations") {
  for (const double degrees : {1.0, 4.0, 20.0, 400.0})
    for (const double confidence : {0.5, 0.99, 1.0 - 1e-9}) {
      const double t = frobenius_share(degrees, confidence);
      CHECK(0.5 * degrees * (1.0 - t + std::log(t)) == doctest::Approx(std::log1p(-confidence)).epsilon(1e-9));
    }
  // P(|x| <= q)^s = 1 - confidence, by the error function and by the exponential distribution.
  for (const double probes : {1.0, 3.0, 10.0}) {
    const double q = component_share(probes, false, 0.99), r = component_share(probes, true, 0.99);
    CHECK(std::pow(std::erf(q / std::sqrt(2.0)), probes) == doctest::Approx(0.01).epsilon(1e-12));
    CHECK(std::pow(1.0 - std::exp(-r * r), probes) == doctest::Approx(0.01).epsilon(1e-12));
  }
}

TEST_CASE_TEMPLATE("bounds fail no more often than their confidence allows", T, float, double, Complex) {
  // Rank one is the hardest for both; then a flat and a falling spectrum.
  for (const Index rank : {1, 4, 20}) {
    const Matrix<T> left = random_matrix<T>(30, rank, 1), right = random_matrix<T>(rank, 20, 2);
    const Matrix<T> a = product<T>(Op::none, left, Op::none, right);
    const DenseOperator<T> e(a.view());
    const double frobenius = frobenius_norm<T>(a), spectral = static_cast<double>(small_singular_values<T>(a)[0]);
    constexpr int draws = 2000;
    constexpr double confidence = 0.9;
    int below_frobenius = 0, below_spectral = 0;
    double squares = 0.0;
    for (std::uint64_t key = 0; key < draws; ++key) {
      const NormEstimate found = estimate_norms<T>(e, 2, 1, confidence, Random(key));
      below_frobenius += found.frobenius_bound < frobenius;
      below_spectral += found.spectral_bound < spectral * (1.0 - 1e-5);
      CHECK(found.spectral <= spectral * (1.0 + 1e-5));
      squares += std::pow(found.frobenius / frobenius, 2);
    }
    // Four standard deviations of the count above what is allowed.
    const double allowed = draws * (1.0 - confidence) + 4.0 * std::sqrt(draws * confidence * (1.0 - confidence));
    CHECK(below_frobenius <= allowed);
    CHECK(below_spectral <= allowed);
    if (rank == 1) CHECK(below_spectral >= draws * (1.0 - confidence) / 8.0);  // not met by being far too wide
    CHECK(squares / draws == doctest::Approx(1.0).epsilon(4.0 * std::sqrt(1.0 / draws)));
  }
}

TEST_CASE("more probes and power bring the bounds close to the norms") {
  const auto a = random_matrix<double>(200, 150, 3);
  const DenseOperator<double> e(a.view());
  const double frobenius = frobenius_norm<double>(a), spectral = small_singular_values<double>(a)[0];
  const NormEstimate found = estimate_norms<double>(e, 50, 10, 0.999, Random(4));
  CHECK(found.frobenius == doctest::Approx(frobenius).epsilon(0.05));
  CHECK(found.frobenius_bound < 1.6 * frobenius);
  CHECK(found.spectral > 0.97 * spectral);
  CHECK(found.spectral_bound < 1.15 * spectral);
  CHECK(found.spectral_bound > spectral);
}

TEST_CASE("the difference of a matrix and its factors is a matrix of its own") {
  const auto a = random_matrix<double>(40, 30, 5), l = random_matrix<double>(40, 3, 6),
             r = random_matrix<double>(3, 30, 7);
  Matrix<double> e = a.copy();
  multiply_add<double>(-1.0, Op::none, l, Op::none, r, e.view());
  const DenseOperator<double> whole(a.view());
  const Difference<double> difference(whole, l, r);
  const auto x = random_matrix<double>(30, 4, 8), y = random_matrix<double>(40, 4, 9);
  Matrix<double> ex(40, 4), ey(30, 4);
  difference.apply(x, ex.view(), in_caller());
  difference.apply_adjoint(y, ey.view(), in_caller());
  CHECK(distance<double>(ex, product<double>(Op::none, e, Op::none, x)) < 1e-12);
  CHECK(distance<double>(ey, product<double>(Op::transpose, e, Op::none, y)) < 1e-12);
  CHECK(difference.frobenius(in_caller()) == doctest::Approx(frobenius_norm<double>(e)).epsilon(1e-14));
  CHECK(difference.distance_to(l, r, in_caller()) == doctest::Approx([&] {
                                                       Matrix<double> f = e.copy();
                                                       multiply_add<double>(-1.0, Op::none, l, Op::none, r, f.view());
                                                       return frobenius_norm<double>(f);
                                                     }())
                                                         .epsilon(1e-14));
}

TEST_CASE("zero has zero norms and values out of range are refused") {
  const Matrix<double> zero(10, 8);
  const DenseOperator<double> e(zero.view());
  const NormEstimate found = estimate_norms<double>(e, 5, 2, 0.9, Random(1));
  CHECK(found.frobenius_bound == 0.0);
  CHECK(found.spectral_bound == 0.0);
  CHECK_THROWS_AS(estimate_norms<double>(e, 0, 2, 0.9, Random(1)), std::domain_error);
  CHECK_THROWS_AS(estimate_norms<double>(e, 1, -1, 0.9, Random(1)), std::domain_error);
  CHECK_THROWS_AS(estimate_norms<double>(e, 1, 0, 1.0, Random(1)), std::domain_error);
}

TEST_SUITE_END();
