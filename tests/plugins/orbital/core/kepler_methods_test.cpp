// The classical methods: where they converge, where they must fail, and that each reports the truth about itself.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "plugins/orbital/core/kepler.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr KeplerMethod all_methods[] = {KeplerMethod::newton,  KeplerMethod::halley,  KeplerMethod::tangent_parabola,
                                        KeplerMethod::series2, KeplerMethod::series3, KeplerMethod::bracketed};

KeplerOptions options_for(KeplerMethod method, KeplerStart start = KeplerStart::automatic) {
  KeplerOptions options;
  options.method = method;
  options.start = start;
  return options;
}

struct Point {
  double mean;
  Eccentricity eccentricity;
};

/// 4,080 points with 1 - e from 1 down to 1e-8 and M from pi down to 1e-7.
std::vector<Point> grid() {
  std::vector<Point> points;
  for (int i = 0; i < 51; ++i)
    for (int j = 0; j < 80; ++j)
      points.push_back(
          {pi * std::pow(10.0, -7.5 * j / 79), Eccentricity::from_one_minus_e(std::pow(10.0, -8.0 * i / 50))});
  return points;
}

}  // namespace

TEST_SUITE("plugins/orbital/core/kepler_methods") {
  TEST_CASE("every method that converges agrees with the default solver") {
    for (const KeplerMethod method : all_methods) {
      CAPTURE(static_cast<int>(method));
      Draw draw(31);
      double worst = 0.0;
      for (int i = 0; i < 2000; ++i) {
        const double mean = draw.uniform(-20, 20);
        const double e = draw.uniform(0, 3);
        const KeplerSolution s = solve_kepler(mean, Eccentricity::from_e(e), options_for(method));
        if (s.status != KeplerStatus::converged) continue;
        const double truth = solve_kepler(mean, Eccentricity::from_e(e)).anomaly;
        worst = std::max(worst, std::fabs(s.anomaly - truth) / ulps(1, truth));
      }
      CHECK(worst <= 2.0);
    }
  }

  TEST_CASE("Newton from the automatic start never fails") {
    int most = 0;
    for (const Point& p : grid()) {
      const KeplerSolution s = solve_kepler(p.mean, p.eccentricity, options_for(KeplerMethod::newton));
      REQUIRE(s.status == KeplerStatus::converged);
      most = std::max(most, s.iterations);
    }
    CHECK(most <= 30);
  }

  TEST_CASE("Newton from the mean anomaly fails somewhere near e of one") {
    int failures = 0;
    for (const Point& p : grid())
      failures +=
          solve_kepler(p.mean, p.eccentricity, options_for(KeplerMethod::newton, KeplerStart::mean)).ok() ? 0 : 1;
    CHECK(failures > 0);
    CHECK(failures < 400);
  }

  TEST_CASE("the tangent parabola misses the axis for some starts and says so") {
    int missed = 0;
    for (const Point& p : grid()) {
      const KeplerSolution s =
          solve_kepler(p.mean, p.eccentricity, options_for(KeplerMethod::tangent_parabola, KeplerStart::mean));
      missed += s.status == KeplerStatus::no_real_root ? 1 : 0;
    }
    CHECK(missed > 100);
  }

  TEST_CASE("the bracketed method converges everywhere") {
    for (const Point& p : grid()) {
      KeplerOptions options = options_for(KeplerMethod::bracketed);
      options.most_iterations = 200;
      const KeplerSolution s = solve_kepler(p.mean, p.eccentricity, options);
      REQUIRE(s.status == KeplerStatus::converged);
      const double truth = solve_kepler(p.mean, p.eccentricity).anomaly;
      REQUIRE(std::fabs(s.anomaly - truth) <= ulps(2, truth));
    }
  }

  TEST_CASE("a failed method falls back when asked and says so") {
    KeplerOptions options = options_for(KeplerMethod::tangent_parabola, KeplerStart::mean);
    options.on_failure = OnFailure::fall_back;
    int fell_back = 0;
    for (const Point& p : grid()) {
      const KeplerSolution s = solve_kepler(p.mean, p.eccentricity, options);
      REQUIRE(s.ok());
      fell_back += s.status == KeplerStatus::fell_back ? 1 : 0;
    }
    CHECK(fell_back > 100);
  }

  TEST_CASE("higher order needs fewer iterations in the mean") {
    const auto mean_iterations = [](KeplerMethod method) {
      Draw draw(32);
      int sum = 0;
      for (int i = 0; i < 1000; ++i)
        sum += solve_kepler(draw.uniform(0, pi), Eccentricity::from_e(draw.uniform(0, 0.8)), options_for(method))
                   .iterations;
      return sum;
    };
    CHECK(mean_iterations(KeplerMethod::halley) < mean_iterations(KeplerMethod::newton));
    CHECK(mean_iterations(KeplerMethod::series3) < mean_iterations(KeplerMethod::newton));
    CHECK(mean_iterations(KeplerMethod::newton) < mean_iterations(KeplerMethod::bracketed));
  }

  TEST_CASE("too few iterations are reported as such") {
    KeplerOptions options = options_for(KeplerMethod::newton);
    options.most_iterations = 1;
    const KeplerSolution s = solve_kepler(1.0, Eccentricity::from_e(0.8), options);
    CHECK(s.status == KeplerStatus::not_converged);
    CHECK(s.iterations == 1);
    CHECK(std::fabs(s.residual) > 1e-6);
    CHECK(name(s.status) == "not_converged");
  }

  TEST_CASE("the methods solve the parabola and the hyperbola too") {
    for (const KeplerMethod method : all_methods) {
      CAPTURE(static_cast<int>(method));
      for (const double e : {1.0, 1.0000001, 1.5, 40.0})
        for (const double mean : {1e-9, 0.3, 7.0, 1e6}) {
          CAPTURE(e);
          CAPTURE(mean);
          KeplerOptions options = options_for(method);
          options.most_iterations = 100;
          options.on_failure = OnFailure::fall_back;
          const KeplerSolution s = solve_kepler(mean, Eccentricity::from_e(e), options);
          const double truth = solve_kepler(mean, Eccentricity::from_e(e)).anomaly;
          CHECK(s.ok());
          CHECK(std::fabs(s.anomaly - truth) <= ulps(2, truth));
        }
    }
  }
}
