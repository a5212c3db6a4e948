// Kepler's equation in batches against Newton's method over the C library, in speed and in correct rounding.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <random>

#include "plugins/orbital/core/kepler_batch.hpp"
#include "tests/benchmarks/support.hpp"
#include "tests/plugins/orbital/core/support.hpp"

namespace {

using namespace orrery::orbital;

constexpr std::size_t pairs = 4096;
constexpr double pi = 0x1.921fb54442d18p+1;
volatile double sink = 0.0;

/// What one writes first: Newton's method from E = M until the step is a rounding.
double newton(double mean, double e) {
  double x = mean;
  for (int i = 0; i < 50; ++i) {
    const double step = (x - e * std::sin(x) - mean) / (1.0 - e * std::cos(x));
    x -= step;
    if (std::fabs(step) <= 0x1p-52 * std::fabs(x)) break;
  }
  return x;
}

double newton_hyperbolic(double mean, double e) {
  double x = std::asinh(mean / e);
  for (int i = 0; i < 50; ++i) {
    const double step = (e * std::sinh(x) - x - mean) / (e * std::cosh(x) - 1.0);
    x -= step;
    if (std::fabs(step) <= 0x1p-52 * std::fabs(x)) break;
  }
  return x;
}

struct Region {
  const char* name;
  std::vector<double> mean;
  std::vector<Eccentricity> eccentricity;
  std::vector<double> e;  // if that says it all
};

template <class Draw>
Region region(const char* name, Draw draw) {
  Region r{name, {}, {}, {}};
  for (std::size_t i = 0; i < pairs; ++i) {
    const auto [mean, eccentricity] = draw();
    r.mean.push_back(mean);
    r.eccentricity.push_back(eccentricity);
  }
  for (const Eccentricity& given : r.eccentricity)
    if (given.one_minus_e == 1.0 - given.e) r.e.push_back(given.e);
  if (r.e.size() < pairs) r.e.clear();
  return r;
}

/// Units in the last place from the root in 113 bits, of a row without turns.
double ulps_off(double anomaly, double mean, Eccentricity given) {
  namespace quad = test::quad;
  using test::Quad;
  const ExactEccentricity x = exact(given);
  const Quad e = Quad(x.e.hi) + Quad(x.e.lo), u = quad::abs(Quad(x.one_minus_e.hi) + Quad(x.one_minus_e.lo));
  const int sign = given.is_elliptic() ? -1 : 1;
  const Quad size = std::fabs(anomaly);
  const Quad residual = u * size + e * quad::defect(size, sign) - std::fabs(mean);
  const double half = 0.5 * std::fabs(anomaly);
  const double half_odd = sign < 0 ? std::sin(half) : std::sinh(half);
  const Quad slope = u + 2 * e * Quad(half_odd) * half_odd;
  return static_cast<double>(quad::abs(residual / slope)) / test::ulps(1.0, anomaly);
}

template <class Solve>
double nanoseconds(const Solve& solve) {
  return bench::best_of(200, solve) / pairs * 1e9;
}

void accuracy(const Region& r, const std::vector<double>& anomaly) {
  double worst = 0.0;
  std::size_t correct = 0;
  for (std::size_t i = 0; i < pairs; ++i) {
    const double off = ulps_off(anomaly[i], r.mean[i], r.eccentricity[i]);
    worst = std::max(worst, off);
    correct += off <= 0.5 * (1 + 1e-10);
  }
  std::printf("  max %.4g ulp, %.3f %% correctly rounded\n", worst, 100.0 * static_cast<double>(correct) / pairs);
}

template <class Baseline>
void compare(const Region& r, const char* name, Baseline baseline, double goal_512, double goal_2) {
  std::vector<double> anomaly(pairs);
  const double naive = nanoseconds([&] {
    for (std::size_t i = 0; i < pairs; ++i) anomaly[i] = baseline(r.mean[i], r.eccentricity[i].e);
    sink = anomaly[pairs - 1];
  });
  std::printf("%-34s %s %.1f ns\n", r.name, name, naive);
  if (std::fabs(r.mean[0]) < 1e3) accuracy(r, anomaly);
  for (const auto& kernel : detail::kepler_kernels()) {
    const KeplerBatch results{anomaly, {}, {}, {}};
    const double time = nanoseconds([&] {
      if (r.e.empty())
        detail::solve_by_kernel(kernel, std::span<const double>(r.mean), std::span<const Eccentricity>(r.eccentricity),
                                results);
      else detail::solve_by_kernel(kernel, std::span<const double>(r.mean), std::span<const double>(r.e), results);
    });
    std::printf("  %-9s %6.2f ns   ratio %5.1f", kernel.name, time, naive / time);
    const double goal = kernel.name == std::string("avx512") ? goal_512 : goal_2;
    if (goal > 0 && kernel.name != std::string("baseline")) std::printf(" (goal %.0f)", goal);
    std::printf("\n");
  }
  if (std::fabs(r.mean[0]) < 1e3) accuracy(r, anomaly);
}

}  // namespace

int main() {
  orrery::orbital::test::Draw draw(1);
  using Row = std::pair<double, Eccentricity>;
  const auto bulk = region("e in [0, 1), M in [0, pi]", [&] {
    const double e = draw.uniform(0, 1);
    return Row(draw.uniform(0, pi), Eccentricity::from_e(e));
  });
  const auto corner = region("1 - e = 10^-[0, 15.9], M = 10^-[0, 40]", [&] {
    return Row(pi * draw.decade(-40, 0), Eccentricity::from_one_minus_e(draw.decade(-15.9, 0)));
  });
  const auto turns =
      region("M to 10^6", [&] { return Row(1e3 + draw.uniform(0, 1e6), Eccentricity::from_e(draw.uniform(0, 1))); });
  compare(bulk, "Newton over libm", newton, 18, 10);
  compare(corner, "Newton over libm", newton, 0, 0);
  compare(turns, "Newton over libm", newton, 0, 0);
  const auto hyperbola = region("hyperbola: e in (1, 6), N to 30",
                                [&] { return Row(draw.uniform(0, 30), Eccentricity::from_e(draw.uniform(1.001, 6))); });
  const auto near_parabola = region("hyperbola: e - 1 = 10^-[0, 12], N to 10^-12", [&] {
    return Row(draw.decade(-12, 2), Eccentricity::from_one_minus_e(-draw.decade(-12, 0)));
  });
  compare(hyperbola, "Newton over libm", newton_hyperbolic, 0, 0);
  compare(near_parabola, "Newton over libm", newton_hyperbolic, 0, 0);
}
