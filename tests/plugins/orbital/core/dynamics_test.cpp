// Vis-viva, invariants, areal rate, hodograph and curvature: published values, identities, and the edges.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/dynamics.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "plugins/orbital/core/elements.hpp"
#include "plugins/orbital/core/propagate.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr double earth = 398600.4418;
constexpr double infinity = std::numeric_limits<double>::infinity();

State any_state(Draw& draw, double e) {
  const double limit = e > 1 ? 0.9 * std::acos(-1 / e) : 3.0;
  return elements_to_state(elements_from_periapsis(draw.decade(-2, 2), Eccentricity::from_e(e),
                                                   {draw.uniform(0, pi), draw.uniform(0, 6), draw.uniform(0, 6),
                                                    draw.uniform(-limit, limit)}),
                           1.5);
}

}  // namespace

TEST_SUITE("plugins/orbital/core/dynamics") {
  TEST_CASE("the space station moves as the tables say") {
    CHECK(std::fabs(orbital_period(earth, 6778.137) - 5553.624271252228) <= ulps(1, 5553));
    CHECK(std::fabs(vis_viva_speed(earth, 6778.137, 6778.137) - 7.6685581754070549) <= ulps(1, 7.6));
    CHECK(std::fabs(circular_speed(earth, 6778.137) - 7.6685581754070549) <= ulps(1, 7.6));
  }

  TEST_CASE("the geostationary and the Gaussian year have their periods") {
    CHECK(std::fabs(orbital_period(398600.4418, 42164.1696) - 86164.090518) <= 1.6e-4);
    const double gauss = 0.01720209895;
    CHECK(std::fabs(orbital_period(gauss * gauss, 1.0) - 365.256898326328165) <= ulps(3, 365));
  }

  TEST_CASE("vis-viva closes in all three directions") {
    Draw draw(81);
    for (int i = 0; i < 2000; ++i) {
      const double a = draw.uniform(0, 1) < 0.5 ? draw.decade(-2, 3) : -draw.decade(-2, 3);
      const double r = a > 0 ? a * draw.uniform(0.01, 1.5) : draw.decade(-2, 2);
      const double v = vis_viva_speed(1.5, r, a);
      const Quad truth = quad::sqrt(Quad(1.5) * (2 / Quad(r) - 1 / Quad(a)));
      CHECK(quad::ulps_off(v, truth) <= 1.0);
      const Quad beta = 2 * Quad(1.5) / r - Quad(v) * v;
      CHECK(quad::ulps_off(vis_viva_semi_major_axis(1.5, r, v), Quad(1.5) / beta) <= 1.5);
      const Quad sum = Quad(v) * v + Quad(1.5) / a;
      CHECK(quad::ulps_off(vis_viva_radius(1.5, v, a), 2 * Quad(1.5) / sum) <= 1.5);
    }
  }

  TEST_CASE("the parabola has the escape speed and an infinite axis") {
    CHECK(vis_viva_speed(2.0, 4.0, infinity) == 1.0);
    CHECK(escape_speed(2.0, 4.0) == 1.0);
    CHECK(vis_viva_semi_major_axis(2.0, 4.0, 1.0) == infinity);
    CHECK(vis_viva_radius(2.0, 1.0, infinity) == 4.0);
    CHECK(mean_motion(1.0, infinity) == 0.0);
    CHECK(mean_motion(1.0, -4.0) == 0.125);
  }

  TEST_CASE("apoapsis of the straight line has no speed") { CHECK(vis_viva_speed(1.0, 2.0, 1.0) == 0.0); }

  TEST_CASE("the invariants agree with 113-bit arithmetic for every conic") {
    Draw draw(82);
    double worst = 0.0;
    for (int i = 0; i < 1500; ++i) {
      const State s = any_state(draw, i % 2 == 0 ? draw.uniform(0, 3) : 1 + draw.uniform(-1, 1) * draw.decade(-12, -1));
      const Invariants inv = invariants(s, 1.5);
      const quad::Triple r = quad::widen(s.position), v = quad::widen(s.velocity);
      const Quad radius = quad::sqrt(quad::dot(r, r));
      const Quad beta = 3 / radius - quad::dot(v, v);
      const quad::Triple h{r[1] * v[2] - r[2] * v[1], r[2] * v[0] - r[0] * v[2], r[0] * v[1] - r[1] * v[0]};
      const Quad h_square = quad::dot(h, h);
      const Quad e = quad::sqrt(1 - beta * h_square / (Quad(1.5) * 1.5));
      const Quad one_minus_e = beta * h_square / (Quad(1.5) * 1.5) / (1 + e);
      worst =
          std::max({worst, quad::ulps_off(inv.energy, -beta / 2), quad::ulps_off(inv.semi_major_axis, Quad(1.5) / beta),
                    quad::ulps_off(inv.semi_latus_rectum, h_square / Quad(1.5)),
                    quad::ulps_off(inv.periapsis, h_square / Quad(1.5) / (1 + e)),
                    quad::ulps_off(2 * inv.areal_rate, quad::sqrt(h_square)),
                    quad::ulps_off(inv.eccentricity.one_minus_e, one_minus_e) *
                        (std::fabs(inv.eccentricity.one_minus_e) < 0.5 ? 1.0 : 0.1)});
      CHECK(std::fabs(norm(inv.eccentricity_vector) - inv.eccentricity.e) <= 8 * 0x1p-53 * (1 + inv.eccentricity.e));
      if (beta > 0) {
        CHECK(std::fabs(inv.period - orbital_period(1.5, inv.semi_major_axis)) <= ulps(4, inv.period));
        CHECK(std::fabs(inv.mean_motion * inv.period - 2 * pi) <= ulps(4, 6.3));
        CHECK(std::fabs(inv.apoapsis + inv.periapsis - 2 * inv.semi_major_axis) <= ulps(8, inv.semi_major_axis));
      } else {
        CHECK(inv.period == infinity);
        CHECK(inv.apoapsis == infinity);
      }
    }
    CHECK(worst <= 8.0);
  }

  TEST_CASE("the eccentricity vector points to periapsis") {
    const State s{{1, 0, 0}, {0, 1.2, 0}};
    const Invariants inv = invariants(s, 1.0);
    CHECK(std::fabs(inv.eccentricity_vector[0] - 0.44) <= ulps(2, 0.44));
    CHECK(inv.eccentricity_vector[1] == 0.0);
    CHECK(dot(inv.eccentricity_vector, inv.angular_momentum) == 0.0);
  }

  TEST_CASE("the velocity of every conic runs along one circle") {
    Draw draw(83);
    double worst = 0.0;
    for (int i = 0; i < 200; ++i) {
      const double e = i % 20 == 0 ? 1.0 : draw.uniform(0, 2);
      const State start = any_state(draw, e);
      const Hodograph circle = hodograph(start, 1.5);
      const Invariants inv = invariants(start, 1.5);
      CHECK(std::fabs(norm(circle.centre) - inv.eccentricity.e * circle.radius) <=
            8 * 0x1p-53 * circle.radius * (1 + e));
      const Orbit orbit(start, 1.5);
      std::vector<double> velocity;
      for (int k = 0; k < 50; ++k) {
        const State s = orbit.at(draw.uniform(-10, 10));
        velocity.insert(velocity.end(), s.velocity.begin(), s.velocity.end());
      }
      std::vector<double> residual(50);
      hodograph_residuals(circle, velocity, residual);
      for (const double x : residual) worst = std::max(worst, x / (1 + e));
    }
    CHECK(worst <= 1e-15);
  }

  TEST_CASE("a velocity off the circle is seen") {
    const Hodograph circle = hodograph({{1, 0, 0}, {0, 1, 0}}, 1.0);
    CHECK(circle.radius == 1.0);
    CHECK(hodograph_residual(circle, {0, 1.5, 0}) == 0.5);
    CHECK(std::fabs(hodograph_residual(circle, {0, 1, 0.25}) - 0.25) <= ulps(1, 0.25));
  }

  TEST_CASE("the curvature is that of the conic") {
    Draw draw(84);
    double worst = 0.0;
    for (int i = 0; i < 1000; ++i) {
      const State s = any_state(draw, draw.uniform(0, 2));
      const quad::Triple r = quad::widen(s.position), v = quad::widen(s.velocity);
      const Quad radius = quad::sqrt(quad::dot(r, r)), speed = quad::sqrt(quad::dot(v, v));
      const quad::Triple h{r[1] * v[2] - r[2] * v[1], r[2] * v[0] - r[0] * v[2], r[0] * v[1] - r[1] * v[0]};
      const Quad rv = radius * speed;
      worst = std::max(
          worst, quad::ulps_off(orbit_curvature(s, 1.5), Quad(1.5) * quad::sqrt(quad::dot(h, h)) / (rv * rv * rv)));
    }
    CHECK(worst <= 3.0);
    // at periapsis the radius of curvature of any conic is p
    const State apsis{{2, 0, 0}, {0, 0.9, 0}};
    CHECK(std::fabs(orbit_curvature(apsis, 1.0) * invariants(apsis, 1.0).semi_latus_rectum - 1) <= ulps(4, 1));
    CHECK(orbit_curvature({{1, 0, 0}, {1, 0, 0}}, 1.0) == 0.0);
  }

  TEST_CASE("Curtis prints this flight path angle") {
    const State s =
        elements_to_state(elements_from_periapsis(1.0, Eccentricity::from_e(0.6), {0, 0, 0, 109.5 * pi / 180}), 1.0);
    const double angle = std::asin(dot(s.position, s.velocity) / norm(s.position) / norm(s.velocity));
    CHECK(std::fabs(angle * 180 / pi - 35.26) <= 0.01);
  }

  TEST_CASE("arguments out of range are named") {
    CHECK(message_of([] { vis_viva_speed(1.0, 3.0, 1.0); }) == "radius must lie in (0, 2]; it is 3");
    CHECK(message_of([] { vis_viva_speed(1.0, -3.0, 1.0); }) == "radius must be positive and finite; it is -3");
    CHECK(message_of([] { vis_viva_speed(0.0, 3.0, 1.0); }) ==
          "gravitational parameter must be positive and finite; it is 0");
    CHECK(message_of([] { vis_viva_speed(1.0, 3.0, 0.0); }) ==
          "semi-major axis must be a number other than zero; it is 0");
    CHECK(message_of([] { vis_viva_radius(1.0, 0.5, -1.0); }) == "speed must exceed that at infinity, 1; it is 0.5");
    CHECK(message_of([] { vis_viva_semi_major_axis(1.0, 1.0, -2.0); }) == "speed must lie in [0, inf); it is -2");
    CHECK(message_of([] { orbital_period(1.0, -1.0); }) == "semi-major axis must be positive and finite; it is -1");
    CHECK_THROWS_AS(hodograph({{1, 0, 0}, {1, 0, 0}}, 1.0), std::domain_error);
    CHECK_THROWS_AS(orbit_curvature({{1, 0, 0}, {0, 0, 0}}, 1.0), std::domain_error);
    CHECK_THROWS_AS(areal_rate({{infinity, 0, 0}, {0, 0, 0}}), std::domain_error);
    std::vector<double> residual(2);
    const std::vector<double> velocity(5);
    CHECK_THROWS_AS(hodograph_residuals({}, velocity, residual), std::invalid_argument);
  }
}
