// Truncated singular value decompositions against one product with as many columns, and against a whole decomposition.
// SPDX-License-Identifier: Apache-2.0
// usage: bench_svd [S|M|T] [whole]; pin it to one core. "whole" times the exact method too, which takes minutes at M.
// The matrices: a smooth kernel 1/|x - y|, singular values 1/i, and a signal in noise.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <limits>
#include <string>

#include "plugins/matrix/core/random.hpp"
#include "plugins/matrix/core/truncated_svd.hpp"

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

Matrix<double> kernel(Index m, Index n) {
  constexpr double g = 1.2207440846057596;  // an additive recurrence of low discrepancy in three dimensions
  const auto place = [](Index i, int axis) {
    const double x = 0.5 + static_cast<double>(i + 1) * std::pow(g, -1 - axis);
    return x - std::floor(x);
  };
  Matrix<double> a(m, n), x(m, 3), y(n, 3);
  for (int axis = 0; axis < 3; ++axis) {
    for (Index i = 0; i < m; ++i) x(i, axis) = place(i, axis);
    for (Index j = 0; j < n; ++j) y(j, axis) = place(j, axis) + (axis == 0 ? 1.2 : 0.0);
  }
  for (Index i = 0; i < m; ++i)
    for (Index j = 0; j < n; ++j) a(i, j) = 1.0 / std::hypot(x(i, 0) - y(j, 0), x(i, 1) - y(j, 1), x(i, 2) - y(j, 2));
  return a;
}

// A diagonal matrix between two random reflections, which keep its singular values.
Matrix<double> reflected(Matrix<double> a) {
  for (const bool left : {true, false}) {
    Matrix<double> w(left ? a.rows() : a.cols(), 1);
    fill_normal(w.view(), Random(left ? 1 : 2));
    const double size = frobenius_norm<double>(w);
    for (Index i = 0; i < w.rows(); ++i) w(i, 0) /= size;
    if (left)
      multiply_add<double>(-2.0, Op::none, w, Op::none, product<double>(Op::transpose, w, Op::none, a), a.view());
    else multiply_add<double>(-2.0, Op::none, product<double>(Op::none, a, Op::none, w), Op::transpose, w, a.view());
  }
  return a;
}

Matrix<double> slow(Index m, Index n) {
  Matrix<double> a(m, n);
  for (Index i = 0; i < std::min(m, n); ++i) a(i, i) = 1.0 / static_cast<double>(i + 1);
  return reflected(std::move(a));
}

Matrix<double> noisy(Index m, Index n, Index k) {
  Matrix<double> a(m, n), noise(m, n);
  for (Index i = 0; i < k; ++i) a(i, i) = std::pow(0.05, static_cast<double>(i) / static_cast<double>(k - 1));
  a = reflected(std::move(a));
  fill_normal(noise.view(), Random(3));
  const double size = 2e-3 / (std::sqrt(static_cast<double>(m)) + std::sqrt(static_cast<double>(n)));
  for (Index i = 0; i < m * n; ++i) a.data()[i] += size * noise.data()[i];
  return a;
}

void one(const char* name, const Matrix<double>& a, Index k, bool whole) {
  const Index l = k + 10;
  Matrix<double> x(a.cols(), l), y(a.rows(), l);
  fill_normal(x.view(), Random(4));
  const double once = best_of(3, [&] { multiply<double>(Op::none, a, Op::none, x, y.view()); });
  // The least error, by a Krylov space that is followed a thousand times further.
  const double least = truncated_svd<double>(a, k, {.method = SvdMethod::block_krylov, .excess = 1e-6}).error;
  const auto line = [&](const char* method, double seconds, double error) {
    std::printf("%-7s k = %-4ld %-22s %9.1f ms = %5.1f products with %ld columns, error/least %.6f\n", name,
                static_cast<long>(k), method, 1e3 * seconds, seconds / once, static_cast<long>(l), error / least);
  };
  TruncatedSvd<double> found;
  const double krylov = best_of(3, [&] { found = truncated_svd<double>(a, k, {.method = SvdMethod::block_krylov}); });
  line("block_krylov", krylov, found.error);
  for (const Index power : {1, 2}) {
    const SvdOptions options{.method = SvdMethod::randomized, .power_iterations = power};
    const double seconds = best_of(3, [&] { found = truncated_svd<double>(a, k, options); });
    line(power == 1 ? "randomized, 1 power" : "randomized, 2 powers", seconds, found.error);
  }
  if (!whole) return;
  const double exact = best_of(1, [&] { found = truncated_svd<double>(a, k, {.method = SvdMethod::exact}); });
  line("exact", exact, found.error);
  std::printf("%-7s block_krylov is %.1f times faster than the whole decomposition\n", name, exact / krylov);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string size = argc > 1 ? argv[1] : "S";
  const bool whole = argc > 2 && std::string(argv[2]) == "whole";
  const Index m = size == "S" ? 2000 : size == "M" ? 4000 : 8000, n = size == "M" ? 4000 : 2000;
  const Index k = size == "S" ? 50 : size == "M" ? 100 : 200;
  one("kernel", kernel(m, n), k, whole);
  one("slow", slow(m, n), k, whole);
  one("noisy", noisy(m, n, k), k, whole);
}
