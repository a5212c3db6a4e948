// Tests of random numbers: ends of the interval, and moments of the normal distribution.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/core/random_numbers.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <vector>

using namespace orrery::tensor;

TEST_SUITE("plugins/tensor/core/random_numbers") {
  TEST_CASE("the unit interval holds its lower end and not its upper one") {
    CHECK(unit_interval(0) == 0.0);
    CHECK(unit_interval(UINT64_MAX) == 1.0 - 0x1p-53);
    CHECK(unit_interval(std::uint64_t{1} << 63) == 0.5);
  }

  TEST_CASE("no bits make a normal number that is not finite") {
    for (const std::uint64_t a : {std::uint64_t{0}, std::uint64_t{2047}, std::uint64_t{2048}, UINT64_MAX})
      for (const std::uint64_t b : {std::uint64_t{0}, std::uint64_t{1} << 62, UINT64_MAX})
        for (const double x : normal_pair({a, b})) CHECK(std::abs(x) <= 8.58);
  }

  TEST_CASE("moments and tails are those of the normal distribution") {
    std::mt19937_64 bits(7);
    constexpr int pairs = 500'000;
    std::vector<double> x;
    double product = 0;
    for (int i = 0; i < pairs; ++i) {
      const auto [a, b] = normal_pair({bits(), bits()});
      x.insert(x.end(), {a, b});
      product += a * b;
    }
    double moments[5] = {};
    for (const double value : x)
      for (int k = 1; k <= 4; ++k) moments[k] += std::pow(value, k) / (2.0 * pairs);
    // Four standard errors: of the k-th moment the root of (E x^2k - (E x^k)^2)/n.
    CHECK(std::abs(moments[1]) < 4 * std::sqrt(1 / 1e6));
    CHECK(std::abs(moments[2] - 1) < 4 * std::sqrt(2 / 1e6));
    CHECK(std::abs(moments[3]) < 4 * std::sqrt(15 / 1e6));
    CHECK(std::abs(moments[4] - 3) < 4 * std::sqrt(96 / 1e6));
    CHECK(std::abs(product / pairs) < 4 * std::sqrt(2 / 1e6));
    const auto beyond = std::count_if(x.begin(), x.end(), [](double value) { return std::abs(value) > 3; });
    CHECK(std::abs(static_cast<double>(beyond) / 1e6 - 0.0026997960632601866) < 4 * std::sqrt(0.0027 / 1e6));
  }
}
