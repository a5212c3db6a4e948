// Tests of problems: gradients by complex steps and differences, closed solutions, sharpness where it is known.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/problems.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "plugins/optimizer/core/perceptron.hpp"
#include "plugins/optimizer/core/random.hpp"

using namespace orrery::optimizer;

namespace {

using Complex = std::complex<double>;

std::vector<double> numbers(std::size_t n, unsigned seed, double size = 1.0) {
  std::mt19937_64 bits(seed);
  std::normal_distribution<double> normal;
  std::vector<double> values(n);
  for (double& value : values) value = size * normal(bits);
  return values;
}

struct Irises {
  std::vector<double> features;
  std::vector<std::int64_t> labels;
  LabelledRows rows() const { return {features, labels}; }
};

Irises irises() {
  std::ifstream file(ORRERY_TEST_DATA "/../../scenarios/data/iris.csv");
  Irises data;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#' || line[0] == 's') continue;
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream text(line);
    double x = 0;
    for (int i = 0; i < 4; ++i) data.features.push_back((text >> x, x));
    std::int64_t label = 0;
    data.labels.push_back((text >> label, label));
  }
  return data;
}

/// Largest eigenvalue of sum of rows' outer products over k, with a one behind each row, by power iteration.
double largest_second_moment(const Irises& data) {
  std::vector<double> v(5, 1.0), w(5);
  double value = 0.0;
  for (int pass = 0; pass < 500; ++pass) {
    std::fill(w.begin(), w.end(), 0.0);
    for (std::size_t r = 0; r < 150; ++r) {
      const auto x = [&](std::size_t i) { return i < 4 ? data.features[4 * r + i] : 1.0; };
      double product = 0.0;
      for (std::size_t i = 0; i < 5; ++i) product += x(i) * v[i];
      for (std::size_t i = 0; i < 5; ++i) w[i] += product * x(i) / 150.0;
    }
    value = 0.0;
    for (const double x : w) value += x * x;
    value = std::sqrt(value);
    for (std::size_t i = 0; i < 5; ++i) v[i] = w[i] / value;
  }
  return value;
}

}  // namespace

