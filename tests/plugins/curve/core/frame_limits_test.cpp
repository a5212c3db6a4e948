// Tests of frames at cusps, inflections and straight pieces, against neighbours an instant later and known limits.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/frame_limits.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "plugins/curve/core/orthonormal.hpp"
#include "plugins/curve/core/reconstruct_support.hpp"
#include "plugins/curve/core/samples.hpp"
#include "tests/plugins/curve/core/numbers.hpp"

namespace orrery::curve {

namespace {

using test::distance;
using test::evenly;
using test::message_of;
using Rows = std::vector<std::vector<double>>;

FrameTable frames(const Rows& derivatives, std::size_t n, std::size_t d, const FrameOptions& options = {}) {
  const std::vector<std::span<const double>> spans(derivatives.begin(), derivatives.end());
  return frames_with_limits(spans, n, d, options);
}

// Derivatives at t of the curve (t^k_1, t^k_2, ...) with factors, turned by a fixed rotation.
Rows monomials(const std::vector<int>& powers, const std::vector<double>& factors, double t, std::size_t count) {
  const std::size_t d = powers.size();
  const std::vector<double> rotation = test::random_rotation(d, 3);
  Rows rows(count, std::vector<double>(d, 0.0));
  for (std::size_t k = 1; k <= count; ++k) {
    for (std::size_t j = 0; j < d; ++j) {
      double value = factors[j];
      for (int i = 0; i < static_cast<int>(k); ++i) {
        value *= powers[j] - i;
      }
      value *= powers[j] >= static_cast<int>(k) ? std::pow(t, powers[j] - static_cast<int>(k)) : 0.0;
      for (std::size_t c = 0; c < d; ++c) {
        rows[k - 1][c] += value * rotation[j * d + c];
      }
    }
  }
  return rows;
}

struct MonomialCase {
  std::vector<int> powers;
  std::vector<double> factors;
};

}  // namespace

TEST_SUITE("plugins/curve/core/frame_limits") {
  TEST_CASE("limits from both sides are what the formulas give a little aside") {
    const std::vector<MonomialCase> cases{
        {{1, 3}, {2.0, 1.0}},         {{2, 3}, {1.0, -2.0}},         {{2, 4}, {1.0, 3.0}},
        {{3, 4}, {-1.0, 1.0}},        {{1, 4}, {1.0, -1.0}},         {{1, 3, 4}, {1.0, 2.0, -1.0}},
        {{2, 3, 4}, {1.0, 1.0, 2.0}}, {{2, 4, 6}, {1.0, -1.0, 0.5}}, {{1, 2, 4, 5}, {1.0, 1.0, 1.0, -1.0}}};
    for (const MonomialCase& c : cases) {
      const std::size_t d = c.powers.size();
      for (const Side side : {Side::right, Side::left}) {
        const double aside = side == Side::right ? 1e-3 : -1e-3;
        // Noise of the turned derivatives would count as a direction; it is below 1e-13 of the rest.
        const FrameOptions options{.side = side, .degeneracy = {.relative_tolerance = 1e-13}, .parameter_scale = 1.0};
        const FrameTable at = frames(monomials(c.powers, c.factors, 0.0, 6), 1, d, options);
        const FrameTable near = frames(monomials(c.powers, c.factors, aside, 6), 1, d);
        CAPTURE(c.powers[0]);
        CAPTURE(c.powers[1]);
        CAPTURE(d);
        CAPTURE(static_cast<int>(side));
        CHECK(at.status[0] == FrameStatus::limit);
        CHECK(near.status[0] == FrameStatus::regular);
        CHECK(distance(at.frame, near.frame) <= 1e-2);
        for (std::size_t j = 0; j + 1 < d; ++j) {
          const double limit = at.curvatures[j], value = near.curvatures[j];
          CAPTURE(j);
          CAPTURE(value);
          if (std::isinf(limit)) {
            CHECK(value * limit > 0.0);
            CHECK(std::abs(value) >= 1e2);
          } else {
            CHECK(std::abs(value - limit) <= 3e-2 * (1.0 + std::abs(limit)));
          }
        }
        for (std::size_t j = 0; j < d; ++j) {
          CHECK(at.order[j] == static_cast<std::size_t>(c.powers[j]));
        }
      }
    }
  }

  TEST_CASE("a curvature that has a limit at a standstill is that number") {
    // (t^2, t^4): the parabola y = x^2 run through twice, curvature 2 at its vertex.
    const FrameTable table = frames({{0.0, 0.0}, {2.0, 0.0}, {0.0, 0.0}, {0.0, 24.0}}, 1, 2);
    CHECK(table.status[0] == FrameStatus::limit);
    CHECK(table.curvatures[0] == doctest::Approx(2.0).epsilon(1e-14));
    CHECK(table.speed[0] == 0.0);
  }

  TEST_CASE("a point without torsion is regular") {
    const FrameTable table = frames(monomials({1, 2, 4}, {1.0, 1.0, 1.0}, 0.0, 5), 1, 3);
    CHECK(table.status[0] == FrameStatus::regular);
    CHECK(table.curvatures[0] == doctest::Approx(2.0).epsilon(1e-15));
    CHECK(std::abs(table.curvatures[1]) <= 1e-15);
  }

  TEST_CASE("regular samples are those of the plain formulas") {
    std::mt19937_64 generator(4);
    std::uniform_real_distribution<double> any(-1.0, 1.0);
    Rows rows(3, std::vector<double>(30));
    for (auto& row : rows) {
      std::generate(row.begin(), row.end(), [&] { return any(generator); });
    }
    const std::vector<std::span<const double>> spans(rows.begin(), rows.end());
    const FrenetData plain = curvature_from_derivatives(spans, 10, 3);
    const FrameTable table = frames(rows, 10, 3);
    CHECK(table.frame == plain.frame);
    CHECK(table.curvatures == plain.curvatures);
    CHECK(table.speed == plain.speed);
  }

  TEST_CASE("a straight piece keeps the normals of the bend before it") {
    // A quarter of a circle, then a straight line, then nothing moves.
    Rows rows(2, std::vector<double>{0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0});
    rows[1] = {-1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0};
    const FrameTable table = frames(rows, 4, 3);
    CHECK(table.status[0] == FrameStatus::regular);
    CHECK(table.status[1] == FrameStatus::transported);
    CHECK(table.status[3] == FrameStatus::unknown);
    for (std::size_t row = 1; row < 4; ++row) {
      CHECK(distance(std::span(table.frame).subspan(9 * row, 9), std::span(table.frame).first(9)) <= 1e-15);
      CHECK(table.curvatures[2 * row] == 0.0);
    }
  }

  TEST_CASE("a curve with no normals at all still has orthonormal frames") {
    for (const std::size_t d : {2, 3, 5}) {
      Rows rows(2, std::vector<double>(3 * d, 0.0));
      for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t c = 0; c < d; ++c) {
          rows[0][row * d + c] = 1.0 + static_cast<double>(c);
        }
      }
      CHECK(orthonormality_defect(frames(rows, 3, d).frame, d) <= 1e-15);
      const FrameTable nothing = frames(Rows(2, std::vector<double>(3 * d, 0.0)), 3, d);
      CHECK(nothing.status[1] == FrameStatus::unknown);
      CHECK(orthonormality_defect(nothing.frame, d) == 0.0);
    }
  }

  TEST_CASE("samples of an inflection give the limit") {
    const std::vector<double> t = evenly(-1.0, 1.0, 41);
    const std::vector<double> points = test::sample([](double x) { return std::vector<double>{x, x * x * x}; }, t);
    const DerivativeTable derivatives = differentiate({.points = points, .n = 41, .d = 2, .parameter = t},
                                                      {.source = DerivativeSource::spline, .degree = 7, .count = 3});
    const FrameTable table = frames_with_limits(derivatives);
    CHECK(distance(std::span(table.frame).subspan(4 * 20, 4), std::vector<double>{1.0, 0.0, 0.0, 1.0}) <= 1e-12);
    CHECK(std::abs(table.curvatures[20]) <= 1e-10);
    CHECK(table.curvatures[40] == doctest::Approx(6.0 / std::pow(10.0, 1.5)).epsilon(1e-8));
    CHECK(table.curvatures[0] == doctest::Approx(-6.0 / std::pow(10.0, 1.5)).epsilon(1e-8));
  }

  TEST_CASE("what is wrong is named") {
    CHECK(message_of([] { frames({{1.0}}, 1, 1); }) == "a frame needs a dimension of at least 2; it is 1");
    CHECK(message_of([] {
            frames({{1.0, std::nan("")}, {0.0, 0.0}}, 1, 2);
          }) == "derivative 1 must be finite; row 0, column 1 is nan");
    CHECK(frames({{}, {}}, 0, 2).frame.empty());
  }
}

}  // namespace orrery::curve
