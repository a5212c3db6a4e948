// Conics and drift: along true orbits only round-off shows, and a push shows as what it is.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/conic.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>

#include "plugins/orbital/core/elements.hpp"
#include "plugins/orbital/core/propagate.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

TEST_SUITE("plugins/orbital/core/conic") {
  TEST_CASE("propagated orbits stay on their conic and keep their invariants") {
    Draw draw(71);
    double worst = 0.0, worst_plane = 0.0, worst_drift = 0.0;
    for (int i = 0; i < 400; ++i) {
      const Eccentricity e = Eccentricity::from_e(draw.uniform(0, 1.5));
      const State start = elements_to_state(
          elements_from_periapsis(1, e, {draw.uniform(0, 3.1), draw.uniform(0, 6), draw.uniform(0, 6), 0.3}), 1);
      const Orbit orbit(start, 1);
      const Conic conic = conic_of(start, 1);
      for (const double time : {-3.0, 0.5, 2.0, 9.0}) {
        const State later = orbit.at(time);
        worst = std::max(worst, conic_residual(conic, later.position) / (1 + e.e * norm(later.position)));
        worst_plane = std::max(worst_plane, plane_residual(conic, later.position));
        const Drift drift = drift_between(start, later, 1);
        worst_drift = std::max({worst_drift, drift.momentum, std::fabs(drift.energy), drift.eccentricity});
      }
    }
    CHECK(worst <= 1e-15);
    CHECK(worst_plane <= 1e-15);
    CHECK(worst_drift <= 4e-15);
  }

  TEST_CASE("a faster body is off by what its speed adds") {
    const State before{{1, 0, 0}, {0, 1, 0}}, after{{1, 0, 0}, {0, 1 + 1e-6, 0}};
    const Drift drift = drift_between(before, after, 1);
    CHECK(std::fabs(drift.momentum / 1e-6 - 1) <= 1e-9);
    CHECK(std::fabs(drift.energy / (1e-6 / 1.5) - 1) <= 1e-6);
    CHECK(std::fabs(drift.eccentricity / 2e-6 - 1) <= 1e-6);
  }

  TEST_CASE("a place off the conic is off by as much") {
    const Conic circle = conic_of({{2, 0, 0}, {0, std::sqrt(0.5), 0}}, 1);
    CHECK(std::fabs(conic_residual(circle, {0, 2.002, 0}) - 0.001) <= 1e-15 * 4);
    CHECK(std::fabs(plane_residual(circle, {0, 3, 4}) - 0.8) <= 1e-15);
    CHECK(plane_residual(circle, {0, 0, 0}) == 0.0);
  }

  TEST_CASE("a straight line has drift but no conic") {
    const State line{{1, 0, 0}, {0.5, 0, 0}};
    CHECK_THROWS_AS(conic_residual(conic_of(line, 1), {2, 0, 0}), std::domain_error);
    CHECK(drift_between(line, Orbit(line, 1).at(0.4), 1).momentum <= 1e-16);
    CHECK_THROWS_AS(conic_of({{0, 0, 0}, {1, 0, 0}}, 1), std::domain_error);
  }
}
