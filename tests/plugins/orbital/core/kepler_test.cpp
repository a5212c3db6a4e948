// Kepler's equation: definition, published values, a 113-bit reference over the whole domain, and the edges.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/kepler.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Units in the last place by which the solver misses the root in 113-bit arithmetic.
double miss(double mean, Eccentricity eccentricity) {
  const ExactEccentricity x = exact(eccentricity);
  const int sign = eccentricity.is_elliptic() ? -1 : 1;
  const Quad e = Quad(x.e.hi) + Quad(x.e.lo);
  const Quad one_minus_e = Quad(x.one_minus_e.hi) + Quad(x.one_minus_e.lo);
  const KeplerSolution s = solve_kepler(mean, eccentricity);
  if (s.status != KeplerStatus::converged) return infinity;
  return quad::ulps_off(s.anomaly, quad::kepler_root(mean, e, one_minus_e, sign));
}

template <class Generate>
double worst_miss(int draws, Generate generate) {
  double worst = 0.0;
  for (int i = 0; i < draws; ++i) worst = std::max(worst, generate());
  return worst;
}

constexpr double nearly_correct_rounding = 0.51;

}  // namespace

TEST_SUITE("plugins/orbital/core/kepler") {
  TEST_CASE("the elliptic anomaly agrees with published values") {
    struct Row {
      double mean, e, eccentric, radius;
    };
    const Row rows[] = {
        {0.1, 0.01671022, 0.10169644224302610002, 0.98337611549112312205},
        {1.0, 0.2, 1.185324203861338565, 0.9248006684659961318},
        {2.0, 0.5, 2.3542427582227809141, 1.3528626761882253608},
        {0.5, 0.9, 1.3844127202021626031, 0.83322428130986428118},
    };
    for (const Row& row : rows) {
      CAPTURE(row.e);
      const EllipticPoint point = elliptic_point(row.mean, Eccentricity::from_e(row.e));
      CHECK(std::fabs(point.anomaly - row.eccentric) <= ulps(0.51, row.eccentric));
      CHECK(std::fabs(point.radius_ratio - row.radius) <= ulps(2, row.radius));
    }
  }

  TEST_CASE("Vallado and Meeus print these anomalies") {
    const double degree = pi / 180;
    CHECK(std::fabs(eccentric_anomaly(235.4 * degree, 0.4) - 220.512074767522067 * degree) <= ulps(4, 3.85));
    CHECK(std::fabs(eccentric_anomaly(5 * degree, 0.1) - 5.55458925387231526 * degree) <= ulps(4, 0.097));
    CHECK(std::fabs(hyperbolic_anomaly(235.4 * degree, 2.4) - 1.601376144932508) <= ulps(4, 1.6));
  }

  TEST_CASE("two near parabolic comets have these anomalies") {
    CHECK(std::fabs(eccentric_anomaly(1.4768709893686114e-07, 0.99999999999999844) - 0.00960502731863356395) <=
          ulps(0.51, 0.0096));
    CHECK(std::fabs(eccentric_anomaly(3.1913232955639234e-06, 0.99988259030314863) - 0.01837512075402671683) <=
          ulps(0.51, 0.018));
  }

  TEST_CASE("the hyperbolic anomaly agrees with published values") {
    CHECK(std::fabs(hyperbolic_anomaly(1.0, 1.5) - 1.1616354445046072639) <= ulps(0.51, 1.16));
    CHECK(std::fabs(hyperbolic_anomaly(10.0, 2.0) - 2.5348145176603543782) <= ulps(0.51, 2.53));
  }

  TEST_CASE("Barker's equation agrees with published values") {
    const double d = parabolic_anomaly(std::sqrt(0.5));
    CHECK(std::fabs(d - 0.62552235668881671688) <= ulps(2, d));
    const double vallado = parabolic_anomaly(2 * std::sqrt(398600.4418 / std::pow(25512.0, 3)) * 53.7874 * 60);
    CHECK(std::fabs(vallado - 0.817750890528888) <= 1e-14);
  }

  TEST_CASE("an ordinary ellipse is solved to the nearest double") {
    Draw draw(11);
    const double worst =
        worst_miss(3000, [&] { return miss(draw.uniform(0, pi), Eccentricity::from_e(draw.uniform(0, 1))); });
    CHECK(worst <= nearly_correct_rounding);
  }

  TEST_CASE("the corner of e near one and small M keeps every digit") {
    Draw draw(12);
    const double worst = worst_miss(
        1500, [&] { return miss(pi * draw.decade(-40, 0), Eccentricity::from_one_minus_e(draw.decade(-15.9, 0))); });
    CHECK(worst <= nearly_correct_rounding);
    const double deepest = worst_miss(
        500, [&] { return miss(draw.decade(-300, 0), Eccentricity::from_one_minus_e(draw.decade(-200, 0))); });
    CHECK(deepest <= nearly_correct_rounding);
  }

  TEST_CASE("an ordinary hyperbola is solved to the nearest double") {
    Draw draw(13);
    const double worst =
        worst_miss(1500, [&] { return miss(draw.uniform(0, 30), Eccentricity::from_e(draw.uniform(1.001, 6))); });
    CHECK(worst <= nearly_correct_rounding);
  }

  TEST_CASE("a hyperbola near the parabola keeps every digit") {
    Draw draw(14);
    const double worst = worst_miss(
        1500, [&] { return miss(draw.decade(-40, 3), Eccentricity::from_one_minus_e(-draw.decade(-16, 0))); });
    CHECK(worst <= nearly_correct_rounding);
  }

  TEST_CASE("a hyperbola of any size is solved within one unit in the last place") {
    Draw draw(15);
    const double worst = worst_miss(
        1500, [&] { return miss(draw.decade(-300, 300), Eccentricity::from_one_minus_e(-draw.decade(-16, 8))); });
    CHECK(worst <= 1.0);
    const double extreme =
        worst_miss(500, [&] { return miss(draw.decade(-30, 50), Eccentricity::from_e(draw.decade(8, 30))); });
    CHECK(extreme <= 1.5);
  }

  TEST_CASE("Barker's equation is solved to the nearest double at every size") {
    Draw draw(16);
    double worst = 0.0;
    for (int i = 0; i < 4000; ++i) {
      const double mean = draw.decade(-300, 300);
      const double d = parabolic_anomaly(mean);
      Quad x = d;
      for (int k = 0; k < 3; ++k) x -= (x + x * x * x / 3 - mean) / (1 + x * x);
      worst = std::max(worst, quad::ulps_off(d, x));
    }
    CHECK(worst <= nearly_correct_rounding);
  }

  TEST_CASE("sine and radius belong to the exact anomaly and not to its rounded value") {
    Draw draw(17);
    double radius = 0.0;
    double sine = 0.0;
    double cosine = 0.0;
    for (int i = 0; i < 3000; ++i) {
      const Eccentricity eccentricity = Eccentricity::from_one_minus_e(draw.decade(-12, 0));
      const ExactEccentricity x = exact(eccentricity);
      const double mean = draw.uniform(0, 3.0);
      const Quad e = Quad(x.e.hi) + Quad(x.e.lo);
      const Quad root = quad::kepler_root(mean, e, eccentricity.one_minus_e, -1);
      const EllipticPoint point = elliptic_point(mean, eccentricity);
      const quad::Pair p = quad::functions(root, -1);
      radius = std::max(radius, quad::ulps_off(point.radius_ratio, eccentricity.one_minus_e + e * (1 - p.even)));
      sine = std::max(sine, static_cast<double>(quad::abs(point.sine - p.odd)));
      cosine = std::max(cosine, static_cast<double>(quad::abs(point.cosine - p.even)));
    }
    CHECK(radius <= 3.0);
    CHECK(sine <= 0x1p-52);
    CHECK(cosine <= 0x1p-51);
  }

  TEST_CASE("the anomaly keeps its revolutions") {
    const Eccentricity e = Eccentricity::from_e(0.7);
    for (const double turns : {1.0, -1.0, 3.0, 1000.0, -1e6, 1e15}) {
      CAPTURE(turns);
      const double mean = turns * 2 * pi + 1.25;
      const double anomaly = eccentric_anomaly(mean, e);
      // the fixed point M + e sin E, whose sine is taken of the exact anomaly
      CHECK(std::fabs(anomaly - (mean + 0.7 * elliptic_point(mean, e).sine)) <= ulps(1, anomaly));
      CHECK(std::fabs(anomaly - mean) <= 0.7 + ulps(4, mean));
    }
  }

  TEST_CASE("an anomaly of many turns is the nearest double") {
    Draw draw(18);
    double worst = 0.0;
    for (int i = 0; i < 500; ++i) {
      const double e = draw.uniform(0, 1);
      const double mean = draw.decade(1, 6);
      const Quad turns = Quad(static_cast<std::int64_t>(static_cast<double>(mean / quad::two_pi())));
      const Quad rest = mean - turns * quad::two_pi();
      const bool far = rest > quad::two_pi() / 2;
      const Quad folded = far ? quad::two_pi() - rest : rest;
      const Quad root = quad::kepler_root(folded, e, 1 - Quad(e), -1);
      const Quad truth = turns * quad::two_pi() + (far ? quad::two_pi() - root : root);
      worst = std::max(worst, quad::ulps_off(eccentric_anomaly(mean, e), truth));
    }
    CHECK(worst <= 0.501);
  }

  TEST_CASE("a huge mean anomaly is answered with itself") {
    for (const double mean : {1e17, -1e100, 1e300, std::numeric_limits<double>::max()}) {
      const KeplerSolution s = solve_kepler(mean, Eccentricity::from_e(0.5));
      CHECK(s.status == KeplerStatus::converged);
      CHECK(s.anomaly == mean);
      CHECK(std::fabs(elliptic_point(mean, Eccentricity::from_e(0.5)).sine) <= 1.0);
    }
  }

  TEST_CASE("the equations are odd and vanish at zero with its sign") {
    for (const double e : {0.0, 0.3, 0.99999, 1.0, 1.00001, 5.0}) {
      CAPTURE(e);
      const Eccentricity eccentricity = Eccentricity::from_e(e);
      CHECK(solve_kepler(-0.8, eccentricity).anomaly == -solve_kepler(0.8, eccentricity).anomaly);
      CHECK(solve_kepler(0.0, eccentricity).anomaly == 0.0);
      CHECK(std::signbit(solve_kepler(-0.0, eccentricity).anomaly));
    }
  }

  TEST_CASE("a circle has the eccentric anomaly equal to the mean") {
    Draw draw(19);
    for (int i = 0; i < 1000; ++i) {
      const double mean = draw.uniform(-50, 50);
      CHECK(eccentric_anomaly(mean, 0.0) == mean);
    }
  }

  TEST_CASE("pi and its neighbours are solved") {
    for (const double mean : {pi, std::nextafter(pi, 0.0), std::nextafter(pi, 4.0)}) {
      CHECK(std::fabs(eccentric_anomaly(mean, 0.9) - pi) <= ulps(1, pi));
      CHECK(std::fabs(eccentric_anomaly(-mean, 0.9) + pi) <= ulps(1, pi));
    }
  }

  TEST_CASE("the smallest numbers are solved") {
    const double tiny = std::numeric_limits<double>::denorm_min();
    CHECK(eccentric_anomaly(tiny, 0.0) == tiny);
    CHECK(eccentric_anomaly(tiny, 0.5) == 2 * tiny);
    CHECK(hyperbolic_anomaly(tiny, 2.0) == tiny);
    CHECK(parabolic_anomaly(tiny) == tiny);
    CHECK(eccentric_anomaly(0x1p-1060, Eccentricity::from_one_minus_e(0x1p-1070)) > 0.0);
  }

  TEST_CASE("the residual is that of the anomaly returned") {
    Draw draw(20);
    for (int i = 0; i < 500; ++i) {
      const double e = draw.uniform(0, 1);
      const double mean = draw.uniform(0, pi);
      const KeplerSolution s = solve_kepler(mean, Eccentricity::from_e(e));
      const Quad truth = (1 - Quad(e)) * s.anomaly + Quad(e) * quad::defect(s.anomaly, -1) - mean;
      CHECK(std::fabs(s.residual - static_cast<double>(truth)) <= 1e-18);
    }
  }

  TEST_CASE("an argument out of range is named with its range and value") {
    CHECK(message_of([] { eccentric_anomaly(1.0, 1.5); }) == "eccentricity must lie in [0, 1); it is 1.5");
    CHECK(message_of([] { eccentric_anomaly(1.0, 1.0); }) == "eccentricity must lie in [0, 1); it is 1");
    CHECK(message_of([] { eccentric_anomaly(1.0, -0.1); }) == "eccentricity must lie in [0, 1); it is -0.1");
    CHECK(message_of([] { hyperbolic_anomaly(1.0, 1.0); }) == "eccentricity must lie in (1, inf); it is 1");
    CHECK(message_of([] { eccentric_anomaly(not_a_number, 0.5); }) == "mean anomaly must be finite; it is nan");
    CHECK(message_of([] { hyperbolic_anomaly(infinity, 2.0); }) == "mean anomaly must be finite; it is inf");
    CHECK(message_of([] { parabolic_anomaly(-infinity); }) == "mean anomaly must be finite; it is -inf");
    CHECK_THROWS_AS(eccentric_anomaly(1.0, not_a_number), std::domain_error);
    CHECK_THROWS_AS(hyperbolic_anomaly(1.0, infinity), std::domain_error);
  }

  TEST_CASE("a batch keeps its good rows beside the bad ones") {
    const std::vector<double> mean{0.5, not_a_number, 1.0, 2.0, infinity, 3.0};
    const std::vector<double> e{0.1, 0.1, -0.5, 1.0, 0.3, 2.0};
    std::vector<double> anomaly(6);
    std::vector<int> iterations(6);
    std::vector<double> residual(6);
    std::vector<KeplerStatus> status(6);
    const std::size_t failed = solve_kepler(std::span<const double>(mean), std::span<const double>(e), {},
                                            {anomaly, iterations, residual, status});
    CHECK(failed == 3);
    CHECK(status[0] == KeplerStatus::converged);
    CHECK(status[1] == KeplerStatus::not_finite);
    CHECK(status[2] == KeplerStatus::bad_eccentricity);
    CHECK(status[4] == KeplerStatus::not_finite);
    CHECK(std::isnan(anomaly[1]));
    CHECK(anomaly[0] == eccentric_anomaly(0.5, 0.1));
    CHECK(anomaly[3] == parabolic_anomaly(2.0));
    CHECK(anomaly[5] == hyperbolic_anomaly(3.0, 2.0));
  }

  TEST_CASE("a batch takes one eccentricity for all rows and any of its outputs") {
    const std::vector<double> mean{0.5, 1.5};
    const std::vector<double> e{0.25};
    std::vector<double> anomaly(2);
    CHECK(solve_kepler(std::span<const double>(mean), std::span<const double>(e), {}, {anomaly, {}, {}, {}}) == 0);
    CHECK(anomaly[1] == eccentric_anomaly(1.5, 0.25));
    std::vector<double> wrong(3);
    CHECK(message_of([&] {
            solve_kepler(std::span<const double>(mean), std::span<const double>(e), {}, {wrong, {}, {}, {}});
          }) == "anomaly must have 0 or 2 values; it has 3");
    const std::vector<double> three{0.1, 0.2, 0.3};
    CHECK(message_of([&] {
            solve_kepler(std::span<const double>(mean), std::span<const double>(three), {}, {anomaly, {}, {}, {}});
          }) == "eccentricity must have 1 or 2 values; it has 3");
  }

  TEST_CASE("an empty batch does nothing") {
    const std::vector<double> none;
    const std::vector<double> e{0.25};
    CHECK(solve_kepler(std::span<const double>(none), std::span<const double>(e), {}, {}) == 0);
  }
}
