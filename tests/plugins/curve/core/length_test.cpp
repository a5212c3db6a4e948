// Lengths, total curvature and turning numbers against closed forms and theorems.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/length.hpp"

#include <doctest/doctest.h>

#include <array>
#include <numbers>

#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

namespace {

constexpr double pi = std::numbers::pi;

template <typename Curve>
std::vector<double> closed_samples(Curve curve, std::size_t n) {
  std::vector<double> t = evenly(0.0, 2.0 * pi, n + 1);
  t.pop_back();
  return sample(curve, t);
}

std::vector<double> ellipse(double t) { return {3.0 * std::cos(t), 2.0 * std::sin(t)}; }
std::vector<double> eight(double t) { return {std::sin(t), std::sin(2.0 * t)}; }
// Projection of the torus knot (2,3): its tangent turns twice.
std::vector<double> trefoil(double t) {
  const double r = 2.0 + std::cos(3.0 * t);
  return {r * std::cos(2.0 * t), r * std::sin(2.0 * t)};
}

// Complete elliptic integral by the arithmetic-geometric mean: circumference of the ellipse with axes 3 and 2.
double ellipse_circumference() {
  long double a = 3.0L;
  long double b = 2.0L;
  long double sum = 9.0L - (9.0L - 4.0L) / 2.0L;
  long double weight = 0.5L;
  for (int i = 0; i < 8; ++i) {
    const long double c = (a - b) / 2.0L;
    const long double mean = (a + b) / 2.0L;
    b = std::sqrt(a * b);
    a = mean;
    weight *= 2.0L;
    sum -= weight * c * c;
  }
  return static_cast<double>(2.0L * std::numbers::pi_v<long double> * sum / a);
}

}  // namespace

TEST_SUITE_BEGIN("plugins/curve/core/length");

TEST_CASE("a polyline adds up its edges") {
  const std::array<double, 8> square{0, 0, 3, 0, 3, 4, 0, 4};
  CHECK(polyline_length(square, 4, 2) == 10.0);
  CHECK(polyline_length(square, 4, 2, true) == 14.0);
  CHECK(cumulative_length(square, 4, 2) == std::vector<double>{0, 3, 7, 10});
  CHECK(cumulative_length(square, 4, 2, true) == std::vector<double>{0, 3, 7, 10, 14});
  const std::array<double, 3> point{1, 2, 3};
  CHECK(polyline_length(point, 1, 3) == 0.0);
  CHECK(polyline_length(point, 1, 3, true) == 0.0);
}

TEST_CASE("a million equal steps do not drift") {
  const std::size_t n = 1000001;
  std::vector<double> points(n);
  for (std::size_t i = 0; i < n; ++i) {
    points[i] = i % 2 == 0 ? 0.0 : 0.1;
  }
  CHECK(std::abs(polyline_length(points, n, 1) - 1e5) <= ulps(1, 1e5));
}

TEST_CASE("the length of a polyline survives sizes of 1e-150 and 1e150") {
  for (const int exponent : {-498, 498}) {
    const double size = std::scalbn(1.0, exponent);
    const std::array<double, 4> points{0, 0, 3.0 * size, 4.0 * size};
    CHECK(polyline_length(points, 2, 2) == 5.0 * size);
  }
}

TEST_CASE("a spline through an ellipse has the circumference of the ellipse") {
  const double exact = ellipse_circumference();
  CHECK(std::abs(exact - 15.8654395892905898) < 1e-14);
  double coarse = 0.0;
  for (const std::size_t n : {32U, 64U, 256U}) {
    const Spline spline =
        Spline::interpolate({closed_samples(ellipse, n), n, 2, {}, 2.0 * pi / static_cast<double>(n), true, 0.0}, 5);
    const double error = std::abs(spline_length(spline).back() - exact);
    if (n == 64) {
      CHECK(std::log2(coarse / error) > 5.5);
    }
    coarse = error;
  }
  CHECK(coarse < 2e-13);
}

TEST_CASE("arc lengths at the sites of an uneven open curve follow the closed form") {
  // Parabola y = x^2 / 2: s = (x sqrt(1 + x^2) + asinh x) / 2.
  std::vector<double> t = evenly(0.0, 2.0, 30);
  for (double& x : t) {
    x += 0.02 * std::sin(3.0 * x);
  }
  const std::vector<double> points = sample([](double x) { return std::vector<double>{x, x * x / 2.0}; }, t);
  const std::vector<double> s = spline_length(Spline::interpolate({points, 30, 2, t, 1.0, false, 0.0}, 3));
  for (std::size_t i = 0; i < 30; ++i) {
    CHECK(std::abs(s[i] - 0.5 * (t[i] * std::hypot(1.0, t[i]) + std::asinh(t[i]))) < 1e-14);
  }
}

