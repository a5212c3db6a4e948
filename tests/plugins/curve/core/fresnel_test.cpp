// Fresnel integrals against published values, power series in 113 bits, and their limits.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/fresnel.hpp"

#include <doctest/doctest.h>
#include <quadmath.h>

#include <numbers>

#include "plugins/curve/core/clothoid.hpp"
#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

namespace {

// Taylor's series; 113 bits bear its cancellation up to x = 4.
void by_series(double x, Quad& cosine, Quad& sine) {
  const Quad t = acosq(Quad(-1)) / 2 * x * x;
  Quad term = x;
  cosine = sine = 0;
  for (int n = 0; n < 300; ++n) {
    const Quad part = (n / 2 % 2 == 0 ? term : -term) / (2 * n + 1);
    (n % 2 == 0 ? cosine : sine) += part;
    term *= t / (n + 1);
  }
}

}  // namespace

TEST_SUITE("plugins/curve/core/fresnel") {
  TEST_CASE("published values come out to the last digit") {
    CHECK(fresnel(1.0).cosine == doctest::Approx(.779893400376822829).epsilon(3e-16));
    CHECK(fresnel(1.0).sine == doctest::Approx(.438259147390354766).epsilon(3e-16));
  }

  TEST_CASE("random arguments up to 4 are within an ulp of the series in 113 bits") {
    std::mt19937_64 generator(13);
    std::uniform_real_distribution<double> linear(0.0, 4.0), decades(-40.0, 0.0);
    double worst_cosine = 0.0, worst_sine = 0.0;
    for (int i = 0; i < 3000; ++i) {
      const double x = i % 3 == 0 ? std::pow(10.0, decades(generator)) : linear(generator);
      Quad cosine, sine;
      by_series(x, cosine, sine);
      worst_cosine = std::max(worst_cosine, error_in_ulps(fresnel(x).cosine, cosine));
      worst_sine = std::max(worst_sine, error_in_ulps(fresnel(x).sine, sine));
    }
    CHECK(worst_cosine <= 1.0);
    CHECK(worst_sine <= 1.0);
  }

  TEST_CASE("both series agree with a walk along the Euler spiral around where they meet") {
    for (const double x : {3.9, 4.5, 4.999, 5.0, 5.001, 6.5, 9.0, 20.0}) {
      const Heading end = clothoid_at({0, 0, 0}, {0.0, std::numbers::pi, x}, x);
      CHECK(std::abs(fresnel(x).cosine - end.x) < 1e-15 * (4.0 + x * x));
      CHECK(std::abs(fresnel(x).sine - end.y) < 1e-15 * (4.0 + x * x));
    }
  }

  TEST_CASE("the functions are odd and tend to a half and nan stays") {
    CHECK(fresnel(-2.5).cosine == -fresnel(2.5).cosine);
    CHECK(fresnel(-2.5).sine == -fresnel(2.5).sine);
    CHECK(fresnel(0.0).cosine == 0.0);
    CHECK(fresnel(HUGE_VAL).sine == 0.5);
    CHECK(fresnel(-1e300).cosine == -0.5);
    CHECK(std::abs(fresnel(1e10).cosine - 0.5) < 1e-10);
    CHECK(fresnel(1e-300).cosine == 1e-300);
    CHECK(std::isnan(fresnel(std::nan("")).sine));
  }
}
