// Double-double arithmetic against 113-bit arithmetic.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/double_double.hpp"

#include <doctest/doctest.h>

#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

namespace {

Quad quad(DoubleDouble x) { return static_cast<Quad>(x.hi) + static_cast<Quad>(x.lo); }

double relative_error(DoubleDouble value, Quad exact) {
  return std::abs(static_cast<double>((quad(value) - exact) / exact));
}

DoubleDouble random_pair(std::mt19937_64& generator) {
  std::uniform_real_distribution<double> part(-1.0, 1.0);
  const double high = std::scalbn(part(generator), static_cast<int>(generator() % 40));
  return fast_two_sum(high, high * 0x1p-54 * part(generator));
}

constexpr int trials = 20000;
constexpr double double_double_rounding = 0x1p-103;

}  // namespace

TEST_SUITE_BEGIN("plugins/curve/core/double_double");

TEST_CASE("sum and product of two doubles lose nothing") {
  std::mt19937_64 generator(1);
  std::uniform_real_distribution<double> any(-1e6, 1e6);
  for (int i = 0; i < trials; ++i) {
    const double a = any(generator);
    const double b = any(generator) * 1e-9;
    CHECK(quad(two_sum(a, b)) == static_cast<Quad>(a) + static_cast<Quad>(b));
    CHECK(quad(two_product(a, b)) == static_cast<Quad>(a) * static_cast<Quad>(b));
  }
}

TEST_CASE("the four operations keep twice the precision of double") {
  std::mt19937_64 generator(2);
  double worst = 0.0;
  for (int i = 0; i < trials; ++i) {
    const DoubleDouble a = random_pair(generator);
    const DoubleDouble b = random_pair(generator);
    worst = std::max(worst, relative_error(a + b, quad(a) + quad(b)));
    worst = std::max(worst, relative_error(a - b, quad(a) - quad(b)));
    worst = std::max(worst, relative_error(a * b, quad(a) * quad(b)));
    worst = std::max(worst, relative_error(a / b, quad(a) / quad(b)));
  }
  CHECK(worst < double_double_rounding);
}

TEST_CASE("the square root is rounded correctly up to ties") {
  std::mt19937_64 generator(3);
  double worst = 0.0;
  for (int i = 0; i < trials; ++i) {
    const DoubleDouble a = random_pair(generator);
    const DoubleDouble positive = a.hi < 0.0 ? -a : a;
    worst = std::max(worst, error_in_ulps(sqrt_to_double(positive), sqrt_quad(quad(positive))));
  }
  CHECK(worst < 0.5001);
  CHECK(sqrt_to_double({0.0, 0.0}) == 0.0);
}

TEST_CASE("a two by two determinant keeps its digits where the products cancel") {
  std::mt19937_64 generator(4);
  std::uniform_real_distribution<double> any(-1.0, 1.0);
  double worst = 0.0;
  for (int i = 0; i < trials; ++i) {
    const double a = any(generator);
    const double b = any(generator);
    const double factor = any(generator);
    const double c = a * factor * (1.0 + 1e-13 * any(generator));
    const double d = b * factor;
    const Quad exact = static_cast<Quad>(a) * static_cast<Quad>(d) - static_cast<Quad>(b) * static_cast<Quad>(c);
    if (exact != 0) {
      worst = std::max(worst, error_in_ulps(determinant2(a, b, c, d), exact));
    }
  }
  CHECK(worst <= 1.5);
}

TEST_SUITE_END();
