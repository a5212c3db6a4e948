// Sign changes along a step: none missed, none twice, whatever lies at the ends.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/step_roots.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

std::vector<StepRoot> roots_of(const std::function<double(double)>& f, double length, double noise = 1e-16) {
  std::vector<StepRoot> roots;
  find_step_roots(f, length, f(0.0) >= 0.0, noise, roots);
  return roots;
}

}  // namespace

TEST_SUITE("plugins/orbital/core/step_roots") {
  TEST_CASE("all roots of random polynomials are found and no others") {
    Draw draw(891);
    for (int i = 0; i < 500; ++i) {
      std::vector<double> truth;
      const int n = static_cast<int>(draw.uniform(0, 12));
      for (int k = 0; k < n; ++k) truth.push_back(draw.uniform(-0.5, 1.5));
      const double sign = draw.uniform(-1, 1) < 0 ? -1.0 : 1.0;
      const auto f = [&](double x) {
        double p = sign;
        for (const double root : truth) p *= x - root;
        return p;
      };
      std::vector<double> inside;
      std::copy_if(truth.begin(), truth.end(), std::back_inserter(inside), [](double x) { return x > 0 && x < 1; });
      std::sort(inside.begin(), inside.end());
      const auto found = roots_of(f, 1.0, 0.0);
      REQUIRE(found.size() == inside.size());
      for (std::size_t k = 0; k < found.size(); ++k) {
        CHECK(std::fabs(found[k].at - inside[k]) <= 4e-16);
        CHECK(found[k].rising ==
              (f(k + 1 < inside.size() ? 0.5 * (inside[k] + inside[k + 1]) : 0.5 * (inside[k] + 1)) > 0));
      }
    }
  }

  TEST_CASE("fast oscillations and steep edges are resolved by halving") {
    CHECK(roots_of([](double x) { return std::sin(300 * x + 0.1); }, 1.0).size() == 95);
    CHECK(roots_of([](double x) { return std::tanh(1e4 * (x - 0.3)); }, 1.0).size() == 1);
    CHECK(roots_of([](double x) { return std::fabs(x - 0.3) - 1e-3; }, 1.0).size() == 2);
    CHECK(roots_of([](double x) { return std::fabs(x - 0.3) + 1e-3; }, 1.0).empty());
  }

  TEST_CASE("a step of negative length runs the other way") {
    const auto found = roots_of([](double x) { return std::cos(x); }, -5.0);
    REQUIRE(found.size() == 2);
    CHECK(std::fabs(found[0].at + std::acos(0.0)) <= ulps(2, 1.6));
    CHECK_FALSE(found[0].rising);
    CHECK(found[1].rising);
  }

  TEST_CASE("a touch from one side is no change of sign") {
    CHECK(roots_of([](double x) { return (x - 0.4) * (x - 0.4) + 1e-9; }, 1.0).empty());
    CHECK(roots_of([](double x) { return (x - 0.4) * (x - 0.4); }, 1.0, 0.0).size() % 2 == 0);
    const auto close = roots_of([](double x) { return (x - 0.4) * (x - 0.4) - 1e-12; }, 1.0);
    REQUIRE(close.size() == 2);
    CHECK(std::fabs(close[1].at - close[0].at - 2e-6) <= 1e-9);
  }

  TEST_CASE("a function that is nowhere larger than its noise has no roots") {
    CHECK(roots_of([](double x) { return 1e-18 * std::sin(100 * x); }, 1.0, 1e-16).empty());
  }

  TEST_CASE("a root where two steps join is found once") {
    for (const double offset : {-1e-17, 0.0, 1e-17}) {
      const auto f = [&](double x) { return x - 1.0 + offset; };
      std::vector<StepRoot> roots;
      bool sign = f(0.0) >= 0.0;
      sign = find_step_roots(f, 1.0, sign, 0.0, roots);
      sign = find_step_roots([&](double x) { return f(1.0 + x) - 1e-17; }, 1.0, sign, 0.0, roots);
      CHECK(roots.size() == 1);
      CHECK(sign);
    }
  }

  TEST_CASE("a bracketed root is found to the last bits") {
    Draw draw(892);
    for (int i = 0; i < 200; ++i) {
      const double root = draw.uniform(0.1, 0.9), power = 2 * std::floor(draw.uniform(0, 4)) + 1;
      const auto f = [=](double x) { return std::copysign(std::pow(std::fabs(x - root), power), x - root); };
      CHECK(std::fabs(bracketed_root(f, 0, f(0), 1, f(1)) - root) <= 3e-16);
    }
  }
}
