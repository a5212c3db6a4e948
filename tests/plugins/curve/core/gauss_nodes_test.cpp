// Tests of Gauss nodes and of interpolation there.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/gauss_nodes.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/plugins/curve/core/numbers.hpp"

namespace orrery::curve {

using test::evenly;
using test::message_of;

TEST_SUITE("plugins/curve/core/gauss_nodes") {
  TEST_CASE("the nodes are the zeros of Legendre's polynomials") {
    for (const double x : unit_gauss_nodes(2)) {
      CHECK(std::abs(std::legendre(2, 2.0 * x - 1.0)) <= 4e-16);
    }
    for (const double x : unit_gauss_nodes(3)) {
      CHECK(std::abs(std::legendre(3, 2.0 * x - 1.0)) <= 8e-16);
    }
    CHECK(gauss_nodes(std::vector<double>{1.0, 3.0, 4.0}, 1) == std::vector<double>{2.0, 3.5});
    CHECK(gauss_nodes(std::vector<double>{1.0}, 3).empty());
  }

  TEST_CASE("polynomials are interpolated without error on any grid") {
    const std::vector<double> uneven{-1.0, -0.8, -0.3, 0.0, 0.1, 0.5, 0.6, 1.2, 1.3, 2.0};
    for (const std::vector<double>& grid : {uneven, evenly(-1.0, 1.0, 20)}) {
      std::vector<double> samples(grid);
      const auto f = [](double x) { return 1.0 + x * (2.0 - x * x * (1.0 + x * x * x * x)); };  // degree 7
      std::transform(grid.begin(), grid.end(), samples.begin(), f);
      const std::vector<double> nodes = gauss_nodes(grid, 3), values = at_gauss_nodes(grid, samples, 3, 8);
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        CHECK(std::abs(values[i] - f(nodes[i])) <= 1e-13 * (1.0 + std::abs(samples.back())));
      }
    }
  }

  TEST_CASE("interpolation has the order of its width on an even grid") {
    const auto error = [](std::size_t n, std::size_t width) {
      const std::vector<double> grid = evenly(0.0, 2.0, n + 1);
      std::vector<double> samples(grid);
      std::transform(grid.begin(), grid.end(), samples.begin(), [](double x) { return std::sin(3.0 * x); });
      const std::vector<double> nodes = gauss_nodes(grid, 2), values = at_gauss_nodes(grid, samples, 2, width);
      double worst = 0.0;
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        worst = std::max(worst, std::abs(values[i] - std::sin(3.0 * nodes[i])));
      }
      return worst;
    };
    for (const std::size_t width : {2, 4, 6, 8}) {
      CHECK(std::log2(error(40, width) / error(80, width)) ==
            doctest::Approx(static_cast<double>(width)).epsilon(0.06));
    }
  }

  TEST_CASE("what is wrong is named") {
    const std::vector<double> two{0.0, 1.0}, one{1.0};
    CHECK(message_of([&] { gauss_nodes(two, 4); }) == "nodes in a step must be 1, 2 or 3; they are 4");
    CHECK(message_of([&] { gauss_nodes({}, 2); }) == "parameter must hold at least 1 number; it holds 0");
    CHECK(message_of([&] { at_gauss_nodes(two, one, 2); }) == "samples must hold 2 x 1 numbers; it holds 1");
    CHECK(message_of([&] { at_gauss_nodes(two, two, 2, 1); }) ==
          "samples a polynomial must lie in [2, 12]; they are 1");
    CHECK(at_gauss_nodes(one, one, 2).empty());
    CHECK(at_gauss_nodes(two, two, 1) == std::vector<double>{0.5});
  }
}

}  // namespace orrery::curve
