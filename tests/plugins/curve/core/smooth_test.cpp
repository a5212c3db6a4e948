// Smoothing: errors of curvature and torsion from noise, coverage of the bands, exact cases and refusals.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/smooth.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/plugins/curve/core/knots.hpp"
#include "tests/plugins/curve/core/known_curves.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

namespace {

struct Truth {
  double curvature, torsion;
};

// From (2 + cos 3t) e^{2it} = 2 e^{2it} + (e^{5it} + e^{-it}) / 2, derived term by term.
Truth knot_truth(double t) {
  Rows rows(3, std::vector<double>(3));
  for (std::size_t k = 0; k < 3; ++k) {
    const double quarter = static_cast<double>(k + 1) * std::numbers::pi / 2.0;
    for (const auto& [size, rate] : {std::pair{2.0, 2.0}, {0.5, 5.0}, {0.5, -1.0}}) {
      const double factor = size * std::pow(rate, static_cast<double>(k + 1));
      rows[k][0] += factor * std::cos(rate * t + quarter);
      rows[k][1] += factor * std::sin(rate * t + quarter);
    }
    rows[k][2] = std::pow(3.0, static_cast<double>(k + 1)) * std::sin(3.0 * t + quarter);
  }
  const FrenetData g = geometry_of(rows, 1, 3);
  return {g.curvature[0], g.torsion[0]};
}

struct Scores {
  double curvature = 0.0, torsion = 0.0, covered = 0.0, torsion_covered = 0.0, noise = 0.0;
};

Scores score(std::size_t n, double sigma, const SmoothOptions& options, bool closed, int runs) {
  Scores s;
  double squares = 0.0;
  const double total = static_cast<double>(n) * runs;
  std::mt19937_64 generator(21);
  std::normal_distribution<double> normal(0.0, sigma);
  for (int run = 0; run < runs; ++run) {
    auto points = torus_knot(2, 3, n);
    for (double& x : points) x += normal(generator);
    const auto curve = SmoothCurve::fit({.points = points, .n = n, .d = 3, .closed = closed}, options);
    s.noise += curve.noise() / runs;
    for (std::size_t i = 0; i < n; ++i) {
      const auto g = uncertain_geometry(curve.at(static_cast<double>(i)), 3);
      const Truth truth = knot_truth(2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n));
      s.curvature += std::pow(g.curvature / truth.curvature - 1.0, 2) / total;
      s.torsion += std::pow(g.torsion - truth.torsion, 2);
      squares += truth.torsion * truth.torsion;
      s.covered += (std::abs(g.curvature - truth.curvature) < 1.96 * g.curvature_error) / total;
      s.torsion_covered += (std::abs(g.torsion - truth.torsion) < 1.96 * g.torsion_error) / total;
    }
  }
  s.curvature = std::sqrt(s.curvature);
  s.torsion = std::sqrt(s.torsion / squares);
  return s;
}

}  // namespace

