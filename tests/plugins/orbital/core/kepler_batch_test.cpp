// Batches of Kepler's equation: correct rounding over the whole domain, and the same bits from every instruction set.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/kepler_batch.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

struct Rows {
  std::vector<double> mean;
  std::vector<Eccentricity> eccentricity;

  void add(double m, Eccentricity e) {
    mean.push_back(m);
    eccentricity.push_back(e);
  }
};

struct Answers {
  explicit Answers(std::size_t n) : anomaly(n), iterations(n), residual(n), status(n) {}
  KeplerBatch batch() { return {anomaly, iterations, residual, status}; }

  std::vector<double> anomaly;
  std::vector<int> iterations;
  std::vector<double> residual;
  std::vector<KeplerStatus> status;
};

/// E - e sin E - M in 113 bits, and the reduced E.
struct Residual {
  Quad value;
  double place;
};

Residual residual_at(Quad anomaly, double mean, Eccentricity eccentricity) {
  const ExactEccentricity x = exact(eccentricity);
  const Quad e = Quad(x.e.hi) + Quad(x.e.lo), u = Quad(x.one_minus_e.hi) + Quad(x.one_minus_e.lo);
  const double near = static_cast<double>(anomaly);
  const Quad turns = std::fabs(near) > pi ? Quad(std::nearbyint(near / (2 * pi))) : Quad(0);
  const Quad place = anomaly - turns * quad::two_pi(), target = mean - turns * quad::two_pi();
  const Quad defect = place < 0 ? -quad::defect(-place, -1) : quad::defect(place, -1);
  return {u * place + e * defect - target, static_cast<double>(place)};
}

/// How far the anomaly is from the root, in units in the last place: one step of Newton's method, whose own error is of
/// the order of its square.
double distance(double anomaly, double mean, Eccentricity eccentricity) {
  const Residual residual = residual_at(anomaly, mean, eccentricity);
  const double half_sine = std::sin(0.5 * residual.place);
  const double slope = eccentricity.one_minus_e + 2.0 * eccentricity.e * half_sine * half_sine;
  const Quad step = residual.value / slope;
  const double size = std::fabs(anomaly);
  const double ulp = static_cast<double>(step) * anomaly > 0.0 ? size - std::nextafter(size, 0.0) : ulps(1, size);
  return std::fabs(static_cast<double>(step / ulp));
}

/// Whether the root lies between the points half way to the neighbours.
bool rounded_correctly(double anomaly, double mean, Eccentricity eccentricity) {
  const Quad below = (Quad(anomaly) + std::nextafter(anomaly, -infinity)) / 2;
  const Quad above = (Quad(anomaly) + std::nextafter(anomaly, infinity)) / 2;
  return residual_at(below, mean, eccentricity).value <= 0 && residual_at(above, mean, eccentricity).value >= 0;
}

constexpr double correct_rounding = 0.5 * (1 + 1e-10);

/// The worst distance in a batch of draws of (M, e).
template <class Generate>
double worst_distance(int draws, Generate generate) {
  Rows rows;
  for (int i = 0; i < draws; ++i) generate(rows);
  Answers answers(rows.mean.size());
  CHECK(solve_kepler(std::span<const double>(rows.mean), std::span<const Eccentricity>(rows.eccentricity), {},
                     answers.batch()) == 0);
  double worst = 0.0;
  for (std::size_t i = 0; i < rows.mean.size(); ++i)
    worst = std::max(worst, distance(answers.anomaly[i], rows.mean[i], rows.eccentricity[i]));
  return worst;
}

/// Rows of every kind, good and bad.
Rows mixture(std::size_t n) {
  Draw draw(31);
  const std::vector<double> special{0.0,          -0.0,   pi,     -pi,    2 * pi,  3 * pi,   0.5 * pi,
                                    1e17,         -1e300, 5e-324, 1e-310, -1e-200, infinity, -infinity,
                                    not_a_number, 0x1p30, 0x1p31, 1e-140, 6.25,    1e15};
  const std::vector<double> shapes{0.0, 1 - 0x1p-53, 1.0, 1.5, -0.25, not_a_number, infinity, 0.5, 1e-300, 0x1p-53};
  Rows rows;
  for (std::size_t i = 0; i < n; ++i) {
    const double mean = i % 7 == 3 ? special[(i / 7) % special.size()] : draw.uniform(-1, 1) * draw.decade(-20, 4);
    const double shape = draw.uniform(0, 3);
    if (i % 5 == 4) rows.add(mean, Eccentricity::from_e(shapes[(i / 5) % shapes.size()]));
    else if (shape < 1) rows.add(mean, Eccentricity::from_e(draw.uniform(0, 1)));
    else rows.add(mean, Eccentricity::from_one_minus_e(draw.decade(shape < 2 ? -16 : -250, 0)));
  }
  return rows;
}

bool same(const std::vector<double>& a, const std::vector<double>& b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (std::bit_cast<std::uint64_t>(a[i]) != std::bit_cast<std::uint64_t>(b[i]) &&
        !(std::isnan(a[i]) && std::isnan(b[i])))
      return false;
  return true;
}

}  // namespace

