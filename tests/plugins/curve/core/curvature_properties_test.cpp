// Curvature from derivatives: invariances, sizes, degenerate points and refusals.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/curvature.hpp"

#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <numbers>
#include <stdexcept>

#include "tests/plugins/curve/core/known_curves.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

TEST_SUITE_BEGIN("plugins/curve/core/curvature_properties");

TEST_CASE("a reflection changes the sign of the last curvature only") {
  std::mt19937_64 generator(13);
  for (const std::size_t d : {2U, 3U, 4U, 5U, 7U}) {
    const Rows r = random_rows(generator, d, d);
    Rows mirrored = r;
    for (auto& row : mirrored) {
      row[d - 1] = -row[d - 1];
    }
    const FrenetData a = geometry_of(r, 1, d);
    const FrenetData b = geometry_of(mirrored, 1, d);
    for (std::size_t i = 0; i + 1 < d; ++i) {
      const double expected = i + 2 == d ? -a.curvatures[i] : a.curvatures[i];
      CHECK(std::abs(b.curvatures[i] - expected) <= ulps(4, expected));
    }
  }
}

TEST_CASE("rotations leave curvatures alone and carry the frame along") {
  std::mt19937_64 generator(14);
  for (const std::size_t d : {2U, 3U, 4U, 6U}) {
    const Rows r = random_rows(generator, d, d);
    const std::vector<double> rotation = random_rotation(d, static_cast<unsigned>(d));
    const std::vector<double> none(d, 0.0);
    Rows turned;
    for (const auto& row : r) {
      turned.push_back(moved(row, rotation, 1.0, none));
    }
    const FrenetData a = geometry_of(r, 1, d);
    const FrenetData b = geometry_of(turned, 1, d);
    for (std::size_t i = 0; i + 1 < d; ++i) {
      CHECK(std::abs(std::abs(b.curvatures[i]) - std::abs(a.curvatures[i])) <= 1e-13 * std::abs(a.curvatures[i]));
    }
    const std::vector<double> carried = moved(std::span(a.frame).first((d - 1) * d), rotation, 1.0, none);
    if (d > 2) {
      CHECK(distance(carried, std::span(b.frame).first((d - 1) * d)) < 1e-13);
    }
  }
}

TEST_CASE("another parameter leaves curvature and torsion alone") {
  // t = f(u) with f' = 2, f'' = -3, f''' = 5: chain rule up to the third derivative.
  const Rows r = viviani(0.7);
  Rows changed(3, std::vector<double>(3));
  for (std::size_t c = 0; c < 3; ++c) {
    changed[0][c] = 2.0 * r[0][c];
    changed[1][c] = 4.0 * r[1][c] - 3.0 * r[0][c];
    changed[2][c] = 8.0 * r[2][c] - 18.0 * r[1][c] + 5.0 * r[0][c];
  }
  const FrenetData a = geometry_of(r, 1, 3);
  const FrenetData b = geometry_of(changed, 1, 3);
  CHECK(std::abs(a.curvature[0] - b.curvature[0]) < 2e-15);
  CHECK(std::abs(a.torsion[0] - b.torsion[0]) < 4e-15);
  CHECK(distance(a.frame, b.frame) < 4e-15);
}

TEST_CASE("sizes from 1e-150 to 1e150 give the digits of size one") {
  for (const int exponent : {-498, -120, 120, 498}) {
    const double size = std::scalbn(1.0, exponent);
    Rows r = viviani(0.7);
    const FrenetData unit = geometry_of(r, 1, 3);
    for (auto& row : r) {
      std::transform(row.begin(), row.end(), row.begin(), [size](double x) { return x * size; });
    }
    const FrenetData g = geometry_of(r, 1, 3);
    CHECK(g.curvature[0] * size == unit.curvature[0]);
    CHECK(g.torsion[0] * size == unit.torsion[0]);
    CHECK(g.speed[0] == unit.speed[0] * size);
    CHECK(distance(g.frame, unit.frame) == 0.0);
  }
}

TEST_CASE("a parameter running 1e150 times faster leaves the geometry alone") {
  const double rate = std::scalbn(1.0, 330);
  Rows r = viviani(0.7);
  const FrenetData unit = geometry_of(r, 1, 3);
  double power = 1.0;
  for (auto& row : r) {
    power *= rate;
    std::transform(row.begin(), row.end(), row.begin(), [power](double x) { return x * power; });
  }
  const FrenetData g = geometry_of(r, 1, 3);
  CHECK(g.curvature[0] == unit.curvature[0]);
  CHECK(g.torsion[0] == unit.torsion[0]);
}

