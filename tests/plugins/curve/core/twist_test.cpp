// Twist, total curvature and torsion, and the identity of Calugareanu, White and Fuller.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/twist.hpp"

#include <doctest/doctest.h>

#include "plugins/curve/core/polygon_torsion.hpp"
#include "tests/plugins/curve/core/knots.hpp"
#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

namespace {

constexpr double pi = std::numbers::pi;
constexpr double identity = 1e-13;

std::vector<double> ellipse(std::size_t n, double a, double b) {
  std::vector<double> points;
  for (std::size_t i = 0; i < n; ++i) {
    const double t = 2.0 * pi * static_cast<double>(i) / static_cast<double>(n);
    points.insert(points.end(), {a * std::cos(t), b * std::sin(t), 0.0});
  }
  return points;
}

}  // namespace

TEST_SUITE("plugins/curve/core/twist") {
  TEST_CASE("linking is writhe plus twist for torus knots framed by principal normals") {
    for (const auto& [p, q] : {std::pair{2, 3}, {3, 2}, {2, 5}, {3, 4}, {5, 2}}) {
      const SelfLinking result = self_linking(torus_knot(p, q, 256));
      CHECK(result.defect < identity);
      CHECK(std::abs(result.twist) > 0.05);
    }
  }

  TEST_CASE("a torus knot framed by normals of the torus is linked p q times with its push-off") {
    for (const auto& [p, q] : {std::pair{2, 3}, {3, 2}, {2, -5}, {3, 4}}) {
      const SelfLinking result = self_linking(torus_knot(p, q, 200), torus_normals(p, q, 200));
      CHECK(result.number == -p * q);
      CHECK(result.defect < identity);
    }
  }

  TEST_CASE("convex plane curves have total curvature 2 pi and no torsion and linking 0") {
    const auto curve = ellipse(128, 3.0, 1.0);
    CHECK(std::abs(smooth_total_curvature(curve).value - 2.0 * pi) < 1e-13);
    CHECK(std::abs(smooth_total_torsion(curve).value) < 1e-13);
    CHECK(self_linking(curve).number == 0);
  }

  TEST_CASE("a ribbon that turns k times about a circle has twist and linking k") {
    const std::size_t n = 64;
    for (const int k : {-3, 1, 2}) {
      std::vector<double> directors;
      for (std::size_t i = 0; i < n; ++i) {
        const double t = 2.0 * pi * static_cast<double>(i) / static_cast<double>(n);
        // From the outward normal to the tangent's cross product with it, by the right hand; length does not count.
        const double c = std::cos(k * t), s = std::sin(k * t), size = 1.0 + 0.5 * std::cos(t);
        directors.insert(directors.end(), {size * c * std::cos(t), size * c * std::sin(t), -size * s});
      }
      const SelfLinking result = self_linking(ellipse(n, 1.0, 1.0), directors);
      CHECK(result.number == k);
      CHECK(std::abs(result.twist - k) < 1e-13);
    }
  }

  TEST_CASE("knotted curves have total curvature above 4 pi and their polygons approach it from below") {
    const auto knot = torus_knot(2, 3, 128);
    const ClosedIntegral result = smooth_total_curvature(knot);
    CHECK(result.value > 4.0 * pi);
    CHECK(result.difference < 1e-13);
    const double polygon = polygon_total_torsion(torus_knot(2, 3, 4000), true);
    CHECK(std::abs(polygon - smooth_total_torsion(knot).value) < 1e-4);
  }

  TEST_CASE("the polygon of a helix turns by the same dihedral angle at each edge") {
    std::vector<double> points;
    for (int i = 0; i < 30; ++i)
      points.insert(points.end(), {2.0 * std::cos(0.1 * i), 2.0 * std::sin(0.1 * i), 0.05 * i});
    // tau / |r'| per unit of the angle is h / sqrt(R^2 + h^2) = 0.5 / sqrt(4.25); 27 angles of 0.1.
    CHECK(std::abs(polygon_total_torsion(points, false) - 2.7 * 0.5 / std::sqrt(4.25)) < 1e-3);
    for (std::size_t i = 2; i < points.size(); i += 3) points[i] = -points[i];
    CHECK(polygon_total_torsion(points, false) < -0.6);
    CHECK(polygon_total_torsion(std::vector<double>{0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0}, false) == 0.0);
    CHECK(polygon_total_torsion(std::vector<double>{0, 0, 0}, true) == 0.0);
  }

  TEST_CASE("frames that do not exist are refused with the place") {
    // y = sin 2t over a circle's x has inflections.
    std::vector<double> eight;
    for (int i = 0; i < 64; ++i) {
      const double t = 2.0 * pi * i / 64.0;
      eight.insert(eight.end(), {std::cos(t), std::sin(2.0 * t), 0.0});
    }
    CHECK(message_of([&] { self_linking(eight); }).find("the curvature vanishes, so that there is no torsion, at") ==
          0);
    const auto circle = ellipse(16, 1.0, 1.0);
    std::vector<double> along;
    for (std::size_t i = 0; i < 48; i += 3) along.insert(along.end(), {-circle[i + 1], circle[i], 0.0});
    CHECK(message_of([&] { smooth_twist(circle, along); }) ==
          "the director is 0 or along the curve at 0 of the way around");
    along[3] = along[4] = 0.0;
    CHECK(message_of([&] { smooth_twist(circle, along); }) == "directors must not be 0; row 1 is");
    along.pop_back();
    CHECK(message_of([&] { smooth_twist(circle, along); }) == "directors must hold 16 x 3 numbers; it holds 47");
  }
}
