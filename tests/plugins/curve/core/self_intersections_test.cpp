// Meetings of edges against whole-number arithmetic, known knots and curves, and the cases at the edge.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/self_intersections.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

#include "tests/plugins/curve/core/numbers.hpp"

namespace orrery::curve {

namespace {

using test::evenly;
using test::message_of;

SelfIntersections meet(const std::vector<double>& points, std::size_t d, bool closed, std::size_t most = 1000000) {
  return self_intersections(points, points.size() / d, d, closed, most);
}

// Two segments of whole coordinates in the plane, by clipping one to the other with fractions.
bool meet_by_fractions(const std::int64_t* p, const std::int64_t* q, const std::int64_t* r, const std::int64_t* s) {
  const auto cross = [](std::int64_t ax, std::int64_t ay, std::int64_t bx, std::int64_t by) {
    return ax * by - ay * bx;
  };
  const std::int64_t ux = q[0] - p[0], uy = q[1] - p[1], vx = s[0] - r[0], vy = s[1] - r[1];
  const std::int64_t wx = r[0] - p[0], wy = r[1] - p[1], det = cross(ux, uy, vx, vy);
  if (det != 0) {
    std::int64_t t = cross(wx, wy, vx, vy), x = cross(wx, wy, ux, uy), m = det;
    if (m < 0) t = -t, x = -x, m = -m;
    return t >= 0 && t <= m && x >= 0 && x <= m;
  }
  if (cross(wx, wy, ux, uy) != 0) return false;
  const std::int64_t length = ux * ux + uy * uy, a = wx * ux + wy * uy, b = a + vx * ux + vy * uy;
  return std::max(a, b) >= 0 && std::min(a, b) <= length;
}

}  // namespace

TEST_SUITE("plugins/curve/core/self_intersections") {
  TEST_CASE("edges on a small grid meet exactly where fractions say so") {
    std::mt19937_64 generator(3);
    std::uniform_int_distribution<std::int64_t> coordinate(-4, 4);
    std::size_t met = 0, lines = 0;
    for (int trial = 0; trial < 20000; ++trial) {
      // Edges 0 and 2 of an open polyline of four points; the one between joins them.
      std::array<std::int64_t, 8> p;
      for (auto& x : p) x = coordinate(generator);
      bool proper = true;
      for (std::size_t i = 0; i < 6; i += 2) proper = proper && (p[i] != p[i + 2] || p[i + 1] != p[i + 3]);
      if (!proper) continue;
      const std::vector<double> points(p.begin(), p.end());
      bool found = false;
      for (const EdgePair& pair : meet(points, 2, false).pairs) {
        found = found || (pair.first == 0 && pair.second == 2);
        lines += pair.meeting == Meeting::overlap;
      }
      CHECK(found == meet_by_fractions(&p[0], &p[2], &p[4], &p[6]));
      met += found;
      // The same in space, in a slanted plane: x, y, x - 2 y.
      std::vector<double> lifted;
      for (std::size_t i = 0; i < 8; i += 2)
        lifted.insert(lifted.end(), {points[i + 1], points[i] - 2 * points[i + 1], points[i]});
      CHECK(meet(lifted, 3, false).count == meet(points, 2, false).count);
    }
    CHECK(met > 1000);
    CHECK(lines > 100);
  }

  TEST_CASE("curves of the books have the double points that they are known for") {
    const auto closed_curve = [](auto&& f, std::size_t n) {
      std::vector<double> points;
      for (std::size_t i = 0; i < n; ++i) {
        const auto [x, y] = f(2.0 * std::numbers::pi * (static_cast<double>(i) + 0.3) / static_cast<double>(n));
        points.insert(points.end(), {x, y});
      }
      return points;
    };
    const auto figure = [](double t) { return std::array{std::sin(2.0 * t), std::sin(t)}; };
    const SelfIntersections eight = meet(closed_curve(figure, 401), 2, true);
    REQUIRE(eight.count == 1);
    CHECK(eight.pairs[0].meeting == Meeting::crossing);
    CHECK(std::hypot(eight.pairs[0].place[0], eight.pairs[0].place[1]) <= 1e-3);
    // The projection of the torus knot (p, q) along its axis has q (p - 1) double points.
    for (const auto& [p, q] : {std::pair{2, 3}, std::pair{3, 5}, std::pair{5, 3}}) {
      const auto knot = [p = p, q = q](double t) {
        const double r = 2.0 + std::cos(q * t);
        return std::array{r * std::cos(p * t), r * std::sin(p * t)};
      };
      CHECK(meet(closed_curve(knot, 3001), 2, true).count == static_cast<std::size_t>(q * (p - 1)));
    }
    const auto ellipse = [](double t) { return std::array{3.0 * std::cos(t), std::sin(t)}; };
    CHECK(meet(closed_curve(ellipse, 1000), 2, true).count == 0);
  }

  TEST_CASE("every size of numbers gives the same answer and places scale along") {
    for (const int exponent : {-900, -30, 0, 200, 900}) {
      std::vector<double> cross{0.0, 0.0, 2.0, 2.0, 2.0, 0.0, 0.0, 2.0};
      for (double& x : cross) x = std::scalbn(x, exponent);
      const SelfIntersections found = meet(cross, 2, false);
      REQUIRE(found.count == 1);
      CHECK(found.pairs[0].place[0] == std::scalbn(1.0, exponent));
      CHECK(found.pairs[0].place[1] == std::scalbn(1.0, exponent));
    }
  }

  TEST_CASE("a gap of one last bit is a gap") {
    const double below = std::nextafter(1.0, 0.0);
    // The second stroke ends on the first one, and a last bit short of it.
    CHECK(meet({0.0, 1.0, 3.0, 1.0, 5.0, -2.0, 1.0, 1.0}, 2, false).count == 1);
    CHECK(meet({0.0, 1.0, 3.0, 1.0, 5.0, -2.0, 1.0, below}, 2, false).count == 0);
    CHECK(meet({0.0, 0.0, 1.0, 3.0, 0.0, 1.0, 5.0, 0.0, 4.0, 1.0, -1.0, 1.0}, 3, false).count == 0);
    CHECK(meet({0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 3.0, 0.0, 0.0, 0.5, 0.5, 0.5}, 3, false).count == 1);
    CHECK(meet({0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 3.0, 0.0, 0.0, 0.5, 0.5, std::nextafter(0.5, 1.0)}, 3, false).count == 0);
  }

  TEST_CASE("neighbours count only where a curve turns straight back") {
    CHECK(meet({0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0}, 2, true).count == 0);
    CHECK(meet({0.0, 0.0, 1.0, 0.0, 2.0, 0.0}, 2, false).count == 0);
    const SelfIntersections back = meet({0.0, 0.0, 1.0, 0.0, 0.25, 0.0}, 2, false);
    REQUIRE(back.count == 1);
    CHECK(back.pairs[0].meeting == Meeting::overlap);
    CHECK(back.pairs[0].place == std::array<double, 3>{1.0, 0.0, 0.0});
    // Twice around a square: every edge lies on another.
    const SelfIntersections twice =
        meet({0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0}, 2, true);
    CHECK(std::count_if(twice.pairs.begin(), twice.pairs.end(),
                        [](const EdgePair& p) { return p.meeting == Meeting::overlap; }) == 4);
    // Repeated points and a repeated first point are nothing of their own.
    CHECK(meet({0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0}, 2, true).count == 0);
  }

  TEST_CASE("what cannot be searched is refused and a search that is cut short says so") {
    CHECK(message_of([] {
            meet({0.0, 0.0, 1.0, 1.0}, 2, true);
          }) == "a closed polyline needs at least 3 points that differ from the one before; there are 2");
    CHECK(message_of([] {
            meet({1.0, 1.0, 1.0, 1.0}, 2, false);
          }) == "a polyline needs at least 2 points that differ from the one before; there are 1");
    CHECK(message_of([] { meet({0.0, 1.0}, 1, false); }) == "points must have 2 or 3 coordinates; they have 1");
    CHECK(message_of([] { meet({0.0, std::nan("")}, 2, false); }).find("nan") != std::string::npos);
    std::vector<double> star;
    for (int i = 0; i < 101; ++i) star.insert(star.end(), {std::cos(50 * 0.0622 * i), std::sin(50 * 0.0622 * i)});
    const SelfIntersections all = meet(star, 2, true), some = meet(star, 2, true, 10);
    CHECK(all.complete);
    CHECK(all.count > 1000);
    CHECK_FALSE(some.complete);
    CHECK(some.count == 10);
  }
}

}  // namespace orrery::curve