TEST_SUITE("plugins/orbital/core/kepler_batch") {
  TEST_CASE("every ordinary ellipse is rounded correctly") {
    Draw draw(21);
    CHECK(worst_distance(60000, [&](Rows& rows) {
            rows.add(draw.uniform(-pi, pi), Eccentricity::from_e(draw.uniform(0, 1)));
          }) <= correct_rounding);
    CHECK(worst_distance(10000, [&](Rows& rows) {
            rows.add(pi - draw.decade(-16, 0), Eccentricity::from_e(draw.uniform(0, 1)));
          }) <= correct_rounding);
  }

  TEST_CASE("the corner of e near one and small M is rounded correctly") {
    Draw draw(22);
    CHECK(worst_distance(30000, [&](Rows& rows) {
            rows.add(pi * draw.decade(-40, 0), Eccentricity::from_one_minus_e(draw.decade(-15.9, 0)));
          }) <= correct_rounding);
    CHECK(worst_distance(10000, [&](Rows& rows) {
            rows.add(draw.decade(-3, 0), Eccentricity::from_one_minus_e(draw.decade(-3, 0)));
          }) <= correct_rounding);
    CHECK(worst_distance(3000, [&](Rows& rows) {
            rows.add(draw.decade(-300, 0), Eccentricity::from_one_minus_e(draw.decade(-300, 0)));
          }) <= correct_rounding);
  }

  TEST_CASE("an anomaly of many turns is rounded correctly") {
    Draw draw(23);
    CHECK(worst_distance(20000, [&](Rows& rows) {
            rows.add(draw.uniform(-1, 1) * draw.decade(0, 9), Eccentricity::from_one_minus_e(draw.decade(-15, 0)));
          }) <= correct_rounding);
    int wrong = 0;
    for (int i = 0; i < 3000; ++i) {  // a unit in the last place is no small angle here
      const Eccentricity eccentricity = Eccentricity::from_one_minus_e(draw.decade(-8, 0));
      const double mean = draw.decade(9, 17);
      wrong += !rounded_correctly(eccentric_anomaly(mean, eccentricity), mean, eccentricity);
    }
    CHECK(wrong == 0);
  }

  TEST_CASE("subnormal anomalies are rounded correctly") {
    // u E = M there; the quotient of two doubles is what the machine's division rounds
    Draw draw(24);
    for (int i = 0; i < 3000; ++i) {
      const double mean = 5e-324 * std::floor(draw.decade(0, 15));
      const double u = draw.uniform(0.01, 1);
      CHECK(eccentric_anomaly(mean, Eccentricity::from_one_minus_e(u)) == mean / (u <= 0.5 ? u : 1 - (1 - u)));
    }
  }

  TEST_CASE("every instruction set gives the same bits in every row and output") {
    const Rows rows = mixture(5000);
    Answers first(rows.mean.size());
    const auto kernels = detail::kepler_kernels();
    const std::size_t failed =
        detail::solve_by_kernel(kernels[0], rows.mean, std::span(rows.eccentricity), first.batch());
    for (const auto& kernel : kernels) {
      CAPTURE(kernel.name);
      Answers answers(rows.mean.size());
      CHECK(detail::solve_by_kernel(kernel, rows.mean, std::span(rows.eccentricity), answers.batch()) == failed);
      CHECK(same(answers.anomaly, first.anomaly));
      CHECK(same(answers.residual, first.residual));
      CHECK(answers.iterations == first.iterations);
      CHECK(answers.status == first.status);
    }
  }

  TEST_CASE("a batch of any length has the bits of its rows solved alone and leaves its neighbours alone") {
    const Rows rows = mixture(600);
    for (std::size_t n = 0; n <= 600; n += n < 40 ? 1 : 37) {
      std::vector<double> anomaly(n + 1, -77.0);
      solve_kepler(std::span(rows.mean).first(n), std::span(rows.eccentricity).first(n), {},
                   {std::span(anomaly).first(n), {}, {}, {}});
      CHECK(anomaly[n] == -77.0);
      for (std::size_t i = 0; i < n; ++i) {
        const double alone = solve_kepler(rows.mean[i], rows.eccentricity[i]).anomaly;
        CHECK((alone == anomaly[i] || (std::isnan(alone) && std::isnan(anomaly[i]))));
      }
    }
  }

  TEST_CASE("the residual of a batch is that of the anomalies returned") {
    Draw draw(25);
    Rows rows;
    for (int i = 0; i < 4000; ++i)
      rows.add(draw.uniform(-1, 1) * draw.decade(-10, 0.5), Eccentricity::from_one_minus_e(draw.decade(-12, 0)));
    Answers answers(rows.mean.size());
    solve_kepler(std::span<const double>(rows.mean), std::span<const Eccentricity>(rows.eccentricity), {},
                 answers.batch());
    double worst = 0.0;
    for (std::size_t i = 0; i < rows.mean.size(); ++i) {
      const ExactEccentricity x = exact(rows.eccentricity[i]);
      const Quad e = Quad(x.e.hi) + Quad(x.e.lo), u = Quad(x.one_minus_e.hi) + Quad(x.one_minus_e.lo);
      const double size = std::fabs(answers.anomaly[i]);
      const Quad truth = u * size + e * quad::defect(size, -1) - std::fabs(rows.mean[i]);
      const double found = std::copysign(1.0, answers.anomaly[i]) * answers.residual[i];
      worst = std::max(worst, std::fabs(found - static_cast<double>(truth)) / std::fabs(rows.mean[i]));
    }
    CHECK(worst <= 0x1p-60);
  }

  TEST_CASE("a kernel leaves next to nothing of an ordinary batch undecided") {
    Draw draw(26);
    constexpr std::size_t n = detail::kepler_block_size;
    std::vector<double> mean(n), e(n), anomaly(n);
    std::vector<std::uint16_t> undecided(n);
    for (const auto& kernel : detail::kepler_kernels()) {
      std::size_t left = 0;
      for (int round = 0; round < 100; ++round) {
        for (std::size_t i = 0; i < n; ++i) {
          mean[i] = draw.uniform(-pi, pi);
          e[i] = draw.uniform(0, 1);
        }
        left += kernel.solve({n, mean.data(), e.data(), nullptr, anomaly.data(), undecided.data(), nullptr});
      }
      CHECK(left <= 100 * n / 200);
    }
  }
}
