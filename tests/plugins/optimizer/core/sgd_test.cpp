// Tests of gradient descent: published trajectories, closed forms on a quadratic, the two forms of momentum.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/sgd.hpp"

#include <doctest/doctest.h>

#include <complex>

#include "tests/plugins/optimizer/core/rosenbrock_run.hpp"

using namespace orrery::optimizer;
using namespace orrery::optimizer::test;

namespace {

Point run(const SgdSettings& settings) {
  Point b{};
  return twenty_steps([&](auto g, auto x, int t) { sgd_step<double>(g, x, b, settings, t == 0); });
}

}  // namespace

TEST_SUITE("plugins/optimizer/core/sgd") {
  // PyTorch 1.13, torch.optim in float64; printed to 15 digits.
  constexpr double printed = 2e-14;

  TEST_CASE("trajectories on Rosenbrock's function are the published ones") {
    CHECK(near(run({.learning_rate = 1e-3}), {-1.40862588175536, 1.98903829783815}, printed));
    CHECK(near(run({.learning_rate = 1e-3, .momentum = 0.9}), {-1.29319736603771, 1.67458743933057}, printed));
  }

  TEST_CASE("the forms of momentum agree while the rate stays and differ when it changes") {
    for (const bool nesterov : {false, true}) {
      SgdSettings by_gradient{.learning_rate = 1e-3, .momentum = 0.9, .nesterov = nesterov};
      SgdSettings by_velocity = by_gradient;
      by_velocity.form = MomentumForm::velocity;
      CHECK(near(run(by_gradient), run(by_velocity), 1e-12));
      Point b{}, c{};
      const auto falling = [](SgdSettings s, int t) {
        s.learning_rate /= 1 + t;
        return s;
      };
      const Point p =
          twenty_steps([&](auto g, auto x, int t) { sgd_step<double>(g, x, b, falling(by_gradient, t), t == 0); });
      const Point q =
          twenty_steps([&](auto g, auto x, int t) { sgd_step<double>(g, x, c, falling(by_velocity, t), t == 0); });
      CHECK(!near(p, q, 1e-3));
    }
  }

  TEST_CASE("heavy ball on a quadratic follows the roots of its characteristic polynomial") {
    // x(t+1) = (1 + mu - lr h) x(t) - mu x(t-1), with x(-1) = x(0).
    constexpr double h = 2.0, rate = 0.1, mu = 0.9;
    double x = 1.0, b = 0.0;
    const std::complex<double> sum = 1.0 + mu - rate * h, root = std::sqrt(sum * sum - 4.0 * mu);
    const std::complex<double> r1 = (sum + root) / 2.0, r2 = (sum - root) / 2.0;
    for (int t = 1; t <= 100; ++t) {
      const double g = h * x;
      sgd_step<double>(std::span(&g, 1), std::span(&x, 1), std::span(&b, 1), {.learning_rate = rate, .momentum = mu},
                       false);
      const auto power = [&](int n) {
        return ((1.0 - r2) * std::pow(r1, n) - (1.0 - r1) * std::pow(r2, n)) / (r1 - r2);
      };
      CHECK(x == doctest::Approx(power(t + 1).real()).epsilon(1e-11).scale(1.0));
    }
  }

  TEST_CASE("dampening leaves the first buffer whole and decoupled decay shrinks the parameters") {
    double x = 2.0, b = 0.0;
    const double g = 4.0;
    const SgdSettings s{.learning_rate = 0.5, .momentum = 0.5, .dampening = 0.25};
    sgd_step<double>(std::span(&g, 1), std::span(&x, 1), std::span(&b, 1), s, true);
    CHECK(b == 4.0);
    CHECK(x == 0.0);
    sgd_step<double>(std::span(&g, 1), std::span(&x, 1), std::span(&b, 1), s, false);
    CHECK(b == 5.0);
    CHECK(x == -2.5);
    double y = 2.0, z = 2.0;
    sgd_step<double>(std::span(&g, 1), std::span(&y, 1), {},
                     {.learning_rate = 0.5, .weight_decay = 0.5, .decoupled = true}, true);
    CHECK(y == 2.0 * 0.75 - 2.0);
    sgd_step<double>(std::span(&g, 1), std::span(&z, 1), {}, {.learning_rate = 0.5, .weight_decay = 0.5}, true);
    CHECK(z == 2.0 - 0.5 * (4.0 + 1.0));
  }
}
