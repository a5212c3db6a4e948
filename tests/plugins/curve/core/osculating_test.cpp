// Tests of osculating circle, sphere and helix on curves that lie on one.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/osculating.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "plugins/curve/core/named_curves.hpp"
#include "tests/plugins/curve/core/numbers.hpp"

namespace orrery::curve {

namespace {

using test::evenly;

struct Touching {
  FrameTable frames;
  Osculating o;
};

Touching touching(const NamedCurve& curve, std::span<const double> t) {
  const CurveTable table = evaluate(curve, t, 5);
  const std::vector<std::span<const double>> spans(table.derivatives.begin(), table.derivatives.end());
  FrameTable frames = frames_with_limits(spans, table.n, table.d);
  Osculating o = osculating(table.points, table.derivatives[1], table.derivatives[2], frames);
  return {std::move(frames), std::move(o)};
}

}  // namespace

TEST_SUITE("plugins/curve/core/osculating") {
  TEST_CASE("the osculating helix of a helix is itself") {
    const std::vector<double> t = evenly(0.0, 5.0, 11);
    const Touching h = touching({.name = CurveName::helix, .a = 3.0, .b = -0.7}, t);
    for (std::size_t i = 0; i < t.size(); ++i) {
      CHECK(h.o.helix_radius[i] == doctest::Approx(3.0).epsilon(1e-14));
      CHECK(h.o.helix_pitch[i] == doctest::Approx(-1.4 * std::numbers::pi).epsilon(1e-14));
      CHECK(std::hypot(h.o.helix_point[3 * i], h.o.helix_point[3 * i + 1]) <= 1e-14);
      CHECK(std::abs(h.o.helix_axis[3 * i + 2]) == doctest::Approx(1.0).epsilon(1e-15));
      CHECK(h.o.radius[i] == doctest::Approx((9.0 + 0.49) / 3.0).epsilon(1e-14));
      CHECK(std::abs(h.o.curvature_rate[i]) <= 1e-15);
    }
  }

  TEST_CASE("the osculating sphere of a spherical curve is its sphere") {
    const std::vector<double> t = evenly(0.1, 1.4, 9);
    for (const NamedCurve& curve :
         {NamedCurve{.name = CurveName::viviani, .a = 1.0}, NamedCurve{.name = CurveName::clelia, .a = 2.0, .m = 1.7},
          NamedCurve{.name = CurveName::loxodrome, .a = 2.0, .m = 0.4}}) {
      const Touching s = touching(curve, t);
      for (std::size_t i = 0; i < t.size(); ++i) {
        CHECK(s.o.sphere_radius[i] == doctest::Approx(2.0).epsilon(1e-12));
        CHECK(std::hypot(s.o.sphere_centre[3 * i], s.o.sphere_centre[3 * i + 1], s.o.sphere_centre[3 * i + 2]) <=
              1e-12);
      }
    }
  }

  TEST_CASE("a circle in space has its own centre for that of the sphere") {
    const Touching c = touching({.name = CurveName::small_circle, .a = 2.0, .angle = 0.5}, evenly(0.0, 6.0, 7));
    for (std::size_t i = 0; i < 7; ++i) {
      CHECK(c.o.sphere_radius[i] == doctest::Approx(2.0 * std::sin(0.5)).epsilon(1e-14));
      CHECK(c.o.centre[3 * i + 2] == doctest::Approx(2.0 * std::cos(0.5)).epsilon(1e-14));
    }
  }

  TEST_CASE("the rate of the curvature is its derivative by arc length") {
    // A clothoid of size a has curvature s / a^2; on a logarithmic spiral kappa = 1/(b s) with s counted from its pole.
    const std::vector<double> t = evenly(-2.0, 2.0, 8);
    const Touching clothoid = touching({.name = CurveName::clothoid, .a = 2.0}, t);
    const Touching spiral = touching({.name = CurveName::logarithmic_spiral, .a = 1.0, .m = 0.3}, t);
    for (std::size_t i = 0; i < t.size(); ++i) {
      const double s = std::sqrt(1.09) / 0.3 * std::exp(0.3 * t[i]);
      CHECK(clothoid.o.curvature_rate[i] == doctest::Approx(0.25).epsilon(1e-13));
      CHECK(spiral.o.curvature_rate[i] == doctest::Approx(-1.0 / (0.3 * s * s)).epsilon(1e-13));
    }
  }

  TEST_CASE("what does not exist is infinite and never nan") {
    const Touching line = touching({.name = CurveName::line, .a = 1.0, .b = 2.0}, std::vector<double>{0.0, 1.0});
    CHECK(std::isinf(line.o.radius[0]));
    CHECK(std::isinf(line.o.centre[1]));
    const Touching cubic =
        touching({.name = CurveName::twisted_cubic, .a = 1.0, .b = 0.0, .c = 1.0}, std::vector<double>{0.0, 1.0});
    for (const auto* values : {&cubic.o.radius, &cubic.o.sphere_radius, &cubic.o.helix_radius, &cubic.o.helix_pitch,
                               &cubic.o.centre, &cubic.o.sphere_centre, &cubic.o.helix_point, &cubic.o.helix_axis}) {
      for (const double x : *values) {
        CHECK(!std::isnan(x));
      }
    }
    CHECK(std::isinf(cubic.o.sphere_radius[1]));  // plane, but no circle
  }
}

}  // namespace orrery::curve
