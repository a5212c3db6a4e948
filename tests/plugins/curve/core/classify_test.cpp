// Families of curves that are known by name, and the edges between them.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/classify.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <string>

#include "plugins/curve/core/named_curves.hpp"
#include "tests/plugins/curve/core/numbers.hpp"

namespace orrery::curve {

namespace {

using test::evenly;
using test::message_of;

struct Case {
  NamedCurve curve;
  double first, last;
  std::string_view family;
  double accuracy;
};

// In space, turned and shifted and of another size, so that nothing lies along an axis.
struct Placed {
  std::vector<double> points, parameter;
  FrenetData geometry;
};

Placed placed(const NamedCurve& curve, double first, double last, std::size_t n = 200) {
  const std::vector<double> t = evenly(first, last, n);
  CurveTable table = evaluate(curve, t, 3);
  const std::vector<double> turn = test::random_rotation(3, 5), zero(3, 0.0), shift{1.0, -2.0, 0.5};
  const auto lift = [&](const std::vector<double>& rows, std::span<const double> by) {
    std::vector<double> flat;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t k = 0; k < 3; ++k) flat.push_back(k < table.d ? rows[i * table.d + k] : 0.0);
    return test::moved(flat, turn, 3.0, by);
  };
  const std::array<std::vector<double>, 3> rows{lift(table.derivatives[0], zero), lift(table.derivatives[1], zero),
                                                lift(table.derivatives[2], zero)};
  const std::array<std::span<const double>, 3> d{rows[0], rows[1], rows[2]};
  return {lift(table.points, shift), t, curvature_from_derivatives(d, n, 3)};
}

Classification of(const Placed& p, double tolerance = 1e-9) {
  return classify(p.points, p.parameter, p.geometry, tolerance);
}

}  // namespace

TEST_SUITE("plugins/curve/core/classify") {
  TEST_CASE("named curves get their families and residuals near rounding") {
    const std::array<Case, 11> cases{
        {{{.name = CurveName::line, .a = 1.0, .b = 2.0}, -1.0, 2.0, "line", 1e-15},
         {{.name = CurveName::circle, .a = 2.0}, 0.0, 4.0, "circle", 1e-14},
         {{.name = CurveName::small_circle, .a = 2.0, .angle = 1.1}, 0.0, 4.0, "circle", 1e-14},
         {{.name = CurveName::helix, .a = 2.0, .b = -0.7}, 0.0, 9.0, "helix", 1e-14},
         {{.name = CurveName::clothoid, .a = 2.0}, 0.3, 2.5, "clothoid", 1e-11},
         {{.name = CurveName::logarithmic_spiral, .a = 1.0, .m = 0.2}, 0.0, 4.0, "logarithmic_spiral", 1e-11},
         {{.name = CurveName::ellipse, .a = 3.0, .b = 2.0}, 0.0, 6.0, "plane", 1e-13},
         {{.name = CurveName::salkowski, .m = 0.3}, -1.0, 1.0, "salkowski", 1e-11},
         {{.name = CurveName::anti_salkowski, .m = 0.3}, 0.2, 1.0, "anti_salkowski", 1e-11},
         {{.name = CurveName::viviani}, 0.1, 3.0, "spherical", 1e-14},
         {{.name = CurveName::torus_knot, .a = 2.0, .b = 1.0}, 0.0, 6.0, "other", 1.0}}};
    for (const Case& k : cases) {
      const Classification c = of(placed(k.curve, k.first, k.last));
      CAPTURE(k.family);
      CHECK(std::string(family_name(c.family)) == std::string(k.family));
      if (c.family < family_count) CHECK(c.residual[c.family] <= k.accuracy);
    }
  }

  TEST_CASE("general helices, constant torsion and mates are told from their neighbours") {
    // (t, t^2, 2 t^3/3) keeps 45 degrees from an axis: Lancret.
    const Classification lancret =
        of(placed({.name = CurveName::twisted_cubic, .a = 1.0, .b = 1.0, .c = 2.0 / 3.0}, 0.1, 1.5));
    CHECK(family_name(lancret.family) == "general_helix");
    CHECK(lancret.member[static_cast<std::size_t>(CurveFamily::slant_helix)]);
    CHECK_FALSE(lancret.member[static_cast<std::size_t>(CurveFamily::bertrand)]);
    const Classification cubic = of(placed({.name = CurveName::twisted_cubic}, 0.1, 1.5));
    CHECK(family_name(cubic.family) == "other");
    CHECK(cubic.residual[static_cast<std::size_t>(CurveFamily::general_helix)] > 0.01);
    const Classification salkowski = of(placed({.name = CurveName::salkowski, .m = 0.3}, -1.0, 1.0));
    CHECK(salkowski.member[static_cast<std::size_t>(CurveFamily::constant_curvature)]);
    CHECK(salkowski.member[static_cast<std::size_t>(CurveFamily::bertrand)]);
    CHECK_FALSE(salkowski.member[static_cast<std::size_t>(CurveFamily::helix)]);
    // A helix belongs to everything but plane and sphere.
    const Classification helix = of(placed({.name = CurveName::helix}, 0.0, 20.0));
    for (const CurveFamily f : {CurveFamily::constant_curvature, CurveFamily::constant_torsion,
                                CurveFamily::general_helix, CurveFamily::slant_helix, CurveFamily::mannheim})
      CHECK(helix.member[static_cast<std::size_t>(f)]);
    CHECK_FALSE(helix.member[static_cast<std::size_t>(CurveFamily::spherical)]);
    CHECK_FALSE(helix.member[static_cast<std::size_t>(CurveFamily::plane)]);
  }

  TEST_CASE("the tolerance decides and small departures are measured") {
    // An ellipse that is nearly a circle: its curvature spreads by 3 parts of its flatness to each side.
    const Placed p = placed({.name = CurveName::ellipse, .a = 1.0, .b = 1.0 + 1e-6}, 0.0, 6.2);
    const Classification c = of(p);
    CHECK(c.residual[static_cast<std::size_t>(CurveFamily::circle)] == doctest::Approx(1.5e-6).epsilon(0.02));
    CHECK(family_name(c.family) == "plane");
    CHECK(family_name(of(p, 1e-5).family) == "circle");
  }

  TEST_CASE("samples without a normal are left out and counted") {
    // A clothoid through its inflection is one all the same.
    const Placed p = placed({.name = CurveName::clothoid}, -1.0, 1.0, 201);
    const Classification c = of(p);
    CHECK(c.skipped == 1);
    CHECK(family_name(c.family) == "clothoid");
    CHECK(std::isinf(c.residual[static_cast<std::size_t>(CurveFamily::logarithmic_spiral)]));
    CHECK(message_of([&] {
            classify(std::span(p.points).first(12), std::span(p.parameter).first(4), FrenetData{.n = 4, .d = 3}, 1e-9);
          }) == "a family needs at least 5 samples; there are 4");
    CHECK(message_of([&] { of(p, 0.0); }) == "tolerance must be positive; it is 0");
  }
}

}  // namespace orrery::curve
