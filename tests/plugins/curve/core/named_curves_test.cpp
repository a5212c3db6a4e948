// Tests of the named curves against their formulas in 113-bit arithmetic, and of what they are known for.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/named_curves.hpp"

#include <doctest/doctest.h>
#include <quadmath.h>

#include <array>
#include <cmath>
#include <numbers>

#include "plugins/curve/core/curvature.hpp"
#include "tests/plugins/curve/core/numbers.hpp"

namespace orrery::curve {

namespace {

using test::error_in_ulps;
using test::evenly;
using test::message_of;
using test::Quad;
using Point = std::array<Quad, 3>;

// By the power series, whose terms stay below 1e8 for |t| <= 6.
Point clothoid(Quad a, Quad t) {
  Quad re = 0, im = 0, power = t;
  for (int n = 0; n < 200; ++n) {
    const Quad term = power / (2 * n + 1);
    (n % 2 == 0 ? re : im) += n % 4 < 2 ? term : -term;
    power *= t * t / 2 / (n + 1);
  }
  return {a * re, a * im, 0};
}

Point salkowski(const NamedCurve& k, Quad t) {
  const Quad m = k.m, w = sqrtq(1 + m * m), n = m / w;
  const Quad f = (1 - n) / (4 * (1 + 2 * n)), g = (1 + n) / (4 * (1 - 2 * n));
  const Quad x = -f * sinq((1 + 2 * n) * t) - g * sinq((1 - 2 * n) * t) - sinq(t) / 2;
  const Quad y = f * cosq((1 + 2 * n) * t) + g * cosq((1 - 2 * n) * t) + cosq(t) / 2;
  return {k.a / w * x, k.a / w * y, k.a / w * cosq(2 * n * t) / (4 * m)};
}

Point plane_point(const NamedCurve& k, Quad t) {
  const Quad a = k.a, b = k.b, c = k.c, m = k.m;
  switch (k.name) {
    case CurveName::line:
      return {a * t, b * t, 0};
    case CurveName::circle:
      return {a * cosq(t), a * sinq(t), 0};
    case CurveName::ellipse:
      return {a * cosq(t), b * sinq(t), 0};
    case CurveName::parabola:
      return {a * t * t, 2 * a * t, 0};
    case CurveName::hyperbola:
      return {a * coshq(t), b * sinhq(t), 0};
    case CurveName::cycloid:
      return {a * t - b * sinq(t), a - b * cosq(t), 0};
    case CurveName::epicycloid:
      return {(a + b) * cosq(t) - c * cosq((a + b) / b * t), (a + b) * sinq(t) - c * sinq((a + b) / b * t), 0};
    case CurveName::hypocycloid:
      return {(a - b) * cosq(t) + c * cosq((a - b) / b * t), (a - b) * sinq(t) - c * sinq((a - b) / b * t), 0};
    case CurveName::circle_involute:
      return {a * (cosq(t) + t * sinq(t)), a * (sinq(t) - t * cosq(t)), 0};
    case CurveName::catenary:
      return {a * t, a * coshq(t), 0};
    case CurveName::logarithmic_spiral:
      return {a * expq(m * t) * cosq(t), a * expq(m * t) * sinq(t), 0};
    case CurveName::archimedean_spiral:
      return {(a + b * t) * cosq(t), (a + b * t) * sinq(t), 0};
    default:
      return clothoid(a, t);
  }
}

Point point(const NamedCurve& k, Quad t) {
  const Quad a = k.a, b = k.b, m = k.m;
  const Quad tube = a + b * cosq(static_cast<Quad>(k.q) * t);
  switch (k.name) {
    case CurveName::helix:
      return {a * cosq(t), a * sinq(t), b * t};
    case CurveName::viviani:
      return {a * (1 + cosq(t)), a * sinq(t), 2 * a * sinq(t / 2)};
    case CurveName::twisted_cubic:
      return {a * t, b * t * t, k.c * t * t * t};
    case CurveName::torus_knot:
      return {tube * cosq(static_cast<Quad>(k.p) * t), tube * sinq(static_cast<Quad>(k.p) * t),
              b * sinq(static_cast<Quad>(k.q) * t)};
    case CurveName::salkowski:
      return salkowski(k, t);
    case CurveName::small_circle:
      return {a * sinq(k.angle) * cosq(t), a * sinq(k.angle) * sinq(t), a * cosq(k.angle)};
    case CurveName::clelia:
      return {a * cosq(m * t) * cosq(t), a * cosq(m * t) * sinq(t), a * sinq(m * t)};
    case CurveName::loxodrome:
      return {a * cosq(t) / coshq(m * t), a * sinq(t) / coshq(m * t), a * tanhq(m * t)};
    default:
      return plane_point(k, t);
  }
}

// Central differences of order 8 in 113 bits: truncation and rounding are both far below one ulp of a double.
Quad difference(const NamedCurve& k, double t, std::size_t c, int order) {
  static const std::array<std::array<Quad, 5>, 4> weights{
      {{1, 0, 0, 0, 0},
       {0, Quad(4) / 5, Quad(-1) / 5, Quad(4) / 105, Quad(-1) / 280},
       {Quad(-205) / 72, Quad(8) / 5, Quad(-1) / 5, Quad(8) / 315, Quad(-1) / 560},
       {0, Quad(-61) / 30, Quad(169) / 120, Quad(-3) / 10, Quad(7) / 240}}};
  const Quad h = order == 3 ? Quad(1) / 4096 : Quad(1) / 8192;
  const Quad sign = order % 2 == 0 ? 1 : -1;
  const auto& w = weights[static_cast<std::size_t>(order)];
  Quad sum = w[0] * point(k, t)[c];
  for (int j = 1; j <= 4; ++j) {
    sum += w[static_cast<std::size_t>(j)] * (point(k, t + j * h)[c] + sign * point(k, t - j * h)[c]);
  }
  for (int i = 0; i < order; ++i) {
    sum /= h;
  }
  return sum;
}

constexpr double closed_form_ulps = 0.6;
constexpr std::size_t names = static_cast<std::size_t>(CurveName::loxodrome) + 1;

NamedCurve sample_curve(std::size_t name) {
  return {.name = static_cast<CurveName>(name), .a = 1.7, .b = 0.6, .c = 0.9, .m = 0.3, .angle = 1.1, .p = 2, .q = -5};
}

// Largest error of a row's entries, in ulps of the largest exact entry of the row, or of a/1024.
double row_error(const std::vector<double>& values, std::size_t row, std::size_t d, const Point& exact) {
  Quad largest = sample_curve(0).a / 1024;
  for (std::size_t c = 0; c < d; ++c) {
    largest = fmaxq(largest, fabsq(exact[c]));
  }
  double worst = 0.0;
  for (std::size_t c = 0; c < d; ++c) {
    const Quad error = fabsq(values[row * d + c] - exact[c]);
    worst = std::max(worst, static_cast<double>(error) / test::ulps(1.0, static_cast<double>(largest)));
  }
  return worst;
}

FrenetData geometry(const CurveTable& table) {
  const std::vector<std::span<const double>> spans(table.derivatives.begin(), table.derivatives.end());
  return curvature_from_derivatives(spans, table.n, table.d);
}

}  // namespace

TEST_SUITE("plugins/curve/core/named_curves") {
  TEST_CASE("points and three derivatives agree with the formulas in 113 bits") {
    const std::vector<double> t{-5.7, -1.0, -0.3, 0.0, 1e-9, 0.7, 2.0, 3.3, 5.9};
    for (std::size_t name = 0; name < names; ++name) {
      if (static_cast<CurveName>(name) == CurveName::anti_salkowski) {
        continue;  // known by what it does, below
      }
      const NamedCurve curve = sample_curve(name);
      const CurveTable table = evaluate(curve, t, 3);
      CAPTURE(name);
      for (std::size_t row = 0; row < t.size(); ++row) {
        CAPTURE(t[row]);
        CHECK(row_error(table.points, row, table.d, point(curve, t[row])) <= closed_form_ulps);
        for (int k = 1; k <= 3; ++k) {
          Point exact{};
          for (std::size_t c = 0; c < table.d; ++c) {
            exact[c] = difference(curve, t[row], c, k);
          }
          CAPTURE(k);
          CHECK(row_error(table.derivatives[static_cast<std::size_t>(k - 1)], row, table.d, exact) <= closed_form_ulps);
        }
      }
    }
  }

  TEST_CASE("every coordinate of a point is within a unit in the last place") {
    std::mt19937_64 generator(5);
    std::uniform_real_distribution<double> any(-6.0, 6.0);
    for (const CurveName name : {CurveName::ellipse, CurveName::torus_knot, CurveName::helix, CurveName::viviani,
                                 CurveName::clothoid, CurveName::loxodrome, CurveName::catenary}) {
      const NamedCurve curve = sample_curve(static_cast<std::size_t>(name));
      double worst = 0.0;
      for (int i = 0; i < 200; ++i) {
        const double t = any(generator);
        const CurveTable table = evaluate(curve, std::span(&t, 1), 0);
        const Point exact = point(curve, t);
        for (std::size_t c = 0; c < table.d; ++c) {
          worst = std::max(worst, error_in_ulps(table.points[c], exact[c]));
        }
      }
      CAPTURE(static_cast<int>(name));
      CHECK(worst <= 1.0);
    }
  }

  TEST_CASE("higher derivatives repeat with the period of the circle") {
    const std::vector<double> t{0.4};
    const CurveTable table = evaluate({.name = CurveName::circle, .a = 2.0}, t, 6);
    for (std::size_t c = 0; c < 2; ++c) {
      CHECK(table.derivatives[3][c] == table.points[c]);
      CHECK(table.derivatives[4][c] == table.derivatives[0][c]);
      CHECK(table.derivatives[5][c] == table.derivatives[1][c]);
    }
  }

  TEST_CASE("the clothoid takes on published values") {
    // Curvature s at arc length s; the limit is sqrt(pi)/2 on both axes.
    const std::vector<double> t{2.0, -2.0, 1e9, 1e300, 3.2, std::nextafter(3.2, 4.0)};
    const CurveTable table = evaluate({.name = CurveName::clothoid}, t, 0);
    CHECK(table.points[0] == doctest::Approx(1.33519369629433662).epsilon(1e-15));
    CHECK(table.points[1] == doctest::Approx(0.997623711325421298).epsilon(1e-15));
    CHECK(table.points[2] == -table.points[0]);
    CHECK(std::abs(table.points[4] - std::sqrt(std::numbers::pi) / 2.0) <= 1.1e-9);
    CHECK(table.points[6] == doctest::Approx(std::sqrt(std::numbers::pi) / 2.0).epsilon(1e-15));
    CHECK(table.points[8] == doctest::Approx(table.points[10]).epsilon(1e-15));  // where series and fraction meet
    CHECK(table.points[9] == doctest::Approx(table.points[11]).epsilon(1e-15));
  }

  TEST_CASE("the tangent of the clothoid keeps its phase far out") {
    for (const double t : {1234.5678, 98765432.1, 3.3e12, 1.7e20}) {
      const CurveTable table = evaluate({.name = CurveName::clothoid}, std::span(&t, 1), 1);
      const Quad phase = static_cast<Quad>(t) * t / 2;  // without error in 113 bits
      CHECK(std::abs(static_cast<double>(table.derivatives[0][0] - cosq(phase))) <= 1.2e-16);
      CHECK(std::abs(static_cast<double>(table.derivatives[0][1] - sinq(phase))) <= 1.2e-16);
      CHECK(std::abs(table.points[0] - std::sqrt(std::numbers::pi) / 2.0) <= 1.0 / t + 1.2e-16);
    }
  }

  TEST_CASE("the Salkowski curve has constant curvature and the anti-Salkowski curve constant torsion") {
    for (const double m : {-2.0, -0.3, 0.2, 1.0, 5.0}) {
      const double n = m / std::sqrt(1.0 + m * m);
      const std::vector<double> t = evenly(0.05, 1.3, 40);
      const FrenetData curve = geometry(evaluate({.name = CurveName::salkowski, .a = 2.0, .m = m}, t, 3));
      const FrenetData anti = geometry(evaluate({.name = CurveName::anti_salkowski, .a = 2.0, .m = m}, t, 3));
      for (std::size_t i = 0; i < t.size(); ++i) {
        const double slope = std::tan(n * t[i]) / 2.0;
        CHECK(curve.curvature[i] == doctest::Approx(0.5).epsilon(1e-14));
        CHECK(curve.torsion[i] == doctest::Approx(-slope).epsilon(1e-13));
        CHECK(curve.speed[i] == doctest::Approx(2.0 * std::cos(n * t[i]) / std::sqrt(1.0 + m * m)).epsilon(1e-14));
        CHECK(anti.torsion[i] == doctest::Approx(0.5).epsilon(1e-13));
        CHECK(anti.curvature[i] == doctest::Approx(std::abs(slope)).epsilon(1e-13));
      }
    }
  }

  TEST_CASE("curvatures are those of the books") {
    const std::vector<double> t{0.7};
    const auto curvature = [&](NamedCurve curve) { return geometry(evaluate(curve, t, 3)).curvature[0]; };
    CHECK(curvature({.name = CurveName::ellipse, .a = 3.0, .b = 2.0}) ==
          doctest::Approx(0.400703391821629079).epsilon(1e-15));
    CHECK(curvature({.name = CurveName::catenary, .a = 2.0}) ==
          doctest::Approx(0.5 / std::pow(std::cosh(0.7), 2)).epsilon(1e-15));
    CHECK(curvature({.name = CurveName::logarithmic_spiral, .a = 2.0, .m = 0.3}) ==
          doctest::Approx(std::exp(-0.21) / 2.0 / std::sqrt(1.09)).epsilon(1e-15));
    CHECK(curvature({.name = CurveName::circle_involute, .a = 2.0}) == doctest::Approx(1.0 / 1.4).epsilon(1e-15));
    CHECK(curvature({.name = CurveName::helix, .a = 3.0, .b = 4.0}) == doctest::Approx(3.0 / 25.0).epsilon(1e-15));
    CHECK(curvature({.name = CurveName::clothoid, .a = 2.0}) == doctest::Approx(0.35).epsilon(1e-15));
    CHECK(curvature({.name = CurveName::small_circle, .a = 1.0, .angle = 0.4}) ==
          doctest::Approx(1.0 / std::sin(0.4)).epsilon(1e-15));
    const FrenetData cubic = geometry(evaluate({.name = CurveName::twisted_cubic}, std::vector<double>{1.0}, 3));
    CHECK(cubic.curvature[0] == doctest::Approx(0.166423535003062148).epsilon(1e-15));
    CHECK(cubic.torsion[0] == doctest::Approx(3.0 / 19.0).epsilon(1e-15));
  }

  TEST_CASE("what no curve allows is refused with the value and the range") {
    const std::vector<double> t{0.0};
    const auto refusal = [&](const NamedCurve& curve) { return message_of([&] { evaluate(curve, t, 3); }); };
    CHECK(refusal({.name = CurveName::circle, .a = -1.0}) == "a must be positive and finite; it is -1");
    CHECK(refusal({.name = CurveName::epicycloid, .b = 0.0}) == "b must be positive; it is 0");
    CHECK(refusal({.name = CurveName::salkowski, .m = 0.0}) == "m must lie in [-1e6, 1e6] and not be 0; it is 0");
    CHECK(refusal({.name = CurveName::salkowski, .m = -1.0 / std::sqrt(3.0)}) ==
          "m must differ from 1/sqrt(3), 0.57735...; it is -0.5773502691896258");
    CHECK(refusal({.name = CurveName::small_circle, .angle = 4.0}) == "angle must lie in (0, pi); it is 4");
    CHECK(refusal({.name = CurveName::torus_knot, .p = 0}) == "p must lie in [-1000, 1000] and not be 0; it is 0");
    CHECK(message_of([] { evaluate({}, std::vector<double>{std::nan("")}, 1); }) ==
          "parameter must be finite; it is nan");
    CHECK(message_of([] {
            evaluate({.name = CurveName::catenary}, std::vector<double>{0.0, 1e3}, 1);
          }) == "parameter must keep the curve within the range of doubles; row 1 is 1000");
    CHECK(message_of([&] { evaluate({}, t, 7); }) == "derivatives must be at most 6; they are 7");
    CHECK(evaluate({}, std::vector<double>{}, 2).points.empty());
  }
}

}  // namespace orrery::curve
