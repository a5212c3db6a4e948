// Circle fits: exact circles near and far, arcs, noise against an independent minimiser, verdicts and refusals.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/circle_fit.hpp"

#include <doctest/doctest.h>

#include <array>
#include <numbers>
#include <stdexcept>

#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

namespace {

constexpr double pi = std::numbers::pi;

// Points on a circle in the plane of the first two rows of `axes`, rounded to double from long double.
std::vector<double> circle(std::size_t n, std::span<const double> centre, double radius, std::span<const double> axes,
                           double arc) {
  const std::size_t d = centre.size();
  std::vector<double> points;
  for (std::size_t i = 0; i < n; ++i) {
    const long double t = static_cast<long double>(arc) * static_cast<long double>(i) / static_cast<long double>(n);
    for (std::size_t c = 0; c < d; ++c) {
      const long double offset =
          std::cos(t) * static_cast<long double>(axes[c]) + std::sin(t) * static_cast<long double>(axes[d + c]);
      points.push_back(
          static_cast<double>(static_cast<long double>(centre[c]) + static_cast<long double>(radius) * offset));
    }
  }
  return points;
}

double geometric_sum(std::span<const double> points, double a, double b, double radius) {
  double sum = 0.0;
  for (std::size_t i = 0; i < points.size(); i += 2) {
    const double residual = std::hypot(points[i] - a, points[i + 1] - b) - radius;
    sum += residual * residual;
  }
  return sum;
}

}  // namespace

TEST_SUITE_BEGIN("plugins/curve/core/circle_fit");

TEST_CASE("an exact circle is found to round-off in two to six dimensions") {
  for (const std::size_t d : {2U, 3U, 4U, 6U}) {
    for (unsigned seed = 0; seed < 20; ++seed) {
      const std::vector<double> axes = random_rotation(d, seed + 100);
      const std::vector<double> centre(d, 0.3 * seed);
      const std::vector<double> points = circle(60, centre, 2.5, axes, 2.0 * pi);
      const CircleFit fit = fit_circle(points, 60, d);
      const double size = 1.0 + 0.3 * seed * std::sqrt(static_cast<double>(d)) / 2.5;
      CAPTURE(d);
      CAPTURE(seed);
      CHECK(fit.is_circle);
      CHECK(fit.converged);
      CHECK(fit.relative_residual < 4e-16 * size);
      CHECK(std::abs(fit.radius - 2.5) < 2.5 * 2.5e-16 * size);
      CHECK(distance(fit.centre, centre) < 2.5 * 3e-16 * size);
    }
  }
}

TEST_CASE("a circle far from the origin is found to what its rounded points hold") {
  const std::array<double, 6> axes{0.6, 0.8, 0.0, 0.0, 0.0, 1.0};
  for (const double far : {1e3, 1e6, 1e9}) {
    const std::array<double, 3> centre{far, -far, 2.0 * far};
    const CircleFit fit = fit_circle(circle(200, centre, 1.0, axes, 2.0 * pi), 200, 3);
    CHECK(fit.relative_residual < 4.0 * fit.rounding_floor);
    CHECK(fit.rounding_floor < 2.5e-16 * far);
    CHECK(std::abs(fit.radius - 1.0) < fit.rounding_floor);
    CHECK(distance(fit.centre, centre) <= 2.5e-16 * far);
  }
}

TEST_CASE("sizes from 1e-150 to 1e150 make no difference") {
  const std::array<double, 4> axes{1.0, 0.0, 0.0, 1.0};
  const std::vector<double> unit = circle(40, std::array<double, 2>{1.0, 2.0}, 3.0, axes, 2.0 * pi);
  const CircleFit reference = fit_circle(unit, 40, 2);
  for (const int exponent : {-498, 498}) {
    std::vector<double> points = unit;
    for (double& x : points) {
      x = std::scalbn(x, exponent);
    }
    const CircleFit fit = fit_circle(points, 40, 2);
    CHECK(fit.radius == std::scalbn(reference.radius, exponent));
    CHECK(fit.relative_residual == reference.relative_residual);
    CHECK(fit.rms_residual == std::scalbn(reference.rms_residual, exponent));
  }
}

