// Equinoctial and Delaunay elements: their definitions, round trips over every conic, singular planes, and the edges.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/equinoctial.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "plugins/orbital/core/anomaly.hpp"
#include "plugins/orbital/core/elements.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;

double difference(const State& a, const State& b) {
  return std::max(norm(a.position - b.position) / norm(b.position), norm(a.velocity - b.velocity) / norm(b.velocity));
}

Elements draw_elements(Draw& draw, double inclination, double limit) {
  return elements_from_periapsis(draw.decade(-2, 2), Eccentricity::from_e(draw.uniform(0, limit)),
                                 {inclination, draw.uniform(0, 6.28), draw.uniform(0, 6.28), draw.uniform(-1.8, 1.8)});
}

/// The difference of two angles, turned into [-pi, pi].
double apart(double a, double b) { return std::remainder(a - b, 2 * pi); }

}  // namespace

TEST_SUITE("plugins/orbital/core/equinoctial") {
  TEST_CASE("the elements are the combinations that define them") {
    Draw draw(81);
    for (int i = 0; i < 1000; ++i) {
      const Elements el = draw_elements(draw, draw.uniform(0.01, 3.13), 1.5);
      const State state = elements_to_state(el, 1);
      for (const EquinoctialKind kind : {EquinoctialKind::direct, EquinoctialKind::retrograde}) {
        const EquinoctialElements found = state_to_equinoctial(state, 1, kind);
        const double factor = kind == EquinoctialKind::direct ? 1 : -1;
        const double angle = el.argument_of_periapsis + factor * el.ascending_node;
        const double tangent = std::pow(std::tan(0.5 * el.inclination), factor);
        const double e = el.eccentricity.e, tolerance = 1e-14 * (1 + e);
        CHECK(found.retrograde_factor == factor);
        CHECK(std::fabs(found.semi_latus_rectum / semi_latus_rectum(el) - 1) <= 1e-14);
        CHECK(std::fabs(found.f - e * std::cos(angle)) <= tolerance);
        CHECK(std::fabs(found.g - e * std::sin(angle)) <= tolerance);
        CHECK(std::fabs(found.h - tangent * std::cos(el.ascending_node)) <= 1e-14 * (1 + tangent * tangent));
        CHECK(std::fabs(found.k - tangent * std::sin(el.ascending_node)) <= 1e-14 * (1 + tangent * tangent));
        CHECK(std::fabs(apart(found.true_longitude, angle + el.true_anomaly)) <= 1e-14);
      }
    }
  }

  TEST_CASE("states come back from every conic and every plane") {
    Draw draw(82);
    double worst = 0.0;
    for (int i = 0; i < 3000; ++i) {
      const double tilt = i % 4 == 0 ? 0.0 : i % 4 == 1 ? pi : i % 4 == 2 ? draw.decade(-12, 0) : draw.uniform(0, pi);
      Elements el = draw_elements(draw, tilt, 1.5);
      if (i % 5 == 0) el.eccentricity = Eccentricity::from_e(0);
      if (i % 5 == 1) el.eccentricity = Eccentricity::from_e(1);
      const State state = elements_to_state(el, 1);
      worst = std::max(worst, difference(equinoctial_to_state(state_to_equinoctial(state, 1), 1), state));
    }
    CHECK(worst <= 1e-14);
  }

  TEST_CASE("circles and equators need no policy") {
    const EquinoctialElements circle = state_to_equinoctial({{1, 0, 0}, {0, 1, 0}}, 1);
    CHECK(circle.f == 0.0);
    CHECK(circle.g == 0.0);
    CHECK(circle.h == 0.0);
    CHECK(circle.k == 0.0);
    CHECK(circle.true_longitude == 0.0);
    const EquinoctialElements back = state_to_equinoctial({{1, 0, 0}, {0, -1, 0}}, 1);
    CHECK(back.retrograde_factor == -1);
    CHECK(back.h == 0.0);
  }

  TEST_CASE("the singular plane of a kind is refused") {
    CHECK(message_of([] {
            state_to_equinoctial({{1, 0, 0}, {0, -1, 0}}, 1, EquinoctialKind::direct);
          }) == "inclination must be less than pi for the direct elements");
    CHECK(message_of([] {
            state_to_equinoctial({{1, 0, 0}, {0, 1, 0}}, 1, EquinoctialKind::retrograde);
          }) == "inclination must be more than 0 for the retrograde elements");
    CHECK_THROWS_AS(state_to_equinoctial({{1, 0, 0}, {1, 0, 0}}, 1), std::domain_error);
    EquinoctialElements el;
    el.retrograde_factor = 0;
    CHECK_THROWS_AS(equinoctial_to_state(el, 1), std::domain_error);
    el.retrograde_factor = 1;
    el.semi_latus_rectum = 0;
    CHECK_THROWS_AS(equinoctial_to_state(el, 1), std::domain_error);
    el = {1, 1.5, 0, 0, 0, pi, 1};
    CHECK_THROWS_AS(equinoctial_to_state(el, 1), std::domain_error);
    el.f = std::nan("");
    CHECK_THROWS_AS(equinoctial_to_state(el, 1), std::domain_error);
  }

  TEST_CASE("Delaunay's actions are those of axis, momentum and its polar part") {
    Draw draw(83);
    for (int i = 0; i < 1000; ++i) {
      const Elements el = draw_elements(draw, draw.uniform(0.01, 3.13), 0.99);
      const double mu = draw.decade(-2, 2);
      const DelaunayElements d = state_to_delaunay(elements_to_state(el, mu), mu);
      CHECK(std::fabs(d.axis_action / std::sqrt(mu * semi_major_axis(el)) - 1) <= 1e-13 / el.eccentricity.one_minus_e);
      CHECK(std::fabs(d.momentum / std::sqrt(mu * semi_latus_rectum(el)) - 1) <= 1e-14);
      CHECK(std::fabs(d.polar_momentum / d.momentum - std::cos(el.inclination)) <= 1e-14);
      CHECK(std::fabs(apart(d.ascending_node, el.ascending_node)) <= 1e-14 / std::sin(el.inclination));
    }
  }

  TEST_CASE("states come back from Delaunay's elements") {
    Draw draw(84);
    double worst = 0.0;
    for (int i = 0; i < 2000; ++i) {
      Elements el = draw_elements(draw, i % 3 == 0 ? 0.0 : draw.uniform(0, pi), 0.95);
      if (i % 5 == 0) el.eccentricity = Eccentricity::from_e(0);
      const State state = elements_to_state(el, 1);
      const double e = el.eccentricity.e;
      // e = sqrt(1 - (G/L)^2) and i = acos(H/G) turn a rounding of the actions into its root where they are small
      const double lost = (e < 1e-3 ? 3e-8 : 1e-14 / e) / (1 - e) +
                          (std::sin(el.inclination) < 1e-3 ? 3e-8 : 1e-14 / std::sin(el.inclination));
      worst = std::max(worst, difference(delaunay_to_state(state_to_delaunay(state, 1), 1), state) / lost);
    }
    CHECK(worst <= 10);
  }

  TEST_CASE("what is no ellipse has no Delaunay elements") {
    CHECK_THROWS_AS(state_to_delaunay({{1, 0, 0}, {0, 2, 0}}, 1), std::domain_error);
    CHECK_THROWS_AS(state_to_delaunay({{1, 0, 0}, {0.1, 0, 0}}, 1), std::domain_error);
    CHECK(message_of([] { delaunay_to_state({0, 0, 0, 1, 2, 0}, 1); }) == "G must lie in (0, 1]; it is 2");
    CHECK(message_of([] { delaunay_to_state({0, 0, 0, 1, 0.5, 0.7}, 1); }) == "H must lie in [-0.5, 0.5]; it is 0.7");
    CHECK_THROWS_AS(delaunay_to_state({0, 0, 0, 0, 0, 0}, 1), std::domain_error);
  }
}
