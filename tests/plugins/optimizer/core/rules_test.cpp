// Tests of the other rules: published trajectories, definitions in quad precision, invariances.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <quadmath.h>

#include <limits>
#include <random>
#include <vector>

#include "plugins/optimizer/core/lamb.hpp"
#include "plugins/optimizer/core/muon.hpp"
#include "plugins/optimizer/core/norms.hpp"
#include "plugins/optimizer/core/rmsprop.hpp"
#include "plugins/optimizer/core/schedule_free.hpp"
#include "plugins/optimizer/core/sign_rules.hpp"
#include "tests/plugins/optimizer/core/rosenbrock_run.hpp"

using namespace orrery::optimizer;
using namespace orrery::optimizer::test;

namespace {

std::vector<double> numbers(std::size_t n, unsigned seed) {
  std::mt19937_64 bits(seed);
  std::normal_distribution<double> normal;
  std::vector<double> values(n);
  for (double& value : values) value = normal(bits);
  return values;
}

/// a^T b of two columns of an n x 2 matrix.
double inner(const std::vector<double>& a, std::size_t i, std::size_t j) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size() / 2; ++k) sum += a[2 * k + i] * a[2 * k + j];
  return sum;
}

}  // namespace

TEST_SUITE("plugins/optimizer/core/rules") {
  TEST_CASE("rmsprop follows the published trajectory and the centred rule its definition") {
    Point v{}, b{};
    const Point p = twenty_steps([&](auto g, auto x, int) { rmsprop_step<double>(g, x, {v, {}, b}, {}); });
    CHECK(near(p, {-1.41915365615005, 2.02021437689285}, 2e-14));  // PyTorch 1.13, float64

    const auto gradients = numbers(100, 3);
    double x = 1.0, second = 0, first = 0, buffer = 0;
    __float128 qx = 1, qv = 0, qm = 0, qb = 0;
    const RmspropSettings s{.decay = 0.9, .momentum = 0.5, .weight_decay = 0.1};
    for (const double given : gradients) {
      rmsprop_step<double>(std::span(&given, 1), std::span(&x, 1),
                           {std::span(&second, 1), std::span(&first, 1), std::span(&buffer, 1)}, s);
      const __float128 g = given + (__float128)s.weight_decay * qx, d = s.decay;
      qv = d * qv + (1 - d) * g * g;
      qm = d * qm + (1 - d) * g;
      qb = s.momentum * qb + g / (sqrtq(qv - qm * qm) + (__float128)s.epsilon);
      qx -= (__float128)s.learning_rate * qb;
    }
    CHECK(x == doctest::Approx(static_cast<double>(qx)).epsilon(1e-12));
  }

  TEST_CASE("the sign of zero is zero and the softsign goes from the sign to the gradient") {
    double m = 0.0;
    const auto moved = [&](double g, double epsilon) {
      double x = 0.0;
      m = 0.0;
      sign_step<double>(std::span(&g, 1), std::span(&x, 1), std::span(&m, 1),
                        {.learning_rate = 1.0, .epsilon = epsilon});
      return -x;
    };
    CHECK(moved(0.0, 0.0) == 0.0);
    CHECK(moved(-3e-300, 0.0) == -1.0);
    CHECK(moved(0.75, 1.0) == 0.6);
    CHECK(moved(1e300, 1e-300) == 1.0);
    CHECK(moved(3e-310, 4e-310) == doctest::Approx(0.6).epsilon(1e-12));
    CHECK(moved(1e-3, 1e6) == doctest::Approx(1e-9).epsilon(1e-15));
  }

  TEST_CASE("lion steps by the sign of what is not yet remembered") {
    double x = 1.0, m = 1.0;
    const double g = -8.0;  // 0.9 - 0.8 is positive, though the gradient is not
    lion_step<double>(std::span(&g, 1), std::span(&x, 1), std::span(&m, 1),
                      {.learning_rate = 0.5, .weight_decay = 0.5});
    CHECK(x == 0.25);
    CHECK(m == doctest::Approx(0.99 - 0.08).epsilon(1e-15));
  }

  TEST_CASE("a step of LAMB has the norm that the rate and the parameters say") {
    for (const double size : {1e-100, 1.0, 1e100}) {
      auto x = numbers(50, 4);
      for (double& value : x) value *= size;
      const auto before = x, g = numbers(50, 5);
      std::vector<double> m(50), v(50), moved(50);
      const double norm = euclidean_norm<double>(before);
      const double ratio = lamb_step<double>(g, x, {m, v, {}}, 0, {.learning_rate = 0.01, .epsilon = 1e-6});
      for (std::size_t i = 0; i < 50; ++i) moved[i] = x[i] - before[i];
      CHECK(euclidean_norm<double>(moved) == doctest::Approx(0.01 * norm).epsilon(1e-13));
      // Adam's first direction is the sign of the gradient, up to epsilon.
      CHECK(ratio == doctest::Approx(norm / std::sqrt(50.0)).epsilon(1e-3));
    }
  }

  TEST_CASE("schedule-free descent averages its steps with equal weights while the rate stays") {
    const auto gradients = numbers(60, 6);
    double y = 2.0, z = 2.0, x = 2.0, sum = 0.0;
    __float128 qz = 2, total = 0;
    for (std::size_t t = 0; t < gradients.size(); ++t) {
      sum = schedule_free_step<double>(std::span(&gradients[t], 1),
                                       {std::span(&y, 1), std::span(&z, 1), std::span(&x, 1), {}},
                                       static_cast<std::int64_t>(t), sum, {.learning_rate = 0.1});
      qz -= (__float128)0.1 * gradients[t];
      total += qz;
    }
    CHECK(z == doctest::Approx(static_cast<double>(qz)).epsilon(1e-14));
    CHECK(x == doctest::Approx(static_cast<double>(total / 60)).epsilon(1e-14));
    CHECK(y == doctest::Approx(0.1 * z + 0.9 * x).epsilon(1e-15));
    CHECK(sum == doctest::Approx(0.6).epsilon(1e-14));
  }

  TEST_CASE("schedule-free AdamW agrees with its algorithm in quad precision") {
    const auto gradients = numbers(60, 8);
    double y = 2.0, z = 2.0, x = 2.0, v = 0.0, sum = 0.0;
    __float128 qy = 2, qz = 2, qx = 2, qv = 0, qsum = 0, power = 1;
    const ScheduleFreeSettings s{
        .learning_rate = 0.1, .weight_decay = 0.1, .warmup = 10, .adaptive = true, .beta2 = 0.99};
    for (std::size_t t = 0; t < gradients.size(); ++t) {
      const double g = gradients[t];
      sum = schedule_free_step<double>(std::span(&g, 1),
                                       {std::span(&y, 1), std::span(&z, 1), std::span(&x, 1), std::span(&v, 1)},
                                       static_cast<std::int64_t>(t), sum, s);
      const __float128 b2 = s.beta2, beta = s.beta;
      power *= b2;
      const __float128 warm = t < 9 ? (__float128)(static_cast<double>(t) + 1) / 10 : 1;
      const __float128 gamma = s.learning_rate * sqrtq(1 - power) * warm;
      qv = b2 * qv + (1 - b2) * g * g;
      qz -= gamma * g / (sqrtq(qv) + (__float128)s.epsilon) + gamma * s.weight_decay * qy;
      qsum += gamma * gamma;
      const __float128 c = gamma * gamma / qsum;
      qx = (1 - c) * qx + c * qz;
      qy = (1 - beta) * qz + beta * qx;
    }
    CHECK(x == doctest::Approx(static_cast<double>(qx)).epsilon(1e-13));
    CHECK(y == doctest::Approx(static_cast<double>(qy)).epsilon(1e-13));
  }

  TEST_CASE("five iterations of Newton and Schulz map singular values as tabulated") {
    // A diagonal matrix is scaled by its Frobenius norm, so the second entry makes that one.
    for (const auto& [value, mapped] : std::vector<std::array<double, 2>>{{.001, .4705439512},
                                                                          {.01, .6989170633},
                                                                          {.1, .7121200817},
                                                                          {.3, 1.0795922929},
                                                                          {.5, .7654385305},
                                                                          {.8, 1.1192039299}}) {
      const std::vector<double> diagonal{value, 0.0, 0.0, std::sqrt(1.0 - value * value)};
      CHECK(newton_schulz(diagonal, 2, 2, 5)[0] == doctest::Approx(mapped).epsilon(1e-9));
    }
    CHECK(newton_schulz(std::vector<double>{1e-300}, 1, 1, 5)[0] == doctest::Approx(.6964364095).epsilon(1e-9));
    CHECK(newton_schulz(std::vector<double>{0.0, 0.0}, 1, 2, 5) == std::vector<double>{0.0, 0.0});
  }

  TEST_CASE("the iteration turns with the matrix and leaves singular values near one") {
    const auto a = numbers(20, 9);  // 10 x 2
    const auto o = newton_schulz(a, 10, 2, 5);
    std::vector<double> t(20);
    for (std::size_t i = 0; i < 10; ++i)
      for (std::size_t j = 0; j < 2; ++j) t[j * 10 + i] = a[2 * i + j];
    const auto turned = newton_schulz(t, 2, 10, 5);
    for (std::size_t i = 0; i < 10; ++i)
      for (std::size_t j = 0; j < 2; ++j) CHECK(turned[j * 10 + i] == o[2 * i + j]);
    const double trace = inner(o, 0, 0) + inner(o, 1, 1),
                 split = std::hypot(inner(o, 0, 0) - inner(o, 1, 1), 2 * inner(o, 0, 1));
    CHECK(std::sqrt((trace - split) / 2) > 0.67);
    CHECK(std::sqrt((trace + split) / 2) < 1.21);
  }

  TEST_CASE("a step of Muon has the scale of the shape") {
    std::vector<double> g(8, 0.0), x(8, 1.0), b(8, 0.0);
    g[0] = 3.0;  // 4 x 2 of rank one
    muon_step<double>(g, x, b, 4, {.learning_rate = 0.5, .weight_decay = 0.5});
    CHECK(x[1] == 0.75);
    CHECK(x[0] == doctest::Approx(0.75 - 0.5 * std::sqrt(2.0) * .6964364095).epsilon(1e-9));
    CHECK(b[0] == 3.0);
  }

  TEST_CASE("norms keep what is very large or very small") {
    CHECK(euclidean_norm<double>(std::vector<double>{3e300, -4e300}) == doctest::Approx(5e300).epsilon(4e-16));
    CHECK(euclidean_norm<double>(std::vector<double>{3e-320, 4e-320}) == doctest::Approx(5e-320).epsilon(1e-3));
    CHECK(euclidean_norm<double>(std::vector<double>{}) == 0.0);
    CHECK(euclidean_norm<float>(std::vector<float>{3e30f, 4e30f}) == doctest::Approx(5e30).epsilon(1e-7));
    const auto x = numbers(10'000, 10);
    __float128 sum = 0;
    for (const double value : x) sum += (__float128)value * value;
    CHECK(std::abs(euclidean_norm<double>(x) / static_cast<double>(sqrtq(sum)) - 1) <=
          2 * std::numeric_limits<double>::epsilon());
  }
}
