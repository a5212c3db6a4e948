// The functions of half an eccentric anomaly: their closed forms in 113-bit arithmetic on both sides of the parabola.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/flight_function.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

DoubleDouble narrowed(Quad x) {
  const auto high = static_cast<double>(x);
  return {high, static_cast<double>(x - high)};
}

double relative(DoubleDouble value, Quad truth) {
  return static_cast<double>(quad::abs((Quad(value.hi) + value.lo) / truth - 1));
}

/// The worst error of both functions at psi, on the circle (sign -1) or the hyperbola (sign 1).
double error_at(Quad psi, int sign) {
  const quad::Pair f = quad::functions(psi, sign);
  const Quad tangent = f.odd / f.even, square = tangent * tangent;
  const detail::FlightFunctions found =
      detail::flight_functions(narrowed(-sign * square), narrowed(1 / (f.even * f.even)));
  // psi - sin psi cos psi = (2 psi - sin 2 psi)/2, and sinh psi cosh psi - psi likewise
  const Quad defect = quad::defect(2 * psi, sign) / 2;
  return std::max(relative(found.arc, psi / tangent), relative(found.defect, defect / (square * tangent)));
}

}  // namespace

TEST_SUITE("plugins/orbital/core/flight_function") {
  TEST_CASE("both functions have their closed forms on an ellipse and on a hyperbola") {
    Draw draw(91);
    double worst = 0.0, worst_far = 0.0;
    for (int i = 0; i < 2000; ++i) {
      worst = std::max(worst, error_at(draw.decade(-6, std::log10(0.785)), -1));
      worst = std::max(worst, error_at(draw.decade(-6, 0), 1));
      worst_far = std::max(worst_far, error_at(draw.uniform(1, 30), 1));
    }
    CHECK(worst <= 0x1p-95);
    CHECK(worst_far <= 0x1p-90);
  }

  TEST_CASE("at the parabola they are 1 and 2/3") {
    const detail::FlightFunctions f = detail::flight_functions(0.0, 1.0);
    CHECK(f.arc.hi == 1.0);
    CHECK(f.defect.hi == 2.0 / 3.0);
  }
}
