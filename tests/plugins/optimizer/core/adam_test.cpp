// Tests of Adam: published trajectories, the definition in quad precision, all builds of the loop bit for bit.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/adam.hpp"

#include <doctest/doctest.h>
#include <quadmath.h>

#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include "plugins/optimizer/core/adam_kernel.hpp"
#include "tests/plugins/optimizer/core/rosenbrock_run.hpp"

using namespace orrery::optimizer;
using namespace orrery::optimizer::test;

namespace {

Point run(const AdamSettings& settings) {
  Point m{}, v{};
  return twenty_steps([&](auto g, auto x, int t) { adam_step<double>(g, x, {m, v, {}}, t, settings); });
}

/// One number through steps of the paper's algorithm, in quad precision.
double by_definition(const std::vector<double>& gradients, double x0, const AdamSettings& s, bool largest) {
  __float128 x = x0, m = 0, v = 0, most = 0, power1 = 1, power2 = 1;
  const __float128 b1 = s.beta1, b2 = s.beta2, eps = s.epsilon, rate = s.learning_rate, decay = s.weight_decay;
  for (const double given : gradients) {
    const __float128 g = given + (s.decoupled ? 0 : decay * x);
    if (s.decoupled) x -= rate * decay * x;
    m = b1 * m + (1 - b1) * g;
    v = b2 * v + (1 - b2) * g * g;
    if (v > most) most = v;
    power1 *= b1;
    power2 *= b2;
    const __float128 size = largest ? most : v, corrected = size / (1 - power2), up = m / (1 - power1);
    if (s.form == EpsilonForm::outside) x -= rate * up / (sqrtq(corrected) + eps);
    if (s.form == EpsilonForm::inside) x -= rate * up / sqrtq(corrected + eps);
    if (s.form == EpsilonForm::smooth) x -= rate * up / sqrtq(corrected + eps * eps);
    if (s.form == EpsilonForm::uncorrected) x -= rate * sqrtq(1 - power2) / (1 - power1) * m / (sqrtq(size) + eps);
  }
  return static_cast<double>(x);
}

template <class Real>
std::vector<Real> numbers(std::size_t n, unsigned seed) {
  std::mt19937_64 bits(seed);
  std::normal_distribution<double> normal;
  std::vector<Real> values(n);
  for (Real& value : values) value = static_cast<Real>(normal(bits));
  return values;
}

template <class Real>
void check_builds() {
  constexpr std::size_t n = 1003;
  const auto g = numbers<Real>(n, 1);
  const AdamFactors<Real> factors{Real(0.9),   Real(0.1),  Real(0.99), Real(0.01), Real(0.02),
                                  Real(0.999), Real(0.01), Real(3),    Real(1e-9), Real(1e-8)};
  for (const bool with_largest : {false, true}) {
    std::vector<std::vector<Real>> results;
    for (const AdamTarget target : {AdamTarget::baseline, AdamTarget::avx2, AdamTarget::avx512}) {
      if (!has_adam_target(target)) continue;
      auto x = numbers<Real>(n, 2), m = numbers<Real>(n, 3), v = numbers<Real>(n, 4), w = numbers<Real>(n, 5);
      for (Real& value : v) value *= value;
      adam_update<Real>(target, {g.data(), x.data(), m.data(), v.data(), with_largest ? w.data() : nullptr, n},
                        factors);
      for (const auto* more : {&m, &v, &w}) x.insert(x.end(), more->begin(), more->end());
      results.push_back(x);
    }
    for (const auto& result : results)
      CHECK(std::memcmp(result.data(), results[0].data(), result.size() * sizeof(Real)) == 0);
  }
}

}  // namespace

TEST_SUITE("plugins/optimizer/core/adam") {
  TEST_CASE("trajectories on Rosenbrock's function are the published ones") {
    // PyTorch 1.13, torch.optim in float64; printed to 15 digits.
    CHECK(near(run({.learning_rate = 0.1}), {-1.38009588754717, 1.97282655686585}, 2e-14));
    CHECK(near(run({.learning_rate = 0.1, .weight_decay = 0.1, .decoupled = true}),
               {-1.21735214549856, 1.50886744008069}, 2e-14));
  }

  TEST_CASE("a long and a short step on a quadratic are the tabulated ones") {
    const auto after = [](int steps, double epsilon) {
      Point p{1.0, 1.0}, m{}, v{};
      for (int t = 0; t < steps; ++t) {
        const Point g{p[0], 10.0 * p[1]};
        adam_step<double>(g, p, {m, v, {}}, t, {.learning_rate = 0.1, .epsilon = epsilon});
      }
      return p;
    };
    CHECK(near(after(2, 1e-8), {0.800412229712337391, 0.800412227875355941}, 1e-15));
    CHECK(near(after(10, 1e-2), {0.0861532971653276313, 0.0772504897319012231}, 2e-14));
  }

  TEST_CASE("every form agrees with the definition in quad precision") {
    const auto gradients = numbers<double>(200, 7);
    for (const EpsilonForm form :
         {EpsilonForm::outside, EpsilonForm::uncorrected, EpsilonForm::inside, EpsilonForm::smooth})
      for (const bool decoupled : {false, true})
        for (const bool largest : {false, true})
          for (const double epsilon : {1e-8, 0.3}) {
            const AdamSettings s{
                .learning_rate = 0.01, .epsilon = epsilon, .weight_decay = 0.1, .decoupled = decoupled, .form = form};
            double x = 1.5, m = 0.0, v = 0.0, most = 0.0;
            for (std::size_t t = 0; t < gradients.size(); ++t)
              adam_step<double>(
                  std::span(&gradients[t], 1), std::span(&x, 1),
                  {std::span(&m, 1), std::span(&v, 1), largest ? std::span(&most, 1) : std::span<double>()},
                  static_cast<std::int64_t>(t), s);
            CHECK(std::abs(x - by_definition(gradients, 1.5, s, largest)) <= 1e-14);
          }
  }

  TEST_CASE("all builds give the same bits") {
    check_builds<double>();
    check_builds<float>();
  }

  TEST_CASE("a gradient that was always zero moves nothing without epsilon") {
    double x = 3.0, m = 0.0, v = 0.0;
    const double g = 0.0;
    adam_step<double>(std::span(&g, 1), std::span(&x, 1), {std::span(&m, 1), std::span(&v, 1), {}}, 0,
                      {.epsilon = 0.0});
    CHECK(x == 3.0);
  }

  TEST_CASE("the first step has the size of the rate for gradients of any size") {
    for (const double g : {1e-150, -1e-3, 7.0, -1e150}) {
      double x = 0.0, m = 0.0, v = 0.0;
      adam_step<double>(std::span(&g, 1), std::span(&x, 1), {std::span(&m, 1), std::span(&v, 1), {}}, 0,
                        {.learning_rate = 0.25, .epsilon = 0.0});
      CHECK(x == doctest::Approx(g < 0 ? 0.25 : -0.25).epsilon(1e-14));
    }
  }
}
