// Propagation by universal variables: published states, a 113-bit reference over all conics, invariants, and the edges.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/propagate.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr double earth = 398600.4418;

/// A state on a conic with mu = 1, periapsis distance q and true anomaly f, in a random plane.
State on_conic(Draw& draw, double q, double e, double f) {
  const Vec3 along = draw.direction();
  Vec3 across = cross(draw.direction(), along);
  across = (1 / norm(across)) * across;
  const double p = q * (1 + e);
  const double r = p / (1 + e * std::cos(f));
  const double speed = std::sqrt(1 / p);
  return {r * std::cos(f) * along + r * std::sin(f) * across,
          speed * (e + std::cos(f)) * across - speed * std::sin(f) * along};
}

double period_of(double q, double e) { return 2 * pi * std::pow(q / (1 - e), 1.5); }

/// The larger relative error of position and velocity.
double miss(const State& start, double dt) {
  const State end = propagate(start, 1.0, dt);
  const quad::Motion truth = quad::propagate(quad::widen(start.position), quad::widen(start.velocity), 1, dt);
  return std::max(quad::relative_error(end.position, truth.position),
                  quad::relative_error(end.velocity, truth.velocity));
}

template <class Generate>
double worst_miss(int draws, Generate generate) {
  double worst = 0.0;
  for (int i = 0; i < draws; ++i) worst = std::max(worst, generate());
  return worst;
}

// One rounding of each component, with room for the last bits of the sums.
constexpr double goal = 2e-16;
constexpr double closed_goal = 1.2e-15;  // of closed orbits with 1 - e above 2^-12

void check_close(const Vec3& value, const Vec3& truth, double relative) {
  CHECK(norm(value - truth) <= relative * norm(truth));
}

}  // namespace