TEST_CASE("the centre of curvature of a circle is its centre in any dimension") {
  for (const std::size_t d : {2U, 3U, 5U}) {
    const double t = 2.2;
    std::vector<double> point(d, 4.0);
    Rows r(2, std::vector<double>(d, 0.0));
    point[0] = 1.0 + 3.0 * std::cos(t);
    point[1] = -2.0 - 3.0 * std::sin(t);
    r[0][0] = -3.0 * std::sin(t);
    r[0][1] = -3.0 * std::cos(t);
    r[1][0] = -3.0 * std::cos(t);
    r[1][1] = 3.0 * std::sin(t);
    std::vector<double> centre(d, 4.0);
    centre[0] = 1.0;
    centre[1] = -2.0;
    CHECK(distance(centres_of_curvature(point, geometry_of(r, 1, d)), centre) < 2e-15);
  }
}

TEST_CASE("a vanishing speed is reported as stationary with zeros and without a frame") {
  for (const std::size_t d : {1U, 2U, 3U, 5U}) {
    Rows r(std::max<std::size_t>(2, d), std::vector<double>(d, 1.0));
    r[0].assign(d, 0.0);
    const FrenetData g = geometry_of(r, 1, d);
    CHECK(g.status[0] == PointStatus::stationary);
    CHECK(g.stationary_count == 1);
    CHECK(g.rank[0] == 0);
    CHECK(g.speed[0] == 0.0);
    CHECK(g.curvature[0] == 0.0);
    CHECK(std::all_of(g.frame.begin(), g.frame.end(), [](double x) { return x == 0.0; }));
  }
}

TEST_CASE("a straight run is reported with curvature zero and its tangent") {
  for (const std::size_t d : {2U, 3U, 4U}) {
    Rows r(3, std::vector<double>(d));
    for (std::size_t c = 0; c < d; ++c) {
      const double direction = 0.1 + 0.37 * static_cast<double>(c);
      r[0][c] = 0.3 * direction;
      r[1][c] = 0.7 * direction;  // rounding makes these not quite parallel
      r[2][c] = -1.1 * direction;
    }
    const FrenetData g = geometry_of(r, 1, d);
    CHECK(g.status[0] == PointStatus::straight);
    CHECK(g.straight_count == 1);
    CHECK(g.curvature[0] == 0.0);
    CHECK(g.rank[0] == (d == 2 ? 2 : 1));
    CHECK(orthonormality_defect(g, 0) < frame_rounding);
    const std::vector<double> origin(d, 0.0);
    CHECK(std::isinf(centres_of_curvature(origin, g)[0]));
  }
}

TEST_CASE("an inflection of a plane curve keeps its normal") {
  // y = x^3 at 0
  const FrenetData g = geometry_of({{1.0, 0.0}, {0.0, 0.0}}, 1, 2);
  CHECK(g.status[0] == PointStatus::straight);
  CHECK(g.signed_curvature[0] == 0.0);
  CHECK(g.frame == std::vector<double>{1.0, 0.0, 0.0, 1.0});
}

TEST_CASE("one dimension has a speed and no curvature") {
  const FrenetData g = geometry_of({{-2.0, 3.0}}, 2, 1);
  CHECK(g.speed == std::vector<double>{2.0, 3.0});
  CHECK(g.curvature_count == 0);
  CHECK(g.frame == std::vector<double>{-1.0, 1.0});
  CHECK(g.curvature == std::vector<double>{0.0, 0.0});
}

TEST_CASE("two derivatives in space give the whole frame but no torsion") {
  Rows r = twisted_cubic(1.0);
  r.pop_back();
  const FrenetData g = geometry_of(r, 1, 3);
  CHECK(g.torsion.empty());
  CHECK(g.frame_size == 3);
  CHECK(g.rank[0] == 3);
  CHECK(std::abs(g.curvature[0] - 0.166423535003062148) <= ulps(2, 0.1664));
}

TEST_CASE("each sample is judged by itself") {
  const FrenetData g = geometry_of({{1, 0, 0, 0, 0, 2}, {0, 1, 1, 1, 0, 1}}, 3, 2);
  CHECK(g.status == std::vector<PointStatus>{PointStatus::ok, PointStatus::stationary, PointStatus::straight});
  CHECK(g.curvature == std::vector<double>{1.0, 0.0, 0.0});
}

TEST_CASE("wrong input is refused by name") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(message_of([&] {
          geometry_of({{1, 0, 1, 0}, {0, 1, nan, 1}}, 2, 2);
        }) == "derivative 2 must be finite; row 1, column 0 is nan");
  CHECK(message_of([&] {
          geometry_of({{1, 0, 1}, {0, 1, 1, 1}}, 2, 2);
        }) == "derivative 1 must hold 2 x 2 numbers; it holds 3");
  CHECK(message_of([&] {
          geometry_of({{1, 0}}, 1, 2);
        }) == "derivatives must hold at least 2 arrays in dimension 2; there are 1");
  CHECK(message_of([&] { geometry_of({{}}, 0, 0); }) == "dimension must be at least 1; it is 0");
  CHECK_THROWS_AS(geometry_of({{1, 0}}, 1, 2), std::invalid_argument);
  CHECK(geometry_of({{}, {}}, 0, 2).n == 0);
}

TEST_SUITE_END();