TEST_CASE("Kepler hodographs give the published radius and centre") {
  // a = mu = 1: v lies on a circle of radius mu / h about e mu / h.
  struct Row {
    double e, radius, centre;
  };
  for (const Row& row :
       {Row{0.5, 1.15470053837925153, 0.577350269189625765}, Row{0.9, 2.29415733870561766, 2.06474160483505589}}) {
    std::vector<double> v;
    const std::size_t n = 300;
    for (std::size_t i = 0; i < n; ++i) {
      const double eccentric = 2.0 * pi * (static_cast<double>(i) + 0.25) / static_cast<double>(n);
      const double r = 1.0 - row.e * std::cos(eccentric);
      v.insert(v.end(), {-std::sin(eccentric) / r, std::sqrt(1.0 - row.e * row.e) * std::cos(eccentric) / r, 0.0});
    }
    const CircleFit fit = fit_circle(v, n, 3, {1e-14, 50});
    CHECK(fit.is_circle);
    CHECK(std::abs(fit.radius - row.radius) < 1e-15);
    CHECK(distance(fit.centre, std::array<double, 3>{0.0, row.centre, 0.0}) < 1e-15);
    CHECK(std::abs(fit.normal[2] - 1.0) < 1e-15);
  }
}

TEST_CASE("short arcs keep the residual and lose the radius as the square of the angle") {
  const std::array<double, 4> axes{0.8, 0.6, -0.6, 0.8};
  for (const double arc : {1.0, 0.1, 0.01, 1e-3}) {
    const std::vector<double> points = circle(100, std::array<double, 2>{0.1, -0.2}, 1.0, axes, arc);
    const CircleFit fit = fit_circle(points, 100, 2);
    CAPTURE(arc);
    CHECK(fit.is_circle);
    CHECK(fit.relative_residual < 1e-15);
    CHECK(std::abs(fit.radius - 1.0) < 1e-15 / (arc * arc));
    CHECK(std::abs(fit.arc - 0.99 * arc) < 1e-3 * arc);
  }
}

TEST_CASE("three points give their circumscribed circle") {
  const std::array<double, 6> right_triangle{0, 0, 6, 0, 0, 8};
  const CircleFit fit = fit_circle(right_triangle, 3, 2);
  CHECK(std::abs(fit.radius - 5.0) < 4e-15);
  CHECK(distance(fit.centre, std::array<double, 2>{3.0, 4.0}) < 4e-15);
}

TEST_CASE("noisy points give the minimum of the sum of squared distances") {
  std::mt19937_64 generator(5);
  std::normal_distribution<double> noise(0.0, 0.05);
  const std::array<double, 4> axes{1.0, 0.0, 0.0, 1.0};
  for (const double arc : {6.0, 2.5, 1.2}) {
    std::vector<double> points = circle(80, std::array<double, 2>{3.0, -1.0}, 2.0, axes, arc);
    for (double& x : points) {
      x += noise(generator);
    }
    const CircleFit fit = fit_circle(points, 80, 2);
    CHECK(fit.converged);
    CHECK_FALSE(fit.is_circle);
    const double least = geometric_sum(points, fit.centre[0], fit.centre[1], fit.radius);
    CHECK(std::abs(std::sqrt(least / 80.0) - fit.rms_residual) < 1e-14);
    const double step = 1e-5;
    for (const auto& move : {std::array<double, 3>{step, 0, 0}, {0, step, 0}, {0, 0, step}, {step, step, -step}}) {
      for (const double sign : {-1.0, 1.0}) {
        CHECK(geometric_sum(points, fit.centre[0] + sign * move[0], fit.centre[1] + sign * move[1],
                            fit.radius + sign * move[2]) > least);
      }
    }
  }
}

TEST_CASE("the published geometric fit of six points is reproduced") {
  // Gander, Golub, Strebel 1994: centre (4.7398, 2.9835), radius 4.7142.
  const std::array<double, 12> points{1, 7, 2, 6, 5, 8, 7, 7, 9, 5, 3, 7};
  const CircleFit fit = fit_circle(points, 6, 2);
  CHECK(std::abs(fit.centre[0] - 4.7398) < 5e-5);
  CHECK(std::abs(fit.centre[1] - 2.9835) < 5e-5);
  CHECK(std::abs(fit.radius - 4.7142) < 5e-5);
}

TEST_CASE("a point off the plane counts fully in the residual") {
  const std::array<double, 6> axes{1, 0, 0, 0, 1, 0};
  std::vector<double> points = circle(1000, std::array<double, 3>{0, 0, 0}, 1.0, axes, 2.0 * pi);
  points[2] = 1e-3;
  const CircleFit fit = fit_circle(points, 1000, 3);
  CHECK(std::abs(fit.max_residual - 1e-3) < 1e-5);
  CHECK_FALSE(fit.is_circle);
  CHECK(fit_circle(points, 1000, 3, {2e-3, 50}).is_circle);
}