TEST_SUITE("plugins/optimizer/core/problems") {
  TEST_CASE("gradients of the classifier are those of complex steps") {
    const Irises data = irises();
    REQUIRE(data.labels.size() == 150);
    for (const std::vector<std::size_t>& widths : {std::vector<std::size_t>{4, 3}, {4, 8, 3}, {4, 5, 6, 3}}) {
      const Perceptron net{.widths = widths, .penalty = 0.01};
      const auto x = numbers(net.parameter_count(), 1, 0.5);
      std::vector<double> gradient(x.size());
      const double loss = perceptron_loss<double>(net, data.rows(), x, gradient);
      for (std::size_t i = 0; i < x.size(); ++i) {
        std::vector<Complex> moved(x.begin(), x.end());
        moved[i] += Complex(0, 1e-200);
        const Complex f = perceptron_loss<Complex>(net, data.rows(), moved, std::span<Complex>());
        CHECK(f.real() == doctest::Approx(loss).epsilon(1e-15));
        CHECK(std::abs(f.imag() / 1e-200 - gradient[i]) <= 1e-14 * std::max(1.0, std::abs(gradient[i])));
      }
    }
  }

  TEST_CASE("without parameters every class is as likely and the first third is right") {
    const Irises data = irises();
    const Perceptron net{.widths = {4, 3}};
    const std::vector<double> zero(net.parameter_count());
    CHECK(perceptron_loss<double>(net, data.rows(), zero, std::span<double>()) ==
          doctest::Approx(std::log(3.0)).epsilon(1e-15));
    CHECK(correct_rows(net, data.rows(), zero) == 50);
  }

  TEST_CASE("large logits make neither infinity nor NaN") {
    const Irises data = irises();
    const Perceptron net{.widths = {4, 3}};
    auto x = numbers(net.parameter_count(), 2, 1e6);
    std::vector<double> gradient(x.size());
    CHECK(std::isfinite(perceptron_loss<double>(net, data.rows(), x, gradient)));
    for (const double g : gradient) CHECK(std::isfinite(g));
  }

  TEST_CASE("sharpness of logistic regression at zero is the closed form") {
    // There H = (I/3 - 11^T/9) x (mean of rows' outer products), whose first factor has the largest eigenvalue 1/3.
    const Irises data = irises();
    const Perceptron net{.widths = {4, 3}, .penalty = 0.25};
    const std::vector<double> zero(net.parameter_count());
    CHECK(sharpness(net, data.rows(), zero, 30) ==
          doctest::Approx(largest_second_moment(data) / 3 + 0.25).epsilon(1e-10));
  }

  TEST_CASE("sharpness of a perceptron is that of differences of its gradient") {
    const Irises data = irises();
    const Perceptron net{.widths = {4, 4, 3}};
    const auto x = numbers(net.parameter_count(), 3, 0.5);
    const double found = sharpness(net, data.rows(), x, 60);
    // Power iteration on H + 3, so that the largest and not the most negative eigenvalue wins.
    std::vector<double> v = numbers(x.size(), 4), up(x.size()), down(x.size());
    double value = 0.0;
    for (int pass = 0; pass < 4000; ++pass) {
      auto a = x, b = x;
      for (std::size_t i = 0; i < x.size(); ++i) a[i] += 1e-5 * v[i], b[i] -= 1e-5 * v[i];
      perceptron_loss<double>(net, data.rows(), a, up);
      perceptron_loss<double>(net, data.rows(), b, down);
      double norm = 0.0;
      for (std::size_t i = 0; i < x.size(); ++i) up[i] = (up[i] - down[i]) / 2e-5 + 3 * v[i], norm += up[i] * up[i];
      value = std::sqrt(norm);
      for (std::size_t i = 0; i < x.size(); ++i) v[i] = up[i] / value;
    }
    CHECK(found == doctest::Approx(value - 3).epsilon(1e-6));
  }

  TEST_CASE("the quadratic is the same by matrix and by spectrum and its gradient vanishes at the centre") {
    const std::vector<double> matrix{2, 0, 0, 0, 3, 0, 0, 0, 5}, spectrum{2, 3, 5}, centre{1, 2, 3}, x{2, 4, 6};
    std::vector<double> a(3), b(3);
    CHECK(quadratic(matrix, centre, x, a) == 0.5 * (2 + 12 + 45));
    CHECK(quadratic(spectrum, centre, x, b) == 0.5 * (2 + 12 + 45));
    CHECK(a == std::vector<double>{2, 6, 15});
    CHECK(a == b);
    CHECK(quadratic(spectrum, x, x, b) == 0.0);
    CHECK(b == std::vector<double>{0, 0, 0});
    const std::vector<double> full{2, -1, -1, 3}, at{1, 2};
    std::vector<double> c(2);
    CHECK(quadratic(full, {}, at, c) == 5.0);
    CHECK(c == std::vector<double>{0, 5});
  }

  TEST_CASE("the valley's gradient is that of differences and vanishes at ones") {
    std::vector<double> g(4), ones(4, 1.0), unused(4);
    CHECK(rosenbrock(ones, 100, g) == 0.0);
    CHECK(g == std::vector<double>(4, 0.0));
    const auto x = numbers(4, 5);
    rosenbrock(x, 100, g);
    for (std::size_t i = 0; i < 4; ++i) {
      auto up = x, down = x;
      up[i] += 1e-5, down[i] -= 1e-5;
      CHECK((rosenbrock(up, 100, unused) - rosenbrock(down, 100, unused)) / 2e-5 ==
            doctest::Approx(g[i]).epsilon(1e-6).scale(100));
    }
    const std::vector<double> usual{-1.5, 2.0};
    std::vector<double> slope(2);
    CHECK(rosenbrock(usual, 100, slope) == 12.5);
    CHECK(slope == std::vector<double>{-155, -50});
  }

  TEST_CASE("the Dirac-GAN circles as the exact solution does") {
    std::vector<double> theta{1, 0}, phi{0, 1};
    for (int i = 0; i < 20'000; ++i) dirac_gan_step({theta, phi}, 0.01);
    CHECK(std::abs(theta[0] - std::cos(100.0)) < 1e-9);
    CHECK(std::abs(theta[1] - std::sin(100.0)) < 1e-9);
    CHECK(std::abs(std::hypot(theta[0], theta[1]) - 1) < 1e-11);
  }

  TEST_CASE("a half of the step leaves a sixteenth of the error") {
    const auto error = [](int steps) {
      std::vector<double> theta{1, 0}, phi{0, 1};
      for (int i = 0; i < steps; ++i) dirac_gan_step({theta, phi}, 10.0 / steps);
      return std::hypot(theta[0] - std::cos(5.0), theta[1] - std::sin(5.0));
    };
    CHECK(std::log2(error(50) / error(100)) == doctest::Approx(4).epsilon(0.02));
  }

  TEST_CASE("normal numbers of any bits are finite") {
    for (const std::uint64_t a : {std::uint64_t{0}, UINT64_MAX})
      for (const std::uint64_t b : {std::uint64_t{0}, UINT64_MAX})
        for (const double x : normal_pair({a, b})) CHECK(std::abs(x) <= 8.58);
  }
}
