// The law of attention over Gaussian scores against integrals in 113 bits, published values, sampling, and its limits.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/attention/core/nope_law.hpp"

#include <doctest/doctest.h>
#include <quadmath.h>

#include <cmath>
#include <random>
#include <stdexcept>
#include <vector>

using namespace orrery::attention;

namespace {

using Quad = __float128;

// The same integrals with steps and ends of their own, in 113 bits.
void by_quadruple(double n, double s, Quad step_x, Quad step_u, Quad& participation, Quad& entropy) {
  struct Node {
    Quad mass, w, logarithm;
  };
  std::vector<Node> nodes;
  for (Quad x = -11; x <= 11 + 2 * s; x += step_x)
    nodes.push_back({step_x * expq(-x * x / 2) / sqrtq(2 * acosq(-1)), expq(s * x), s * x});
  participation = entropy = 0;
  for (Quad u = -38 - logq(n) - Quad(s) * s; u <= 11 * s + 6; u += step_u) {
    const Quad t = expq(u);
    Quad below = 0, second = 0, mixed = 0;
    for (const Node& node : nodes) {
      const Quad z = t * node.w;
      below -= node.mass * expm1q(-z);
      const Quad e = z < 11000 ? node.mass * expq(-z) : 0;
      second += e * z * z;
      mixed += e * z * node.logarithm;
    }
    const Quad logarithm = below < 1 ? log1pq(-below) : Quad(-1e9);
    const Quad others = expq((n - 1) * logarithm);
    participation += step_u * n * second * others;
    entropy += step_u * (expm1q(-t) - expm1q(n * logarithm) - n * mixed * others);
  }
}

}  // namespace

