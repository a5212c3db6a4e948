// Finite-difference weights: the classical tables, exactness on polynomials, and refusal.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/fornberg.hpp"

#include <doctest/doctest.h>

#include <array>

#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

TEST_SUITE_BEGIN("plugins/curve/core/fornberg");

TEST_CASE("the weights of central differences are those of the published table") {
  const std::array<double, 5> five{-2, -1, 0, 1, 2};
  const std::array<double, 5> first{1.0 / 12, -2.0 / 3, 0, 2.0 / 3, -1.0 / 12};
  const std::array<double, 5> second{-1.0 / 12, 4.0 / 3, -5.0 / 2, 4.0 / 3, -1.0 / 12};
  CHECK(distance(fornberg_weights(five, 1), first) <= ulps(2, 1.0));
  CHECK(distance(fornberg_weights(five, 2), second) <= ulps(4, 1.0));
  const std::array<double, 9> nine{-4, -3, -2, -1, 0, 1, 2, 3, 4};
  const std::array<double, 9> eighth{1.0 / 280, -4.0 / 105, 1.0 / 5,   -4.0 / 5,  0,
                                     4.0 / 5,   -1.0 / 5,   4.0 / 105, -1.0 / 280};
  CHECK(distance(fornberg_weights(nine, 1), eighth) <= ulps(4, 1.0));
}

TEST_CASE("one-sided weights are those of the published table") {
  const std::array<double, 4> forward{0, 1, 2, 3};
  CHECK(distance(fornberg_weights(forward, 1), std::array<double, 4>{-11.0 / 6, 3, -3.0 / 2, 1.0 / 3}) <= ulps(4, 1.0));
  CHECK(distance(fornberg_weights(forward, 2), std::array<double, 4>{2, -5, 4, -1}) <= ulps(8, 1.0));
}

TEST_CASE("uneven stencils are exact for polynomials below their size") {
  const std::array<double, 7> offsets{-1.9, -1.2, -0.3, 0.4, 0.9, 1.7, 2.9};
  for (std::size_t k = 0; k < 5; ++k) {
    const std::vector<double> weights = fornberg_weights(offsets, k);
    for (std::size_t power = 0; power < offsets.size(); ++power) {
      double sum = 0.0;
      double scale = 0.0;
      for (std::size_t j = 0; j < offsets.size(); ++j) {
        const double term = weights[j] * std::pow(offsets[j], static_cast<double>(power));
        sum += term;
        scale += std::abs(term);
      }
      const double expected = power == k ? std::tgamma(static_cast<double>(k) + 1.0) : 0.0;
      CHECK(std::abs(sum - expected) <= 4e-15 * std::max(scale, 1.0));
    }
  }
}

TEST_CASE("a derivative that the points cannot give is refused") {
  const std::array<double, 2> offsets{0, 1};
  CHECK(message_of([&] { fornberg_weights(offsets, 2); }) == "derivative must lie in [0, 2) for 2 points; it is 2");
}

TEST_SUITE_END();
