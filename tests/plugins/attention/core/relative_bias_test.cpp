// Slopes of ALiBi and buckets of T5 against published lists; KERPLE against its formulas in 113 bits.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/attention/core/relative_bias.hpp"

#include <doctest/doctest.h>
#include <quadmath.h>

#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>
#include <vector>

using namespace orrery::attention;

TEST_SUITE("plugins/attention/core/relative_bias") {
  TEST_CASE("slopes of any number of heads are those published") {
    for (int h = 0; h < 8; ++h) CHECK(alibi_slopes(8)[std::size_t(h)] == std::ldexp(1.0, -h - 1));
    CHECK(alibi_slopes(6) == std::vector<double>{.25, .0625, .015625, .00390625, .5, .125});
    CHECK(alibi_slopes(3) == std::vector<double>{.0625, .00390625, .25});
    CHECK(alibi_slopes(1) == std::vector<double>{.00390625});
    const std::array last{.7071067812, .3535533906, .1767766953, .08838834765};
    for (std::size_t i = 0; i < 4; ++i) CHECK(alibi_slopes(12)[8 + i] == doctest::Approx(last[i]).epsilon(1e-10));
    CHECK_THROWS_AS(alibi_slopes(0), std::invalid_argument);
  }

  TEST_CASE("buckets of earlier keys are those published") {
    const std::pair<int, int> cases[] = {{15, 15}, {16, 16},  {20, 17},  {24, 19},  {32, 21},   {48, 24}, {64, 26},
                                         {90, 29}, {100, 30}, {112, 30}, {113, 31}, {1000, 31}, {0, 0},   {-5, 0}};
    for (const auto& [back, bucket] : cases) CHECK(t5_bucket(-back, {32, 128, false}) == bucket);
  }

  TEST_CASE("buckets of both directions are each half and grow with distance") {
    const Buckets both{32, 128, true};
    for (std::int64_t r = 1; r < 3000; ++r) {
      CHECK(t5_bucket(r, both) == t5_bucket(-r, both) + 16);
      CHECK(t5_bucket(-r, both) == t5_bucket(-r, {16, 128, false}));
      CHECK(t5_bucket(-r, both) >= t5_bucket(1 - r, both));
    }
    CHECK_THROWS_AS(t5_bucket(1, {1, 128, false}), std::invalid_argument);
    CHECK_THROWS_AS(t5_bucket(1, {33, 128, true}), std::invalid_argument);
    CHECK_THROWS_AS(t5_bucket(1, {32, 16, false}), std::invalid_argument);
  }

  TEST_CASE("both forms of KERPLE are their formulas") {
    for (const std::int64_t r : {0, 1, -1, 7, -1000, 1 << 24}) {
      const __float128 away = r < 0 ? -r : r;
      CHECK(std::abs(kerple_logarithmic(r, 1.3, .01) - double(-1.3 * log1pq(.01 * away))) < 1e-14);
      const double power = double(-1.3 * powq(away, .7));
      CHECK(std::abs(kerple_power(r, 1.3, .7) - power) <= 5e-16 * std::abs(power));
    }
    CHECK_THROWS_AS(kerple_power(1, 1, 2.1), std::invalid_argument);
    CHECK_THROWS_AS(kerple_logarithmic(1, 0, 1), std::invalid_argument);
  }
}
