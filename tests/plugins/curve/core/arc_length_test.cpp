// Tests of arc length and of sampling by it: closed forms, elliptic integrals, cusps, round trips.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/arc_length.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "tests/plugins/curve/core/numbers.hpp"

namespace orrery::curve {

namespace {

using test::evenly;
using test::message_of;

double length_of(const NamedCurve& curve, double from, double to) {
  return arc_lengths(curve, from, std::span(&to, 1)).length[0];
}

constexpr double quadrature_rounding = 2e-15;

}  // namespace

TEST_SUITE("plugins/curve/core/arc_length") {
  TEST_CASE("lengths are those of the books") {
    const auto same = [](double value, double exact) {
      return std::abs(value - exact) <= quadrature_rounding * std::abs(exact);
    };
    CHECK(same(length_of({.name = CurveName::circle, .a = 2.0}, 0.0, 3.0), 6.0));
    CHECK(same(length_of({.name = CurveName::catenary, .a = 2.0}, 0.0, 3.0), 2.0 * std::sinh(3.0)));
    CHECK(same(length_of({.name = CurveName::clothoid, .a = 2.0}, 0.0, 5.0), 10.0));
    CHECK(same(length_of({.name = CurveName::helix, .a = 3.0, .b = 4.0}, -1.0, 1.0), 10.0));
    CHECK(same(length_of({.name = CurveName::circle_involute, .a = 2.0}, 0.0, 3.0), 9.0));
    CHECK(same(length_of({.name = CurveName::parabola, .a = 1.0}, 0.0, 1.0), std::sqrt(2.0) + std::asinh(1.0)));
    CHECK(same(length_of({.name = CurveName::logarithmic_spiral, .a = 1.0, .m = 0.3}, -50.0, 0.0),
               std::sqrt(1.09) / 0.3 * (1.0 - std::exp(-15.0))));
    const double k = std::sqrt(5.0) / 3.0;  // 4 a E(k)
    CHECK(same(length_of({.name = CurveName::ellipse, .a = 3.0, .b = 2.0}, 0.0, 2.0 * std::numbers::pi),
               12.0 * std::comp_ellint_2(k)));
  }

  TEST_CASE("cusps are walked over") {
    const double turn = 2.0 * std::numbers::pi;
    CHECK(length_of({.name = CurveName::cycloid, .a = 1.0, .b = 1.0}, -1.0, 2.0 * turn + 1.0) ==
          doctest::Approx(16.0 + 8.0 * (1.0 - std::cos(0.5))).epsilon(1e-14));
    CHECK(length_of({.name = CurveName::hypocycloid, .a = 4.0, .b = 1.0, .c = 1.0}, 0.0, turn) ==
          doctest::Approx(24.0).epsilon(1e-14));  // the astroid: 6 a
  }

  TEST_CASE("far parameters are reached turn by turn and too far ones are refused") {
    CHECK(length_of({.name = CurveName::ellipse, .a = 3.0, .b = 2.0}, 0.0, 200.0 * std::numbers::pi) ==
          doctest::Approx(1200.0 * std::comp_ellint_2(std::sqrt(5.0) / 3.0)).epsilon(1e-14));
    CHECK(message_of([] { length_of({}, 0.0, 1e9); }) ==
          "parameter must be within 1e7 pi of its neighbour; row 0 is 1e+09 next to 0");
    CHECK(message_of([] { length_of({}, std::nan(""), 1.0); }) == "from must be finite; row 0, column 0 is nan");
  }

  TEST_CASE("lengths add up and have a sign in any order of parameters") {
    const NamedCurve curve{.name = CurveName::ellipse, .a = 3.0, .b = 1.0};
    const std::vector<double> t{2.0, -1.0, 0.5, 0.5, -3.0, 1.0};
    const ArcLengths s = arc_lengths(curve, 0.5, t);
    CHECK(s.length[2] == 0.0);
    CHECK(s.length[3] == 0.0);
    for (std::size_t i = 0; i < t.size(); ++i) {
      CHECK(s.length[i] == doctest::Approx(length_of(curve, 0.5, t[i])).epsilon(1e-14));
      CHECK((s.length[i] > 0.0) == (t[i] > 0.5));
      CHECK(s.error[i] <= 1e-13);
    }
    CHECK(length_of(curve, 1.0, 0.0) == -length_of(curve, 0.0, 1.0));
  }

  TEST_CASE("the quadrature is honest about what it does not reach") {
    const Quadrature rough = integrate([](double x) { return x < 0.3 ? 0.0 : 1.0; }, 0.0, 1.0, 1e-14, 3);
    CHECK(!rough.reached);
    CHECK(std::abs(rough.value - 0.7) <= rough.error);
    CHECK(integrate([](double x) { return 1.0 / std::sqrt(std::abs(x - 0.25) + 1e-12); }, 0.0, 1.0, 1e-12).value ==
          doctest::Approx(2.0 * (std::sqrt(0.25 + 1e-12) + std::sqrt(0.75 + 1e-12) - 2e-6)).epsilon(1e-11));
    CHECK(integrate([](double) { return 0.0; }, 0.0, 1.0).value == 0.0);
    CHECK(message_of([] { integrate([](double x) { return 1.0 / x; }, -1.0, 1.0); }) ==
          "the integrand must be finite; at 0 it is inf");
    CHECK(message_of([] { integrate([](double) { return 1.0; }, 0.0, 1.0, 1e-20); }) ==
          "tolerance must lie in [1e-15, 0.1]; it is 1e-20");
  }

  TEST_CASE("equal steps of arc length along an ellipse are equal") {
    const std::size_t n = 400;
    std::vector<double> t = evenly(0.0, 2.0 * std::numbers::pi, n + 1);
    t.pop_back();
    const CurveTable ellipse = evaluate({.name = CurveName::ellipse, .a = 3.0, .b = 2.0}, t, 0);
    const SampledCurve curve{
        .points = ellipse.points, .n = n, .d = 2, .parameter = t, .closed = true, .period = 2.0 * std::numbers::pi};
    const Resampled even = resample_by_arc(curve, 7, {}, 16);
    const double total = 12.0 * std::comp_ellint_2(std::sqrt(5.0) / 3.0);
    CHECK(even.total == doctest::Approx(total).epsilon(1e-12));
    const ArcLengths exact = arc_lengths({.name = CurveName::ellipse, .a = 3.0, .b = 2.0}, 0.0, even.parameter);
    for (std::size_t i = 0; i < 16; ++i) {
      CHECK(std::abs(exact.length[i] - total * static_cast<double>(i) / 16.0) <= 1e-11);
      const double x = even.points[2 * i] / 3.0, y = even.points[2 * i + 1] / 2.0;
      CHECK(std::abs(x * x + y * y - 1.0) <= 1e-11);
    }
  }

  TEST_CASE("an open curve is sampled from end to end and where asked") {
    const std::vector<double> line{0.0, 0.0, 3.0, 4.0, 6.0, 8.0, 9.0, 12.0};
    const SampledCurve curve{.points = line, .n = 4, .d = 2};
    const Resampled five = resample_by_arc(curve, 3, {}, 5);
    CHECK(five.total == doctest::Approx(15.0).epsilon(1e-14));
    CHECK(test::distance(five.points, std::vector<double>{0.0, 0.0, 2.25, 3.0, 4.5, 6.0, 6.75, 9.0, 9.0, 12.0}) <=
          1e-13);
    const std::vector<double> at{10.0, 0.0};
    CHECK(test::distance(resample_by_arc(curve, 3, at, 0).points, std::vector<double>{6.0, 8.0, 0.0, 0.0}) <= 1e-13);
    CHECK(message_of([&] { resample_by_arc(curve, 3, std::vector<double>{-1.0}, 0); }).find("row 0 is -1") !=
          std::string::npos);
    CHECK(message_of([&] { resample_by_arc(curve, 3, {}, 1); }) == "count must be at least 2; it is 1");
    const std::vector<double> still(8, 1.0);
    CHECK(message_of([&] { resample_by_arc({.points = still, .n = 4, .d = 2}, 3, {}, 3); }) ==
          "a curve of length 0 cannot be sampled by its length");
  }
}

}  // namespace orrery::curve
