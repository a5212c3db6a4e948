// Tests of the learning rate's law: published values, limits, the surge, refusals, and Monte Carlo beside it.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/optimal_step.hpp"

#include <cmath>
#include <cstring>
#include <limits>

#include <doctest/doctest.h>

#include "plugins/optimizer/core/one_step_sample.hpp"
#include "tests/plugins/optimizer/core/law_support.hpp"

using namespace orrery::optimizer;
using namespace orrery::optimizer::test;

namespace {

StepRule rule_of(Direction direction, Level level = Level::exact, double epsilon = 0.0) {
  StepRule rule;
  rule.direction = direction;
  rule.level = level;
  rule.epsilon = epsilon;
  return rule;
}

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double published = 3e-15;  // relative, of numbers that are given with 15 and more digits

bool near(double value, double expected, double tolerance = published) {
  return std::abs(value - expected) <= tolerance * std::abs(expected);
}

const auto in_order = [](std::uint64_t n, const auto& f) {
  for (std::uint64_t i = 0; i < n; ++i) f(i);
};
const auto in_reverse = [](std::uint64_t n, const auto& f) {
  for (std::uint64_t i = n; i-- > 0;) f(i);
};

}  // namespace

TEST_SUITE("plugins/optimizer/core/optimal_step") {
  TEST_CASE("The law of SGD has its published values") {
    const Three three;
    const NoiseScales s = noise_scales(three.model(), rule_of(Direction::sgd));
    CHECK(near(s.rate_max, 0.374531835205992509));
    CHECK(near(s.noise, 12.6404494382022472));
    CHECK(near(s.simple, 24.1666666666666667));
    CHECK(near(s.gain_max, 0.0561797752808988764));
    CHECK(near(optimal_step(three.model(), rule_of(Direction::sgd), 1).rate, 0.027457440966501922));
    CHECK(near(optimal_step(three.model(), rule_of(Direction::sgd), 64).rate, 0.312759614914724136));
    CHECK(near(optimal_step(three.model(), rule_of(Direction::sgd), s.noise).rate, s.rate_max / 2));
  }

  TEST_CASE("The law of SignSGD has its published values") {
    const Three three;
    const auto rate = [&](double batch, Level level) {
      return optimal_step(three.model(), rule_of(Direction::signsgd, level), batch).rate;
    };
    CHECK(near(rate(1, Level::exact), 0.0379581569887410243));
    CHECK(near(rate(64, Level::exact), 0.120314979820915269));
    CHECK(near(rate(infinity, Level::exact), 0.10958904109589, 1e-13));
    CHECK(near(rate(64, Level::rational), 0.116039153090986544));
    CHECK(near(rate(64, Level::homogeneous_pi), 0.0955808533829234117));
    const NoiseScales s = noise_scales(three.model(), rule_of(Direction::signsgd));
    CHECK(near(s.diagonal, 3.5));
    CHECK(near(s.off_diagonal, 3.8));
    CHECK(near(s.beta_noise, 0.959714869937393107));
    CHECK(near(s.surge_rate, 0.109681699421416355));
    CHECK(near(s.kappa2, 88.6666666666666667));
    CHECK(near(s.surge_batch, 1624.90153360672084, 1e-13));
    const double beta2 = s.beta_noise * s.beta_noise, noise2 = M_PI * s.kappa2 * beta2 / (2 * (1 + beta2));
    CHECK(near(noise2, 66.7767753537008563));
    CHECK(near(1 / noise2 - 1 / s.surge_batch, 4 / (M_PI * s.kappa2), 1e-14));
  }

  TEST_CASE("The law of softsign has its published values") {
    const Three three;
    const auto rate = [&](double epsilon, Level level) {
      return optimal_step(three.model(), rule_of(Direction::softsign, level, epsilon), 256).rate;
    };
    CHECK(near(rate(0.01, Level::exact), 0.115564799398242, 1e-14));
    CHECK(near(rate(1, Level::exact), 0.397582732865657, 1e-14));
    CHECK(near(rate(0.1, Level::homogeneous_pi), 0.121523868303103, 1e-14));
  }

  TEST_CASE("Thirty-two coordinates have their published values") {
    const ThirtyTwo p;
    StepRule simple = rule_of(Direction::signsgd);
    simple.kappa_rule = KappaRule::simple;
    const NoiseScales s = noise_scales(p.model(), simple);
    CHECK(near(s.diagonal, 80));
    CHECK(near(s.off_diagonal, 701.3100615401893, 1e-14));
    CHECK(near(s.kappa2, 108.88169577106491, 1e-14));
    CHECK(near(s.noise, 11.841256407884467, 1e-14));
    CHECK(near(s.rate_max, 0.04341590426000024, 1e-14));
    const double epsilon[] = {0, 0.01, 0.1, 0.3, 1, 10};
    const double rates[2][6] = {
        {.00718827239248, .00736411801966, .00897604354154, .0128459173708, .0280765689732, .249903691346},
        {.00473372301732, .00482452659107, .007014231267, .0140115536318, .0420502149285, .415021590952}};
    for (int b = 0; b < 2; ++b)
      for (int e = 0; e < 6; ++e)
        CHECK(near(
            optimal_step(p.model(), rule_of(Direction::softsign, Level::exact, epsilon[e]), b == 0 ? 16 : 256).rate,
            rates[b][e], 1e-11));
  }

  TEST_CASE("A large epsilon turns softsign into SGD but not the closed form") {
    const Three three;
    constexpr double epsilon = 1e7, batch = 256;
    const double sgd = optimal_step(three.model(), rule_of(Direction::sgd), batch).rate;
    CHECK(near(sgd, 0.356908834888, 1e-11));
    const auto soft = [&](Level level) {
      return optimal_step(three.model(), rule_of(Direction::softsign, level, epsilon), batch).rate / epsilon;
    };
    CHECK(near(soft(Level::exact), sgd, 1e-12));
    CHECK(near(soft(Level::homogeneous_pi), 0.351741249136, 1e-11));
  }

  TEST_CASE("The exact surge lies far from where the closed forms have it") {
    const Three three;
    const Surge exact = find_surge(three.model(), rule_of(Direction::signsgd), 1, 1e9);
    CHECK(exact.found);
    CHECK(near(exact.batch, 60.02, 1e-4));
    StepRule closed = rule_of(Direction::signsgd, Level::homogeneous_pi);
    CHECK(near(find_surge(three.model(), closed, 1, 1e9).batch, 1624.90153360672084, 1e-6));
    closed.kappa_rule = KappaRule::simple;
    CHECK(near(noise_scales(three.model(), closed).surge_batch, 442.9, 1e-3));
    CHECK(near(optimal_step(three.model(), rule_of(Direction::signsgd), 256).gain, 0.0442101, 1e-5));
    CHECK(near(optimal_step(three.model(), rule_of(Direction::signsgd), infinity).gain, 0.0438356, 1e-6));
  }

  TEST_CASE("Without positive sum off the diagonal the rate is monotone and the closed peak undefined") {
    Three three;
    for (const std::size_t at : {1, 3, 5, 7}) three.h[at] = -three.h[at];
    three.h[1] = three.h[3] = 0.2, three.h[2] = three.h[6] = -0.3;
    const NoiseScales s = noise_scales(three.model(), rule_of(Direction::signsgd));
    CHECK(s.off_diagonal < 0);
    CHECK(std::isnan(s.surge_batch));
    CHECK(std::isnan(s.beta_noise));
    CHECK_FALSE(find_surge(three.model(), rule_of(Direction::signsgd), 1, 1e6).found);
  }

  TEST_CASE("A larger epsilon can raise the curvature along the step") {
    const std::array<double, 2> g{10, 1}, s{1, 1};
    const std::array<double, 4> h{1, -0.9, -0.9, 1};
    const GradientModel model{g, s, {h, {}, {}}};
    const auto q = [&](double e) {
      return optimal_step(model, rule_of(Direction::softsign, Level::exact, e), infinity).curvature;
    };
    CHECK(near(q(0), 0.2, 1e-14));
    CHECK(near(q(3), 0.4722, 1e-4));
  }

  TEST_CASE("A diagonal with factors is the dense matrix that it stands for") {
    const std::array<double, 3> g{0.5, -0.2, 0.1}, s{2, 1, 1.5}, d{2, 1, 0.5};
    const std::array<double, 6> f{1, 0.5, -1, 0.25, 0.5, 2};
    std::array<double, 9> dense{};
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 3; ++j)
        dense[3 * i + j] = f[2 * i] * f[2 * j] + f[2 * i + 1] * f[2 * j + 1] + (i == j ? d[i] : 0.0);
    const StepRule rule = rule_of(Direction::softsign, Level::exact, 0.3);
    CHECK(near(optimal_step({g, s, {{}, d, f}}, rule, 7).rate, optimal_step({g, s, {dense, {}, {}}}, rule, 7).rate,
               1e-14));
  }

  TEST_CASE("Where the curvature along the step is not positive the rate is refused with the value") {
    const std::array<double, 2> g{1, 1}, s{0, 0};
    const std::array<double, 4> h{1, -2, -2, 1};
    const GradientModel model{g, s, {h, {}, {}}};
    CHECK(message_of([&] { optimal_step(model, rule_of(Direction::sgd), 4); }) ==
          "the mean curvature along the step must be above 0; at batch size 4 it is -2: no learning rate is best");
    CHECK(message_of([&] { optimal_step(model, rule_of(Direction::sgd), 0); }) == "batch must be above 0; it is 0");
    CHECK(message_of([&] { check_model(model, rule_of(Direction::softsign, Level::exact, -1)); }) ==
          "epsilon must be at least 0 and finite; it is -1");
    const std::array<double, 4> crooked{1, 2, 3, 1};
    CHECK(message_of([&] {
            check_model({g, s, {crooked, {}, {}}}, rule_of(Direction::sgd));
          }) == "hessian must be symmetric; [1, 0] is 3 and its mirror image 2");
    CHECK(message_of([&] {
            check_model({g, s, {}}, rule_of(Direction::sgd));
          }) == "a hessian, or a hessian_diagonal or hessian_factor, is needed");
  }

  TEST_CASE("Monte Carlo of one step agrees with the law within its standard error") {
    const Three three;
    for (const Direction direction :
         {Direction::sgd, Direction::signsgd, Direction::softsign, Direction::adam_first_step, Direction::adam_limit}) {
      StepRule rule = rule_of(direction, Level::exact, direction == Direction::signsgd ? 0.0 : 0.3);
      rule.beta1 = direction == Direction::adam_limit ? 0.9 : 0.0;
      const OptimalStep exact = optimal_step(three.model(), rule, 16);
      const StepEstimate e = sample_step(three.model(), rule, 16, 7, 0.0, 1 << 18, in_order);
      CHECK(e.draws == 1 << 18);
      CHECK(std::abs(e.rate - exact.rate) < 4 * e.rate_error);
      // The limit of Adam takes v for a number, and the sign of noise that is independent of it.
      CHECK(std::abs(e.slope - exact.slope) < 4 * e.slope_error);
      CHECK(std::abs(e.curvature - exact.curvature) < 4 * e.curvature_error + 1e-15);
    }
  }

  TEST_CASE("Monte Carlo has the same bits in any order and stops at the error asked for") {
    const Three three;
    const StepRule rule = rule_of(Direction::softsign, Level::exact, 0.1);
    const StepEstimate a = sample_step(three.model(), rule, 64, 3, 2e-3, 1 << 22, in_order);
    const StepEstimate b = sample_step(three.model(), rule, 64, 3, 2e-3, 1 << 22, in_reverse);
    CHECK(std::memcmp(&a, &b, sizeof a) == 0);
    CHECK(a.rate_error <= 2e-3 * a.rate);
    CHECK(a.draws < 1 << 22);
    CHECK(sample_step(three.model(), rule, 64, 4, 2e-3, 1 << 22, in_order).rate != a.rate);
  }

  TEST_CASE("The standard error covers the exact rate as often as it should") {
    const Three three;
    const StepRule rule = rule_of(Direction::signsgd);
    const double exact = optimal_step(three.model(), rule, 64).rate;
    int covered = 0;
    constexpr int repeats = 200;
    for (std::uint64_t key = 0; key < repeats; ++key) {
      const StepEstimate e = sample_step(three.model(), rule, 64, key, 0.0, 4096, in_order);
      covered += std::abs(e.rate - exact) < 1.96 * e.rate_error;
    }
    CHECK(covered >= 182);  // 95 % of 200 less 2.6 deviations
    CHECK(covered <= 198);
  }
}
