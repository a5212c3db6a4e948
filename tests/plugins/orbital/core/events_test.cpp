// Events along integrations against conics, whose events are known in closed form; and those against their definitions.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/events.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "plugins/orbital/core/elements.hpp"
#include "plugins/orbital/core/propagate.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
const IntegrationOptions by_series{.stepper = {.method = IntegrationMethod::taylor, .tolerance = 0x1p-53}};

State any_orbit(Draw& draw, double e) {
  const double limit = e > 1 ? 0.7 * std::acos(-1 / e) : 3.0;
  return elements_to_state(elements_from_periapsis(draw.uniform(0.5, 1.0), Eccentricity::from_e(e),
                                                   {draw.uniform(0.1, 3.0), draw.uniform(0, 6), draw.uniform(0, 6),
                                                    draw.uniform(-limit, limit)}),
                           1.0);
}

/// Both routes must find the same events; returns how many, and raises the worst difference in time.
std::size_t compare(const State& start, double begin, double end, const EventQuery& query, const Vec3& sun,
                    double& worst) {
  const auto exact = find_conic_events(start, 1.0, begin, end, query, sun, 1'000'000);
  const ThirdBody shining = ThirdBody::at_rest(sun, 0.0);
  const auto found = find_events(Satellite({.gravity = 1.0}), start, begin, end, query, &shining, by_series);
  REQUIRE(found.size() == exact.size());
  for (std::size_t i = 0; i < exact.size(); ++i) {
    CHECK(found[i].rising == exact[i].rising);
    worst = std::max(worst, std::fabs(found[i].time - exact[i].time));
    CHECK(norm(found[i].state.position - exact[i].state.position) <= 1e-10);
  }
  return exact.size();
}

}  // namespace