TEST_SUITE("plugins/curve/core/smooth") {
  TEST_CASE("curvature and torsion of a noisy knot are as good as stated without knowing the noise") {
    const Scores rough = score(2000, 1e-2, {}, true, 2);
    CHECK(rough.curvature < 7e-3);
    CHECK(rough.torsion < 2e-2);
    CHECK(rough.noise == doctest::Approx(1e-2).epsilon(0.03));
    const Scores fine = score(2000, 1e-4, {}, true, 1);
    CHECK(fine.curvature < 2.5e-4);
    CHECK(fine.torsion < 1e-3);
    CHECK(fine.noise == doctest::Approx(1e-4).epsilon(0.03));
  }

  TEST_CASE("the bands of 95 % cover about that share") {
    const Scores s = score(500, 1e-2, {}, true, 16);
    CHECK(s.covered > 0.91);
    CHECK(s.covered < 0.99);
    CHECK(s.torsion_covered > 0.90);
    CHECK(s.torsion_covered < 0.99);
  }

  TEST_CASE("restricted likelihood and open curves work too and are worse at the ends only by a factor") {
    CHECK(score(1000, 1e-2, {.criterion = SmoothingCriterion::reml}, true, 2).curvature < 3e-2);
    const Scores open = score(1000, 1e-3, {}, false, 2);
    CHECK(open.curvature < 3e-2);
    CHECK(open.noise == doctest::Approx(1e-3).epsilon(0.05));
  }

  TEST_CASE("exact samples of a polynomial come back with a noise of rounding") {
    std::vector<double> points;
    for (int i = 0; i <= 40; ++i) {
      const double t = i / 40.0;
      points.insert(points.end(), {t, t * t, t * t * t});
    }
    std::vector<double> parameter(41);
    for (std::size_t i = 0; i < 41; ++i) parameter[i] = static_cast<double>(i) / 40.0;
    const auto curve = SmoothCurve::fit({.points = points, .n = 41, .d = 3, .parameter = parameter}, {});
    CHECK(curve.noise() < 1e-12);
    const auto g = uncertain_geometry(curve.at(1.0), 3);
    CHECK(g.curvature == doctest::Approx(0.166423535003062148).epsilon(1e-8));
    CHECK(g.torsion == doctest::Approx(3.0 / 19.0).epsilon(1e-7));
  }

  TEST_CASE("a noisy line is found straight almost everywhere and has no torsion there") {
    std::mt19937_64 generator(22);
    std::normal_distribution<double> normal(0.0, 1e-2);
    std::vector<double> points;
    for (int i = 0; i < 400; ++i)
      points.insert(points.end(), {0.01 * i + normal(generator), normal(generator), normal(generator)});
    const auto curve = SmoothCurve::fit({.points = points, .n = 400, .d = 3}, {});
    int straight = 0;
    for (int i = 0; i < 400; ++i) {
      const auto g = uncertain_geometry(curve.at(i), 3);
      straight += g.straight;
      if (g.straight) CHECK(g.torsion == 0.0);
      if (g.straight) CHECK(std::isinf(g.torsion_error));
    }
    CHECK(straight > 300);
  }

  TEST_CASE("results do not depend on units of points and parameter") {
    std::mt19937_64 generator(23);
    std::normal_distribution<double> normal(0.0, 1e-3);
    auto points = torus_knot(2, 3, 300);
    for (double& x : points) x += normal(generator);
    auto scaled = points;
    for (double& x : scaled) x *= 0x1p40;
    const auto a = SmoothCurve::fit({.points = points, .n = 300, .d = 3, .closed = true}, {});
    const auto b = SmoothCurve::fit({.points = scaled, .n = 300, .d = 3, .step = 0x1p-20, .closed = true}, {});
    CHECK(b.noise() == doctest::Approx(a.noise() * 0x1p40).epsilon(1e-9));
    const auto g = uncertain_geometry(a.at(17.0), 3), h = uncertain_geometry(b.at(17.0 * 0x1p-20), 3);
    CHECK(h.curvature * 0x1p40 == doctest::Approx(g.curvature).epsilon(1e-6));
  }

  TEST_CASE("points that all coincide are refused or straight and never nan") {
    const std::vector<double> points(60, 2.0);
    const auto curve = SmoothCurve::fit({.points = points, .n = 20, .d = 3}, {});
    const auto g = uncertain_geometry(curve.at(3.0), 3);
    CHECK(g.straight);
    CHECK(g.curvature == 0.0);
  }

  TEST_CASE("bad input is refused by name") {
    const auto knot = torus_knot(2, 3, 20);
    const SampledCurve curve{.points = knot, .n = 20, .d = 3, .closed = true};
    CHECK(message_of([&] { SmoothCurve::fit(curve, {.smoothing = -1.0}); }) ==
          "smoothing must be positive and finite; it is -1");
    CHECK(message_of([&] { SmoothCurve::fit(curve, {.order = 7}); }) == "order must be 2 to 6; it is 7");
    CHECK(message_of([&] {
            SmoothCurve::fit({.points = {knot.data(), 6}, .n = 2, .d = 3}, {});
          }) == "smoothing needs at least 9 samples; there are 2");
    auto bad = knot;
    bad[4] = std::nan("");
    CHECK_THROWS_AS(SmoothCurve::fit({.points = bad, .n = 20, .d = 3}, {}), std::invalid_argument);
    const auto fitted = SmoothCurve::fit({.points = knot, .n = 20, .d = 3}, {});
    CHECK_THROWS_AS(fitted.at(20.0), std::domain_error);
  }
}
