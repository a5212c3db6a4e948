// Clothoid fits: published problems, the end of the curve by quadrature in 113 bits, special cases, refusals.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/clothoid.hpp"

#include <doctest/doctest.h>
#include <quadmath.h>

#include <numbers>
#include <stdexcept>

#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

namespace {

constexpr double pi = std::numbers::pi;

// Gauss-Legendre rule of 5 nodes in 113 bits, on many pieces.
struct End {
  Quad x, y;
};

End end_by_quadrature(const Heading& from, const Clothoid& c) {
  const Quad outer = sqrtq(5 + 2 * sqrtq(Quad(10) / 7)) / 3, inner = sqrtq(5 - 2 * sqrtq(Quad(10) / 7)) / 3;
  const Quad w_outer = (322 - 13 * sqrtq(Quad(70))) / 900, w_inner = (322 + 13 * sqrtq(Quad(70))) / 900;
  const Quad nodes[5] = {-outer, -inner, 0, inner, outer};
  const Quad weights[5] = {w_outer, w_inner, Quad(128) / 225, w_inner, w_outer};
  constexpr int pieces = 96;
  End end{from.x, from.y};
  for (int p = 0; p < pieces; ++p)
    for (int k = 0; k < 5; ++k) {
      const Quad s = static_cast<Quad>(c.length) * (p + (1 + nodes[k]) / 2) / pieces;
      const Quad angle = from.angle + s * (c.curvature + c.rate * s / 2);
      end.x += weights[k] * cosq(angle) * c.length / (2 * pieces);
      end.y += weights[k] * sinq(angle) * c.length / (2 * pieces);
    }
  return end;
}

double miss(const Heading& from, const Heading& to, const Clothoid& c) {
  const End end = end_by_quadrature(from, c);
  return std::hypot(static_cast<double>(end.x - to.x), static_cast<double>(end.y - to.y)) /
         std::hypot(to.x - from.x, to.y - from.y);
}

double turned_wrong(const Heading& from, const Heading& to, const Clothoid& c) {
  return std::abs(std::remainder(from.angle + c.length * (c.curvature + c.rate * c.length / 2.0) - to.angle, 2.0 * pi));
}

constexpr double end_error = 5e-15;

}  // namespace

