// Tests of whole CR approximations: best weights against normal equations and projections, order of errors, edges.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/cr_approximate.hpp"

#include <doctest/doctest.h>

#include <numeric>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/pinv.hpp"
#include "plugins/matrix/core/product.hpp"
#include "plugins/matrix/core/small_svd.hpp"
#include "tests/plugins/matrix/core/cr_example.hpp"
#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

namespace {

constexpr CrMethod all_methods[] = {
    CrMethod::norm,      CrMethod::exhaustive,  CrMethod::ktuple,         CrMethod::greedy_residual,
    CrMethod::greedy_ls, CrMethod::sample_norm, CrMethod::sample_uniform, CrMethod::sample_leverage};

// |X Y - approximation|_F with everything formed.
template <class T>
double formed_error(const Matrix<T>& x, const Matrix<T>& y, const CrApproximation<T>& a) {
  Matrix<T> residual = product<T>(Op::none, x, Op::none, y);
  const Matrix<T> r = gather_rows<T>(y, a.choice.indices);
  Matrix<T> c = gather_columns<T>(x, a.choice.indices, std::span<const T>(a.weights));
  if (a.weights.empty()) c = product<T>(Op::none, c, Op::none, a.core);
  multiply_add<T>(-1.0, Op::none, c, Op::none, r, residual.view());
  return frobenius_norm<T>(residual);
}

}  // namespace

TEST_SUITE_BEGIN("plugins/matrix/core/cr_approximate");

TEST_CASE("the best weights of the example are the known fractions") {
  const Matrix<double> x = example_x<double>(), y = example_y<double>();
  const CrProblem<double> problem(x, y);
  const auto a =
      problem.approximate({.r = 2, .method = CrMethod::exhaustive, .weighting = CrWeighting::diag_ls}, Random(1));
  CHECK(a.choice.indices == std::vector<Index>{2, 4});
  CHECK(std::abs(a.weights[0] - 56.0 / 55.0) < 4e-16);
  CHECK(std::abs(a.weights[1] - 13.0 / 12.0) < 4e-16);
  const double error = problem.frobenius_error(a);
  CHECK(std::abs(error * error - 5441.0 / 220.0) < 1e-13);
}

TEST_CASE_TEMPLATE("errors are those of the formed residual for every method and weighting", T, double, Complex) {
  for (unsigned seed = 0; seed < 4; ++seed) {
    const auto x = random_matrix<T>(12, 10, seed), y = random_matrix<T>(10, 9, seed + 20);
    const CrProblem<T> problem(x, y);
    const double size = frobenius_norm<T>(x) * frobenius_norm<T>(y);
    for (const CrMethod method : all_methods)
      for (const CrWeighting weighting :
           {CrWeighting::none, CrWeighting::unbiased, CrWeighting::diag_ls, CrWeighting::full_pinv})
        for (const bool replacement : {true, false}) {
          if (weighting == CrWeighting::unbiased && !is_sampling(method)) continue;
          const auto a = problem.approximate(
              {.r = 4, .method = method, .weighting = weighting, .k = 3, .replacement = replacement}, Random(seed));
          CHECK(std::abs(problem.frobenius_error(a) - formed_error(x, y, a)) < 1e-13 * size);
          CHECK(problem.spectral_error(a, Random(3)) <= problem.frobenius_error(a) * (1 + 1e-12));
        }
  }
}

TEST_CASE_TEMPLATE("more freedom in the weights never raises the error and singular values are the floor", T, double,
                   Complex) {
  for (unsigned seed = 0; seed < 10; ++seed) {
    const auto x = random_matrix<T>(7, 9, seed), y = random_matrix<T>(9, 6, seed + 20);
    const CrProblem<T> problem(x, y);
    const auto values = small_singular_values<T>(product<T>(Op::none, x, Op::none, y));
    const double rounding = 1e-13 * frobenius_norm<T>(x) * frobenius_norm<T>(y);
    for (const CrMethod method : all_methods)
      for (Index r = 1; r < 9; ++r) {
        const auto error = [&](CrWeighting weighting) {
          const CrOptions options{.r = r, .method = method, .weighting = weighting};
          return problem.frobenius_error(problem.approximate(options, Random(seed)));
        };
        double tail = 0.0;
        for (std::size_t k = static_cast<std::size_t>(r); k < values.size(); ++k) tail = std::hypot(tail, values[k]);
        const double diagonal = error(CrWeighting::diag_ls), full = error(CrWeighting::full_pinv);
        CHECK(diagonal <= error(CrWeighting::none) + rounding);
        if (is_sampling(method)) CHECK(diagonal <= error(CrWeighting::unbiased) + rounding);
        CHECK(full <= diagonal + rounding);
        if (!is_sampling(method)) CHECK(tail <= full + rounding);
      }
  }
}

