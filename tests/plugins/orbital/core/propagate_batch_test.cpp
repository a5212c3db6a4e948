// Batches of propagations: the same bits as one by one, and one bad row does not lose the others.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "plugins/orbital/core/propagate.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

const std::vector<double> positions{1, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0};
const std::vector<double> velocities{0, 1, 0, -1, 0, 0, 1, 0, 0, 0, 0, 1};
const std::vector<double> one{1.0};

Vec3 triple(const std::vector<double>& rows, std::size_t row) {
  return {rows[3 * row], rows[3 * row + 1], rows[3 * row + 2]};
}

}  // namespace

TEST_SUITE("plugins/orbital/core/propagate_batch") {
  TEST_CASE("one state goes to many times with the same bits as one by one") {
    const State start{{1, 0, 0}, {0, 1.1, 0.2}};
    const std::vector<double> times{-3, 0, 0.5, 400};
    std::vector<double> position(12), velocity(12);
    std::vector<int> iterations(4);
    std::vector<PropagationStatus> status(4);
    CHECK(propagate(start, 1.0, times, {position, velocity, iterations, status}) == 0);
    for (std::size_t i = 0; i < 4; ++i) {
      const State single = propagate(start, 1.0, times[i]);
      CHECK(triple(position, i) == single.position);
      CHECK(triple(velocity, i) == single.velocity);
      CHECK(status[i] == PropagationStatus::done);
    }
  }

  TEST_CASE("a bad row gets a NaN and a status and the others are kept") {
    std::vector<double> position(12), velocity(12);
    std::vector<PropagationStatus> status(4);
    CHECK(propagate_each(positions, velocities, one, one, {position, velocity, {}, status}) == 1);
    CHECK(status[2] == PropagationStatus::zero_radius);
    CHECK(std::isnan(position[6]));
    CHECK(std::isnan(velocity[8]));
    for (const std::size_t i : {0U, 1U, 3U}) {
      const State single = propagate({triple(positions, i), triple(velocities, i)}, 1.0, 1.0);
      CHECK(triple(position, i) == single.position);
    }
  }

  TEST_CASE("a grid is ordered by state and then by time") {
    const std::vector<double> times{1, 2, std::numeric_limits<double>::quiet_NaN()};
    const std::vector<double> mu{1, 2, 3, -4};
    std::vector<double> position(36);
    std::vector<PropagationStatus> status(12);
    CHECK(propagate_grid(positions, velocities, mu, times, {position, {}, {}, status}) == 8);
    CHECK(triple(position, 4) == propagate({triple(positions, 1), triple(velocities, 1)}, 2.0, 2.0).position);
    CHECK(status[2] == PropagationStatus::not_finite);
    CHECK(status[9] == PropagationStatus::bad_gravity);
    CHECK(name(status[9]) == "bad_gravity");
  }

  TEST_CASE("every time may be bad without harm") {
    const std::vector<double> times{std::numeric_limits<double>::infinity(), 1e300};
    std::vector<double> position(6);
    std::vector<PropagationStatus> status(2);
    CHECK(propagate({{1, 0, 0}, {0, 1, 0}}, 1.0, times, {position, {}, {}, status}) == 2);
    CHECK(status[0] == PropagationStatus::not_finite);
    CHECK(status[1] == PropagationStatus::phase_lost);
  }

  TEST_CASE("empty batches do nothing") {
    const std::vector<double> none;
    CHECK(propagate({{1, 0, 0}, {0, 1, 0}}, 1.0, none, {}) == 0);
    CHECK(propagate_each(none, none, one, one, {}) == 0);
    CHECK(propagate_grid(none, none, one, one, {}) == 0);
  }

  TEST_CASE("lengths that do not match are named") {
    const std::vector<double> four{1, 2, 3, 4};
    const std::vector<double> two{1, 2};
    CHECK(message_of([&] { propagate_each(four, four, one, one, {}); }) ==
          "position must have a multiple of 3 values; it has 4");
    CHECK(message_of([&] { propagate_each(positions, four, one, one, {}); }) ==
          "velocity must have 12 values; it has 4");
    CHECK(message_of([&] { propagate_each(positions, velocities, two, one, {}); }) ==
          "gravitational parameter must have 1 or 4 values; it has 2");
    CHECK(message_of([&] { propagate_each(positions, velocities, one, two, {}); }) ==
          "time must have 1 or 4 values; it has 2");
    std::vector<double> short_output(3);
    CHECK(message_of([&] {
            propagate_each(positions, velocities, one, one, {short_output, {}, {}, {}});
          }) == "position must have 0 or 12 values; it has 3");
  }
}
