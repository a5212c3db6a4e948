// Lambert's problem: nanoseconds a solution of the batch against a universal-variable solver by bisection, in one run.
// SPDX-License-Identifier: Apache-2.0
//
// The baseline is the textbook's: Bate, Mueller and White (1971) section 5.3, as in Vallado (2013) algorithm 58.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

#include "plugins/orbital/core/lambert.hpp"
#include "plugins/orbital/core/lambert_block.hpp"

namespace {

using orrery::orbital::LambertRows;
using orrery::orbital::LambertStatus;
using orrery::orbital::TransferWay;
using orrery::orbital::Vec3;

struct Problems {
  std::vector<double> r1, r2, time, mu{1.0};
  std::size_t size() const { return time.size(); }
};

Problems draw(std::size_t n) {
  std::mt19937_64 engine(1);
  const auto uniform = [&](double low, double high) {
    return low + (high - low) * (static_cast<double>(engine() >> 11) * 0x1p-53);
  };
  Problems p;
  for (std::size_t i = 0; i < n; ++i) {
    for (int k = 0; k < 3; ++k) {
      p.r1.push_back(uniform(-1, 1));
      p.r2.push_back(uniform(-2, 2));
    }
    p.time.push_back(std::pow(10.0, uniform(-1, 1.5)));
  }
  return p;
}

double stumpff2(double psi) {
  if (psi > 1e-6) return (1 - std::cos(std::sqrt(psi))) / psi;
  if (psi < -1e-6) return (1 - std::cosh(std::sqrt(-psi))) / psi;
  return 0.5 - psi / 24;
}

double stumpff3(double psi) {
  if (psi > 1e-6) return (std::sqrt(psi) - std::sin(std::sqrt(psi))) / std::sqrt(psi * psi * psi);
  if (psi < -1e-6) return (std::sinh(std::sqrt(-psi)) - std::sqrt(-psi)) / std::sqrt(-psi * psi * psi);
  return 1.0 / 6 - psi / 120;
}

/// Bisection in psi until the time agrees to 1e-10, the short way; true if it converged.
bool universal(const double* r1, const double* r2, double time, double mu, double* v1, double* v2) {
  const auto dot = [](const double* a, const double* b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; };
  const double m1 = std::sqrt(dot(r1, r1)), m2 = std::sqrt(dot(r2, r2));
  const double a = std::sqrt(m1 * m2 + dot(r1, r2));
  double low = -4 * 39.5, high = 39.478, psi = 0, y = 0;
  for (int i = 0; i < 200; ++i) {
    const double c2 = stumpff2(psi), c3 = stumpff3(psi);
    y = m1 + m2 + a * (psi * c3 - 1) / std::sqrt(c2);
    const double chi = y > 0 ? std::sqrt(y / c2) : 0;
    const double flight = (chi * chi * chi * c3 + a * std::sqrt(std::max(y, 0.0))) / std::sqrt(mu);
    if (y > 0 && std::fabs(flight - time) <= 1e-10 * time) {
      const double f = 1 - y / m1, g = a * std::sqrt(y / mu), g_dot = 1 - y / m2;
      for (int k = 0; k < 3; ++k) {
        v1[k] = (r2[k] - f * r1[k]) / g;
        v2[k] = (g_dot * r2[k] - r1[k]) / g;
      }
      return true;
    }
    (y <= 0 || flight <= time ? low : high) = psi;
    psi = 0.5 * (low + high);
  }
  return false;
}

/// Nanoseconds a row: the best of several tries.
template <class F>
double time_of(std::size_t rows, F&& f) {
  using Clock = std::chrono::steady_clock;
  double best = 1e300;
  for (int i = 0; i < 7; ++i) {
    const auto start = Clock::now();
    f();
    best = std::min(best, std::chrono::duration<double, std::nano>(Clock::now() - start).count());
  }
  return best / static_cast<double>(rows);
}

std::vector<orrery::orbital::detail::LambertBlock> blocks_of(const Problems& p) {
  std::vector<orrery::orbital::detail::LambertBlock> blocks(p.size() / 8);
  for (std::size_t i = 0; i < blocks.size() * 8; ++i) {
    auto& block = blocks[i / 8];
    for (std::size_t k = 0; k < 3; ++k) {
      block.position1[k][i % 8] = p.r1[3 * i + k];
      block.position2[k][i % 8] = p.r2[3 * i + k];
      block.normal[k][i % 8] = 0.0;
    }
    block.time_of_flight[i % 8] = p.time[i];
    block.mu[i % 8] = block.turn[i % 8] = 1.0;
  }
  return blocks;
}

void report(const char* what, double ns, double baseline) {
  std::printf("%-44s %8.1f ns   %6.1f x\n", what, ns, baseline / ns);
}

}  // namespace

int main() {
  const Problems p = draw(1 << 16);
  const std::size_t n = p.size();
  std::vector<double> v1(3 * n), v2(3 * n);
  std::size_t converged = 0;
  const double baseline = time_of(n, [&] {
    converged = 0;
    for (std::size_t i = 0; i < n; ++i)
      converged += universal(&p.r1[3 * i], &p.r2[3 * i], p.time[i], 1.0, &v1[3 * i], &v2[3 * i]) ? 1U : 0U;
  });
  report("universal variables by bisection, short way", baseline, baseline);
  std::printf("  (converged to 1e-10: %zu of %zu)\n", converged, n);

  const auto batch = [&](TransferWay way, int revolutions) {
    LambertRows rows{.position1 = p.r1, .position2 = p.r2, .time_of_flight = p.time, .mu = p.mu};
    const std::vector<int> turns{revolutions};
    if (revolutions > 0) rows.revolutions = turns;
    rows.way = way;
    return time_of(n, [&] { lambert(rows, {.velocity1 = v1, .velocity2 = v2}); });
  };
  report("batch, short way", batch(TransferWay::short_way, 0), baseline);
  report("batch, long way", batch(TransferWay::long_way, 0), baseline);
  report("batch, prograde (both mixed)", batch(TransferWay::prograde, 0), baseline);
  const double one = time_of(n, [&] {
    for (std::size_t i = 0; i < n; ++i) {
      const auto s = orrery::orbital::try_lambert({{p.r1[3 * i], p.r1[3 * i + 1], p.r1[3 * i + 2]},
                                                   {p.r2[3 * i], p.r2[3 * i + 1], p.r2[3 * i + 2]},
                                                   p.time[i],
                                                   1.0,
                                                   0,
                                                   orrery::orbital::TransferBranch::low,
                                                   TransferWay::short_way,
                                                   {}});
      v1[3 * i] = s.velocity1[0];
    }
  });
  report("one by one, short way", one, baseline);
  report("batch, one revolution, or the refusal of it", batch(TransferWay::short_way, 1), baseline);

  auto blocks = blocks_of(p);
  const auto kernel = [&](const char* what, orrery::orbital::detail::BlockSolver solver) {
    report(what,
           time_of(n,
                   [&] {
                     for (auto& block : blocks) solver(block);
                   }),
           baseline);
  };
  kernel("kernel alone, baseline", orrery::orbital::detail::solve_block_baseline);
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) kernel("kernel alone, AVX2", orrery::orbital::detail::solve_block_avx2);
  if (__builtin_cpu_supports("avx512f")) kernel("kernel alone, AVX-512", orrery::orbital::detail::solve_block_avx512);
#endif
}
