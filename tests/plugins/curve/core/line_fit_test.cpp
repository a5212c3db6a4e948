// Line fits: exact lines, the normal equations of the plane, and refusals.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/line_fit.hpp"

#include <doctest/doctest.h>

#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

TEST_SUITE("plugins/curve/core/line_fit") {
  TEST_CASE("points on a line are found on it at all sizes and the direction runs with them") {
    for (const double size : {1e-140, 1.0, 1e140}) {
      std::vector<double> points;
      for (int i = 0; i < 50; ++i) points.insert(points.end(), {size * (3.0 - 2.0 * i), size * i, size * 2.0 * i});
      const LineFit fit = fit_line(points, 50, 3);
      CHECK(fit.is_line);
      CHECK(fit.relative_residual < 1e-15);
      CHECK(distance(fit.direction, std::vector<double>{-2.0 / 3, 1.0 / 3, 2.0 / 3}) < 1e-15);
      CHECK(fit.extent / size == doctest::Approx(147.0).epsilon(1e-15));
    }
  }

  TEST_CASE("the direction in the plane has the angle of the moments") {
    std::mt19937_64 generator(41);
    std::normal_distribution<double> normal;
    std::vector<double> points;
    double mx = 0.0, my = 0.0, xx = 0.0, xy = 0.0, yy = 0.0;
    for (int i = 0; i < 200; ++i) {
      const double t = normal(generator);
      points.insert(points.end(), {4.0 * t + normal(generator), t + normal(generator)});
      mx += points[points.size() - 2] / 200.0, my += points.back() / 200.0;
    }
    for (std::size_t i = 0; i < 400; i += 2) {
      const double x = points[i] - mx, y = points[i + 1] - my;
      xx += x * x, xy += x * y, yy += y * y;
    }
    const LineFit fit = fit_line(points, 200, 2);
    const double angle = std::atan2(2.0 * xy, xx - yy) / 2.0;
    CHECK(std::abs(std::sin(std::atan2(fit.direction[1], fit.direction[0]) - angle)) < 1e-14);
    const double least = (xx + yy) / 2.0 - std::hypot((xx - yy) / 2.0, xy);
    CHECK(fit.rms_residual == doctest::Approx(std::sqrt(least / 200.0)).epsilon(1e-13));
    CHECK(!fit.is_line);
  }

  TEST_CASE("two points always lie on a line and one dimension is one") {
    CHECK(fit_line(std::vector<double>{1, 2, 4, 9}, 2, 2).is_line);
    CHECK(fit_line(std::vector<double>{1, 2, 4}, 3, 1).max_residual == 0.0);
  }

  TEST_CASE("bad input is refused by name") {
    CHECK(message_of([] {
            fit_line(std::vector<double>{1, 1}, 1, 2);
          }) == "a line needs at least 2 points; there are 1");
    CHECK(message_of([] {
            fit_line(std::vector<double>{0.1, 1, 0.1, 1, 0.1, 1}, 3, 2);
          }) == "the 3 points coincide to rounding; a line needs 2 apart");
    CHECK(message_of([] {
            fit_line(std::vector<double>{0, 1, 0, HUGE_VAL}, 2, 2);
          }) == "points must be finite; row 1, column 1 is inf");
    CHECK(message_of([] {
            fit_line(std::vector<double>{0, 1, 0, 2}, 2, 2, -1.0);
          }) == "tolerance must be positive; it is -1");
  }
}