TEST_CASE("an ellipse and a helix are not circles") {
  std::vector<double> ellipse;
  std::vector<double> helix;
  for (const double t : evenly(0.0, 6.0, 50)) {
    ellipse.insert(ellipse.end(), {1.01 * std::cos(t), std::sin(t)});
    helix.insert(helix.end(), {std::cos(t), std::sin(t), 0.1 * t});
  }
  CHECK_FALSE(fit_circle(ellipse, 50, 2).is_circle);
  CHECK(std::abs(fit_circle(ellipse, 50, 2).max_residual - 0.005) < 1e-3);
  CHECK_FALSE(fit_circle(helix, 50, 3).is_circle);
}

TEST_CASE("the normal points to where the samples run counter-clockwise from") {
  const std::array<double, 6> axes{0, 1, 0, 1, 0, 0};  // clockwise seen from +z
  const std::vector<double> points = circle(30, std::array<double, 3>{1, 1, 1}, 1.0, axes, 2.0 * pi);
  const CircleFit fit = fit_circle(points, 30, 3);
  CHECK(distance(fit.normal, std::array<double, 3>{0, 0, -1}) < 1e-15);
}

TEST_CASE("rotation and translation of the points carry the fit along") {
  std::mt19937_64 generator(6);
  std::normal_distribution<double> noise(0.0, 0.01);
  const std::array<double, 6> axes{1, 0, 0, 0, 1, 0};
  std::vector<double> points = circle(70, std::array<double, 3>{0, 0, 0}, 1.0, axes, 4.0);
  for (double& x : points) {
    x += noise(generator);
  }
  const std::vector<double> rotation = random_rotation(3, 9);
  const std::array<double, 3> shift{3, -7, 2};
  const CircleFit a = fit_circle(points, 70, 3);
  const CircleFit b = fit_circle(moved(points, rotation, 2.0, shift), 70, 3);
  CHECK(std::abs(b.radius - 2.0 * a.radius) < 1e-12);
  CHECK(std::abs(b.max_residual - 2.0 * a.max_residual) < 1e-12);
  CHECK(distance(b.centre, moved(a.centre, rotation, 2.0, shift)) < 1e-12);
}

TEST_CASE("a batch fits each curve and names the one that fails") {
  const std::array<double, 4> axes{1, 0, 0, 1};
  std::vector<double> points = circle(10, std::array<double, 2>{1, 2}, 3.0, axes, 5.0);
  const std::vector<double> second = circle(10, std::array<double, 2>{-1, 0}, 0.5, axes, 5.0);
  points.insert(points.end(), second.begin(), second.end());
  const std::vector<CircleFit> fits = fit_circles(points, 2, 10, 2);
  CHECK(fits.size() == 2);
  CHECK(std::abs(fits[0].radius - 3.0) < 2e-15);
  CHECK(std::abs(fits[1].radius - 0.5) < 2e-15);
  std::fill(points.begin() + 20, points.end(), 1.0);
  CHECK(message_of([&] { fit_circles(points, 2, 10, 2); }) ==
        "curve 1: the 10 points coincide to rounding; a circle needs 3 apart");
}

TEST_CASE("points that fix no circle are refused with the reason") {
  const auto refusal = [](std::span<const double> points, std::size_t n, std::size_t d) {
    return message_of([&] { fit_circle(points, n, d); });
  };
  std::vector<double> line;
  for (const double t : evenly(-3.0, 5.0, 12)) {
    line.insert(line.end(), {100.0 + 0.1 * t, 0.7 * t, -0.3 * t});
  }
  CHECK(refusal(line, 12, 3) == "the 12 points lie on one line to rounding; a circle needs 3 that do not");
  const std::array<double, 6> doubled{1, 2, 1, 2, 5, 5};
  CHECK(refusal(doubled, 3, 2) == "the 3 points lie on one line to rounding; a circle needs 3 that do not");
  const std::vector<double> same(8, 0.1);
  CHECK(refusal(same, 4, 2) == "the 4 points coincide to rounding; a circle needs 3 apart");
  const std::array<double, 4> two{0, 0, 1, 1};
  CHECK(refusal(two, 2, 2) == "a circle needs at least 3 points; there are 2");
  CHECK(refusal(two, 4, 1) == "dimension must be at least 2 for a circle; it is 1");
  CHECK(refusal(two, 3, 2) == "points must hold 3 x 2 numbers; it holds 4");
  std::array<double, 6> bad{0, 0, 1, 0, 0, 1};
  bad[3] = std::numeric_limits<double>::infinity();
  CHECK(refusal(bad, 3, 2) == "points must be finite; row 1, column 1 is inf");
  CHECK(message_of([&] { fit_circle(doubled, 3, 2, {0.0, 50}); }) == "tolerance must be positive; it is 0");
  CHECK_THROWS_AS(fit_circle(two, 2, 2), std::invalid_argument);
}

TEST_SUITE_END();
