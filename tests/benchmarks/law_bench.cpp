// Benchmark of the exact law of the learning rate beside Monte Carlo, and of the streaming gradient of InfoNCE.
// SPDX-License-Identifier: Apache-2.0
#include <sys/resource.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

#include "plugins/optimizer/core/infonce.hpp"
#include "plugins/optimizer/core/one_step_sample.hpp"

using namespace orrery::optimizer;

namespace {

double seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class F>
double time_of(const F& f) {
  const double before = seconds();
  f();
  return seconds() - before;
}

void surface() {
  constexpr std::size_t n = 1000, cells = 100;
  std::vector<double> g, s, d, factor, batches, epsilons, rates(cells * cells);
  for (std::size_t i = 0; i < n; ++i) {
    const double x = static_cast<double>(i);
    g.push_back(std::exp(-4 * std::cos(x)) * (i % 2 == 0 ? 1e-2 : -1e-2)), s.push_back(1 + 0.5 * std::cos(3 * x));
    d.push_back(1 + static_cast<double>(i % 4)), factor.push_back(std::sin(x)), factor.push_back(std::cos(2 * x));
  }
  for (std::size_t i = 0; i < cells; ++i) {
    batches.push_back(std::exp2(0.2 * static_cast<double>(i)));
    epsilons.push_back(1e-6 * std::pow(10.0, 0.08 * static_cast<double>(i)));
  }
  const GradientModel model{g, s, {{}, d, factor}};
  const StepRule rule;
  const double exact = time_of([&] { optimal_surface(model, rule, batches, epsilons, 0, cells, rates); });
  std::printf("exact surface 100 x 100, 1000 coordinates: %.2f s of processor time, %.0f ns a coordinate (goal 5 s)\n",
              exact, 1e9 * exact / (n * cells * cells));
  StepRule one = rule;
  one.epsilon = 0.01;
  StepEstimate e;
  const auto in_order = [](std::uint64_t parts, const auto& f) {
    for (std::uint64_t i = 0; i < parts; ++i) f(i);
  };
  const double drawn = time_of([&] { e = sample_step(model, one, 64, 1, 1e-2, 1 << 14, in_order); });
  const double goal = drawn * std::pow(e.rate_error / e.rate / 1e-4, 2);
  std::printf("one cell by Monte Carlo to 1e-4: %.0f s, %.1g times the exact law's\n", goal,
              goal / (exact / (cells * cells)));
}

void draws() {
  std::vector<double> g, s, h(32 * 32);
  for (int i = 0; i < 32; ++i)
    g.push_back((i % 2 == 0 ? 1 : -1) * (0.5 + i / 32.0) / 10), s.push_back(1 + 0.5 * std::cos(i));
  for (std::size_t i = 0; i < 32; ++i)
    for (std::size_t j = 0; j < 32; ++j) h[i * 32 + j] = (i == j ? 1.0 : 0.3) * ((i + j) % 2 == 0 ? 1 : -1);
  StepRule rule;
  rule.epsilon = 0.1;
  double best = 1e9;
  for (int t = 0; t < 3; ++t)
    best = std::min(best, time_of([&] {
                      for (std::uint64_t part = 0; part < 200; ++part)
                        sample_part({g, s, {h, {}, {}}}, rule, 16, 1, part);
                    }));
  std::printf("Monte Carlo, 32 coordinates, dense Hessian: %.2f Mdraws/s\n", 200 * 1024 / best / 1e6);
}

void streaming(std::size_t b, std::size_t d) {
  std::vector<double> u(b * d), v(b * d), du(b * d), dv(b * d);
  for (std::size_t i = 0; i < u.size(); ++i)
    u[i] = std::sin(static_cast<double>(i) * 0.7), v[i] = std::cos(static_cast<double>(i) * 1.1);
  normalise_rows(u, d), normalise_rows(v, d);
  double loss = 0.0;
  const double time = time_of([&] { loss = infonce({u, v, d, {}}, {0.1, false, true, false}, du, dv); });
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("InfoNCE gradient b = %zu, d = %zu: %.1f s, loss %.9f, peak memory %.0f MB (the scores alone: %.0f MB)\n",
              b, d, time, loss, static_cast<double>(usage.ru_maxrss) / 1024, 8e-6 * static_cast<double>(b * b));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) surface(), draws();
  streaming(argc > 1 ? static_cast<std::size_t>(std::atol(argv[1])) : 4096, 64);
}
