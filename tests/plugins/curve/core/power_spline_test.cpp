// Curvature of B-splines against Bezier curves in closed form, another spline of the library, and 113-bit arithmetic.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/power_spline.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "plugins/curve/core/spline.hpp"
#include "tests/plugins/curve/core/known_curves.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

namespace {

struct Result {
  std::vector<double> curvature, torsion;
  std::vector<PointStatus> status;
};

Result geometry(const PowerSpline& spline, const std::vector<double>& places) {
  const std::size_t m = places.size();
  Result r{std::vector<double>(m), std::vector<double>(spline.dimension() == 3 ? m : 0), std::vector<PointStatus>(m)};
  spline.geometry(places, r.curvature, r.torsion, r.status);
  return r;
}

std::vector<double> uneven_knots(std::size_t n, std::size_t degree, std::mt19937_64& generator) {
  std::uniform_real_distribution<double> step(0.3, 1.7);
  std::vector<double> knots(n + degree + 1, 0.0);
  for (std::size_t i = 1; i < knots.size(); ++i) {
    const bool end = i <= degree || i > n;
    knots[i] = knots[i - 1] + (end ? 0.0 : step(generator));
  }
  return knots;
}

// The value and derivatives by the recursion that defines B-splines, in 113 bits.
Quad basis(const std::vector<double>& t, std::size_t i, std::size_t p, double u) {
  if (p == 0) return t[i] <= u && u < t[i + 1] ? 1 : 0;
  Quad sum = 0;
  if (t[i + p] > t[i]) sum += (Quad(u) - t[i]) / (Quad(t[i + p]) - t[i]) * basis(t, i, p - 1, u);
  if (t[i + p + 1] > t[i + 1])
    sum += (t[i + p + 1] - Quad(u)) / (Quad(t[i + p + 1]) - t[i + 1]) * basis(t, i + 1, p - 1, u);
  return sum;
}

Quad slope(const std::vector<double>& t, std::size_t i, std::size_t p, std::size_t order, double u) {
  if (order == 0) return basis(t, i, p, u);
  Quad sum = 0;
  if (t[i + p] > t[i]) sum += p / (Quad(t[i + p]) - t[i]) * slope(t, i, p - 1, order - 1, u);
  if (t[i + p + 1] > t[i + 1]) sum -= p / (Quad(t[i + p + 1]) - t[i + 1]) * slope(t, i + 1, p - 1, order - 1, u);
  return sum;
}

}  // namespace

