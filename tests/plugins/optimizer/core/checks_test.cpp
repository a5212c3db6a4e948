// Tests of the search for numbers that an update cannot use.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/checks.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace orrery::optimizer;

TEST_SUITE("plugins/optimizer/core/checks") {
  TEST_CASE("the first bad element is found wherever it stands") {
    for (const std::size_t n : {1u, 1024u, 1025u, 5000u})
      for (const std::size_t at : {std::size_t{0}, n / 2, n - 1}) {
        std::vector<double> x(n, 1.0);
        CHECK(first_outside<double>(x, GradientRange::finite) == n);
        x[at] = std::nan("");
        CHECK(first_outside<double>(x, GradientRange::finite) == at);
        x[at] = -std::numeric_limits<double>::infinity();
        CHECK(first_outside<double>(x, GradientRange::square_finite) == at);
      }
    CHECK(first_outside<double>(std::vector<double>{}, GradientRange::finite) == 0);
  }

  TEST_CASE("a square is finite just up to the limit") {
    const double largest = std::sqrt(std::numeric_limits<double>::max());
    for (double x = std::nextafter(largest, 0.0); x < 1.0000001 * largest; x *= 1 + 1e-9) {
      const std::vector<double> one{x};
      if (first_outside<double>(one, GradientRange::square_finite) == 1) CHECK(std::isfinite(x * x));
    }
    CHECK(first_outside<double>(std::vector<double>{1e160}, GradientRange::square_finite) == 0);
    CHECK(first_outside<double>(std::vector<double>{1e160}, GradientRange::finite) == 1);
    CHECK(first_outside<float>(std::vector<float>{1e25f}, GradientRange::square_finite) == 0);
  }

  TEST_CASE("numbers are shown by their shortest decimal") {
    CHECK(shortest(0.1) == "0.1");
    CHECK(shortest(std::numeric_limits<double>::infinity()) == "inf");
    CHECK(shortest(std::nan("")) == "nan");
  }
}
