// Tests of learning-rate schedules: their ends, their definitions, continuity at the end of the warm-up.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/schedules.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

using namespace orrery::optimizer;

TEST_SUITE("plugins/optimizer/core/schedules") {
  TEST_CASE("the warm-up rises linearly and ends at the peak") {
    for (const Schedule method : {Schedule::constant, Schedule::linear, Schedule::cosine, Schedule::step,
                                  Schedule::exponential, Schedule::inverse_sqrt}) {
      const ScheduleSettings s{.method = method, .peak = 0.5, .warmup = 10, .length = 100};
      CHECK(scheduled_rate(0, s) == 0.05);
      CHECK(scheduled_rate(4, s) == 0.25);
      CHECK(scheduled_rate(9, s) == 0.5);
      CHECK(scheduled_rate(10, s) == 0.5);
    }
  }

  TEST_CASE("schedules are their formulas") {
    for (double s = 0; s <= 150; s += 1) {
      const double u = std::min(1.0, s / 100);
      const auto rate = [&](Schedule method, double factor) {
        return scheduled_rate(
            s + 16, {.method = method, .peak = 0.5, .last = 0.1, .warmup = 16, .length = 100, .factor = factor});
      };
      CHECK(rate(Schedule::constant, 1) == 0.5);
      CHECK(rate(Schedule::linear, 1) == doctest::Approx(0.5 + u * (0.1 - 0.5)).epsilon(1e-15));
      CHECK(rate(Schedule::cosine, 1) ==
            doctest::Approx(0.1 + 0.2 * (1 + std::cos(u * std::acos(-1.0)))).epsilon(1e-15));
      CHECK(rate(Schedule::step, 0.5) == (s < 100 ? 0.5 : 0.25));
      CHECK(rate(Schedule::exponential, 0.5) == std::ldexp(0.5, -static_cast<int>(s)));
      CHECK(rate(Schedule::inverse_sqrt, 1) == doctest::Approx(0.5 * 4 / std::sqrt(16 + s)).epsilon(1e-15));
    }
  }

  TEST_CASE("the ends are exact and stay") {
    for (const Schedule method : {Schedule::linear, Schedule::cosine})
      for (const double step : {7.0, 8.0, 1e15})
        CHECK(scheduled_rate(step, {.method = method, .peak = 0.3, .last = 0.07, .length = 7}) == 0.07);
  }
}