TEST_SUITE("plugins/orbital/core/events") {
  TEST_CASE("an integration misses no apsis no node and no crossing on random orbits") {
    Draw draw(901);
    std::size_t count = 0;
    double worst = 0.0;
    for (int i = 0; i < 120; ++i) {
      const State start = any_orbit(draw, draw.uniform(0.01, 0.9));
      const double begin = draw.uniform(-100, 0), end = draw.uniform(100, 300);
      const double radius = norm(start.position) * draw.uniform(0.95, 1.05);
      count += compare(start, begin, end, {.kind = EventKind::apsides}, {}, worst);
      count += compare(start, begin, end, {.kind = EventKind::nodes}, {}, worst);
      count += compare(start, begin, end, {.kind = EventKind::radius, .radius = radius}, {}, worst);
    }
    CHECK(count > 4000);
    CHECK(worst <= 2e-11);  // grows with the time, as the motion's own error does
  }

  TEST_CASE("hyperbolas have one periapsis and at most two nodes") {
    Draw draw(902);
    double worst = 0.0;
    for (int i = 0; i < 60; ++i) {
      const State start = any_orbit(draw, draw.uniform(1.05, 4.0));
      CHECK(compare(start, -50, 50, {.kind = EventKind::apsides}, {}, worst) == 1);
      CHECK(compare(start, -50, 50, {.kind = EventKind::nodes}, {}, worst) <= 2);
      CHECK(compare(start, -50, 50, {.kind = EventKind::radius, .radius = 3.0}, {}, worst) == 2);
    }
    CHECK(worst <= 2e-12);
  }

  TEST_CASE("the parabola too has its events") {
    const State start{{2, 0, 0}, {-0.6, 0.8, 0}};  // v^2 = 2/r
    double worst = 0.0;
    CHECK(compare(start, -20, 20, {.kind = EventKind::apsides}, {}, worst) == 1);
    CHECK(compare(start, -20, 20, {.kind = EventKind::radius, .radius = 5.0}, {}, worst) == 2);
    CHECK(worst <= 1e-13);
  }

  TEST_CASE("both routes see the same eclipses for all three edges") {
    Draw draw(903);
    std::size_t count = 0;
    double worst = 0.0;
    for (int i = 0; i < 40; ++i) {
      const State start = any_orbit(draw, i % 4 == 0 ? draw.uniform(1.05, 2.0) : draw.uniform(0.0, 0.8));
      const Vec3 sun = 200.0 * draw.direction();
      for (const ShadowEdge edge : {ShadowEdge::cylinder, ShadowEdge::umbra, ShadowEdge::penumbra})
        count += compare(start, -30, 60,
                         {.kind = EventKind::eclipse, .edge = edge, .body_radius = 0.4, .sun_radius = 1.5}, sun, worst);
    }
    CHECK(count > 500);
    CHECK(worst <= 2e-11);
  }

  TEST_CASE("at the edges of the shadow the distances from its axis are those of cylinder and cones") {
    Draw draw(904);
    for (int i = 0; i < 50; ++i) {
      const State start = any_orbit(draw, draw.uniform(0.0, 0.8));
      const Vec3 sun = 200.0 * draw.direction();
      for (const ShadowEdge edge : {ShadowEdge::cylinder, ShadowEdge::umbra, ShadowEdge::penumbra}) {
        const EventQuery query{.kind = EventKind::eclipse, .edge = edge, .body_radius = 0.4, .sun_radius = 1.5};
        for (const Event& event : find_conic_events(start, 1.0, 0, 30, query, sun, 1000)) {
          const Vec3& r = event.state.position;
          const Vec3 to_sun = sun - r;
          // the angles under which the body sees disc and sphere
          const double disc = std::asin(1.5 / norm(to_sun)), sphere = std::asin(0.4 / norm(r));
          const double apart = std::atan2(norm(cross(to_sun, r)), -dot(to_sun, r));
          if (edge == ShadowEdge::umbra) CHECK(std::fabs(apart - (sphere - disc)) <= 4e-14);
          if (edge == ShadowEdge::penumbra) CHECK(std::fabs(apart - (sphere + disc)) <= 4e-14);
          if (edge == ShadowEdge::cylinder) CHECK(std::fabs(norm(cross(r, sun)) / norm(sun) - 0.4) <= 1e-14);
          CHECK(dot(r, sun) < 0.0);
        }
      }
    }
  }

  TEST_CASE("an eclipse of a circular orbit in the ecliptic lasts as the arc says") {
    const State start{{1, 0, 0}, {0, 1, 0}};
    const EventQuery query{.kind = EventKind::eclipse, .body_radius = 0.5};
    const auto events = find_conic_events(start, 1.0, 0, 2 * pi, query, {1e6, 0, 0}, 10);
    REQUIRE(events.size() == 2);
    CHECK_FALSE(events[0].rising);
    CHECK(std::fabs(events[0].time - 5 * pi / 6) <= 4e-15);
    CHECK(std::fabs(events[1].time - 7 * pi / 6) <= 4e-15);
    // with the Sun at the angle beta above the plane: cos(half the arc) = sqrt(1 - R^2)/cos(beta)
    const double beta = 0.3, half = std::acos(std::sqrt(0.75) / std::cos(beta));
    const auto tilted =
        find_conic_events(start, 1.0, 0, 2 * pi, query, {1e6 * std::cos(beta), 0, 1e6 * std::sin(beta)}, 10);
    REQUIRE(tilted.size() == 2);
    CHECK(std::fabs(tilted[1].time - tilted[0].time - 2 * half) <= 1e-14);
    CHECK(find_conic_events(start, 1.0, 0, 2 * pi, query, {1e6 * std::cos(0.6), 0, 1e6 * std::sin(0.6)}, 10).empty());
  }

  TEST_CASE("a circle has no apsides and an equatorial orbit no nodes") {
    const State start{{1, 0, 0}, {0, 1, 0}};
    for (const EventKind kind : {EventKind::apsides, EventKind::nodes}) {
      CHECK(find_conic_events(start, 1.0, 0, 100, {.kind = kind}, {}, 10).empty());
      CHECK(find_events(Satellite({.gravity = 1.0}), start, 0, 100, {.kind = kind}, nullptr, by_series).empty());
    }
    CHECK(find_conic_events(start, 1.0, 0, 100, {.kind = EventKind::radius, .radius = 2.0}, {}, 10).empty());
  }

  TEST_CASE("an event at the very start is found once") {
    const State periapsis{{1, 0, 0}, {0, 1.2, 0}}, apoapsis{{1, 0, 0}, {0, 0.8, 0}};
    const Satellite satellite({.gravity = 1.0});
    for (const State& start : {periapsis, apoapsis}) {
      CHECK(find_events(satellite, start, 0, 0.5, {.kind = EventKind::apsides}, nullptr, by_series).size() == 1);
      CHECK(find_events(satellite, start, -0.5, 0.5, {.kind = EventKind::apsides}, nullptr, by_series).size() == 1);
    }
  }

  TEST_CASE("apsides are where the distance is least and largest under oblateness too") {
    const Satellite satellite({.gravity = 1.0, .equatorial_radius = 0.9, .zonal = {1e-3}});
    const State start{{1, 0, 0.1}, {0, 1.05, 0.3}};
    const auto events = find_events(satellite, start, 0, 60, {.kind = EventKind::apsides}, nullptr, by_series);
    CHECK(events.size() > 12);
    for (std::size_t i = 0; i < events.size(); ++i) {
      CHECK(events[i].rising != events[i == 0 ? 1 : i - 1].rising);
      std::vector<double> distance;
      const double t = events[i].time, step = 1e-3;
      const std::vector<double> times{t - step, t, t + step};
      distance.resize(3);
      sample(satellite, start.position, start.velocity, times, by_series,
             [&](std::size_t k, const double* x, const double*) { distance[k] = std::hypot(x[0], x[1], x[2]); });
      if (t < step) continue;
      CHECK((distance[0] > distance[1]) == events[i].rising);
      CHECK((distance[2] > distance[1]) == events[i].rising);
    }
  }

  TEST_CASE("wrong questions are named") {
    const State start{{1, 0, 0}, {0, 1, 0}};
    const Satellite satellite({.gravity = 1.0});
    CHECK(message_of([&] { find_conic_events(start, 1.0, 1, 0, {}, {}, 10); }) ==
          "begin must not be later than end; they are 1 and 0");
    CHECK(message_of([&] { find_conic_events(start, 1.0, 0, 1, {.kind = EventKind::radius}, {}, 10); }) ==
          "radius must be positive and finite; it is 0");
    CHECK(message_of([&] {
            find_conic_events({{1, 0, 0}, {0.5, 0, 0}}, 1.0, 0, 1, {}, {}, 10);
          }) == "events in closed form need an orbit that is not rectilinear");
    CHECK(message_of([&] {
            find_conic_events({{1, 0, 0}, {0, 1.2, 0}}, 1.0, 0, 1e9, {}, {}, 10);
          }) == "there would be more than 10 events; allow more, or shorten the span");
    CHECK(message_of([&] {
            find_conic_events({{1, 0, 0}, {0, 1.2, 0}}, 1.0, 0, 1e300, {}, {}, 10);
          }) == "there would be more than 10 events; allow more, or shorten the span");
    CHECK(message_of([&] {
            find_events(satellite, start, 0, 1, {.kind = EventKind::eclipse, .body_radius = 1}, nullptr, by_series);
          }) == "eclipses need a Sun");
  }
}
