// Tests of the closed forms of constant curvature: published values, invariants, and reconstruction as another route.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/constant_curvature.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "plugins/curve/core/reconstruct.hpp"
#include "tests/plugins/curve/core/numbers.hpp"

namespace orrery::curve {

namespace {

using test::distance;
using test::evenly;
using test::message_of;

// By the natural equations, with the curvature constant at all nodes.
SurfaceCurve followed(bool sphere, double curvature, double radius, std::span<const double> arc) {
  const std::vector<double> k((arc.size() - 1) * 3, curvature);
  return sphere ? reconstruct_on_sphere({arc, k, {}, {}}, radius, Integrator::magnus6)
                : reconstruct_on_hyperbolic_plane({arc, k, {}, {}}, radius, Integrator::magnus6);
}

}  // namespace

TEST_SUITE("plugins/curve/core/constant_curvature") {
  TEST_CASE("the circle by speed takes on the published value") {
    const std::vector<double> speed{0.0, 1.0, 2.5066282746310005};
    const std::vector<double> arc = arc_of_speed(speed);
    const CurvePoints curve = constant_curvature_plane(2.0, 0.3, {0.0, 0.0}, arc);
    CHECK(std::abs(curve.points[2] - 0.334018989377926695) <= 6e-17);
    CHECK(std::abs(curve.points[3] - 0.343918830250509306) <= 6e-17);
    CHECK(std::hypot(curve.points[4], curve.points[5]) <= 1e-15);  // a full turn ends at v = sqrt(4 pi / kappa)
  }

  TEST_CASE("every point of a plane curve keeps the radius") {
    std::mt19937_64 generator(2);
    std::uniform_real_distribution<double> any(-1.0, 1.0);
    for (int i = 0; i < 200; ++i) {
      const double kappa = std::pow(10.0, 8.0 * any(generator)) * (any(generator) < 0.0 ? -1.0 : 1.0);
      const double angle = 3.0 * any(generator);
      const std::vector<double> arc = evenly(-6.0 / std::abs(kappa), 6.0 / std::abs(kappa), 50);
      const CurvePoints curve = constant_curvature_plane(kappa, angle, {0.0, 0.0}, arc);
      const double x = -std::sin(angle) / kappa, y = std::cos(angle) / kappa;
      for (std::size_t j = 0; j < arc.size(); ++j) {
        const double radius = std::hypot(curve.points[2 * j] - x, curve.points[2 * j + 1] - y);
        CHECK(std::abs(radius * std::abs(kappa) - 1.0) <= 1e-14);
      }
    }
  }

  TEST_CASE("a plane curve passes into its line without a jump") {
    const std::vector<double> arc{-3.0, 0.0, 2.0};
    const CurvePoints line = constant_curvature_plane(0.0, 0.5, {1.0, 2.0}, arc);
    for (const double kappa : {1e-300, 1e-20, -1e-17}) {
      CHECK(distance(constant_curvature_plane(kappa, 0.5, {1.0, 2.0}, arc).points, line.points) <= 4.5e-16);
    }
    CHECK(line.points[4] == doctest::Approx(1.0 + 2.0 * std::cos(0.5)).epsilon(1e-15));
  }

  TEST_CASE("the helix takes on the published value and degenerates to circle and line") {
    const std::vector<double> arc{3.0};
    const std::vector<double> published{2.02301259970913689, 1.76968773183794011, 0.488493700145431555};
    CHECK(distance(constant_curvature_space(0.5, 0.25, arc).points, published) <= 3e-16);
    const CurvePoints circle = constant_curvature_space(0.5, 0.0, arc);
    CHECK(distance(circle.points, std::vector<double>{2.0 * std::sin(1.5), 2.0 * (1.0 - std::cos(1.5)), 0.0}) <= 5e-16);
    CHECK(constant_curvature_space(0.0, 0.0, arc).points == std::vector<double>{3.0, 0.0, 0.0});
    CHECK(constant_curvature_space(0.0, 0.7, arc).points[0] == 3.0);
    CHECK(constant_curvature_space(1e-9, 1e-9, arc).points[2] == doctest::Approx(4.5e-18).epsilon(1e-15));
  }

  TEST_CASE("the closed forms agree with what integrators make of the natural equations") {
    const std::vector<double> arc = evenly(0.0, 3.0, 31);
    for (const double k : {-2.0, -0.5, 0.0, 0.3, 0.5, 1.0, 4.0}) {
      for (const double radius : {0.7, 2.0}) {
        CAPTURE(k);
        CAPTURE(radius);
        CHECK(distance(constant_curvature_sphere(k, radius, arc).points, followed(true, k, radius, arc).position) <=
              4e-15);
        const CurvePoints open = constant_curvature_hyperbolic(k, radius, arc);
        const double size = *std::max_element(open.points.begin(), open.points.end());
        CHECK(distance(open.points, followed(false, k, radius, arc).position) <= 2e-14 * size);
      }
    }
  }

  TEST_CASE("curves stay on their surface and have unit tangents") {
    const std::vector<double> arc = evenly(-2.0, 2.0, 41);
    for (const double k : {-3.0, 0.0, 0.5, 1.0, 2.0}) {
      const CurvePoints sphere = constant_curvature_sphere(k, 2.0, arc),
                        open = constant_curvature_hyperbolic(k, 2.0, arc);
      for (std::size_t i = 0; i < 3 * arc.size(); i += 3) {
        const double* x = &sphere.points[i];
        CHECK(std::hypot(x[0], x[1], x[2]) == doctest::Approx(2.0).epsilon(1e-15));
        const double* y = &open.points[i];
        const double* t = &open.tangents[i];
        CHECK(std::abs(y[0] * y[0] - y[1] * y[1] - y[2] * y[2] - 4.0) <= 1e-14 * y[0] * y[0]);
        CHECK(std::abs(t[1] * t[1] + t[2] * t[2] - t[0] * t[0] - 1.0) <= 1e-14 * (1.0 + t[0] * t[0]));
      }
    }
  }

  TEST_CASE("hyperbolic curves are line and horocycle and circle by their curvature") {
    const std::vector<double> arc{1.5, 2.0 * std::numbers::pi / std::sqrt(3.0)};
    CHECK(constant_curvature_hyperbolic(0.0, 1.0, arc).points[0] == doctest::Approx(std::cosh(1.5)).epsilon(1e-15));
    CHECK(constant_curvature_hyperbolic(1.0, 1.0, arc).points[0] == doctest::Approx(1.0 + 1.125).epsilon(1e-15));
    CHECK(constant_curvature_hyperbolic(2.0, 1.0, arc).points[3] == doctest::Approx(1.0).epsilon(1e-15));  // closes
  }

  TEST_CASE("the Salkowski curve by arc length has unit speed") {
    const double h = 1e-4, m = 0.4;
    for (const double s : {-1.2, 0.0, 0.9}) {
      const CurvePoints c = constant_curvature_salkowski(2.0, m, std::vector<double>{s - h, s, s + h});
      for (std::size_t i = 0; i < 3; ++i) {
        CHECK(std::abs((c.points[6 + i] - c.points[i]) / (2.0 * h) - c.tangents[3 + i]) <= 1e-7);
      }
      CHECK(std::hypot(c.tangents[3], c.tangents[4], c.tangents[5]) == doctest::Approx(1.0).epsilon(1e-15));
    }
  }

  TEST_CASE("what does not exist is refused") {
    const std::vector<double> arc{0.0, 5.0};
    CHECK(message_of([&] { constant_curvature_salkowski(2.0, 0.5, arc); }) ==
          "arc must lie within 1/(curvature |slope|) = 1 of 0; row 1 is 5");
    CHECK(message_of([&] { constant_curvature_salkowski(-2.0, 0.5, arc); }) ==
          "curvature must be positive and finite; it is -2");
    CHECK(message_of([&] { constant_curvature_sphere(1.0, 0.0, arc); }) ==
          "radius must be positive and finite; it is 0");
    CHECK(message_of([&] { constant_curvature_hyperbolic(0.0, 1.0, std::vector<double>{1e5}); }) ==
          "the curve leaves the range of doubles at row 0");
    CHECK(message_of([&] { constant_curvature_plane(std::nan(""), 0.0, {}, arc); }) ==
          "curvature must be finite; row 0, column 0 is nan");
  }
}

}  // namespace orrery::curve
