// Tests of evolute, involute, parallel curve and rotation by their geometry.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/companions.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "plugins/curve/core/named_curves.hpp"
#include "tests/plugins/curve/core/numbers.hpp"

namespace orrery::curve {

namespace {

using test::distance;
using test::evenly;
using test::message_of;

}  // namespace

TEST_SUITE("plugins/curve/core/companions") {
  TEST_CASE("the evolute of an ellipse is the stretched astroid") {
    const std::vector<double> t = evenly(0.0, 6.0, 50);
    const CurveTable e = evaluate({.name = CurveName::ellipse, .a = 3.0, .b = 2.0}, t, 2);
    const Companion c = evolute(e.points, e.derivatives[0], e.derivatives[1], e.n);
    for (std::size_t i = 0; i < t.size(); ++i) {
      CHECK(std::abs(c.points[2 * i] - 5.0 / 3.0 * std::pow(std::cos(t[i]), 3)) <= 4e-15);
      CHECK(std::abs(c.points[2 * i + 1] + 5.0 / 2.0 * std::pow(std::sin(t[i]), 3)) <= 4e-15);
      CHECK(c.status[i] == 0);
    }
  }

  TEST_CASE("the evolute of a cycloid is a cycloid and that of a line is at infinity") {
    const std::vector<double> t = evenly(0.2, 6.0, 30);
    const CurveTable e = evaluate({.name = CurveName::cycloid}, t, 2);
    const Companion c = evolute(e.points, e.derivatives[0], e.derivatives[1], e.n);
    for (std::size_t i = 0; i < t.size(); ++i) {
      CHECK(c.points[2 * i] == doctest::Approx(t[i] + std::sin(t[i])).epsilon(1e-13));
      CHECK(std::abs(c.points[2 * i + 1] - (std::cos(t[i]) - 1.0)) <= 1e-13);
    }
    const std::vector<double> p{0.0, 0.0}, v{1.0, 0.0}, zero{0.0, 0.0};
    CHECK(evolute(p, v, zero, 1).status[0] == 2);
    CHECK(std::isinf(evolute(p, v, zero, 1).points[0]));
    CHECK(evolute(p, zero, v, 1).status[0] == 1);
  }

  TEST_CASE("the involute of a circle is that of the books and its evolute is the circle") {
    const std::vector<double> t = evenly(0.0, 7.0, 30);
    const CurveTable circle = evaluate({.name = CurveName::circle, .a = 2.0}, t, 1);
    const CurveTable exact = evaluate({.name = CurveName::circle_involute, .a = 2.0}, t, 2);
    std::vector<double> arc(t);
    std::for_each(arc.begin(), arc.end(), [](double& s) { s *= 2.0; });
    const Companion c = involute(circle.points, circle.derivatives[0], arc, 0.0, t.size(), 2);
    CHECK(distance(c.points, exact.points) <= 4e-15);
    CHECK(c.status[0] == 2);
    const Companion back = evolute(exact.points, exact.derivatives[0], exact.derivatives[1], t.size());
    CHECK(back.status[0] == 1);
    CHECK(distance(std::span(back.points).subspan(2), std::span(circle.points).subspan(2)) <= 1e-14);
  }

  TEST_CASE("a parallel curve keeps its distance and marks what runs backwards") {
    const std::vector<double> t = evenly(0.0, 6.0, 61);
    const CurveTable e = evaluate({.name = CurveName::ellipse, .a = 3.0, .b = 2.0}, t, 2);
    const Companion c = offset(e.points, e.derivatives[0], e.derivatives[1], 2.0, e.n);
    std::size_t backwards = 0;
    for (std::size_t i = 0; i < t.size(); ++i) {
      const double x = c.points[2 * i] - e.points[2 * i], y = c.points[2 * i + 1] - e.points[2 * i + 1];
      CHECK(std::hypot(x, y) == doctest::Approx(2.0).epsilon(1e-15));
      CHECK(std::abs(x * e.derivatives[0][2 * i] + y * e.derivatives[0][2 * i + 1]) <= 1e-14);
      const double q = 9.0 * std::pow(std::sin(t[i]), 2) + 4.0 * std::pow(std::cos(t[i]), 2);
      CHECK((c.status[i] == 2) == (2.0 * 6.0 / std::pow(q, 1.5) >= 1.0));
      backwards += c.status[i] == 2 ? 1U : 0U;
    }
    CHECK(backwards > 5);
    CHECK(backwards < 50);
    const std::vector<double> p{1.0, 1.0}, zero{0.0, 0.0};
    CHECK(offset(p, zero, {}, 1.0, 1).status[0] == 1);
    CHECK(std::isinf(offset(p, zero, {}, 1.0, 1).points[0]));
  }

  TEST_CASE("rotations keep distances and compose") {
    const std::vector<double> p{1.0, 2.0, 3.0, -1.0, 0.5, 4.0};
    const std::array<double, 3> centre{0.3, -0.2, 1.0}, axis{1.0, 2.0, -2.0};
    const std::vector<double> once = rotate_about(p, centre, axis, 0.7, 2);
    CHECK(distance(rotate_about(once, centre, axis, -0.7, 2), p) <= 4e-15);
    CHECK(distance(rotate_about(once, centre, axis, 0.5, 2), rotate_about(p, centre, axis, 1.2, 2)) <= 4e-15);
    for (std::size_t i = 0; i < 6; i += 3) {
      const auto along = [&](const std::vector<double>& r) { return r[i] + 2.0 * r[i + 1] - 2.0 * r[i + 2]; };
      CHECK(along(once) == doctest::Approx(along(p)).epsilon(1e-14));
    }
    const std::vector<double> x{1.0, 0.0, 0.0};
    CHECK(distance(rotate_about(x, {0.0, 0.0, 0.0}, {0.0, 0.0, 5.0}, std::numbers::pi / 2.0, 1),
                   std::vector<double>{0.0, 1.0, 0.0}) <= 3e-16);
    CHECK(distance(rotate_about(std::vector<double>{2.0, 0.0}, {1.0, 0.0}, std::numbers::pi / 2.0, 1),
                   std::vector<double>{1.0, 1.0}) <= 1e-15);
    CHECK(message_of([&] {
            rotate_about(x, {0.0, 0.0, 0.0}, {0.0, 0.0, 0.0}, 1.0, 1);
          }) == "axis must not be 0; it is [0, 0, 0]");
  }
}

}  // namespace orrery::curve
