// Transfers between circles: Vallado's examples, the definition by vis-viva, near-equal radii, and changes of plane.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/transfer.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "plugins/orbital/core/dynamics.hpp"
#include "plugins/orbital/core/lambert.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr double degree = pi / 180;
constexpr double earth = 398600.4418, radius = 6378.137;

}  // namespace

TEST_SUITE("plugins/orbital/core/transfer") {
  TEST_CASE("Vallado prints this Hohmann transfer") {
    const HohmannTransfer t = hohmann(earth, radius + 191.34411, radius + 35781.34857);
    CHECK(std::fabs(t.delta_v - 3.935224) <= 5e-7);
    CHECK(std::fabs(t.delta_v1 - 2.457038) <= 2e-6);
    CHECK(std::fabs(t.delta_v2 - 1.478187) <= 2e-6);
    CHECK(std::fabs(t.time / 3600 - 5.256713) <= 5e-7);
  }

  TEST_CASE("Vallado prints this bi-elliptic transfer") {
    const BiellipticTransfer t = bielliptic(earth, radius + 191.34411, radius + 503873, radius + 376310);
    CHECK(std::fabs(t.delta_v - 3.904057) <= 5e-7);
    CHECK(std::fabs(t.time / 3600 - 593.919803) <= 5e-4);  // its altitudes are rounded to kilometres
    CHECK(t.delta_v < t.hohmann_delta_v);
    CHECK(t.delta_v3 < 0.0);
  }

  TEST_CASE("the impulses are differences of vis-viva speeds in 113-bit arithmetic") {
    Draw draw(51);
    double worst = 0.0;
    for (int i = 0; i < 3000; ++i) {
      const double r1 = draw.decade(-3, 3);
      const double r2 = i % 2 == 0 ? draw.decade(-3, 3) : r1 * (1 + (i % 4 == 1 ? 1 : -1) * draw.decade(-14, -1));
      const HohmannTransfer t = hohmann(1, r1, r2);
      const Quad a = (Quad(r1) + Quad(r2)) / 2;
      const auto gain = [&](Quad r) {
        // sqrt(2/r - 1/a) - sqrt(1/r), rationalised
        const Quad ellipse = quad::sqrt(2 / r - 1 / a), circle = quad::sqrt(1 / r);
        return (1 / r - 1 / a) / (ellipse + circle);
      };
      if (r1 == r2) continue;
      worst = std::max({worst, quad::ulps_off(t.delta_v1, gain(r1)), quad::ulps_off(t.delta_v2, -gain(r2))});
    }
    CHECK(worst <= 6);
  }

  TEST_CASE("Lambert's problem over half a turn is the same ellipse") {
    const double r1 = 1, r2 = 2.5;
    const HohmannTransfer t = hohmann(1, r1, r2);
    const LambertSolution s =
        lambert({{r1, 0, 0}, {-r2, 0, 0}, t.time, 1, 0, TransferBranch::low, TransferWay::prograde, Vec3{0, 0, 1}});
    CHECK(std::fabs(s.velocity1[1] - circular_speed(1, r1) - t.delta_v1) <= 1e-15);
    CHECK(std::fabs(s.velocity1[0]) <= 1e-15);
    CHECK(std::fabs(s.semi_major_axis - t.semi_major_axis) <= 1e-15 * 2);
  }

  TEST_CASE("the target is met when it was ahead by the phase angle") {
    Draw draw(52);
    for (int i = 0; i < 500; ++i) {
      const double r1 = draw.decade(-1, 1), r2 = draw.decade(-1, 1);
      const HohmannTransfer t = hohmann(1, r1, r2);
      CHECK(std::fabs(t.phase_angle + mean_motion(1, r2) * t.time - pi) <= 1e-14 * (pi + std::fabs(t.phase_angle)));
      const double slip = std::fabs(mean_motion(1, r1) - mean_motion(1, r2));
      CHECK(std::fabs(t.synodic_period * slip / (2 * pi) - 1) <= 1e-14 * (1 + mean_motion(1, r1) / slip));
    }
    CHECK(hohmann(1, 2, 2).synodic_period == std::numeric_limits<double>::infinity());
    CHECK(hohmann(1, 2, 2).delta_v == 0.0);
  }

  TEST_CASE("a change of plane is shared where no other share takes less") {
    // Vallado, example 6-6: 28.5 deg from 191 km to the geosynchronous circle is best shared about 2.2 to 26.3.
    const HohmannTransfer t = hohmann(earth, 6569.4781, 42159.4855, 28.5 * degree);
    CHECK(std::fabs(t.plane_change1 / degree - 2.2) <= 0.1);
    Draw draw(53);
    for (int i = 0; i < 200; ++i) {
      const double r1 = draw.decade(-1, 1), r2 = draw.decade(-1, 1), change = draw.uniform(0, pi);
      const double best = hohmann(1, r1, r2, change).delta_v;
      for (int k = 0; k <= 40; ++k)
        CHECK(hohmann_shared(1, r1, r2, change, std::min(change, change * k / 40)).delta_v >= best * (1 - 1e-14));
    }
  }

  TEST_CASE("without a change of plane both forms agree") {
    const HohmannTransfer flat = hohmann(1, 1, 3), shared = hohmann_shared(1, 1, 3, 1e-300, 0);
    CHECK(hohmann(1, 1, 3, 0).delta_v == flat.delta_v);
    CHECK(std::fabs(shared.delta_v - flat.delta_v) <= ulps(2, flat.delta_v));
  }

  TEST_CASE("one impulse turns a velocity by the law of cosines in 113-bit arithmetic") {
    Draw draw(54);
    double worst = 0.0;
    for (int i = 0; i < 3000; ++i) {
      const double v1 = draw.decade(-2, 2), v2 = i % 3 == 0 ? v1 : draw.decade(-2, 2);
      const double angle = i % 2 == 0 ? draw.uniform(0, pi) : draw.decade(-12, 0);
      const quad::Pair turn = quad::functions(angle, -1);
      const quad::Pair half = quad::functions(Quad(angle) / 2, -1);
      const Quad along = Quad(v2) - v1 - 2 * Quad(v2) * half.odd * half.odd, across = v2 * turn.odd;
      worst = std::max(
          worst, quad::ulps_off(plane_change(v1, v2, angle).delta_v, quad::sqrt(along * along + across * across)));
    }
    CHECK(worst <= 6);
    const PlaneChange same = plane_change(7.5, 7.5, 60 * degree);
    CHECK(std::fabs(same.delta_v - 7.5) <= ulps(2, 7.5));
    CHECK(std::fabs(same.yaw - 120 * degree) <= ulps(2, 2.0));
  }

  TEST_CASE("arguments out of range are named") {
    CHECK_THROWS_AS(hohmann(1, 0, 1), std::domain_error);
    CHECK_THROWS_AS(hohmann(1, 1, std::nan("")), std::domain_error);
    CHECK_THROWS_AS(hohmann(1, 1, 2, -0.1), std::domain_error);
    CHECK_THROWS_AS(hohmann_shared(1, 1, 2, 0.1, 0.2), std::domain_error);
    CHECK_THROWS_AS(bielliptic(1, 1, -1, 2), std::domain_error);
    CHECK_THROWS_AS(plane_change(-1, 1, 0), std::domain_error);
    CHECK_THROWS_AS(plane_change(1, 1, 4), std::domain_error);
  }
}
