// The restricted three-body problem: points of Lagrange, Jacobi's constant, and two known orbits.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/cr3bp.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "plugins/orbital/core/march.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double moon = 0.01215058560962404;

State end_state(double mass_ratio, const State& start, double time, const IntegrationOptions& options) {
  State end;
  const std::vector<double> times{time};
  sample(RestrictedThreeBody(mass_ratio), start.position, start.velocity, times, options,
         [&](std::size_t, const double* x, const double* v) {
           end = {{x[0], x[1], x[2]}, {v[0], v[1], v[2]}};
         });
  return end;
}

IntegrationOptions with(IntegrationMethod method, double tolerance) {
  return {.stepper = {.method = method, .tolerance = tolerance}};
}

/// Euler's quintics for the distance from the nearer primary (Szebehely 1967, section 4.4), in 113 bits.
Quad quintic(int point, Quad mu, Quad g) {
  const Quad nu = 1 - mu;
  if (point == 0) return ((((g - (3 - mu)) * g + (3 - 2 * mu)) * g - mu) * g + 2 * mu) * g - mu;
  if (point == 1) return ((((g + (3 - mu)) * g + (3 - 2 * mu)) * g - mu) * g - 2 * mu) * g - mu;
  return ((((g + (2 + mu)) * g + (1 + 2 * mu)) * g - nu) * g - 2 * nu) * g - nu;
}

}  // namespace

TEST_SUITE("plugins/orbital/core/cr3bp") {
  TEST_CASE("the points of the Earth and the Moon are those computed with 50 digits") {
    const LagrangePoints points = lagrange_points(moon);
    CHECK(std::fabs(points.position[0][0] - 0.836915125772357155) <= ulps(1, 0.8));
    CHECK(std::fabs(points.jacobi[0] - 3.18834111774923995) <= ulps(1, 3.2));
  }

  TEST_CASE("the collinear points solve the quintics of Euler for every mass ratio") {
    Draw draw(871);
    for (int i = 0; i < 400; ++i) {
      const double mu = i % 2 == 0 ? draw.uniform(0.0, 1.0) : draw.decade(-290, 0) * 0.999;
      const LagrangePoints points = lagrange_points(mu);
      for (int k = 0; k < 3; ++k) {
        const Quad g = points.distance[static_cast<std::size_t>(k)];
        const Quad step = g * Quad(2 * 0x1p-53);
        CHECK((quintic(k, mu, g - step) > 0) != (quintic(k, mu, g + step) > 0));
      }
    }
  }

  TEST_CASE("small masses have Hill's radius") {
    for (const double mu : {1e-12, 1e-30, 1e-100, 1e-290}) {
      const LagrangePoints points = lagrange_points(mu);
      const double hill = std::cbrt(mu / 3);
      CHECK(std::fabs(points.distance[0] / hill - 1) <= hill + ulps(2, 1));
      CHECK(std::fabs(points.distance[1] / hill - 1) <= hill + ulps(2, 1));
    }
  }

  TEST_CASE("Jacobi's constant agrees with 113-bit arithmetic") {
    Draw draw(873);
    double worst = 0.0;
    for (int i = 0; i < 500; ++i) {
      const double mu = draw.uniform(0.0, 1.0);
      const Vec3 r = draw.decade(-1, 1) * draw.direction(), v = draw.decade(-1, 1) * draw.direction();
      const quad::Triple x = quad::widen(r), w = quad::widen(v);
      const Quad side = x[1] * x[1] + x[2] * x[2], first = x[0] + mu, second = x[0] + mu - 1;
      const Quad large = 2 * (1 - Quad(mu)) / quad::sqrt(first * first + side);
      const Quad small = 2 * Quad(mu) / quad::sqrt(second * second + side), turn = x[0] * x[0] + x[1] * x[1];
      const Quad truth = turn + large + small - quad::dot(w, w);
      const double largest = static_cast<double>(std::max({turn, large, small, quad::dot(w, w)}));
      worst = std::max(worst, std::fabs(static_cast<double>(truth - Quad(jacobi_constant({r, v}, mu)))) / largest);
    }
    CHECK(worst <= 6 * 0x1p-53);
  }

  TEST_CASE("Jacobi's constant is a constant to round-off") {
    Draw draw(872);
    for (int i = 0; i < 30; ++i) {
      const State start{{draw.uniform(-1.2, 1.2), draw.uniform(0.3, 1.2), draw.uniform(-0.3, 0.3)},
                        {draw.uniform(-0.5, 0.5), draw.uniform(-0.5, 0.5), draw.uniform(-0.5, 0.5)}};
      const double first = jacobi_constant(start, moon);
      for (const double time : {10.0, -10.0}) {
        const State end = end_state(moon, start, time, with(IntegrationMethod::taylor, 0x1p-53));
        CHECK(std::fabs(jacobi_constant(end, moon) - first) <= 2e-13);
        const State back = end_state(moon, end, -time, with(IntegrationMethod::taylor, 0x1p-53));
        CHECK(norm(back.position - start.position) <= 1e-8);  // close passes amplify
      }
    }
  }

  TEST_CASE("the orbit of Arenstorf closes") {
    // Hairer, Norsett and Wanner I (1993), II.0: numbers and period
    const double mu = 0.012277471;
    const State start{{0.994, 0, 0}, {0, -2.00158510637908252240537862224, 0}};
    const double period = 17.0652165601579625588917206249;
    const State end = end_state(mu, start, period, with(IntegrationMethod::taylor, 0x1p-53));
    CHECK(norm(end.position - start.position) <= 1e-9);
    const State runge = end_state(mu, start, period, with(IntegrationMethod::dop853, 1e-14));
    CHECK(norm(runge.position - start.position) <= 1e-6);
  }

  TEST_CASE("without a second mass the motion is Kepler's in a turning frame") {
    const State start{{1, 0, 0}, {0, 0.2, 0}};  // 1.2 in the frame that does not turn
    const State end = end_state(0.0, start, 5.0, with(IntegrationMethod::taylor, 0x1p-53));
    const double energy = [](const State& s) {
      const double u = s.velocity[0] - s.position[1], v = s.velocity[1] + s.position[0];
      return 0.5 * (u * u + v * v) - 1 / norm(s.position);
    }(end);
    CHECK(std::fabs(energy - (0.72 - 1)) <= 1e-14);
  }

  TEST_CASE("bad arguments are named") {
    CHECK(message_of([] { lagrange_points(0.0); }) == "mass ratio must lie in (0, 1); it is 0");
    CHECK(message_of([] { RestrictedThreeBody(1.5); }) == "mass ratio must lie in [0, 1]; it is 1.5");
    CHECK(message_of([] { jacobi_constant({{-moon, 0, 0}, {}}, moon); }) == "the body must not be at a primary");
    const IntegrationOptions verlet{.stepper = {.method = IntegrationMethod::verlet, .step = 0.01}};
    CHECK(message_of([&] { end_state(moon, {{0.5, 0, 0}, {}}, 1.0, verlet); }).starts_with("method verlet needs"));
    CHECK(message_of([] {
            end_state(moon, {{0.5, 0.0, 0}, {-2, -0.5, 0}}, 100.0, with(IntegrationMethod::taylor, 0x1p-53));
          }).empty());
  }
}