TEST_SUITE("plugins/curve/core/power_spline") {
  TEST_CASE("the twisted cubic as a Bezier curve has its curvature and torsion") {
    // (t, t^2, t^3) in Bernstein form.
    const std::vector<double> control{0, 0, 0, 1.0 / 3, 0, 0, 2.0 / 3, 1.0 / 3, 0, 1, 1, 1};
    const PowerSpline spline(std::vector<double>{0, 0, 0, 0, 1, 1, 1, 1}, control, 3, 3);
    const Result r = geometry(spline, {0.0, 0.5, 1.0});
    CHECK(std::abs(r.curvature[0] - 2.0) < 1e-14);
    CHECK(std::abs(r.torsion[0] - 3.0) < 1e-14);
    CHECK(std::abs(r.curvature[2] - 0.166423535003062148) < 2e-15);
    CHECK(std::abs(r.torsion[2] - 3.0 / 19.0) < 3e-15);
    std::vector<double> points(9);
    spline.points(std::vector<double>{0.0, 0.5, 1.0}, points);
    CHECK(distance(points, std::vector<double>{0, 0, 0, 0.5, 0.25, 0.125, 1, 1, 1}) < 1e-15);
  }

  TEST_CASE("splines of degree 2 to 7 agree with the defining recursion in 113 bits") {
    std::mt19937_64 generator(51);
    std::normal_distribution<double> normal;
    for (std::size_t degree = 2; degree <= 7; ++degree) {
      const std::size_t n = degree + 6;
      const auto knots = uneven_knots(n, degree, generator);
      std::vector<double> control(3 * n);
      for (double& x : control) x = normal(generator);
      const PowerSpline spline(knots, control, 3, degree);
      for (int trial = 0; trial < 20; ++trial) {
        const double u = spline.last() * (trial + 0.37) / 20.0;
        Quad d[3][3] = {};
        for (std::size_t i = 0; i < n; ++i)
          for (std::size_t order = 1; order <= 3; ++order) {
            const Quad weight = order <= degree ? slope(knots, i, degree, order, u) : 0;
            for (std::size_t c = 0; c < 3; ++c) d[order - 1][c] += weight * control[3 * i + c];
          }
        const auto& [v, a, j] = d;
        const Quad x = v[1] * a[2] - v[2] * a[1], y = v[2] * a[0] - v[0] * a[2], z = v[0] * a[1] - v[1] * a[0];
        const Quad area = x * x + y * y + z * z, speed = v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
        const auto exact = static_cast<double>(sqrt_quad(area / (speed * speed * speed)));
        const auto exact_torsion = static_cast<double>((x * j[0] + y * j[1] + z * j[2]) / area);
        const double across =
            static_cast<double>(sqrt_quad(area / (speed * (a[0] * a[0] + a[1] * a[1] + a[2] * a[2]))));
        const Result r = geometry(spline, {u});
        CHECK(std::abs(r.curvature[0] - exact) < 2e-13 * exact / across);
        CHECK(std::abs(r.torsion[0] - exact_torsion) < 1e-12 * (std::abs(exact_torsion) + exact) / across);
      }
    }
  }

  TEST_CASE("order of places does not matter to any bit") {
    std::mt19937_64 generator(52);
    std::normal_distribution<double> normal;
    const auto knots = uneven_knots(20, 5, generator);
    std::vector<double> control(60);
    for (double& x : control) x = normal(generator);
    const PowerSpline spline(knots, control, 3, 5);
    std::vector<double> places = evenly(spline.first(), spline.last(), 1000);
    const Result sorted = geometry(spline, places);
    std::vector<std::size_t> order(1000);
    for (std::size_t i = 0; i < 1000; ++i) order[i] = i;
    std::shuffle(order.begin(), order.end(), generator);
    std::vector<double> mixed;
    for (const std::size_t i : order) mixed.push_back(places[i]);
    const Result shuffled = geometry(spline, mixed);
    for (std::size_t i = 0; i < 1000; ++i) {
      CHECK(shuffled.curvature[i] == sorted.curvature[order[i]]);
      CHECK(shuffled.torsion[i] == sorted.torsion[order[i]]);
    }
  }

  TEST_CASE("plane curves have a sign and straight pieces and standstills a status") {
    const std::vector<double> knots{0, 0, 0, 0, 1, 1, 1, 1};
    const PowerSpline bend(knots, std::vector<double>{0, 0, 1, 1, 2, 1, 3, 0}, 2, 3);
    CHECK(geometry(bend, {0.5}).curvature[0] < 0.0);
    const PowerSpline wave(knots, std::vector<double>{0, 0, 1, 1, 2, -1, 3, 0}, 2, 3);
    const Result r = geometry(wave, {0.25, 0.5, 0.75});
    CHECK(r.curvature[0] == -r.curvature[2]);
    CHECK(r.status[1] == PointStatus::straight);
    const PowerSpline line(knots, std::vector<double>{0, 0, 0, 1, 2, 3, 2, 4, 6, 3, 6, 9}, 3, 3);
    CHECK(geometry(line, {0.3}).status[0] == PointStatus::straight);
    CHECK(geometry(line, {0.3}).torsion[0] == 0.0);
    const PowerSpline still(knots, std::vector<double>{1, 1, 1, 1, 2, 3, 3, 0}, 2, 3);
    CHECK(geometry(still, {0.0}).status[0] == PointStatus::stationary);
    const PowerSpline polygon(std::vector<double>{0, 0, 1, 2, 2}, std::vector<double>{0, 0, 1, 0, 1, 1}, 2, 1);
    CHECK(geometry(polygon, {0.0, 1.0, 2.0}).status[2] == PointStatus::straight);
  }

  TEST_CASE("huge and tiny curves are handled by the careful route") {
    for (const double size : {1e-140, 1e140}) {
      std::vector<double> control{0, 0, 0, 1.0 / 3, 0, 0, 2.0 / 3, 1.0 / 3, 0, 1, 1, 1};
      for (double& x : control) x *= size;
      const PowerSpline spline(std::vector<double>{0, 0, 0, 0, 1, 1, 1, 1}, control, 3, 3);
      CHECK(geometry(spline, {1.0}).curvature[0] * size == doctest::Approx(0.166423535003062148).epsilon(1e-14));
    }
  }

  TEST_CASE("bad input is refused by name") {
    const std::vector<double> knots{0, 0, 0, 0, 1, 1, 1, 1}, control{0, 0, 1, 1, 2, -1, 3, 0};
    CHECK(message_of([&] { PowerSpline(knots, control, 2, 4); }) ==
          "a spline of degree 4 needs at least 5 control points; there are 4");
    CHECK(message_of([&] { PowerSpline(knots, control, 1, 3); }) ==
          "control points must have 2 or 3 coordinates; they have 1");
    CHECK(message_of([&] {
            PowerSpline(std::vector<double>{0, 0, 0, 0, 1, 1, 1}, control, 2, 3);
          }) == "knots must hold 8 x 1 numbers; it holds 7");
    CHECK(message_of([&] {
            PowerSpline(std::vector<double>{0, 0, 0, 1, 0, 1, 1, 1}, control, 2, 3);
          }) == "knots must not fall; knot 4 is 0 after 1");
    CHECK(message_of([&] { PowerSpline(std::vector<double>(8, 2.0), control, 2, 3); }) ==
          "the curve has no length of its parameter: knots 3 and 4 are both 2");
    const PowerSpline spline(knots, control, 2, 3);
    CHECK(message_of([&] { geometry(spline, {0.5, 1.5}); }) == "place 1 must lie on the curve, from 0 to 1; it is 1.5");
    CHECK_THROWS_AS(geometry(spline, {std::nan("")}), std::domain_error);
  }
}
