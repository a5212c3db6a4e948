// Tests of reconstruction in higher dimensions and on surfaces, against curves whose curvatures are known.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "plugins/curve/core/gauss_nodes.hpp"
#include "plugins/curve/core/reconstruct.hpp"
#include "tests/plugins/curve/core/known_curves.hpp"
#include "tests/plugins/curve/core/numbers.hpp"

namespace orrery::curve {

namespace {

using test::distance;
using test::evenly;
using test::message_of;

}  // namespace

TEST_SUITE("plugins/curve/core/reconstruct_general") {
  TEST_CASE("constant curvatures in even dimensions give back sums of circles") {
    for (const std::vector<double>& rates : {std::vector<double>{1.0, 2.5}, std::vector<double>{0.5, 1.0, 3.0}}) {
      const std::size_t d = 2 * rates.size();
      const FrenetData start = test::geometry_of(test::positional(rates, 0.0, d), 1, d);
      const std::vector<double> t = evenly(0.0, 12.0, 25);
      std::vector<double> curvatures, speed(24 * 3, start.speed[0]), origin(d, 0.0);
      for (std::size_t i = 0; i < 24 * 3; ++i) {
        curvatures.insert(curvatures.end(), start.curvatures.begin(), start.curvatures.end());
      }
      for (std::size_t i = 0; i < rates.size(); ++i) {
        origin[2 * i] = 1.0;
      }
      const GeneralCurve curve = reconstruct_general(d, t, curvatures, speed, origin, start.frame, Integrator::magnus6);
      CHECK(curve.defect <= 2e-15);
      for (std::size_t i = 0; i < t.size(); ++i) {
        for (std::size_t j = 0; j < rates.size(); ++j) {
          CHECK(std::abs(curve.position[i * d + 2 * j] - std::cos(rates[j] * t[i])) <= 2e-13);
          CHECK(std::abs(curve.position[i * d + 2 * j + 1] - std::sin(rates[j] * t[i])) <= 2e-13);
        }
      }
    }
  }

  TEST_CASE("orders 4 and 6 hold for curvatures that vary in four dimensions") {
    const auto end = [](std::size_t steps, Integrator integrator) {
      const std::vector<double> s = evenly(0.0, 4.0, steps + 1), nodes = gauss_nodes(s, node_count(integrator));
      std::vector<double> curvatures;
      for (const double x : nodes) {
        curvatures.insert(curvatures.end(), {1.0 + std::sin(x), std::cos(2.0 * x), 0.5 * x});
      }
      const GeneralCurve curve = reconstruct_general(4, s, curvatures, {}, {}, {}, integrator);
      return std::vector<double>(curve.position.end() - 4, curve.position.end());
    };
    const std::vector<double> best = end(4000, Integrator::magnus6);
    const auto order = [&](std::size_t steps, Integrator integrator) {
      return std::log2(distance(end(steps, integrator), best) / distance(end(2 * steps, integrator), best));
    };
    CHECK(order(100, Integrator::magnus4) == doctest::Approx(4.0).epsilon(0.05));
    CHECK(order(50, Integrator::magnus6) == doctest::Approx(6.0).epsilon(0.05));
    CHECK(order(200, Integrator::runge_kutta) == doctest::Approx(4.0).epsilon(0.05));
  }

  TEST_CASE("curves on the sphere stay there and close when they should") {
    // A small circle of angular radius a has geodesic curvature cot(a)/R and length 2 pi R sin(a).
    const double radius = 2.0, a = 0.6;
    const std::vector<double> s = evenly(0.0, 2.0 * std::numbers::pi * radius * std::sin(a), 101);
    const std::vector<double> k(100 * 2, std::cos(a) / std::sin(a) / radius);
    const SurfaceCurve curve = reconstruct_on_sphere({s, k, {}, {}}, radius);
    CHECK(distance(std::span(curve.position).last(3), std::span(curve.position).first(3)) <= 4e-15);
    for (std::size_t i = 0; i < s.size(); ++i) {
      const double* x = &curve.position[3 * i];
      CHECK(std::abs(std::hypot(x[0], x[1], x[2]) / radius - 1.0) <= 7e-16);
      // The pole is at angle a from every point, to the left of the first one.
      CHECK(std::abs((x[0] * std::cos(a) + x[2] * std::sin(a)) / radius - std::cos(a)) <= 4e-15);
    }
  }

  TEST_CASE("on the sphere and the hyperbolic plane the order is that of the method") {
    const auto end = [](std::size_t steps, Integrator integrator, bool sphere) {
      const std::vector<double> s = evenly(0.0, 3.0, steps + 1);
      std::vector<double> k = gauss_nodes(s, node_count(integrator));
      std::transform(k.begin(), k.end(), k.begin(), [](double x) { return 2.0 * std::sin(3.0 * x); });
      const NaturalEquations e{s, k, {}, {}};
      const SurfaceCurve c =
          sphere ? reconstruct_on_sphere(e, 0.8, integrator) : reconstruct_on_hyperbolic_plane(e, 0.8, integrator);
      return std::vector<double>(c.position.end() - 3, c.position.end());
    };
    for (const bool sphere : {true, false}) {
      const std::vector<double> best = end(3000, Integrator::magnus6, sphere);
      const auto order = [&](std::size_t steps, Integrator integrator) {
        return std::log2(distance(end(steps, integrator, sphere), best) /
                         distance(end(2 * steps, integrator, sphere), best));
      };
      CHECK(order(80, Integrator::magnus4) == doctest::Approx(4.0).epsilon(0.06));
      CHECK(order(40, Integrator::magnus6) == doctest::Approx(6.0).epsilon(0.06));
      CHECK(order(200, Integrator::runge_kutta) == doctest::Approx(4.0).epsilon(0.06));
    }
  }

  TEST_CASE("hyperbolic lines are what cosh and sinh say") {
    const std::vector<double> s = evenly(0.0, 30.0, 61), k(60 * 2, 0.0);
    const SurfaceCurve line = reconstruct_on_hyperbolic_plane({s, k, {}, {}}, 1.0);
    for (std::size_t i = 0; i < s.size(); ++i) {
      CHECK(line.position[3 * i] == doctest::Approx(std::cosh(s[i])).epsilon(1e-14));
      CHECK(line.position[3 * i + 1] == doctest::Approx(std::sinh(s[i])).epsilon(1e-14));
    }
    const std::vector<double> far = evenly(0.0, 1e5, 11), flat(20, 0.0);
    CHECK(message_of([&] {
            reconstruct_on_hyperbolic_plane({far, flat, {}, {}}, 1.0);
          }).find("the curve leaves the range of doubles") == 0);
  }

  TEST_CASE("what is wrong is named") {
    const std::vector<double> s{0.0, 1.0}, k{1.0, 1.0};
    CHECK(message_of([&] { reconstruct_general(1, s, {}, {}, {}, {}); }) == "dimension must lie in [2, 64]; it is 1");
    CHECK(message_of([&] { reconstruct_general(3, s, k, {}, {}, {}); }) ==
          "curvatures must hold 2 x 2 numbers; it holds 2");
    CHECK(message_of([&] {
            reconstruct_on_sphere({s, k, {}, {}}, -1.0);
          }) == "radius must be positive and finite; it is -1");
    CHECK(message_of([&] {
            reconstruct_on_sphere({s, k, k, {}}, 1.0);
          }) == "a curve in a surface has no torsion to choose; 2 numbers are given");
  }
}

}  // namespace orrery::curve
