// Writhe of polygons and smooth curves against formulas of others, mirror images, motions and each other.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/writhe.hpp"

#include <doctest/doctest.h>
#include <quadmath.h>

#include <stdexcept>

#include "tests/plugins/curve/core/knots.hpp"
#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

namespace {

constexpr double rounding = 3e-14;

struct Q3 {
  Quad x[3];
};
Q3 sub(const Q3& a, const Q3& b) { return {{a.x[0] - b.x[0], a.x[1] - b.x[1], a.x[2] - b.x[2]}}; }
Quad dot(const Q3& a, const Q3& b) { return a.x[0] * b.x[0] + a.x[1] * b.x[1] + a.x[2] * b.x[2]; }
Q3 unit_cross(const Q3& a, const Q3& b) {
  Q3 c{{a.x[1] * b.x[2] - a.x[2] * b.x[1], a.x[2] * b.x[0] - a.x[0] * b.x[2], a.x[0] * b.x[1] - a.x[1] * b.x[0]}};
  const Quad length = sqrt_quad(dot(c, c));
  for (Quad& x : c.x) x /= length;
  return c;
}
Quad clamped_asin(Quad x) { return asinq(x > 1 ? Quad(1) : x < -1 ? Quad(-1) : x); }

// Klenin and Langowski's method 1a: arcsines of the normals of the four faces, in 113 bits.
double writhe_by_arcsines(const std::vector<double>& p) {
  const std::size_t n = p.size() / 3;
  const auto at = [&](std::size_t i) { return Q3{{p[3 * (i % n)], p[3 * (i % n) + 1], p[3 * (i % n) + 2]}}; };
  Quad sum = 0;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = i + 2; j < n; ++j) {
      if (i == 0 && j == n - 1) continue;
      const Q3 r12 = sub(at(i + 1), at(i)), r34 = sub(at(j + 1), at(j)), r13 = sub(at(j), at(i));
      const Q3 r14 = sub(at(j + 1), at(i)), r23 = sub(at(j), at(i + 1)), r24 = sub(at(j + 1), at(i + 1));
      const Q3 n1 = unit_cross(r13, r14), n2 = unit_cross(r14, r24), n3 = unit_cross(r24, r23),
               n4 = unit_cross(r23, r13);
      const Quad area =
          clamped_asin(dot(n1, n2)) + clamped_asin(dot(n2, n3)) + clamped_asin(dot(n3, n4)) + clamped_asin(dot(n4, n1));
      const Q3 side = unit_cross(r34, r12);
      sum += dot(side, r13) > 0 ? area : -area;
    }
  return static_cast<double>(sum / (2 * acosq(-1)));
}

}  // namespace