TEST_CASE("the total curvature of a closed convex curve is one turn") {
  const std::size_t n = 200;
  const std::vector<double> points = closed_samples(ellipse, n);
  CHECK(std::abs(polygon_total_curvature(points, n, 2, true) - 2.0 * pi) < 1e-13);
  const Spline spline = Spline::interpolate({points, n, 2, {}, 1.0, true, 0.0}, 5);
  CHECK(std::abs(total_curvature(spline) - 2.0 * pi) < 1e-8);
}

TEST_CASE("the total curvature of a helix is curvature times length") {
  // radius 1, pitch 2 pi b: kappa v = 1 / sqrt(1 + b^2) per radian
  const double b = 0.5;
  const std::vector<double> t = evenly(0.0, 6.0, 200);
  const std::vector<double> points = sample(
      [b](double x) {
        return std::vector<double>{std::cos(x), std::sin(x), b * x};
      },
      t);
  const double exact = 6.0 / std::sqrt(1.0 + b * b);
  CHECK(std::abs(total_curvature(Spline::interpolate({points, 200, 3, t, 1.0, false, 0.0}, 7)) - exact) < 1e-8);
  const double inner = exact * 198.0 / 199.0;
  CHECK(std::abs(polygon_total_curvature(points, 200, 3) - inner) < 1e-3);
}

TEST_CASE("a knotted polygon has at least two turns of total curvature") {
  const std::size_t n = 300;
  const auto knot = [](double t) {
    const double r = 2.0 + std::cos(3.0 * t);
    return std::vector<double>{r * std::cos(2.0 * t), r * std::sin(2.0 * t), std::sin(3.0 * t)};
  };
  CHECK(polygon_total_curvature(closed_samples(knot, n), n, 3, true) > 4.0 * pi);
}

TEST_CASE("there and back is one whole turn of total curvature") {
  const std::array<double, 4> points{0, 0, 1, 1};
  CHECK(std::abs(polygon_total_curvature(points, 2, 2, true) - 2.0 * pi) < 1e-15);
  CHECK(polygon_total_curvature(points, 2, 2) == 0.0);
}

TEST_CASE("turning numbers of known curves are whole and right") {
  CHECK(turning_number(closed_samples(ellipse, 50), 50).number == 1);
  CHECK(turning_number(closed_samples(eight, 50), 50).number == 0);
  CHECK(turning_number(closed_samples(trefoil, 120), 120).number == 2);
  CHECK(std::abs(turning_number(closed_samples(trefoil, 120), 120).turns - 2.0) < 1e-15);
}

TEST_CASE("the turning number changes sign with the direction and survives repeated points") {
  const std::vector<double> triangle{0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1};
  const std::vector<double> reversed{0, 1, 1, 0, 0, 0};
  CHECK(turning_number(triangle, 6).number == 1);
  CHECK(std::abs(turning_number(triangle, 6).largest_angle - 0.75 * pi) < 1e-15);
  CHECK(turning_number(reversed, 3).number == -1);
  CHECK(std::abs(polygon_total_curvature(triangle, 6, 2, true) - 2.0 * pi) < 2e-15);
}

TEST_CASE("wrong input is refused by name") {
  const std::array<double, 8> back{0, 0, 2, 0, 1, 0, 1, 1};
  CHECK(message_of([&] { turning_number(back, 4); }) ==
        "the curve turns straight back at row 1; its turning number is not defined");
  const std::array<double, 4> two{0, 0, 1, 0};
  CHECK(message_of([&] { turning_number(two, 2); }) ==
        "a turning number needs at least 3 different successive points; there are 2");
  CHECK(message_of([&] { polyline_length(two, 3, 2); }) == "points must hold 3 x 2 numbers; it holds 4");
  CHECK(message_of([&] { polyline_length({}, 0, 2); }) == "points must hold at least 1 x 1 numbers; they are 0 x 2");
  CHECK(message_of([&] { polygon_total_curvature(two, 4, 1); }) ==
        "total curvature needs a dimension of at least 2; it is 1");
  const std::array<double, 2> bad{0, std::numeric_limits<double>::quiet_NaN()};
  CHECK(message_of([&] { polyline_length(bad, 2, 1); }) == "points must be finite; row 1, column 0 is nan");
}

TEST_SUITE_END();
