// Fused steps of Adam against the machine's memory: a triad over as many bytes, measured in the same run.
// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <ctime>
#include <initializer_list>
#include <limits>
#include <vector>

#include "plugins/optimizer/core/adam.hpp"
#include "plugins/optimizer/core/adam_kernel.hpp"

using namespace orrery::optimizer;

namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// The least CPU time of a call, over `tries` rounds of about 0.1 s each.
template <class Body>
double best_time(int tries, const Body& body) {
  double best = std::numeric_limits<double>::infinity();
  for (int i = 0; i < tries; ++i) {
    int calls = 0;
    const double begin = cpu_seconds();
    double spent = 0.0;
    while (spent < 0.1) {
      body();
      ++calls;
      spent = cpu_seconds() - begin;
    }
    if (spent / calls < best) best = spent / calls;
  }
  return best;
}

/// a = b + s c, as STREAM has it: three numbers of memory traffic an element.
template <class Real>
double triad_bytes_per_second(std::size_t n) {
  std::vector<Real> a(n, Real{1}), b(n, Real{2}), c(n, Real{3});
  const double time = best_time(9, [&] {
    Real *to = a.data(), *left = b.data(), *right = c.data();
#pragma GCC ivdep
    for (std::size_t i = 0; i < n; ++i) to[i] = left[i] + Real{0.5} * right[i];
    asm volatile("" : : "r"(to) : "memory");
  });
  return 3.0 * sizeof(Real) * static_cast<double>(n) / time;
}

template <class Real>
void measure(const char* type, std::size_t n) {
  // As many bytes in the triad's three arrays as in the four of Adam.
  const double limit = triad_bytes_per_second<Real>(4 * n / 3);
  std::vector<Real> g(n, Real(0.01)), x(n, Real{1}), m(n), v(n);
  std::int64_t step = 0;
  const double time = best_time(9, [&] { adam_step<Real>(g, x, {m, v, {}}, step++, {.learning_rate = 1e-6}); });
  const AdamFactors<Real> factors{Real(0.9), Real(0.1), Real(0.999), Real(0.001), 0, 1, Real(1e-6), 1, 0, Real(1e-8)};
  const double plain = best_time(5, [&] {
    adam_update<Real>(AdamTarget::baseline, {g.data(), x.data(), m.data(), v.data(), nullptr, n}, factors);
  });
  const double per_second = static_cast<double>(n) / time, bytes = 7.0 * sizeof(Real) * per_second;
  std::printf(
      "%s  n = %-9zu %6.3f G parameters/s  %6.1f GB/s  triad %6.1f GB/s  ratio to the triad %.2f  to the baseline "
      "build %.2f\n",
      type, n, 1e-9 * per_second, 1e-9 * bytes, 1e-9 * limit, bytes / limit, plain / time);
}

}  // namespace

int main() {
  for (const std::size_t n : {100'000u, 1'000'000u, 10'000'000u}) {
    measure<float>("f32", n);
    measure<double>("f64", n);
  }
}
