// Twice the working precision, Stumpff's functions and the defects of sine and sinh, against 113 bits.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/double_double.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/defect.hpp"
#include "plugins/orbital/core/eccentricity.hpp"
#include "plugins/orbital/core/stumpff.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

Quad wide(DoubleDouble a) { return Quad(a.hi) + Quad(a.lo); }
double relative(DoubleDouble value, Quad truth) {
  return static_cast<double>(quad::abs(wide(value) - truth) / quad::abs(truth));
}
DoubleDouble draw_pair(Draw& draw) {
  const double hi = draw.uniform(-1, 1) * draw.decade(-20, 20);
  return quick_two_sum(hi, hi * draw.uniform(-1, 1) * 0x1p-54);
}

}  // namespace

TEST_SUITE("plugins/orbital/core/double_double") {
  TEST_CASE("sums and products of doubles are exact") {
    Draw draw(91);
    for (int i = 0; i < 10000; ++i) {
      const double a = draw.uniform(-1, 1) * draw.decade(-5, 5);
      const double b = draw.uniform(-1, 1) * draw.decade(-5, 5);
      REQUIRE(wide(two_sum(a, b)) == Quad(a) + Quad(b));
      REQUIRE(wide(two_prod(a, b)) == Quad(a) * Quad(b));
    }
  }

  TEST_CASE("pairs are added and multiplied and divided to about 103 bits") {
    Draw draw(92);
    double worst = 0.0;
    for (int i = 0; i < 10000; ++i) {
      const DoubleDouble a = draw_pair(draw), b = draw_pair(draw);
      const Quad x = wide(a), y = wide(b);
      worst = std::max({worst, relative(a * b, x * y), relative(a / b, x / y),
                        static_cast<double>(quad::abs(wide(a + b) - (x + y)) / quad::abs(x + y)),
                        static_cast<double>(quad::abs(wide(a - b.hi) - (x - b.hi)) / quad::abs(x - b.hi))});
      const DoubleDouble positive = a.hi < 0 ? -a : a;
      worst = std::max(worst, relative(sqrt(positive), quad::sqrt(wide(positive))));
    }
    CHECK(worst <= 0x1p-101);
    CHECK(sqrt(DoubleDouble(0.0)).hi == 0.0);
  }

  TEST_CASE("Stumpff's functions keep about a hundred bits") {
    Draw draw(93);
    double worst = 0.0;
    for (int i = 0; i < 3000; ++i) {
      const double z = draw.uniform(0, 1) < 0.5 ? draw.uniform(-50, 39) : draw.uniform(-1, 1) * draw.decade(-8, 0);
      const Stumpff c = stumpff(z);
      const int sign = z > 0 ? -1 : 1;
      const Quad x = quad::sqrt(quad::abs(Quad(z)));
      const quad::Pair p = quad::functions(x, sign);
      worst = std::max(
          {worst, static_cast<double>(quad::abs(wide(c.c0) - p.even) / (1 + quad::abs(p.even))),
           static_cast<double>(quad::abs(wide(c.c1) * x - p.odd) / (1 + quad::abs(p.odd)) / (x + Quad(1e-30))) *
               std::min(1.0, static_cast<double>(x)),
           relative(c.c3, quad::defect(x, sign) / (x * x * x))});
    }
    CHECK(worst <= 0x1p-96);
    CHECK(stumpff(0.0).c0.hi == 1.0);
    CHECK(stumpff(0.0).c2.hi == 0.5);
  }

  TEST_CASE("the defects of sine and sinh keep 60 bits") {
    Draw draw(94);
    double sine = 0.0, sinh = 0.0;
    for (int i = 0; i < 5000; ++i) {
      const double x = detail::round_to_short(draw.decade(-8, 0.49));
      sine = std::max(sine, relative(detail::short_sine_defect(x).value, quad::defect(x, -1)));
      const double y = detail::round_to_short(draw.decade(-8, 2.8));
      sinh = std::max(sinh, relative(detail::short_sinh_defect(y).value, quad::defect(y, 1)));
    }
    CHECK(sine <= 0x1p-60);
    CHECK(sinh <= 0x1p-60);
  }

  TEST_CASE("an angle is reduced to its last bit") {
    Draw draw(95);
    double worst = 0.0;
    for (int i = 0; i < 3000; ++i) {
      const double angle = draw.uniform(-1, 1) * draw.decade(1, 8);
      const detail::ReducedAngle reduced = detail::reduce_angle(angle);
      worst = std::max(worst,
                       static_cast<double>(quad::abs(wide(reduced.angle) - (angle - reduced.turns * quad::two_pi()))));
      REQUIRE(std::fabs(reduced.angle.hi) <= 3.15);
    }
    CHECK(worst <= 1e-25);
    CHECK_FALSE(detail::reduce_angle(1e300).exact);
    CHECK(std::fabs(detail::reduce_angle(1e300).angle.hi) <= 3.15);
  }

  TEST_CASE("an eccentricity knows its distance from one exactly") {
    const Eccentricity near = Eccentricity::from_one_minus_e(1e-30);
    CHECK(near.e == 1.0);
    CHECK(near.is_elliptic());
    CHECK(exact(near).e.lo == -1e-30);
    CHECK(Eccentricity::from_e(1.0).is_parabolic());
    CHECK(Eccentricity::from_one_minus_e(-1e-30).is_hyperbolic());
    CHECK(wide(exact(Eccentricity::from_e(0.1)).one_minus_e) == 1 - Quad(0.1));
    CHECK_FALSE(Eccentricity::from_e(-0.5).is_elliptic());
  }

  TEST_CASE("a number is printed as short as it can be read back") {
    CHECK(shortest(0.1) == "0.1");
    CHECK(shortest(1.5) == "1.5");
    CHECK(shortest(1.0 / 3) == "0.3333333333333333");
    CHECK(shortest(-0.0) == "-0");
  }
}
