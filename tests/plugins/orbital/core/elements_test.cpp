// Elements and states: published values, round trips over every conic, singular cases, and the edges.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/elements.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "plugins/orbital/core/propagate.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr double degree = pi / 180;
constexpr double infinity = std::numeric_limits<double>::infinity();

double difference(const State& a, const State& b) {
  return std::max(norm(a.position - b.position) / norm(b.position), norm(a.velocity - b.velocity) / norm(b.velocity));
}

double round_trip(const State& state, double mu, const SingularCases& cases = {}) {
  return difference(elements_to_state(state_to_elements(state, mu, cases).elements, mu), state);
}

/// The state of elements in 113-bit arithmetic, angles taken as exact numbers.
quad::Motion truth_of(const Elements& el) {
  const auto circle = [](double x) { return quad::functions(x, -1); };
  const quad::Pair node = circle(el.ascending_node), tilt = circle(el.inclination),
                   turn = circle(el.argument_of_periapsis), place = circle(el.true_anomaly);
  const Quad e = 1 - Quad(el.eccentricity.one_minus_e);
  const Quad p = el.periapsis_distance * (1 + e);
  const Quad r = p / (1 + e * place.even);
  const Quad speed = 1 / quad::sqrt(p);
  quad::Motion m;
  const quad::Triple along{node.even * turn.even - node.odd * turn.odd * tilt.even,
                           node.odd * turn.even + node.even * turn.odd * tilt.even, turn.odd * tilt.odd};
  const quad::Triple across{-node.even * turn.odd - node.odd * turn.even * tilt.even,
                            -node.odd * turn.odd + node.even * turn.even * tilt.even, turn.even * tilt.odd};
  for (std::size_t k = 0; k < 3; ++k) {
    m.position[k] = r * (place.even * along[k] + place.odd * across[k]);
    m.velocity[k] = speed * ((e + place.even) * across[k] - place.odd * along[k]);
  }
  return m;
}

}  // namespace