TEST_CASE_TEMPLATE("the best full weights leave what projections on both sides leave", T, double, Complex) {
  const auto x = random_matrix<T>(8, 9, 1), y = random_matrix<T>(9, 7, 2);
  const CrProblem<T> problem(x, y);
  const auto a = problem.approximate({.r = 3, .weighting = CrWeighting::full_pinv}, Random(1));
  const Matrix<T> c = gather_columns<T>(x, a.choice.indices), r = gather_rows<T>(y, a.choice.indices);
  const Matrix<T> on_c = product<T>(Op::none, c, Op::none, pinv_by_svd<T>(c).inverse);
  const Matrix<T> on_r = product<T>(Op::none, pinv_by_svd<T>(r).inverse, Op::none, r);
  const Matrix<T> xy = product<T>(Op::none, x, Op::none, y);
  const Matrix<T> projected = product<T>(Op::none, product<T>(Op::none, on_c, Op::none, xy), Op::none, on_r);
  double square = 0.0;
  for (Index i = 0; i < 8; ++i)
    for (Index j = 0; j < 7; ++j) square += square_magnitude(xy(i, j) - projected(i, j));
  CHECK(problem.frobenius_error(a) == doctest::Approx(std::sqrt(square)).epsilon(1e-12));
}

TEST_CASE("equal products share their weight and zero columns get none") {
  Matrix<double> x(2, 4), y(4, 2);  // v_0 = v_1, v_2 = 0, v_3 orthogonal to both
  x(0, 0) = x(0, 1) = 1.0, x(1, 3) = 1.0;
  y(0, 0) = y(1, 0) = 1.0, y(2, 0) = 5.0, y(3, 1) = 2.0;
  const CrGram<double> gram(x, y);
  const std::vector<Index> kept{0, 1, 2};
  const auto weights = least_squares_weights<double>(gram, kept);
  CHECK(weights[0] == doctest::Approx(1.0).epsilon(1e-14));
  CHECK(weights[1] == doctest::Approx(1.0).epsilon(1e-14));
  CHECK(weights[2] == 0.0);
}

TEST_CASE("with all columns the product is exact and the error is zero") {
  const Matrix<double> x = example_x<double>(), y = example_y<double>();
  const CrProblem<double> problem(x, y);
  for (const CrMethod method : all_methods)
    for (const Index r : {5, 6, 100}) {
      const auto a = problem.approximate({.r = r, .method = method}, Random(1));
      CHECK(a.choice.indices == std::vector<Index>{0, 1, 2, 3, 4});
      CHECK(problem.frobenius_error(a) == 0.0);
      CHECK(formed_error(x, y, a) == 0.0);
    }
  CHECK(problem.expected_error({.r = 5, .method = CrMethod::sample_norm}, problem.product_norm()) == 0.0);
}

TEST_CASE("few samples can be worse than nothing and the error falls as one over their number") {
  const Matrix<double> x = example_x<double>(), y = example_y<double>();
  const CrProblem<double> problem(x, y);
  const auto square = [&](Index r, CrMethod method) {
    const double error = problem.expected_error({.r = r, .method = method}, problem.product_norm());
    return error * error;
  };
  CHECK(square(2, CrMethod::sample_uniform) == doctest::Approx(308.0).epsilon(1e-13));
  CHECK(square(2, CrMethod::sample_norm) == doctest::Approx(283.02734101312283651).epsilon(1e-13));
  CHECK(square(2, CrMethod::sample_norm) > problem.product_norm() * problem.product_norm());
  CHECK(square(4, CrMethod::sample_norm) == doctest::Approx(square(1, CrMethod::sample_norm) / 4).epsilon(1e-13));
}

