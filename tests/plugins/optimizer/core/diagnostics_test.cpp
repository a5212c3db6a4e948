// Tests of exact moments on noisy quadratics, edges of stability, post-hoc averages and the shape of gradients.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <random>

#include <doctest/doctest.h>

#include "plugins/optimizer/core/gradient_normality.hpp"
#include "plugins/optimizer/core/post_hoc.hpp"
#include "plugins/optimizer/core/quadratic_moments.hpp"
#include "tests/plugins/optimizer/core/law_support.hpp"

using namespace orrery::optimizer;
using orrery::optimizer::test::message_of;

TEST_SUITE("plugins/optimizer/core/diagnostics") {
  TEST_CASE("Moments become stationary where theory has them") {
    const double expected[][2] = {{0.0, .006944444444444444}, {0.9, .065972222222222222}};
    for (const auto& [beta, variance] : expected) {
      const QuadraticRun run{0.1, beta, 0.0};
      QuadraticState s = at_place(3.0);
      for (int t = 0; t < 4000; ++t) advance(s, 2.0, 0.25, run);
      CHECK(std::abs(s.covariance[0] / variance - 1) < 1e-12);
      CHECK(std::abs(stationary_variance(2.0, 0.25, run) / variance - 1) < 1e-14);
      CHECK(std::abs(s.mean[0]) < 1e-12);
    }
  }

  TEST_CASE("An average divides the stationary variance as the law of its window says") {
    const QuadraticRun run{0.1, 0.0, 0.99};
    QuadraticState s = at_place(0.0);
    for (int t = 0; t < 20000; ++t) advance(s, 2.0, 0.25, run);
    CHECK(std::abs(s.covariance[8] / s.covariance[0] - (1 - .99) * (1 + .8 * .99) / ((1 + .99) * (1 - .8 * .99))) <
          1e-12);
    CHECK(std::abs(s.covariance[8] / s.covariance[0] - .04329339) < 1e-8);
  }

  TEST_CASE("Moments agree with runs that are drawn") {
    const QuadraticRun run{0.2, 0.8, 0.9};
    QuadraticState s = at_place(1.0);
    for (int t = 0; t < 25; ++t) advance(s, 1.5, 0.3, run);
    std::mt19937_64 random(3);
    std::normal_distribution<double> normal(0.0, std::sqrt(0.3));
    constexpr int repeats = 40000;
    double mean = 0, square = 0, average = 0;
    for (int r = 0; r < repeats; ++r) {
      double x = 1, v = 0, a = 1;
      for (int t = 0; t < 25; ++t) v = 0.8 * v + 1.5 * x + normal(random), x -= 0.2 * v, a = 0.9 * a + 0.1 * x;
      mean += x / repeats, square += x * x / repeats, average += a / repeats;
    }
    CHECK(std::abs(mean - s.mean[0]) < 4 * std::sqrt(s.covariance[0] / repeats));
    CHECK(std::abs(average - s.mean[2]) < 4 * std::sqrt(s.covariance[8] / repeats));
    CHECK(std::abs((square - mean * mean) / s.covariance[0] - 1) < 4 * std::sqrt(2.0 / repeats));
  }

  TEST_CASE("Edges of stability are where the iteration begins to grow") {
    constexpr double eta = 0.01, beta = 0.9;
    CHECK(stability_threshold(StableRule::gradient_descent, eta, beta) == doctest::Approx(200).epsilon(1e-14));
    CHECK(stability_threshold(StableRule::heavy_ball, eta, beta) == doctest::Approx(380).epsilon(1e-14));
    CHECK(stability_threshold(StableRule::nesterov, eta, beta) == doctest::Approx(135.714285714285714).epsilon(1e-14));
    CHECK(stability_threshold(StableRule::averaged_momentum, eta, beta) == doctest::Approx(3800).epsilon(1e-14));
    for (const StableRule rule :
         {StableRule::gradient_descent, StableRule::heavy_ball, StableRule::nesterov, StableRule::averaged_momentum})
      for (const double factor : {0.999, 1.001}) {
        const double h = factor * stability_threshold(rule, eta, beta);
        double x = 1, v = 0, largest = 0;
        for (int t = 0; t < 20000 && std::abs(x) < 1e100; ++t) {
          if (rule == StableRule::gradient_descent) x -= eta * h * x;
          if (rule == StableRule::heavy_ball) v = beta * v + h * x, x -= eta * v;
          if (rule == StableRule::nesterov) v = beta * v + h * x, x -= eta * (h * x + beta * v);
          if (rule == StableRule::averaged_momentum) v = beta * v + (1 - beta) * h * x, x -= eta * v;
          if (t > 10000) largest = std::max(largest, std::abs(x));
        }
        CHECK((std::abs(x) > 1e3) == (factor > 1));
      }
    CHECK(message_of([] {
            stationary_variance(40, 1, {0.1, 0, 0});
          }) == "curvature must be below 20, the edge of stability; it is 40");
  }

  TEST_CASE("Widths of power-function averages have their published gammas") {
    const double table[][2] = {
        {.05, 16.9721986023}, {.075, 10.2891164490}, {.10, 6.9372039376}, {.15, 3.5578687749}, {.20, 1.8262137799}};
    for (const auto& [width, gamma] : table) {
      CHECK(std::abs(gamma_of_width(width) - gamma) < 6e-11);
      CHECK(std::abs(relative_width(gamma_of_width(width)) - width) < 1e-15);
    }
    CHECK(gamma_of_width(std::sqrt(1.0 / 12)) < 1e-7);
    CHECK(power_keep(0, 1) == 0.0);
    CHECK(message_of([] { gamma_of_width(0.3); }) == "width must be above 0 and at most 1/sqrt(12); it is 0.3");
  }

  TEST_CASE("Stored averages give others back within loose bounds") {
    std::vector<double> times, gammas;
    for (const double width : {0.05, 0.10})
      for (int k = 1; k <= 20; ++k) times.push_back(50.0 * k), gammas.push_back(gamma_of_width(width));
    const double table[][2] = {{.06, 8.2e-5}, {.075, 7.9e-5}, {.15, 2.5e-4}, {.20, 1.5e-3}};
    for (const auto& [width, error] : table) {
      const PostHoc p = post_hoc_coefficients(times, gammas, 1000, gamma_of_width(width));
      CHECK(p.residual < 2 * error * 100);
      double sum = 0;
      for (const double c : p.coefficients) sum += c;
      CHECK(std::abs(sum - 1) < 0.02);
    }
    const PostHoc stored = post_hoc_coefficients(times, gammas, 1000, gamma_of_width(0.10));
    CHECK(stored.residual < 1e-8);
    CHECK(std::abs(stored.coefficients.back() - 1) < 1e-10);
    CHECK(message_of([&] { post_hoc_coefficients(times, gammas, 1001, 1); }) ==
          "time must be at most the last of times, 1000; it is 1001");
    times.push_back(1000), gammas.push_back(gammas.back());
    CHECK(message_of([&] {
            post_hoc_coefficients(times, gammas, 900, 1);
          }).starts_with("the stored averages must differ"));
  }

  TEST_CASE("Weights of plain snapshots sum to one") {
    CHECK(uniform_weights(4)[2] == 0.25);
    const std::vector<double> w = exponential_weights(3, 0.5);
    CHECK(std::abs(w[0] - 1.0 / 7) + std::abs(w[1] - 2.0 / 7) + std::abs(w[2] - 4.0 / 7) < 1e-15);
  }

  TEST_CASE("Shapes tell a normal law from another") {
    std::mt19937_64 random(1);
    std::normal_distribution<double> normal;
    std::exponential_distribution<double> exponential;
    std::vector<double> gradients;
    for (int s = 0; s < 20000; ++s) gradients.push_back(normal(random)), gradients.push_back(exponential(random));
    const std::vector<Shape> shapes = sample_shapes(gradients, 2);
    CHECK(shapes[0].p_value > 1e-3);
    CHECK(shapes[1].p_value < 1e-12);
    CHECK(std::abs(shapes[1].skewness - 2) < 0.3);
    CHECK(std::abs(shapes[1].excess_kurtosis - 6) < 3);
  }

  TEST_CASE("The sign of skewed gradients breaks the normal law at small batches and keeps it at large ones") {
    std::vector<double> gradients;
    std::mt19937_64 random(2);
    std::exponential_distribution<double> exponential;
    for (int s = 0; s < 500; ++s) gradients.push_back(exponential(random) - 0.7);
    const SignLaw one = sign_law(gradients, 1, 1, 2, 9)[0], many = sign_law(gradients, 1, 64, 20000, 9)[0];
    CHECK(one.error == 0.0);
    CHECK(std::abs(one.measured - one.law) > 0.15);
    CHECK(std::abs(many.measured - many.law) < 0.02);
    CHECK(many.error < 0.005);
  }
}