TEST_SUITE("plugins/orbital/core/elements") {
  TEST_CASE("Basilisk prints the state of this hyperbola") {
    const Elements el = elements_from_semi_major_axis(-7500, Eccentricity::from_e(1.4),
                                                      {40 * degree, 133 * degree, 113 * degree, 23 * degree});
    const State s = elements_to_state(el, 398600.436);
    const State expected{{319.013136281857, -2796.71958333493, 1404.6919948109},
                         {15.3433051336115, -5.87012423567412, -6.05659420479213}};
    CHECK(difference(s, expected) <= 1e-13);
    const ElementsResult back = state_to_elements(expected, 398600.436);
    CHECK(std::fabs(back.semi_major_axis + 7500) <= 1e-8);
    CHECK(std::fabs(back.elements.eccentricity.e - 1.4) <= 1e-12);
    CHECK(std::fabs(back.elements.true_anomaly - 23 * degree) <= 1e-12);
    CHECK(back.period == infinity);
  }

  TEST_CASE("the state agrees with 113-bit arithmetic for every conic") {
    Draw draw(71);
    double worst = 0.0;
    for (int i = 0; i < 1500; ++i) {
      const double off = draw.uniform(0, 1) < 0.5 ? draw.decade(-10, 0) : -draw.decade(-10, 0);
      const Eccentricity e = Eccentricity::from_one_minus_e(i % 10 == 0 ? 0.0 : off);
      const double limit = e.is_hyperbolic() ? 0.95 * std::acos(-1 / e.e) : 3.0;
      const Elements el = elements_from_periapsis(
          draw.decade(-3, 3), e,
          {draw.uniform(0, pi), draw.uniform(0, 6.28), draw.uniform(0, 6.28), draw.uniform(-limit, limit)});
      const State s = elements_to_state(el, 1.0);
      const quad::Motion truth = truth_of(el);
      worst = std::max(
          {worst, quad::relative_error(s.position, truth.position), quad::relative_error(s.velocity, truth.velocity)});
    }
    CHECK(worst <= 1e-15);
  }

  TEST_CASE("a state returns from its elements") {
    Draw draw(72);
    double worst = 0.0;
    for (int i = 0; i < 3000; ++i) {
      const double e = draw.uniform(0.01, 3);
      const double limit = e > 1 ? 0.9 * std::acos(-1 / e) : 3.0;
      const Elements el = elements_from_periapsis(
          draw.decade(-3, 3), Eccentricity::from_e(e),
          {draw.uniform(0.01, 3.1), draw.uniform(0, 6.28), draw.uniform(0, 6.28), draw.uniform(-limit, limit)});
      worst = std::max(worst, round_trip(elements_to_state(el, 2.5), 2.5));
    }
    CHECK(worst <= 3e-15);
  }

  TEST_CASE("size and shape are exact to round-off up to the parabola and beyond") {
    Draw draw(73);
    double worst = 0.0;
    double worst_q = 0.0;
    for (int i = 0; i < 1000; ++i) {
      const double speed = std::sqrt(2.0) * (1 + draw.uniform(-1, 1) * draw.decade(-15, -1));
      const ElementsResult result = state_to_elements({{1, 0, 0}, {0, speed, 0}}, 1.0);
      // at an apsis with r = mu = 1: 1 - e = 2 - v^2
      const Quad one_minus_e = 2 - Quad(speed) * speed;
      worst = std::max(worst, quad::ulps_off(result.elements.eccentricity.one_minus_e, one_minus_e));
      worst_q = std::max(worst_q, quad::ulps_off(result.elements.periapsis_distance, 1));
      if (one_minus_e != 0) worst = std::max(worst, quad::ulps_off(result.semi_major_axis, 1 / one_minus_e));
    }
    CHECK(worst <= 4.0);
    CHECK(worst_q <= 4.0);
  }

  TEST_CASE("an exact parabola is one") {
    const ElementsResult result = state_to_elements({{1, 0, 0}, {1, 1, 0}}, 1.0);
    CHECK(result.elements.eccentricity.is_parabolic());
    CHECK(result.elements.eccentricity.e == 1.0);
    CHECK(result.semi_major_axis == infinity);
    CHECK(result.semi_latus_rectum == 1.0);
    CHECK(result.elements.periapsis_distance == 0.5);
    CHECK(std::fabs(result.elements.true_anomaly - pi / 2) <= ulps(1, 1.5));
    CHECK(std::fabs(result.time_since_periapsis - 2.0 / 3) <= ulps(2, 0.67));
    CHECK(round_trip({{1, 0, 0}, {1, 1, 0}}, 1.0) <= 1e-15);
  }

  TEST_CASE("the three builders give the same orbit") {
    const Angles angles{0.3, 0.4, 0.5, 0.6};
    for (const double e : {0.2, 0.99, 1.5}) {
      const Eccentricity ecc = Eccentricity::from_e(e);
      const Elements by_q = elements_from_periapsis(2.0, ecc, angles);
      CHECK(std::fabs(elements_from_semi_major_axis(2.0 / (1 - e), ecc, angles).periapsis_distance - 2.0) <=
            ulps(2, 2));
      CHECK(std::fabs(elements_from_semi_latus_rectum(2.0 * (1 + e), ecc, angles).periapsis_distance - 2.0) <=
            ulps(2, 2));
      CHECK(std::fabs(semi_major_axis(by_q) - 2.0 / (1 - e)) <= ulps(2, 2.0 / (1 - e)));
      CHECK(semi_latus_rectum(by_q) == 2.0 * (1 + e));
    }
    CHECK(semi_major_axis(elements_from_periapsis(2.0, Eccentricity::from_e(1), angles)) == infinity);
  }

  TEST_CASE("a circular inclined orbit carries its argument of latitude") {
    const double c = std::cos(0.5), s = std::sin(0.5);
    const State state{{0, c, s}, {-1, 0, 0}};
    const ElementsResult result = state_to_elements(state, 1.0);
    CHECK(result.circular);
    CHECK_FALSE(result.equatorial);
    CHECK(result.elements.argument_of_periapsis == 0.0);
    CHECK(std::fabs(result.elements.inclination - 0.5) <= ulps(2, 0.5));
    CHECK(std::fabs(result.elements.true_anomaly - pi / 2) <= ulps(2, 1.5));
    CHECK(round_trip(state, 1.0) <= 1e-15);
  }

  TEST_CASE("an equatorial ellipse carries its longitude of periapsis") {
    const State prograde{{0, 1, 0}, {-1.2, 0, 0}};
    const ElementsResult result = state_to_elements(prograde, 1.0);
    CHECK(result.equatorial);
    CHECK_FALSE(result.circular);
    CHECK(result.elements.ascending_node == 0.0);
    CHECK(std::fabs(result.elements.argument_of_periapsis - pi / 2) <= ulps(2, 1.5));
    CHECK(round_trip(prograde, 1.0) <= 1e-15);
    const State retrograde{{0, 1, 0}, {1.2, 0.1, 0}};
    CHECK(state_to_elements(retrograde, 1.0).elements.inclination == pi);
    CHECK(round_trip(retrograde, 1.0) <= 2e-15);
  }

  TEST_CASE("a circular equatorial orbit carries its true longitude") {
    const State state{{0, 1, 0}, {-1, 0, 0}};
    const ElementsResult result = state_to_elements(state, 1.0);
    CHECK(result.circular);
    CHECK(result.equatorial);
    CHECK(result.elements.true_anomaly == pi / 2);
    CHECK(round_trip(state, 1.0) <= 1e-15);
    const State retrograde{{0, 1, 0}, {1, 0, 0}};
    CHECK(round_trip(retrograde, 1.0) <= 1e-15);
  }

  TEST_CASE("nearly singular orbits return under both policies") {
    Draw draw(74);
    for (int i = 0; i < 1000; ++i) {
      const double e = draw.decade(-17, -3);
      const double tilt = draw.uniform(0, 1) < 0.5 ? draw.decade(-17, -3) : pi - draw.decade(-15, -3);
      const Elements el = elements_from_periapsis(
          1.0, Eccentricity::from_e(e), {tilt, draw.uniform(0, 6.28), draw.uniform(0, 6.28), draw.uniform(-3, 3)});
      const State state = elements_to_state(el, 1.0);
      CHECK(round_trip(state, 1.0) <= 4e-14);
      CHECK(round_trip(state, 1.0, {SingularPolicy::as_computed, 1e-14, 1e-14}) <= 4e-15);
    }
  }

  TEST_CASE("a straight line is reported and its elements are refused") {
    const State state{{0, 0, -2}, {0, 0, 0.5}};
    const ElementsResult result = state_to_elements(state, 1.0);
    CHECK(result.rectilinear);
    CHECK(result.elements.eccentricity.is_parabolic());
    CHECK(result.elements.periapsis_distance == 0.0);
    CHECK(result.elements.argument_of_periapsis == pi / 2);
    CHECK(result.elements.true_anomaly == -pi);
    CHECK(std::fabs(result.semi_major_axis - 1 / 0.75) <= ulps(1, 1.33));
    CHECK(message_of([&] { elements_to_state(result.elements, 1.0); }) ==
          "periapsis distance must be positive and finite; it is 0");
  }

  TEST_CASE("the time since a collision is that of the fall") {
    const State state = propagate({{1, 0, 0}, {0, 0, 0}}, 1.0, 0.4);
    const ElementsResult result = state_to_elements(state, 1.0);
    // the fall from rest at r = 1 takes pi/sqrt(8)
    CHECK(std::fabs(result.time_since_periapsis - (0.4 - pi / std::sqrt(8.0))) <= ulps(16, 1));
  }

  TEST_CASE("the time since periapsis is the time propagated from there") {
    Draw draw(75);
    for (int i = 0; i < 1000; ++i) {
      const double e = draw.uniform(0, 2.5);
      const Elements el = elements_from_periapsis(1.0, Eccentricity::from_e(e), {0.4, 0.5, 0.6, 0.0});
      const double span = e < 1 ? pi * std::pow(1 - e, -1.5) : 100.0;
      const double time = draw.uniform(-0.99, 0.99) * std::min(span, 1e4);
      const ElementsResult result = state_to_elements(propagate(elements_to_state(el, 1.0), 1.0, time), 1.0);
      CHECK(std::fabs(result.time_since_periapsis - time) <=
            2e-13 * (1 + std::fabs(time)) / std::fmin(1.0, std::fmax(0.05, std::fabs(1 - e))));
    }
  }

  TEST_CASE("arguments out of range are named with the range and the value") {
    const Angles angles{};
    CHECK(message_of([&] { elements_from_periapsis(0, Eccentricity::from_e(0.1), angles); }) ==
          "periapsis distance must be positive and finite; it is 0");
    CHECK(message_of([&] { elements_from_periapsis(1, Eccentricity::from_e(-0.25), angles); }) ==
          "eccentricity must lie in [0, inf); it is -0.25");
    CHECK(message_of([&] { elements_from_semi_major_axis(-5, Eccentricity::from_e(0.1), angles); }) ==
          "semi-major axis of an ellipse must be positive and finite; it is -5");
    CHECK(message_of([&] { elements_from_semi_major_axis(5, Eccentricity::from_e(1.1), angles); }) ==
          "semi-major axis of a hyperbola must be negative; it is 5");
    CHECK(message_of([&] { elements_from_semi_major_axis(5, Eccentricity::from_e(1), angles); }) ==
          "eccentricity must not be one where a semi-major axis is given (give the periapsis distance); it is 1");
    CHECK(message_of([&] {
            elements_from_periapsis(1, Eccentricity::from_e(0.1), {-0.1, 0, 0, 0});
          }) == "inclination must lie in [0, pi]; it is -0.1");
    const Elements beyond = elements_from_periapsis(1, Eccentricity::from_e(2), {0, 0, 0, 2.5});
    CHECK(message_of([&] { elements_to_state(beyond, 1.0); }) ==
          "true anomaly of an open orbit must lie between its asymptotes; it is 2.5");
    CHECK(message_of([&] {
            state_to_elements({{0, 0, 0}, {1, 0, 0}}, 1.0);
          }) == "distance from the centre must be positive; it is 0");
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS(state_to_elements({{1, 0, 0}, {nan, 0, 0}}, 1.0), std::domain_error);
    CHECK_THROWS_AS(state_to_elements({{1e200, 0, 0}, {0, 1e200, 0}}, 1.0), std::domain_error);
  }
}
