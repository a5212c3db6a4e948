// Products of matrices against the fused multiply-adds that the core can do, measured in the same run.
// SPDX-License-Identifier: Apache-2.0
// usage: bench_product [repetitions]; pin it to one core. Every kernel that the machine can run is timed.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <vector>

#include "plugins/matrix/core/product_blocks.hpp"

using namespace orrery::matrix;

namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class F>
double best_of(int times, const F& f) {
  double best = std::numeric_limits<double>::infinity();
  for (int t = 0; t < times; ++t) {
    const double start = cpu_seconds();
    f();
    best = std::min(best, cpu_seconds() - start);
  }
  return best;
}

/// What a kernel reaches with both factors in the first cache: no kernel can do more with this instruction set.
template <class R>
double peak(const detail::ProductKernel<R>& kernel, int times) {
  constexpr Index inner = 64, calls = 2000;
  const Matrix<R> left(inner, kernel.rows), right(inner, kernel.cols);
  Matrix<R> out(kernel.rows, kernel.cols);
  const detail::Tile<R> tile{{left.data(), 1, kernel.rows},
                             right.data(),
                             inner,
                             out.data(),
                             kernel.cols,
                             kernel.rows,
                             kernel.cols,
                             R(1),
                             false};
  const double seconds = best_of(times, [&] {
    for (Index c = 0; c < calls; ++c) kernel.run(tile);
  });
  return 2.0 * static_cast<double>(kernel.rows * kernel.cols * inner * calls) / seconds;
}

template <class T>
Matrix<T> filled(Index rows, Index cols) {
  Matrix<T> made(rows, cols);
  for (Index i = 0; i < rows * cols; ++i) made.data()[i] = T(static_cast<Real<T>>((i * 7919) % 1000) / Real<T>(1000));
  return made;
}

template <class T>
void one(const char* type, const detail::ProductKernel<Real<T>>& kernel, double peak, Op op, Index m, Index k, Index n,
         int times) {
  const Matrix<T> a = op == Op::none ? filled<T>(m, k) : filled<T>(k, m), b = filled<T>(k, n);
  Matrix<T> out(m, n);
  const double seconds = best_of(times, [&] {
    detail::multiply_with<T>(kernel, Real<T>(1), false, op, a.view(), Op::none, b.view(), out.view(), in_caller());
  });
  const double rate = (is_complex<T> ? 8.0 : 2.0) * static_cast<double>(m * k * n) / seconds;
  std::printf("%-8s %-8s %-9s %5ld x %5ld x %5ld  %8.2f ms %7.1f GFLOP/s  %5.1f %% of the peak %.1f\n", type,
              kernel.name, op == Op::none ? "A B" : "A^H B", static_cast<long>(m), static_cast<long>(k),
              static_cast<long>(n), 1e3 * seconds, 1e-9 * rate, 100.0 * rate / peak, 1e-9 * peak);
}

template <class T>
void all(const char* type, int times) {
  for (const auto& kernel : detail::product_kernels<Real<T>>()) {
    if (std::string_view(kernel.name) == "baseline") continue;  // the C library's fma: correct, and slow
    const double limit = peak(kernel, 3 * times);
    for (const Index n : {500, 1000, 2000}) one<T>(type, kernel, limit, Op::none, n, n, n, times);
    for (const Op op : {Op::none, Op::adjoint}) {
      one<T>(type, kernel, limit, op, 2000, 2000, 60, 3 * times);
      one<T>(type, kernel, limit, op, 4000, 4000, 110, times);
    }
    one<T>(type, kernel, limit, Op::adjoint, 60, 2000, 2000, 3 * times);
    one<T>(type, kernel, limit, Op::adjoint, 60, 8000, 60, 3 * times);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const int times = argc > 1 ? std::max(1, std::atoi(argv[1])) : 5;
  all<double>("double", times);
  all<float>("float", times);
  all<Complex>("complex", times);
}
