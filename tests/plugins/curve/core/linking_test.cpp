// Linking and winding numbers: known links, the Gauss integral as another route, special positions, refusals.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/linking.hpp"

#include <doctest/doctest.h>

#include <complex>

#include "plugins/curve/core/writhe.hpp"
#include "tests/plugins/curve/core/knots.hpp"
#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

namespace {

std::vector<double> circle(std::size_t n, double x, bool upright) {
  std::vector<double> points;
  for (std::size_t i = 0; i < n; ++i) {
    const double t = 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n);
    const double sine = std::sin(t);
    points.insert(points.end(), {x + std::cos(t), upright ? 0.0 : sine, upright ? sine : 0.0});
  }
  return points;
}

std::vector<double> reversed(const std::vector<double>& points) {
  std::vector<double> result;
  for (std::size_t i = points.size(); i > 0; i -= 3)
    result.insert(result.end(), {points[i - 3], points[i - 2], points[i - 1]});
  return result;
}

}  // namespace

TEST_SUITE("plugins/curve/core/linking") {
  TEST_CASE("a Hopf link is linked once and its sign changes with the direction of either curve") {
    const auto a = circle(7, 0.0, false), b = circle(9, 1.0, true);
    CHECK(linking_number(a, b).number == -1);
    CHECK(linking_number(b, a).number == -1);
    CHECK(linking_number(reversed(a), b).number == 1);
    CHECK(linking_number(reversed(a), reversed(b)).number == -1);
    CHECK(linking_number(a, circle(9, 3.0, true)).number == 0);
  }

  TEST_CASE("a torus knot links the core of its torus and the axis as often as it runs around them") {
    const auto core = torus_knot(1, 0, 64, 0.0);
    for (const auto& [p, q] : {std::pair{2, 3}, {3, 2}, {5, 7}, {1, 4}}) {
      CHECK(linking_number(torus_knot(p, q, 400), core).number == -q);
      const std::vector<double> axis{0, 0, -9, 0, 0, 9, 90, 0, 0};
      CHECK(std::abs(linking_number(torus_knot(p, q, 400), axis).number) == p);
    }
  }

  TEST_CASE("the number is the rounded Gauss integral for random polygons") {
    std::mt19937_64 generator(3);
    std::normal_distribution<double> normal;
    for (int i = 0; i < 60; ++i) {
      std::vector<double> a(60), b(45);
      for (double& x : a) x = normal(generator);
      for (double& x : b) x = normal(generator);
      const double integral = polygon_gauss_integral(a, b);
      CHECK(std::abs(static_cast<double>(linking_number(a, b).number) - integral) < 1e-12);
    }
  }

  TEST_CASE("polygons on a lattice are decided although most views of them are special") {
    std::mt19937_64 generator(4);
    int decided = 0, touching = 0, linked = 0;
    for (int i = 0; i < 400; ++i) {
      const auto a = lattice_polygon(generator, 12, 4), b = lattice_polygon(generator, 12, 4);
      try {
        const auto number = static_cast<double>(linking_number(a, b).number);
        CHECK(std::abs(number - polygon_gauss_integral(a, b)) < 1e-12);
        ++decided;
        linked += number != 0.0;
      } catch (const std::invalid_argument&) {
        ++touching;
      }
    }
    CHECK(decided > 100);
    CHECK(linked > 50);
    CHECK(touching > 50);
  }

  TEST_CASE("curves that touch are refused with both edges and one bit apart they are not") {
    const std::vector<double> a{0, 0, 0, 3, 0, 0, 0, 3, 0};
    const std::vector<double> through{1, 1, -1, 1, 1, 1, 9, 9, 0}, at_edge{1, 0, -1, 1, 0, 1, 1, -9, 0};
    CHECK(linking_number(a, through).number == 1);
    CHECK(message_of([&] { linking_number(a, at_edge); }) ==
          "the curves touch, so that they have no linking number: edge 0 of the first meets edge 0 of the second");
    for (const double y : {std::nextafter(0.0, 1.0) + 0x1p-500, -0x1p-500}) {
      const std::vector<double> beside{1, y, -1, 1, y, 1, 1, -9, 0};
      CHECK(linking_number(a, beside).number ==
            (y > 0.0 ? 1 : 0) * linking_number(a, {{1, 1, -1, 1, 1, 1, 1, -9, 0}}).number);
    }
    CHECK_THROWS_AS(linking_number(a, a), std::invalid_argument);
  }

  TEST_CASE("bad input is refused by name") {
    const auto a = circle(5, 0.0, false);
    CHECK(message_of([&] {
            linking_number(a, {{0, 0, 0, 1, 1, 1}});
          }) == "a curve needs at least 3 points here; 'second' has 2");
    CHECK(message_of([&] { linking_number({{0, 0, 0, 1}}, a); }) == "first must hold rows of 3 numbers; it holds 4");
    CHECK(message_of([&] {
            linking_number(a, {{0, 0, 0, 1, std::nan(""), 1, 2, 2, 2}});
          }) == "second must be finite; row 1, column 1 is nan");
  }

  TEST_CASE("the winding number is the rounded sum of angles for random star polygons and 0 outside") {
    std::mt19937_64 generator(5);
    std::normal_distribution<double> normal;
    for (int i = 0; i < 200; ++i) {
      std::vector<double> polygon(22), place{normal(generator), normal(generator)};
      for (double& x : polygon) x = normal(generator);
      double turns = 0.0;
      for (std::size_t k = 0; k < 11; ++k) {
        const std::size_t j = (k + 1) % 11;
        const std::complex<double> from(polygon[2 * k] - place[0], polygon[2 * k + 1] - place[1]);
        const std::complex<double> to(polygon[2 * j] - place[0], polygon[2 * j + 1] - place[1]);
        turns += std::arg(to / from) / (2.0 * std::numbers::pi);
      }
      CHECK(std::abs(static_cast<double>(winding_number(polygon, place)[0]) - turns) < 1e-12);
      CHECK(winding_number(polygon, std::vector<double>{99.0, 0.0})[0] == 0);
    }
  }

  TEST_CASE("places at the height of corners count once and places on the curve are refused") {
    const std::vector<double> diamond{2, 0, 0, 2, -2, 0, 0, -2};
    CHECK(winding_number(diamond, std::vector<double>{0, 0, -1, 0, 3, 0, -3, 0, 0, 2.5}) ==
          std::vector<std::int64_t>{1, 1, 0, 0, 0});
    CHECK(message_of([&] {
            winding_number(diamond, std::vector<double>{0, 0, 1, 1});
          }) == "place 1 lies on the curve, on the edge from point 0, where there is no winding number");
    const double above = std::nextafter(1.0, 2.0);
    CHECK(winding_number(diamond, std::vector<double>{1, above, 1, std::nextafter(1.0, 0.0)}) ==
          std::vector<std::int64_t>{0, 1});
  }
}