TEST_SUITE("plugins/attention/core/nope_law") {
  TEST_CASE("published values come out") {
    struct {
      double n, s, participation, entropy;
    } const cases[] = {{4, 1, .391971443576, 1.11431703844},
                       {4, 2, .574413955979, .771046616366},
                       {1024, 1, .00263540900616, 6.4332704852},
                       {1024, 2, .0285382046841, 5.02658046999}};
    for (const auto& c : cases) {
      const NopeLaw law = nope_law(c.n, c.s);
      CHECK(law.participation == doctest::Approx(c.participation).epsilon(2e-12));
      CHECK(law.entropy == doctest::Approx(c.entropy).epsilon(1e-11));
    }
    CHECK(nope_law(4, 0.5).participation == doctest::Approx(.29374511616).epsilon(1e-11));
    CHECK(nope_law(4, 1.5).participation == doctest::Approx(.49223418073).epsilon(1e-11));
    CHECK(nope_law(4, 3).participation == doctest::Approx(.68713446835).epsilon(1e-11));
    CHECK(nope_law(4, 4).participation == doctest::Approx(.756018061584).epsilon(2e-12));
    CHECK(nope_law(1024, 1.5).participation == doctest::Approx(.00840904897516).epsilon(2e-12));
    CHECK(nope_law(1024, 3).participation == doctest::Approx(.134945867773).epsilon(4e-12));
    CHECK(nope_law(1024, 4).participation == doctest::Approx(.27253396989).epsilon(3e-11));
  }

  TEST_CASE("the integrals in 113 bits agree for few and many keys and for every spread") {
    for (const double n : {4.0, 1e6})
      for (const double s : {0.5, 6.0}) {
        Quad participation, entropy;
        by_quadruple(n, s, Quad(0.17) / (1 + s), Quad(0.13), participation, entropy);
        const NopeLaw law = nope_law(n, s);
        CHECK(std::abs(double(law.participation / participation - 1)) < 1e-12);
        CHECK(std::abs(double(law.entropy - entropy)) < 1e-11);
      }
  }

  TEST_CASE("sampling agrees within its error") {
    std::mt19937_64 generator(1);
    std::normal_distribution<double> normal;
    for (const double s : {0.7, 2.0}) {
      constexpr int n = 64, draws = 4000;
      double p1 = 0, p2 = 0, h1 = 0, h2 = 0;
      for (int i = 0; i < draws; ++i) {
        double w[n], sum = 0, square = 0, entropy = 0;
        for (double& x : w) sum += x = std::exp(s * normal(generator));
        for (const double x : w) square += x * x / (sum * sum), entropy -= x / sum * std::log(x / sum);
        p1 += square / draws, p2 += square * square / draws, h1 += entropy / draws, h2 += entropy * entropy / draws;
      }
      const NopeLaw law = nope_law(n, s);
      CHECK(std::abs(p1 - law.participation) < 4.5 * std::sqrt((p2 - p1 * p1) / draws));
      CHECK(std::abs(h1 - law.entropy) < 4.5 * std::sqrt((h2 - h1 * h1) / draws));
    }
  }

  TEST_CASE("equal scores and a single key are the limits") {
    CHECK(nope_law(1, 3).participation == 1.0);
    CHECK(nope_law(1, 3).entropy == 0.0);
    CHECK(nope_law(100, 0).participation == 0.01);
    CHECK(nope_law(100, 0).entropy == std::log(100.0));
    CHECK(nope_law(100, 1e-6).participation == doctest::Approx(0.01).epsilon(1e-11));
    CHECK(nope_law(1.0000001, 1).participation == doctest::Approx(1.0).epsilon(1e-6));
  }

  TEST_CASE("more keys and smaller spread dilute") {
    for (double n = 2; n < 1e9; n *= 97)
      for (double s = 0.3; s < 7.5; s += 1.7) {
        const NopeLaw law = nope_law(n, s);
        CHECK(law.participation > nope_law(n, s - 0.2).participation);
        CHECK(law.participation > nope_law(std::min(1e9, n * 1.1), s).participation);
        CHECK(law.participation > 1.0 / n);
        CHECK(law.entropy < std::log(n));
        CHECK(law.entropy >= -std::log(law.participation));
      }
  }

  TEST_CASE("the leading law holds for many keys and small spread and overstates beyond") {
    CHECK(nope_law(1e6, 0.5).participation == doctest::Approx(nope_law_leading(1e6, 0.5).participation).epsilon(3e-6));
    CHECK(nope_law_leading(64, 1).participation / nope_law(64, 1).participation ==
          doctest::Approx(1.094).epsilon(5e-4));
    CHECK(nope_law_leading(64, 2).participation / nope_law(64, 2).participation == doctest::Approx(5.31).epsilon(1e-3));
    CHECK(nope_law_leading(4096, 2).participation / nope_law(4096, 2).participation ==
          doctest::Approx(1.376).epsilon(4e-4));
    CHECK(nope_law_leading(4096, 3).participation / nope_law(4096, 3).participation ==
          doctest::Approx(25.2).epsilon(2e-3));
  }

  TEST_CASE("the inverse gives published spreads and comes back") {
    const double sixteen[] = {1.620668, 2.167776, 2.632726, 3.046253}, many[] = {.846551, 1.495611, 1.968607, 2.370144};
    for (int i = 0; i < 4; ++i) {
      const double n = std::ldexp(128.0, 2 * i);
      CHECK(std::abs(nope_deviation(n, 16) - sixteen[i]) < 6e-7);
      CHECK(std::abs(nope_deviation(n, 64) - many[i]) < 6e-7);
    }
    CHECK(nope_deviation(100, 100) == 0.0);
    CHECK(1.0 / nope_law(1e6, nope_deviation(1e6, 1234.5)).participation == doctest::Approx(1234.5).epsilon(1e-11));
  }

  TEST_CASE("what is out of range is refused") {
    CHECK_THROWS_AS(nope_law(0.5, 1), std::domain_error);
    CHECK_THROWS_AS(nope_law(2e9, 1), std::domain_error);
    CHECK_THROWS_AS(nope_law(10, -0.1), std::domain_error);
    CHECK_THROWS_AS(nope_law(std::nan(""), 1), std::domain_error);
    CHECK_THROWS_AS(nope_deviation(10, 11), std::domain_error);
    CHECK_THROWS_AS(nope_deviation(10, 0.9), std::domain_error);
  }
}
