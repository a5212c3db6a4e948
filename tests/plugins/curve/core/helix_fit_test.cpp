// Helix fits: exact helices in any position, noise, circles, and refusals.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/helix_fit.hpp"

#include <doctest/doctest.h>

#include <numbers>

#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

namespace {

constexpr double pi = std::numbers::pi;

std::vector<double> helix(double radius, double pitch, double turns, std::size_t n) {
  std::vector<double> points;
  for (std::size_t i = 0; i < n; ++i) {
    // Uneven steps, so that nothing depends on even ones.
    const double x = static_cast<double>(i) / static_cast<double>(n - 1);
    const double p = 2.0 * pi * turns * (0.8 * x + 0.2 * x * x);
    points.insert(points.end(), {radius * std::cos(p), radius * std::sin(p), pitch * p / (2.0 * pi)});
  }
  return points;
}

double determinant(const std::vector<double>& m) {
  return m[0] * (m[4] * m[8] - m[5] * m[7]) + m[1] * (m[5] * m[6] - m[3] * m[8]) + m[2] * (m[3] * m[7] - m[4] * m[6]);
}

}  // namespace

TEST_SUITE("plugins/curve/core/helix_fit") {
  TEST_CASE("exact helices come back from any position with the sign of their hand") {
    unsigned seed = 0;
    for (const double pitch : {0.3, 2.0, 12.0})
      for (const double turns : {0.6, 1.5, 6.0}) {
        const auto rotation = random_rotation(3, ++seed);
        const auto points = moved(helix(1.6, pitch, turns, 120), rotation, 1.0, std::vector<double>{3, -1, 2});
        const HelixFit fit = fit_helix(points, 120);
        CHECK(fit.is_helix);
        CHECK(fit.relative_residual < 1e-12);
        CHECK(std::abs(fit.radius - 1.6) < 1e-9);
        CHECK(std::abs(fit.pitch - determinant(rotation) * pitch) < 1e-8);
        CHECK(std::abs(fit.turns - turns) < 1e-9);
        const double slope = pitch / (2.0 * pi);
        CHECK(std::abs(fit.curvature - 1.6 / (1.6 * 1.6 + slope * slope)) < 1e-9);
      }
  }

  TEST_CASE("noise leaves the helix near and the verdict negative") {
    std::mt19937_64 generator(61);
    std::normal_distribution<double> normal(0.0, 0.01);
    auto points = helix(2.0, 1.5, 3.0, 300);
    for (double& x : points) x += normal(generator);
    const HelixFit fit = fit_helix(points, 300);
    CHECK(!fit.is_helix);
    CHECK(fit.converged);
    CHECK(std::abs(fit.radius - 2.0) < 5e-3);
    CHECK(std::abs(fit.pitch - 1.5) < 5e-3);
    // Two of three coordinates of the noise lie across the curve; seven unknowns take little of them.
    CHECK(fit.rms_residual == doctest::Approx(0.01 * std::sqrt(2.0)).epsilon(0.06));
  }

  TEST_CASE("a circle is a helix without pitch and sizes do not matter") {
    for (const double size : {1e-100, 1.0, 1e100}) {
      auto points = helix(1.0, 0.0, 0.9, 40);
      for (double& x : points) x *= size;
      const HelixFit fit = fit_helix(points, 40);
      CHECK(fit.is_helix);
      CHECK(std::abs(fit.pitch / size) < 1e-9);
      CHECK(fit.radius / size == doctest::Approx(1.0).epsilon(1e-10));
    }
  }

  TEST_CASE("bad input is refused by name") {
    CHECK(message_of([] { fit_helix(std::vector<double>(18, 0.0), 6); }) ==
          "a helix needs at least 7 points; there are 6");
    std::vector<double> line;
    for (int i = 0; i < 9; ++i) line.insert(line.end(), {1.0 * i, 2.0 * i, 3.0 * i});
    CHECK(message_of([&] { fit_helix(line, 9); }) == "the 9 points lie on one line to rounding; a helix needs a bend");
    CHECK(message_of([] { fit_helix(std::vector<double>(27, 2.0), 9); }) ==
          "the 9 points coincide to rounding; a line needs 2 apart");
    auto bad = helix(1, 1, 1, 9);
    bad[5] = std::nan("");
    CHECK(message_of([&] { fit_helix(bad, 9); }) == "points must be finite; row 1, column 2 is nan");
  }
}
