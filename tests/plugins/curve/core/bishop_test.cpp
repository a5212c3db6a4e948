// Tests of rotation-minimising frames: known angles to the Frenet frame, order, holonomy, straight and broken curves.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/bishop.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <numeric>

#include "plugins/curve/core/curvature.hpp"
#include "plugins/curve/core/named_curves.hpp"
#include "plugins/curve/core/reconstruct_support.hpp"
#include "tests/plugins/curve/core/numbers.hpp"

namespace orrery::curve {

namespace {

using test::distance;
using test::evenly;
using test::message_of;

BishopFrames follow_named(const NamedCurve& curve, std::span<const double> t, bool closed = false) {
  const CurveTable table = evaluate(curve, t, 3);
  const std::vector<std::span<const double>> spans(table.derivatives.begin(), table.derivatives.end());
  const FrenetData frenet = curvature_from_derivatives(spans, table.n, table.d);
  return bishop_frames({.points = table.points,
                        .tangents = table.derivatives[0],
                        .second = table.derivatives[1],
                        .normals = std::span(frenet.frame).subspan(3, 6),
                        .n = table.n,
                        .d = table.d,
                        .closed = closed});
}

}  // namespace

TEST_SUITE("plugins/curve/core/bishop") {
  TEST_CASE("on a helix the frame turns back against the torsion with order 4") {
    // Total torsion of a turn: 2 pi b/sqrt(a^2 + b^2).
    const double kappa = 2.0 / 5.0, angle = 2.0 * std::numbers::pi / std::sqrt(5.0);
    const auto error = [&](std::size_t steps) {
      const BishopFrames f =
          follow_named({.name = CurveName::helix, .a = 2.0, .b = 1.0}, evenly(0.0, 2.0 * std::numbers::pi, steps + 1));
      // Curvature along the first normal: N turned by -angle, so kappa cos(angle); along the second kappa sin(angle).
      return std::hypot(f.curvature[2 * steps] - kappa * std::cos(angle),
                        f.curvature[2 * steps + 1] - kappa * std::sin(angle));
    };
    CHECK(std::log2(error(50) / error(100)) == doctest::Approx(4.0).epsilon(0.02));
    CHECK(error(4000) <= 1e-13);
  }

  TEST_CASE("holonomy of a closed curve is minus its total torsion") {
    // On a sphere total torsion of a closed curve is 0; a torus knot is measured against its own sum of torsion.
    const std::size_t n = 4000;
    std::vector<double> t = evenly(0.0, 2.0 * std::numbers::pi, n + 1);
    t.pop_back();
    CHECK(std::abs(follow_named({.name = CurveName::clelia, .a = 1.0, .m = 2.0}, t, true).holonomy) <= 1e-11);
    const NamedCurve knot{.name = CurveName::torus_knot, .a = 2.0, .b = 0.5, .p = 2, .q = 3};
    const CurveTable table = evaluate(knot, t, 3);
    const std::vector<std::span<const double>> spans(table.derivatives.begin(), table.derivatives.end());
    const FrenetData frenet = curvature_from_derivatives(spans, n, 3);
    double total = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      total += frenet.torsion[i] * frenet.speed[i] * 2.0 * std::numbers::pi / static_cast<double>(n);
    }
    const double off = std::remainder(follow_named(knot, t, true).holonomy + total, 2.0 * std::numbers::pi);
    CHECK(std::abs(off) <= 1e-9);
  }

  TEST_CASE("frames are orthonormal with the tangent in the first row in every dimension") {
    for (const std::size_t d : {2, 3, 4, 7}) {
      const std::vector<double> t = evenly(0.0, 20.0, 2001);
      const std::vector<double> points = test::sample(
          [d](double x) {
            std::vector<double> p(d);
            for (std::size_t c = 0; c < d; ++c) {
              p[c] = std::sin(x * (1.0 + 0.3 * static_cast<double>(c))) / (1.0 + static_cast<double>(c));
            }
            return p;
          },
          t);
      const std::vector<double> tangents = test::sample(
          [d](double x) {
            std::vector<double> p(d);
            for (std::size_t c = 0; c < d; ++c) {
              const double w = 1.0 + 0.3 * static_cast<double>(c);
              p[c] = w * std::cos(x * w) / (1.0 + static_cast<double>(c));
            }
            return p;
          },
          t);
      const BishopFrames f =
          bishop_frames({.points = points, .tangents = tangents, .second = {}, .normals = {}, .n = 2001, .d = d});
      CHECK(orthonormality_defect(f.frame, d) <= 2e-15);
      CHECK(f.turned_back == 0);
      const double size = std::sqrt(std::inner_product(
          tangents.begin(), tangents.begin() + static_cast<std::ptrdiff_t>(d), tangents.begin(), 0.0));
      CHECK(f.frame[0] == doctest::Approx(tangents[0] / size).epsilon(1e-15));
    }
  }

  TEST_CASE("normals do not move along a straight line nor over repeated points") {
    const std::vector<double> points{0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 5.0, 0.0, 0.0};
    const std::vector<double> tangents{1.0, 0.0, 0.0, 3.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0};
    const std::vector<double> normals{0.0, 0.6, 0.8, 0.0, -0.8, 0.6};
    const BishopFrames f =
        bishop_frames({.points = points, .tangents = tangents, .second = {}, .normals = normals, .n = 4, .d = 3});
    CHECK(distance(std::span(f.frame).subspan(30, 6), normals) <= 2e-16);
  }

  TEST_CASE("a tangent that turns straight back is counted") {
    const std::vector<double> points{0.0, 0.0, 1.0, 0.0, 1.0, 0.0}, tangents{1.0, 0.0, 1.0, 0.0, -1.0, 0.0};
    const BishopFrames f =
        bishop_frames({.points = points, .tangents = tangents, .second = {}, .normals = {}, .n = 3, .d = 2});
    CHECK(f.turned_back == 1);
    CHECK(orthonormality_defect(f.frame, 2) <= 1e-15);
  }

  TEST_CASE("what is wrong is named") {
    const std::vector<double> p{0.0, 0.0, 1.0, 0.0}, zero{1.0, 0.0, 0.0, 0.0}, t{1.0, 0.0, 1.0, 0.0}, skew{1.0, 0.0};
    CHECK(message_of([&] {
            bishop_frames({.points = p, .tangents = zero, .second = {}, .normals = {}, .n = 2, .d = 2});
          }) == "tangents must not be 0; row 1 is");
    CHECK(message_of([&] {
            bishop_frames({.points = p, .tangents = t, .second = {}, .normals = skew, .n = 2, .d = 2});
          }) == "normals must be orthonormal and orthogonal to the first tangent to 1e-8; the largest defect is 1");
    CHECK(message_of([&] {
            bishop_frames({.points = p, .tangents = t, .second = {}, .normals = {}, .n = 4, .d = 1});
          }) == "a frame needs at least 1 sample in 2 dimensions; there are 4 in 1");
  }
}

}  // namespace orrery::curve
