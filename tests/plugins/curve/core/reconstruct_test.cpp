// Tests of curves rebuilt from curvature and torsion: closed forms, orders, a million steps, builds of the kernel.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/reconstruct.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "plugins/curve/core/gauss_nodes.hpp"
#include "tests/plugins/curve/core/natural_curves.hpp"

namespace orrery::curve {

namespace {

using test::constant;
using test::distance;
using test::evenly;
using test::knot_error;
using test::KnotEquations;
using test::message_of;

// The observed order from errors with m and 2 m steps.
double order_of(double coarse, double fine) { return std::log2(coarse / fine); }

std::vector<double> random_values(std::size_t n, unsigned seed, double size) {
  std::mt19937_64 generator(seed);
  std::uniform_real_distribution<double> any(-size, size);
  std::vector<double> values(n);
  std::generate(values.begin(), values.end(), [&] { return any(generator); });
  return values;
}

}  // namespace

TEST_SUITE("plugins/curve/core/reconstruct") {
  TEST_CASE("constant curvature and torsion give the helix without error of method in one step") {
    const std::vector<double> s{0.0, 3.0};
    const std::vector<double> kappa(3, 0.5), tau(3, 0.25);
    const SpaceCurve curve = reconstruct_space({s, kappa, tau, {}}, {}, Integrator::magnus6);
    const std::vector<double> published{2.02301259970913689, 1.76968773183794011, 0.488493700145431555};
    CHECK(distance(std::span(curve.position).subspan(3), published) <= 4.5e-16);
  }

  TEST_CASE("steps of many radians keep a circle a circle") {
    const std::vector<double> s{0.0, 10.0, 1000.0, 1e6};
    const std::vector<double> kappa = constant(2.0, 3, 2);
    const PlaneCurve curve = reconstruct_plane({s, kappa, {}, {}}, {{1.0, 2.0}, 0.3});
    for (std::size_t i = 0; i < s.size(); ++i) {
      const double angle = 0.3 + 2.0 * s[i];
      CHECK(std::abs(curve.position[2 * i] - (1.0 + (std::sin(angle) - std::sin(0.3)) / 2.0)) <=
            1e-10 * (1.0 + s[i]) / 1e5 + 1e-15);
      CHECK(std::abs(curve.position[2 * i + 1] - (2.0 - (std::cos(angle) - std::cos(0.3)) / 2.0)) <=
            1e-10 * (1.0 + s[i]) / 1e5 + 1e-15);
      CHECK(curve.angle[i] == doctest::Approx(angle).epsilon(1e-15));
    }
  }

  TEST_CASE("a clothoid arrives where it should with the order of the method") {
    const auto error = [](std::size_t steps, Integrator integrator) {
      const std::vector<double> s = evenly(0.0, 2.0, steps + 1);
      const std::vector<double> kappa = gauss_nodes(s, node_count(integrator));
      const PlaneCurve curve = reconstruct_plane({s, kappa, {}, {}}, {}, integrator);
      return std::hypot(curve.position[2 * steps] - 1.33519369629433662,
                        curve.position[2 * steps + 1] - 0.997623711325421298);
    };
    CHECK(order_of(error(16, Integrator::magnus4), error(32, Integrator::magnus4)) ==
          doctest::Approx(4.0).epsilon(0.05));
    CHECK(order_of(error(4, Integrator::magnus6), error(8, Integrator::magnus6)) == doctest::Approx(6.0).epsilon(0.1));
    CHECK(order_of(error(64, Integrator::runge_kutta), error(128, Integrator::runge_kutta)) ==
          doctest::Approx(4.0).epsilon(0.05));
    CHECK(error(1000, Integrator::magnus6) <= 5e-16);
  }

  TEST_CASE("a torus knot in its own parameter shows orders 4 and 6 and 4") {
    const auto error = [](std::size_t steps, Integrator integrator) {
      const KnotEquations knot(steps, node_count(integrator));
      return knot_error(knot, reconstruct_space(knot.equations(), knot.start(), integrator).position);
    };
    CHECK(order_of(error(500, Integrator::magnus4), error(1000, Integrator::magnus4)) ==
          doctest::Approx(4.0).epsilon(0.03));
    CHECK(order_of(error(250, Integrator::magnus6), error(500, Integrator::magnus6)) ==
          doctest::Approx(6.0).epsilon(0.05));
    CHECK(order_of(error(1000, Integrator::runge_kutta), error(2000, Integrator::runge_kutta)) ==
          doctest::Approx(4.0).epsilon(0.05));
  }

  TEST_CASE("rounding stays below 1e-15 of the size over many steps") {
    constexpr double knot_size = 3.0;
    const KnotEquations knot(200000, 2);
    const SpaceCurve curve = reconstruct_space(knot.equations(), knot.start(), Integrator::magnus4);
    CHECK(knot_error(knot, curve.position) <= 1e-15 * knot_size);
    CHECK(curve.defect <= 1.5e-15);
  }

  TEST_CASE("frames stay orthonormal over a million steps of any size") {
    const std::vector<double> s = evenly(0.0, 1e6, 1000001);
    const std::vector<double> kappa = random_values(2000000, 1, 3.0), tau = random_values(2000000, 2, 3.0);
    CHECK(reconstruct_space({s, kappa, tau, {}}).defect <= 2e-15);
  }

  TEST_CASE("every build of the kernel gives the same bits") {
    const std::vector<double> s = evenly(0.0, 300.0, 1301);
    for (const std::size_t nodes : {2, 3}) {
      const std::vector<double> kappa = random_values(1300 * nodes, 3, 2.0), tau = random_values(1300 * nodes, 4, 9.0);
      std::vector<double> reference;
      for (const PoseTarget target : {PoseTarget::baseline, PoseTarget::avx2, PoseTarget::avx512}) {
        if (has_pose_target(target)) {
          std::vector<double> all(1301 * 16);
          const std::span<double> whole(all);
          follow_poses({s, kappa, tau, {}}, {}, nodes, target, whole.first(1301 * 3), whole.subspan(1301 * 3, 1301 * 4),
                       whole.subspan(1301 * 7));
          reference = reference.empty() ? all : reference;
          CHECK(all == reference);
        }
      }
    }
  }

  TEST_CASE("the general method agrees with the kernel for every number of steps") {
    for (const std::size_t steps : {0, 1, 2, 63, 64, 65, 511, 512, 513, 1100}) {
      std::vector<double> s(steps + 1);
      std::generate(s.begin(), s.end(), [at = -0.1]() mutable { return at += 0.1; });
      const std::vector<double> kappa = random_values(steps * 3, 5, 3.0), tau = random_values(steps * 3, 6, 3.0);
      std::vector<double> both;
      for (std::size_t i = 0; i < kappa.size(); ++i) {
        both.insert(both.end(), {kappa[i], tau[i]});
      }
      const SpaceCurve curve = reconstruct_space({s, kappa, tau, {}}, {}, Integrator::magnus6);
      const GeneralCurve other = reconstruct_general(3, s, both, {}, {}, {}, Integrator::magnus6);
      CAPTURE(steps);
      CHECK(distance(curve.position, other.position) <= 2e-13);
      CHECK(distance(curve.frame, other.frame) <= 2e-14);
    }
  }

  TEST_CASE("a curve goes where its start puts it") {
    const std::vector<double> s = evenly(0.0, 5.0, 20);
    const std::vector<double> kappa = constant(0.7, 19, 2), tau = constant(-0.4, 19, 2);
    std::vector<double> turned = test::random_rotation(3, 8);
    const double volume = turned[0] * (turned[4] * turned[8] - turned[5] * turned[7]) +
                          turned[1] * (turned[5] * turned[6] - turned[3] * turned[8]) +
                          turned[2] * (turned[3] * turned[7] - turned[4] * turned[6]);
    for (std::size_t c = 0; c < 3 && volume < 0.0; ++c) {
      turned[c] = -turned[c];
    }
    SpaceStart start{{1.0, -2.0, 3.0}, {}};
    std::copy(turned.begin(), turned.end(), start.frame.begin());
    const SpaceCurve plain = reconstruct_space({s, kappa, tau, {}}),
                     moved = reconstruct_space({s, kappa, tau, {}}, start);
    for (std::size_t i = 0; i < s.size(); ++i) {
      for (std::size_t c = 0; c < 3; ++c) {
        double expected = start.position[c];
        for (std::size_t k = 0; k < 3; ++k) {
          expected += plain.position[3 * i + k] * turned[3 * k + c];
        }
        CHECK(moved.position[3 * i + c] == doctest::Approx(expected).epsilon(1e-14));
      }
    }
  }

  TEST_CASE("what is wrong is named") {
    const std::vector<double> s{0.0, 1.0}, two{1.0, 1.0}, bad{1.0, std::nan("")}, huge{1e300, 1e300};
    const auto refusal = [](const NaturalEquations& e, const SpaceStart& start = {}) {
      return message_of([&] { reconstruct_space(e, start); });
    };
    CHECK(refusal({{}, {}, {}, {}}) == "parameter must hold at least 1 number; it holds 0");
    CHECK(refusal({std::vector<double>{1.0, 1.0}, two, {}, {}}) ==
          "parameter must increase from row to row; row 1 is 1 after 1");
    CHECK(refusal({s, s, std::vector<double>{1.0}, {}}) == "torsion must hold 1 x 2 numbers; it holds 1");
    CHECK(refusal({s, bad, {}, {}}) == "curvature must be finite; row 0, column 1 is nan");
    CHECK(refusal({s, two, {}, {}}, {{}, {1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, -1.0}}) ==
          "frame must be right-handed; its determinant is -1");
    CHECK(refusal({s, two, {}, {}}, {{}, {2.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0}}) ==
          "frame must have orthonormal rows to 1e-8; the largest defect is 3");
    CHECK(refusal({s, huge, {}, {}}) == "the curve leaves the range of doubles at row 1");
    CHECK(message_of([&] {
            reconstruct_plane({s, two, two, {}});
          }) == "a curve in a surface has no torsion to choose; 2 numbers are given");
  }
}

}  // namespace orrery::curve
