// Statistics of weights against closed forms, and first equal neighbours in float formats.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/attention/core/statistics.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

using namespace orrery::attention;

TEST_SUITE("plugins/attention/core/statistics") {
  TEST_CASE("uniform weights count every key") {
    for (const std::int64_t n : {1, 2, 1000}) {
      const std::vector<double> weights(static_cast<std::size_t>(n), 1.0 / double(n));
      const RowStatistics s = row_statistics(weights, n - 1, 1);
      CHECK(s.entropy == doctest::Approx(std::log(double(n))).epsilon(1e-13));
      CHECK(s.participation == doctest::Approx(1.0 / double(n)).epsilon(1e-13));
      CHECK(s.sink == doctest::Approx(1.0 / double(n)).epsilon(1e-15));
      CHECK(s.distance == doctest::Approx(0.5 * double(n - 1)).epsilon(1e-13));
    }
  }

  TEST_CASE("weights that fall geometrically have the participation of ALiBi") {
    const double cases[][3] = {{.5, 10, 0.2482415497754299114}, {.0625, 64, 0.03240553703201558811}};
    for (const auto& [slope, count, expected] : cases) {
      std::vector<double> weights;
      double sum = 0.0;
      for (int r = 0; r < int(count); ++r)
        weights.insert(weights.begin(), std::exp(-slope * r)), sum += std::exp(-slope * r);
      for (double& a : weights) a /= sum;
      CHECK(row_statistics(weights, 0, 0).participation == doctest::Approx(expected).epsilon(1e-14));
      CHECK(expected == doctest::Approx(std::tanh(slope / 2) / std::tanh(count * slope / 2)).epsilon(1e-14));
    }
  }

  TEST_CASE("one key takes all") {
    const RowStatistics s = row_statistics(std::vector<double>{1, 0, 0, 0}, 3, 1);
    CHECK(s.entropy == 0.0);
    CHECK(s.participation == 1.0);
    CHECK(s.sink == 1.0);
    CHECK(s.distance == 3.0);
  }

  TEST_CASE("weights that are none are refused") {
    CHECK_THROWS_WITH_AS(row_statistics(std::vector<double>{.5, .4}, 0, 0),
                         "weights must have the sum 1; it is 0.900000", std::domain_error);
    CHECK_THROWS_AS(row_statistics(std::vector<double>{1.5, -.5}, 0, 0), std::domain_error);
    CHECK_THROWS_AS(row_statistics(std::vector<double>{std::nan(""), 1}, 0, 0), std::domain_error);
    CHECK_THROWS_AS(row_statistics({}, 0, 0), std::domain_error);
  }

  TEST_CASE("formats run out of digits where others found it") {
    CHECK(first_collision(FloatFormat::bfloat16) == 111);
    CHECK(first_collision(FloatFormat::float16) == 660);
    CHECK(first_collision(FloatFormat::float32) == 6660630);
  }

  TEST_CASE("no earlier neighbours are equal in single precision") {
    const auto root = [](int n) { return static_cast<float>(1.0 / std::sqrt(static_cast<double>(n))); };
    bool any = false;
    for (int n = 1; n < 200000; ++n) any = any || root(n) == root(n + 1);
    CHECK(!any);
    CHECK(root(6660630) == root(6660631));
  }

  TEST_CASE("resolved positions are those published") {
    CHECK(std::floor(resolved_positions(768, 1)) == 19);
    CHECK(std::floor(resolved_positions(4096, 1)) == 45);
    CHECK_THROWS_AS(resolved_positions(0, 1), std::domain_error);
    CHECK_THROWS_AS(resolved_positions(1, 0), std::domain_error);
  }
}
