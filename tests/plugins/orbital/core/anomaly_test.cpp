// Conversions of anomalies: definitions, published values, round trips with revolutions, and the edges.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/anomaly.hpp"

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
constexpr double degree = pi / 180;

}  // namespace

TEST_SUITE("plugins/orbital/core/anomaly") {
  TEST_CASE("the true anomaly agrees with published values") {
    struct Row {
      double mean, e, true_anomaly;
    };
    const Row rows[] = {
        {0.1, 0.01671022, 0.10340722342097121708},
        {1.0, 0.2, 1.3793207953216658073},
        {2.0, 0.5, 2.670868324016616343},
        {0.5, 0.9, 2.6016625618561260124},
    };
    for (const Row& row : rows) {
      CAPTURE(row.e);
      const double f =
          convert_anomaly(row.mean, AnomalyKind::mean, AnomalyKind::true_anomaly, Eccentricity::from_e(row.e));
      CHECK(std::fabs(f - row.true_anomaly) <= ulps(4, f));
    }
  }

  TEST_CASE("Schlesinger and Udick print these true anomalies") {
    const double rows[][3] = {{.05, 10, 11.06}, {.06, 30, 33.67},  {.04, 120, 123.87}, {.14, 65, 80.50},
                              {.19, 21, 30.94}, {.35, 65, 105.71}, {.48, 180, 180},    {.75, 125, 167.57}};
    for (const auto& row : rows) {
      CAPTURE(row[0]);
      const double f =
          convert_anomaly(row[1] * degree, AnomalyKind::mean, AnomalyKind::true_anomaly, Eccentricity::from_e(row[0]));
      CHECK(std::fabs(f / degree - row[2]) <= 1e-4 * row[2]);
    }
  }

  TEST_CASE("NASA report R-158 prints these eccentric anomalies") {
    const double rows[][3] = {
        {.05, 11.05994, 10.52321}, {.10, 59.49810, 54.67466}, {.35, 153.32411, 142.27123}, {.61, 171.02189, 161.87359}};
    for (const auto& row : rows) {
      const double eccentric = eccentric_from_true(row[1] * degree, Eccentricity::from_e(row[0]));
      CHECK(std::fabs(eccentric / degree - row[2]) <= 1e-5);
    }
  }

  TEST_CASE("Curtis prints this hyperbolic anomaly") {
    const Eccentricity e = Eccentricity::from_e(2.7696);
    CHECK(std::fabs(hyperbolic_from_true(100 * degree, e) - 2.2927) <= 1e-4 * 2.3);
    CHECK(std::fabs(convert_anomaly(100 * degree, AnomalyKind::true_anomaly, AnomalyKind::mean, e) - 11.279) <=
          1e-4 * 11.3);
  }

  TEST_CASE("Vallado prints this parabolic true anomaly") {
    CHECK(std::fabs(true_from_parabolic(0.817750890528888) / degree - 78.549227966) <= 1e-8);
    CHECK(std::fabs(true_from_parabolic(0.62552235668881671688) - 1.1179497088870857583) <= ulps(2, 1.1));
  }

  TEST_CASE("the mean anomaly of an ellipse is E less e sin E") {
    Draw draw(41);
    double worst = 0.0;
    for (int i = 0; i < 2000; ++i) {
      const Eccentricity e = Eccentricity::from_one_minus_e(draw.decade(-14, 0));
      const double eccentric = draw.decade(-10, 0.49);
      const Quad truth = Quad(e.one_minus_e) * eccentric + (1 - Quad(e.one_minus_e)) * quad::defect(eccentric, -1);
      worst = std::max(worst, quad::ulps_off(mean_from_eccentric(eccentric, e), truth));
    }
    CHECK(worst <= 0.51);
  }

  TEST_CASE("the mean anomaly of a hyperbola is e sinh F less F") {
    Draw draw(42);
    double worst = 0.0;
    for (int i = 0; i < 2000; ++i) {
      const Eccentricity e = Eccentricity::from_one_minus_e(-draw.decade(-14, 4));
      const double hyperbolic = draw.decade(-10, 2.8);
      const ExactEccentricity x = exact(e);
      const Quad excess = -(Quad(x.one_minus_e.hi) + Quad(x.one_minus_e.lo));
      const Quad truth = excess * hyperbolic + (1 + excess) * quad::defect(hyperbolic, 1);
      worst = std::max(worst, quad::ulps_off(mean_from_hyperbolic(hyperbolic, e), truth));
    }
    CHECK(worst <= 1.0);
  }

  TEST_CASE("the radius of the true anomaly is that of the eccentric anomaly") {
    Draw draw(43);
    for (int i = 0; i < 2000; ++i) {
      const double e = draw.uniform(0, 0.95);
      const double eccentric = draw.uniform(-pi, pi);
      const double f = true_from_eccentric(eccentric, Eccentricity::from_e(e));
      const double by_eccentric = 1 - e * std::cos(eccentric);
      const double by_true = (1 - e * e) / (1 + e * std::cos(f));
      CHECK(std::fabs(by_eccentric - by_true) <= 2e-14 * by_eccentric);
    }
  }

  TEST_CASE("the true anomaly of a mean anomaly agrees with 113-bit arithmetic") {
    Draw draw(46);
    double worst = 0.0;
    for (int i = 0; i < 3000; ++i) {
      const bool open = i % 2 == 0;
      const int sign = open ? 1 : -1;
      const Eccentricity e = Eccentricity::from_one_minus_e(-sign * draw.decade(-12, open ? 2 : 0));
      const double mean = draw.decade(-12, open ? 4 : 0.49);
      const ExactEccentricity x = exact(e);
      const Quad one_minus_e = Quad(x.one_minus_e.hi) + Quad(x.one_minus_e.lo);
      const quad::Pair half = quad::functions(quad::kepler_root(mean, 1 - one_minus_e, one_minus_e, sign) / 2, sign);
      const Quad up = quad::sqrt(2 - one_minus_e) * half.odd;
      const Quad along = quad::sqrt(quad::abs(one_minus_e)) * half.even;
      const double f = convert_anomaly(mean, AnomalyKind::mean, AnomalyKind::true_anomaly, e);
      // twice the sine of the angle between the computed and the true half-angle
      const quad::Pair computed = quad::functions(Quad(f) / 2, -1);
      const Quad off = 2 * (computed.odd * along - computed.even * up) / quad::sqrt(up * up + along * along);
      worst = std::max(worst, static_cast<double>(quad::abs(off)) / ulps(1, f));
    }
    CHECK(worst <= 4.0);
  }

  TEST_CASE("the true anomaly keeps its digits at the apsides") {
    const Eccentricity e = Eccentricity::from_e(0.3);
    const double stretch = std::sqrt(1.3 / 0.7);
    for (const double eccentric : {1e-3, 1e-5, 1e-7, 1e-12}) {
      const double f = true_from_eccentric(eccentric, e);
      CHECK(std::fabs(f - 2 * std::atan(stretch * std::tan(eccentric / 2))) <= ulps(4, f));
    }
  }

  TEST_CASE("an ellipse's anomalies return from the round trip with their revolutions") {
    Draw draw(44);
    double worst = 0.0;
    for (int i = 0; i < 4000; ++i) {
      const Eccentricity e = Eccentricity::from_e(draw.uniform(0, 0.9));
      const double eccentric = draw.uniform(-100, 100);
      const double f = true_from_eccentric(eccentric, e);
      CHECK(std::fabs(f - eccentric) < pi);
      worst = std::max(worst, std::fabs(eccentric_from_true(f, e) - eccentric));
      const double mean = mean_from_eccentric(eccentric, e);
      worst =
          std::max(worst, std::fabs(convert_anomaly(mean, AnomalyKind::mean, AnomalyKind::eccentric, e) - eccentric) *
                              (1 - e.e));
    }
    CHECK(worst <= ulps(8, 100));
  }

  TEST_CASE("the open orbits' anomalies return from the round trip") {
    Draw draw(45);
    for (int i = 0; i < 2000; ++i) {
      const Eccentricity e = Eccentricity::from_one_minus_e(-draw.decade(-10, 2));
      const double hyperbolic = draw.uniform(-4, 4);
      const double f = true_from_hyperbolic(hyperbolic, e);
      const double slack =
          std::exp(std::fabs(hyperbolic)) * std::sqrt(axis_ratio_squared(e)) / (1 + axis_ratio_squared(e));
      CHECK(std::fabs(hyperbolic_from_true(f, e) - hyperbolic) <=
            8 * 0x1p-52 * (std::fabs(hyperbolic) + 4 * slack + slack * axis_ratio_squared(e)));
      const double d = draw.uniform(-30, 30);
      CHECK(std::fabs(parabolic_from_true(true_from_parabolic(d)) - d) <= 4 * 0x1p-52 * (1 + d * d));
    }
  }

  TEST_CASE("a conversion to the same kind changes nothing") {
    CHECK(convert_anomaly(7.25, AnomalyKind::mean, AnomalyKind::mean, Eccentricity::from_e(0.2)) == 7.25);
    CHECK(convert_anomaly(-7.25, AnomalyKind::hyperbolic, AnomalyKind::hyperbolic, Eccentricity::from_e(2)) == -7.25);
  }

  TEST_CASE("apoapsis is pi in every anomaly of an ellipse") {
    for (const double e : {0.0, 0.5, 0.999999}) {
      CHECK(true_from_eccentric(pi, Eccentricity::from_e(e)) == pi);
      CHECK(std::fabs(mean_from_eccentric(pi, Eccentricity::from_e(e)) - pi) <= ulps(1, pi));
    }
  }

  TEST_CASE("an anomaly that the conic does not have is refused by name") {
    CHECK(message_of([] {
            convert_anomaly(1, AnomalyKind::hyperbolic, AnomalyKind::mean, Eccentricity::from_e(0.5));
          }) == "an ellipse has no hyperbolic anomaly; its eccentricity is 0.5");
    CHECK(message_of([] { convert_anomaly(1, AnomalyKind::mean, AnomalyKind::eccentric, Eccentricity::from_e(1)); }) ==
          "a parabola has no eccentric anomaly; its eccentricity is 1");
    CHECK(message_of([] { convert_anomaly(1, AnomalyKind::parabolic, AnomalyKind::mean, Eccentricity::from_e(2)); }) ==
          "a hyperbola has no parabolic anomaly; its eccentricity is 2");
  }

  TEST_CASE("a true anomaly beyond the asymptote is refused with the bound") {
    const std::string message = message_of([] { hyperbolic_from_true(2.5, Eccentricity::from_e(2)); });
    CHECK(message.rfind("true anomaly must lie in (-2.094395102393195", 0) == 0);
    CHECK(message.find("it is 2.5") != std::string::npos);
    CHECK_THROWS_AS(parabolic_from_true(3.5), std::domain_error);
    CHECK_THROWS_AS(hyperbolic_from_true(std::numeric_limits<double>::quiet_NaN(), Eccentricity::from_e(2)),
                    std::domain_error);
  }

  TEST_CASE("overflow is refused and not returned as infinity") {
    CHECK_THROWS_AS(mean_from_hyperbolic(701, Eccentricity::from_e(2)), std::domain_error);
    CHECK_THROWS_AS(mean_from_hyperbolic(699, Eccentricity::from_e(1e30)), std::domain_error);
    CHECK_THROWS_AS(mean_from_parabolic(1e200), std::domain_error);
  }

  TEST_CASE("a batch counts its bad rows and keeps the others") {
    const std::vector<double> value{0.1, std::numeric_limits<double>::infinity(), 0.3};
    const std::vector<Eccentricity> e{Eccentricity::from_e(0.5)};
    std::vector<double> result(3);
    CHECK(convert_anomaly(value, AnomalyKind::mean, AnomalyKind::true_anomaly, e, result) == 1);
    CHECK(std::isnan(result[1]));
    CHECK(result[2] == convert_anomaly(0.3, AnomalyKind::mean, AnomalyKind::true_anomaly, e[0]));
  }
}