TEST_SUITE("plugins/curve/core/writhe") {
  TEST_CASE("polygons have the writhe of the arcsine formula in 113 bits") {
    std::mt19937_64 generator(7);
    std::normal_distribution<double> normal;
    for (int i = 0; i < 20; ++i) {
      std::vector<double> points(60);
      for (double& x : points) x = normal(generator);
      CHECK(std::abs(polygon_writhe(points, true) - writhe_by_arcsines(points)) < rounding);
    }
    const auto knot = torus_knot(2, 3, 90);
    CHECK(std::abs(polygon_writhe(knot, true) - writhe_by_arcsines(knot)) < rounding);
  }

  TEST_CASE("writhe is 0 in a plane and for mirror symmetry and changes sign in a mirror") {
    const std::vector<double> eight{1, 1, 0, -1, -1, 0, -1, 1, 0, 1, -1, 0};
    CHECK(polygon_writhe(eight, true) == 0.0);
    auto knot = torus_knot(2, 5, 120);
    const double left = polygon_writhe(knot, true);
    for (std::size_t i = 2; i < knot.size(); i += 3) knot[i] = -knot[i];
    CHECK(std::abs(polygon_writhe(knot, true) + left) < rounding);
    CHECK(left < -6.0);
  }

  TEST_CASE("writhe does not change under motions and scaling from 1e-120 to 1e120") {
    const auto knot = torus_knot(2, 3, 80);
    const double writhe = polygon_writhe(knot, true);
    const auto rotation = random_rotation(3, 2);  // with determinant 1 or -1
    const auto turned = moved(knot, rotation, 1.0, std::vector<double>{3, -2, 1});
    CHECK(std::abs(std::abs(polygon_writhe(turned, true)) - std::abs(writhe)) < 10 * rounding);
    for (const double scale : {1e-120, 1e120}) {
      auto other = knot;
      for (double& x : other) x *= scale;
      CHECK(std::abs(polygon_writhe(other, true) - writhe) < rounding);
      CHECK(std::abs(smooth_writhe(other).value - smooth_writhe(knot).value) < rounding);
    }
  }

  TEST_CASE("a closed polygon minus an open one is what the last edge adds") {
    const auto knot = torus_knot(2, 3, 40);
    auto repeated = knot;
    repeated.insert(repeated.end(), knot.begin(), knot.begin() + 3);
    CHECK(std::abs(polygon_writhe(repeated, false) - polygon_writhe(knot, true)) < rounding);
    CHECK(std::abs(polygon_writhe(repeated, true) - polygon_writhe(knot, true)) < rounding);
    CHECK(polygon_writhe(std::vector<double>{0, 0, 0, 1, 0, 0}, false) == 0.0);
  }

  TEST_CASE("inscribed polygons converge to the smooth writhe with the square of the step") {
    const double smooth = smooth_writhe(torus_knot(2, 3, 64)).value;
    const double coarse = polygon_writhe(torus_knot(2, 3, 200), true) - smooth;
    const double fine = polygon_writhe(torus_knot(2, 3, 400), true) - smooth;
    CHECK(coarse / fine > 3.8);
    CHECK(coarse / fine < 4.2);
    // Richardson's extrapolation of two polygons comes near to the value that the other route gives.
    CHECK(std::abs(fine - (coarse - fine) / 3.0) < 2e-5);
  }

  TEST_CASE("the smooth writhe does not depend on where samples begin nor on how many there are") {
    const double reference = smooth_writhe(torus_knot(3, 4, 256)).value;
    for (const std::size_t n : {65U, 96U, 127U, 200U}) {
      const auto result = smooth_writhe(torus_knot(3, 4, n));
      CHECK(std::abs(result.value - reference) < 1e-13);
      CHECK(result.difference < 1e-13);
    }
  }

  TEST_CASE("a refined trigonometric interpolant goes through the curve and its derivative is that of the curve") {
    const auto fine = refine_closed(torus_knot(2, 3, 24), 60);
    CHECK(distance(fine, torus_knot(2, 3, 60)) < 2e-14);
    const auto slope = closed_derivative(torus_knot(2, 3, 24));
    CHECK(std::abs(slope[1] - 6.0) < 1e-13);  // (2 + cos 0) * 2 along the second axis
    CHECK(std::abs(slope[2] - 3.0) < 1e-13);
    CHECK_THROWS_AS(refine_closed(torus_knot(2, 3, 24), 20), std::invalid_argument);
  }

  TEST_CASE("bad input is refused by name") {
    CHECK(message_of([] {
            polygon_writhe(std::vector<double>{0, 0, 0, 1, 1, 1}, true);
          }) == "a curve needs at least 3 points here; 'points' has 2");
    CHECK(message_of([] { smooth_writhe(torus_knot(2, 3, 4)); }) ==
          "a smooth closed curve needs at least 5 samples; there are 4");
    auto repeated = torus_knot(2, 3, 40);
    repeated.insert(repeated.end(), {3, 0, 0});
    CHECK(message_of([&] { smooth_writhe(repeated); }) ==
          "the last sample repeats the first; leave it out of a closed curve");
    CHECK(message_of([] {
            polygon_writhe(std::vector<double>{0, 0, 0, 1, 1, HUGE_VAL, 1, 2, 3}, true);
          }) == "points must be finite; row 1, column 2 is inf");
    const std::vector<double> still(30, 1.0);
    CHECK_THROWS_AS(smooth_writhe(still), std::invalid_argument);
  }
}