TEST_SUITE("plugins/curve/core/clothoid") {
  TEST_CASE("published problems have the solutions found in high precision") {
    struct Case {
      Heading from, to;
      Clothoid expected;
    };
    const Case cases[] = {
        {{5, 4, pi / 3}, {5, 6, 7 * pi / 6}, {-.53837757895352754, 1.0497897651294537, 2.8042755020254908}},
        {{3, 5, 2.14676}, {6, 5, 2.86234}, {-2.450836397111649, .96024726014671965, 5.3815424760824105}},
        {{3, 6, 3.05433}, {6, 6, 3.14159}, {-2.4059704674841368, .70437021915599559, 6.8676283839029189}}};
    for (const auto& [from, to, expected] : cases) {
      const Clothoid c = fit_clothoid(from, to);
      CHECK(std::abs(c.curvature - expected.curvature) <= 4e-15 * std::abs(expected.curvature));
      CHECK(std::abs(c.rate - expected.rate) <= 8e-15 * std::abs(expected.rate));
      CHECK(std::abs(c.length - expected.length) <= 4e-15 * expected.length);
    }
  }

  TEST_CASE("random problems end where they should in direction too") {
    std::mt19937_64 generator(11);
    std::uniform_real_distribution<double> unit(-1.0, 1.0);
    double worst = 0.0, worst_angle = 0.0;
    for (int i = 0; i < 400; ++i) {
      const Heading from{10 * unit(generator), 10 * unit(generator), pi * unit(generator)};
      const Heading to{10 * unit(generator), 10 * unit(generator), pi * unit(generator)};
      const Clothoid c = fit_clothoid(from, to);
      const double lengths = std::max(1.0, c.length / std::hypot(to.x - from.x, to.y - from.y) / 3.0);
      worst = std::max(worst, miss(from, to, c) / lengths);
      worst_angle = std::max(worst_angle, turned_wrong(from, to, c));
    }
    CHECK(worst < end_error);
    CHECK(worst_angle < end_error);
  }

  TEST_CASE("no random problem out of 200000 fails and batches have the bits of single fits") {
    std::mt19937_64 generator(12);
    std::uniform_real_distribution<double> unit(-1.0, 1.0);
    constexpr std::size_t n = 200001;
    std::vector<double> from(3 * n), to(3 * n);
    for (double& x : from) x = 4.0 * unit(generator);
    for (double& x : to) x = 4.0 * unit(generator);
    std::vector<Clothoid> all(n);
    fit_clothoids(from, to, all);
    double worst = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      const Heading a{from[3 * i], from[3 * i + 1], from[3 * i + 2]}, b{to[3 * i], to[3 * i + 1], to[3 * i + 2]};
      if (i % 100 == 0) {
        const Clothoid single = fit_clothoid(a, b);
        CHECK(single.curvature == all[i].curvature);
        CHECK(single.rate == all[i].rate);
        CHECK(single.length == all[i].length);
      }
      const double chord = std::hypot(b.x - a.x, b.y - a.y);
      if (i % 10 != 0 && all[i].length / chord < 50.0) continue;
      const Heading end = clothoid_at(a, all[i], all[i].length);
      worst = std::max(worst, std::hypot(end.x - b.x, end.y - b.y) / all[i].length);
    }
    CHECK(worst < 4e-15);
  }

  TEST_CASE("straight lines and circles come out as such") {
    const Clothoid line = fit_clothoid({1, 2, 0.0}, {4, 2, 0.0});
    CHECK(line.curvature == 0.0);
    CHECK(line.rate == 0.0);
    CHECK(line.length == 3.0);
    // Equal angles on both sides of the chord: a quarter and three quarters of a circle.
    const Clothoid quarter = fit_clothoid({1, 0, pi / 2}, {0, 1, pi});
    CHECK(std::abs(quarter.curvature - 1.0) < 1e-15);
    CHECK(std::abs(quarter.rate) < 1e-15);
    CHECK(std::abs(quarter.length - pi / 2) < 1e-15);
    const Clothoid most = fit_clothoid({1, 0, 0.0}, {0, 1, 1.5 * pi});
    CHECK(std::abs(most.curvature - 1.0) < 4e-15);  // the other circle of radius 1 through both points
    CHECK(std::abs(most.length - 3 * pi / 2) < 1e-14);
  }

  TEST_CASE("problems mirrored or reversed or scaled or with whole turns added have matching solutions") {
    const Heading from{0.3, -0.2, 0.9}, to{2.0, 1.1, -2.2};
    const Clothoid c = fit_clothoid(from, to);
    const Clothoid mirrored = fit_clothoid({0.3, 0.2, -0.9}, {2.0, -1.1, 2.2});
    CHECK(mirrored.curvature == -c.curvature);
    CHECK(mirrored.rate == -c.rate);
    const Clothoid back = fit_clothoid({to.x, to.y, to.angle + pi}, {from.x, from.y, from.angle + pi});
    CHECK(std::abs(back.length - c.length) < 4e-15 * c.length);
    CHECK(std::abs(back.rate - c.rate) < 4e-14 * std::abs(c.rate));
    CHECK(std::abs(fit_clothoid({0.3, -0.2, 0.9 + 4 * pi}, to).length - c.length) < 1e-14);
    for (const double scale : {0x1p-300, 0x1p300}) {
      const Clothoid other = fit_clothoid({0.3 * scale, -0.2 * scale, 0.9}, {2.0 * scale, 1.1 * scale, -2.2});
      CHECK(other.length == c.length * scale);
      CHECK(other.curvature == c.curvature / scale);
    }
  }

  TEST_CASE("nearly full circles are as long as their angles say") {
    for (const double e : {1e-3, 1e-6, 1e-9}) {
      const Heading from{0, 0, pi - e}, to{1, 0, -pi + e};
      const Clothoid c = fit_clothoid(from, to);
      // A circle with the chord 1: radius 1 / (2 sin e), turning by 2 pi - 2 e clockwise.
      const double radius = 1.0 / (2.0 * std::sin(e));
      CHECK(std::abs(c.length - radius * (2.0 * pi - 2.0 * e)) < 1e-15 / e * c.length);
      CHECK(c.curvature < 0.0);
    }
  }

  TEST_CASE("bad input is refused by name and value") {
    CHECK(message_of([] {
            fit_clothoid({1, 2, 0}, {1, 2, 3});
          }) == "start and end must be different points; both are (1, 2)");
    CHECK(message_of([] {
            fit_clothoid({1, std::nan(""), 0}, {1, 2, 3});
          }) == "the start must be finite; it is (1, nan) with angle 0");
    CHECK(message_of([] {
            fit_clothoid({1, 1, 0}, {1, 2, HUGE_VAL});
          }) == "the end must be finite; it is (1, 2) with angle inf");
    std::vector<Clothoid> out(1);
    fit_clothoids(std::vector<double>{1, 2, 0}, std::vector<double>{1, 2, 0}, out);
    CHECK(std::isnan(out[0].length));
    CHECK_THROWS_AS(clothoid_at({0, 0, 0}, {1e7, 0, 1}, 1.0), std::domain_error);
    CHECK_THROWS_AS(clothoid_at({0, 0, 0}, {std::nan(""), 0, 1}, 1.0), std::domain_error);
  }
}
