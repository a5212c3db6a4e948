// The third law: 113-bit arithmetic, round trips, and the masses of the planets.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/third_law.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "plugins/orbital/core/dynamics.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

TEST_SUITE("plugins/orbital/core/third_law") {
  TEST_CASE("gravity and axis follow from the others in 113-bit arithmetic") {
    Draw draw(61);
    double worst = 0.0;
    for (int i = 0; i < 3000; ++i) {
      const double period = draw.decade(-20, 20), axis = draw.decade(-20, 20), mu = draw.decade(-20, 20);
      const Quad turn = quad::two_pi() / Quad(period);
      const Quad gravity = turn * turn * axis * axis * axis;
      worst = std::max(worst, quad::ulps_off(gravity_from_period(period, axis), gravity));
      const double found = axis_from_period(mu, period);
      const Quad off = turn * turn * found * found * found / mu - 1;  // three times the axis's relative error
      worst = std::max(worst, static_cast<double>(quad::abs(off)) / 3 * found / ulps(1, found));
    }
    CHECK(worst <= 1);
  }

  TEST_CASE("the three forms agree") {
    Draw draw(62);
    for (int i = 0; i < 500; ++i) {
      const double axis = draw.decade(-3, 3), mu = draw.decade(-3, 3), period = orbital_period(mu, axis);
      CHECK(std::fabs(axis_from_period(mu, period) - axis) <= ulps(2, axis));
      CHECK(std::fabs(gravity_from_period(period, axis) - mu) <= ulps(4, mu));
    }
  }

  TEST_CASE("Jupiter's mass shortens its period by 4.77e-4") {
    CHECK(std::fabs(period_shift(1 / 1047.348644) + 4.7705e-4) <= 1e-8);
  }

  TEST_CASE("the shifts are right for every ratio of masses") {
    Draw draw(63);
    double worst = 0.0;
    for (int i = 0; i < 3000; ++i) {
      const double ratio = draw.decade(-20, 6);
      const Quad root = quad::sqrt(1 + Quad(ratio));
      worst = std::max(worst, quad::ulps_off(period_shift(ratio), -ratio / (root * (1 + root))));
      const double shift = axis_shift(ratio);  // (1 + shift)^3 - 1 = ratio
      const Quad s = shift, cube = s * (3 + s * (3 + s));
      worst = std::max(worst, static_cast<double>(quad::abs(cube - ratio) / (3 * (1 + s) * (1 + s))) / ulps(1, shift));
    }
    CHECK(worst <= 5);
    CHECK(period_shift(0) == 0.0);
  }

  TEST_CASE("arguments out of range are named") {
    CHECK_THROWS_AS(gravity_from_period(0, 1), std::domain_error);
    CHECK_THROWS_AS(axis_from_period(1, std::numeric_limits<double>::infinity()), std::domain_error);
    CHECK(message_of([] { period_shift(-1); }) == "mass ratio must lie in [0, inf); it is -1");
    CHECK_THROWS_AS(axis_shift(std::nan("")), std::domain_error);
  }
}