TEST_SUITE("plugins/orbital/core/propagate") {
  TEST_CASE("a parabola from periapsis is where it is known to be") {
    const State end = propagate({{1, 0, 0}, {0, std::sqrt(2.0), 0}}, 1.0, 10.0);
    check_close(end.position, {-4.8047208021558837, 4.8185976392124228, 0}, 2e-15);
    check_close(end.velocity, {-0.5007204800257342, 0.20782830089443808, 0}, 2e-15);
  }

  TEST_CASE("Vallado's example 2-4 comes out to a few roundings") {
    const State end = propagate({{1131.340, -2282.343, 6672.423}, {-5.64305, 4.30333, 2.42879}}, earth, 2400.0);
    check_close(end.position, {-4219.7527377956922, 4363.0291771808316, -3958.7666166029792}, closed_goal);
    check_close(end.velocity, {3.6898660250525128, -1.9167347770873049, -6.1125111000007162}, closed_goal);
  }

  TEST_CASE("Curtis prints this hyperbola and this parabola") {
    const State far = propagate({{6678, 0, 0}, {0, 15, 0}}, 398600.0, 14941.0);
    CHECK(std::fabs(norm(far.position) - 163180) <= 30);
    CHECK(std::fabs(norm(far.velocity) - 10.51) <= 0.01);
    const double q = 6600;
    const State parabola{{q, 0, 0}, {0, std::sqrt(2 * 398600.0 / q), 0}};
    const State quarter = propagate(parabola, 398600.0, 0.8897 / 2 * 3600);
    CHECK(std::fabs(std::atan2(quarter.position[1], quarter.position[0]) - pi / 2) <= 1e-3);
    CHECK(std::fabs(norm(propagate(parabola, 398600.0, 36 * 3600.0).position) - 304700) <= 100);
  }

  TEST_CASE("an ellipse keeps its digits through a hundred periods") {
    Draw draw(51);
    CHECK(worst_miss(300, [&] {
            const double e = draw.uniform(0, 0.9);
            const double span = 100 * period_of(1 - e, e);
            return miss(on_conic(draw, 1 - e, e, draw.uniform(-pi, pi)), draw.uniform(-span, span));
          }) <= closed_goal);
    CHECK(worst_miss(300, [&] {
            const double e = 1 - draw.decade(-3, -1);
            const double span = 100 * period_of(1 - e, e);
            return miss(on_conic(draw, 1 - e, e, draw.uniform(-pi, pi)), draw.uniform(-span, span));
          }) <= closed_goal);
  }

  TEST_CASE("a slender ellipse keeps its digits") {
    Draw draw(52);
    CHECK(worst_miss(300, [&] {
            const double e = 1 - draw.decade(-12, -3);
            return miss(on_conic(draw, 1, e, draw.uniform(-3.1, 3.1)), draw.decade(-3, 5));
          }) <= closed_goal);
  }

  TEST_CASE("a fall from apoapsis to periapsis of a slender ellipse keeps its digits") {
    Draw draw(53);
    CHECK(worst_miss(200, [&] {
            const double e = 1 - draw.decade(-8, -3);
            return miss(on_conic(draw, 1, e, pi), 0.5 * period_of(1, e) * (1 + draw.uniform(-1e-9, 1e-9)));
          }) <= closed_goal);
  }

  TEST_CASE("a hyperbola is right to the last bit at any distance") {
    Draw draw(54);
    CHECK(worst_miss(300, [&] {
            const double e = 1 + draw.decade(-12, 1);
            return miss(on_conic(draw, 1, e, draw.uniform(-1.5, 1.5)), -draw.decade(-3, 10));
          }) <= goal);
    CHECK(worst_miss(100, [&] {
            const double e = 1 + draw.decade(-3, 4);
            return miss(on_conic(draw, 1, e, draw.uniform(-1.5, 1.5)), draw.decade(5, 80));
          }) <= goal);
  }

  TEST_CASE("an incoming hyperbola rounds the centre and leaves with its digits") {
    Draw draw(55);
    CHECK(worst_miss(200, [&] {
            State start = on_conic(draw, 1, draw.uniform(1.1, 3), 0.1);
            start = propagate(start, 1.0, -draw.decade(3, 5.5));
            return miss(start, 2 * norm(start.position) / norm(start.velocity) * draw.uniform(0.4, 0.6));
          }) <= goal);
  }

  TEST_CASE("a straight line through the centre turns back as slender conics do") {
    Draw draw(56);
    CHECK(worst_miss(150, [&] {
            const Vec3 u = draw.direction();
            return miss({u, draw.uniform(-1.3, 1.3) * u}, draw.decade(-3, 2));
          }) <= goal);
    CHECK(worst_miss(150, [&] {
            const Vec3 u = draw.direction();
            return miss({u, -draw.uniform(1.5, 3) * u}, draw.decade(-3, 6));
          }) <= goal);
  }

  TEST_CASE("a fall from rest takes the time known from the cycloid") {
    // r = (1 + cos E)/2 after t = (E + sin E)/sqrt(8) for mu = 1 from r = 1
    const double angle = 2.0;
    const double time = (angle + std::sin(angle)) / std::sqrt(8.0);
    const State end = propagate({{1, 0, 0}, {0, 0, 0}}, 1.0, time);
    CHECK(std::fabs(end.position[0] - (1 + std::cos(angle)) / 2) <= ulps(4, 1));
    CHECK(end.position[1] == 0.0);
    CHECK(end.velocity[0] < 0.0);
  }

  TEST_CASE("a straight parabola obeys its power law") {
    // r = (9 t^2/2)^(1/3) for mu = 1
    const double t0 = std::sqrt(2.0) / 3;
    const State end = propagate({{1, 0, 0}, {std::sqrt(2.0), 0, 0}}, 1.0, 7 * t0);
    CHECK(std::fabs(end.position[0] - 4.0) <= 2e-15);
  }

  TEST_CASE("the conics join at the parabola from both sides") {
    const double speed = std::sqrt(2.0);
    const State middle = propagate({{1, 0, 0}, {0, speed, 0}}, 1.0, 10.0);
    for (const double change : {1e-10, -1e-10, 1e-13, -1e-13, 1e-15, -1e-15}) {
      const State beside = propagate({{1, 0, 0}, {0, speed * (1 + change), 0}}, 1.0, 10.0);
      CHECK(norm(beside.position - middle.position) <= 40 * std::fabs(change) + 1e-14);
    }
  }

  TEST_CASE("energy and momentum and the eccentricity vector stay constant") {
    Draw draw(57);
    for (int i = 0; i < 300; ++i) {
      const double e = draw.uniform(0, 2);
      const State start = on_conic(draw, 1, e, draw.uniform(-1.5, 1.5));
      const State end = propagate(start, 1.0, draw.uniform(-50, 50));
      const Vec3 h0 = cross(start.position, start.velocity);
      const Vec3 h1 = cross(end.position, end.velocity);
      CHECK(norm(h1 - h0) <= 2e-15 * norm(end.position) * norm(end.velocity));
      const auto laplace = [](const State& s) {
        return cross(s.velocity, cross(s.position, s.velocity)) - (1 / norm(s.position)) * s.position;
      };
      CHECK(norm(laplace(end) - laplace(start)) <= 1e-14);
      const auto energy = [](const State& s) { return dot(s.velocity, s.velocity) / 2 - 1 / norm(s.position); };
      CHECK(std::fabs(energy(end) - energy(start)) <= 1e-15 * (1 + norm(end.velocity)) * 2);
    }
  }

  TEST_CASE("equal areas lie between equal times") {
    Draw draw(58);
    const State start = on_conic(draw, 1, 0.6, 0.3);
    const double h = norm(cross(start.position, start.velocity));
    // the area between two radii of a conic, by Kepler's equation turned round: h dt/2 = half the cross product of
    // neighbouring radii up to third order
    const double dt = 1e-4;
    for (int i = 0; i < 50; ++i) {
      const double t = draw.uniform(0, 20);
      const Vec3 swept = cross(propagate(start, 1.0, t).position, propagate(start, 1.0, t + dt).position);
      CHECK(std::fabs(norm(swept) / dt - h) <= 1e-7 * h);
    }
  }

  TEST_CASE("there and back again is the start") {
    Draw draw(59);
    for (int i = 0; i < 300; ++i) {
      const State start = on_conic(draw, 1, draw.uniform(0, 2), draw.uniform(-1, 1));
      const double dt = draw.uniform(-5, 5);
      const State back = propagate(propagate(start, 1.0, dt), 1.0, -dt);
      CHECK(norm(back.position - start.position) <= 1e-13 * norm(start.position));
    }
  }

  TEST_CASE("the units of length and time do not matter") {
    const State start{{1131.340, -2282.343, 6672.423}, {-5.64305, 4.30333, 2.42879}};
    const State kilometres = propagate(start, earth, 2400.0);
    const double scale = 0x1p200;
    const State huge =
        propagate({scale * start.position, scale * start.velocity}, scale * scale * scale * earth, 2400.0);
    CHECK(huge.position == scale * kilometres.position);
    CHECK(huge.velocity == scale * kilometres.velocity);
  }

  TEST_CASE("no time at all changes nothing") {
    const State start{{1131.340, -2282.343, 6672.423}, {-5.64305, 4.30333, 2.42879}};
    CHECK(propagate(start, earth, 0.0).position == start.position);
    CHECK(propagate(start, earth, 1e-300).velocity == start.velocity);
  }

  TEST_CASE("an endless time on an open orbit is followed to the asymptote") {
    const State start{{1, 0, 0}, {0, 2, 0}};
    const State end = propagate(start, 1.0, 1e300);
    const double at_infinity = std::sqrt(2.0);
    CHECK(std::fabs(norm(end.position) / 1e300 - at_infinity) <= ulps(2, at_infinity));
    CHECK(std::fabs(norm(end.velocity) - at_infinity) <= ulps(2, at_infinity));
    const State parabola = propagate({{1, 0, 0}, {1, 1, 0}}, 1.0, 1e200);
    CHECK(std::fabs(norm(parabola.position) / std::cbrt(4.5) / std::cbrt(1e200) / std::cbrt(1e200) - 1) <= 1e-14);
  }

  TEST_CASE("an endless time on a closed orbit is refused because its phase is lost") {
    const std::string message = message_of([] { propagate({{1, 0, 0}, {0, 1, 0}}, 1.0, 1e300); });
    CHECK(message == "time must lie within 4503599627370496 periods, or its phase is lost; it is 1e+300");
    const State late = propagate({{1, 0, 0}, {0, 1, 0}}, 1.0, 1e15);
    CHECK(std::fabs(norm(late.position) - 1) <= ulps(2, 1));
    CHECK(std::fabs(late.position[0] - static_cast<double>(quad::functions(1e15, -1).even)) <= ulps(2, 1));
  }

  TEST_CASE("bad arguments are named") {
    const State good{{1, 0, 0}, {0, 1, 0}};
    CHECK(message_of([&] { propagate(good, 0.0, 1.0); }) ==
          "gravitational parameter must be positive and finite; it is 0");
    CHECK(message_of([&] { propagate(good, -1.0, 1.0); }) ==
          "gravitational parameter must be positive and finite; it is -1");
    CHECK(message_of([] {
            propagate({{0, 0, 0}, {0, 1, 0}}, 1.0, 1.0);
          }) == "distance from the centre must be positive; it is 0");
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(message_of([&] { propagate({{1, nan, 0}, {0, 1, 0}}, 1.0, 1.0); }) == "position must be finite; it is nan");
    CHECK(message_of([&] { propagate(good, 1.0, nan); }) == "time must be finite; it is nan");
    CHECK_THROWS_AS(propagate({{1, 0, 0}, {0, 1e200, 0}}, 1.0, 1.0), std::domain_error);
  }

  TEST_CASE("the iteration is over after one or two evaluations") {
    Draw draw(60);
    int most = 0;
    for (int i = 0; i < 20000; ++i) {
      const State start = on_conic(draw, 1, draw.uniform(0, 3), draw.uniform(-1.8, 1.8));
      const PropagationResult result = Orbit(start, 1.0).try_at(draw.uniform(-1, 1) * draw.decade(-6, 6));
      REQUIRE(result.status == PropagationStatus::done);
      most = std::max(most, result.iterations);
    }
    CHECK(most <= 4);
  }
}