TEST_CASE("trials meet the expected error within four standard errors and do not depend on threads") {
  const auto x = random_matrix<double>(20, 40, 1), y = random_matrix<double>(40, 20, 2);
  const Threads threads(3);
  const CrProblem<double> problem(x, y), threaded(x, y, threads);
  for (const CrMethod method : {CrMethod::sample_norm, CrMethod::sample_uniform, CrMethod::sample_leverage})
    for (const bool replacement : {true, false}) {
      const CrOptions options{.r = 10, .method = method, .replacement = replacement};
      const auto errors = problem.trial_errors(options, 2000, Random(7));
      CHECK(errors == threaded.trial_errors(options, 2000, Random(7)));
      double mean = 0.0, spread = 0.0;
      for (const double e : errors) mean += e * e / 2000.0;
      for (const double e : errors) spread += (e * e - mean) * (e * e - mean);
      const double expected = problem.expected_error(options, problem.product_norm());
      CHECK(std::abs(mean - expected * expected) < 4 * std::sqrt(spread / 2000.0 / 1999.0));
    }
}

TEST_CASE_TEMPLATE("the spectral error is the largest singular value of the residual", T, double, Complex) {
  const auto x = random_matrix<T>(90, 30, 1), y = random_matrix<T>(30, 80, 2);
  const CrProblem<T> problem(x, y);
  const auto a =
      problem.approximate({.r = 5, .method = CrMethod::greedy_ls, .weighting = CrWeighting::diag_ls}, Random(1));
  Matrix<T> residual = product<T>(Op::none, x, Op::none, y);
  multiply_add<T>(-1.0, Op::none, gather_columns<T>(x, a.choice.indices, std::span<const T>(a.weights)), Op::none,
                  gather_rows<T>(y, a.choice.indices), residual.view());
  const double exact = small_singular_values<T>(residual).front();
  CHECK(problem.spectral_error(a, Random(3)) == doctest::Approx(exact).epsilon(1e-9));
}

TEST_CASE("norms estimated from random vectors hold within their standard error") {
  const auto x = random_matrix<double>(60, 50, 1), y = random_matrix<double>(50, 70, 2);
  const CrProblem<double> problem(x, y);
  int far = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const NormEstimate norm = problem.estimated_product_norm(20, Random(seed));
    far += std::abs(norm.value - problem.product_norm()) > 3 * norm.standard_error;
  }
  CHECK(far <= 4);
}

TEST_CASE("factors at both ends of the range give errors in their own units") {
  const Matrix<double> x = example_x<double>(), y = example_y<double>();
  for (const int exponent : {-500, -400, 300, 450}) {
    Matrix<double> large = x.copy();
    for (Index i = 0; i < 15; ++i) large.data()[i] = std::ldexp(large.data()[i], exponent);
    const CrProblem<double> problem(large, y);
    const auto a = problem.approximate({.r = 2, .method = CrMethod::exhaustive}, Random(1));
    CHECK(problem.frobenius_error(a) == std::ldexp(5.0, exponent));
    CHECK(problem.product_norm() == doctest::Approx(std::ldexp(std::sqrt(124.0), exponent)).epsilon(1e-14));
  }
  Matrix<double> x_large = x.copy(), y_large = y.copy();
  for (Index i = 0; i < 15; ++i) x_large.data()[i] *= 1e200, y_large.data()[i] *= 1e200;
  const CrProblem<double> beyond(x_large, y_large);
  CHECK_THROWS_AS(beyond.product_norm(), std::overflow_error);
}

TEST_CASE("what cannot be done is refused") {
  const Matrix<double> x = example_x<double>(), y = example_y<double>();
  const Matrix<double> zero(3, 5);
  const CrProblem<double> problem(x, y), nothing(zero, y);
  CHECK_THROWS_WITH(problem.approximate({.r = 0}, Random(1)), "r must be 1 or more; it is 0");
  CHECK_THROWS_WITH(problem.approximate({.weighting = CrWeighting::unbiased}, Random(1)),
                    "weighting 'unbiased' belongs to methods that sample");
  CHECK_THROWS_WITH(problem.probabilities({.method = CrMethod::sample_given, .probabilities = {1, 2}}),
                    "there must be as many probabilities as columns of X, 5; there are 2");
  CHECK(nothing.frobenius_error(nothing.approximate({.r = 2}, Random(1))) == 0.0);
  CHECK_THROWS_AS(nothing.approximate({.r = 2, .method = CrMethod::sample_norm}, Random(1)), std::invalid_argument);
}

TEST_SUITE_END();
