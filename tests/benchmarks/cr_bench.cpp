// CR approximation of a product of 2000 x 8000 and 8000 x 2000 against the whole product, with its predicted error.
// SPDX-License-Identifier: Apache-2.0
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "plugins/matrix/core/cr_error.hpp"
#include "plugins/matrix/core/cr_factors.hpp"
#include "plugins/matrix/core/cr_sampling.hpp"
#include "plugins/matrix/core/cr_select.hpp"
#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/product.hpp"

using namespace orrery::matrix;

namespace {

/// Processor seconds of f, the best of several tries.
template <class F>
double seconds(int tries, F&& f) {
  const auto now = [] {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
  };
  double best = 1e300;
  for (int i = 0; i < tries; ++i) {
    const double start = now();
    f();
    best = std::min(best, now() - start);
  }
  return best;
}

double distance(const Matrix<double>& a, const Matrix<double>& b) {
  double norm = 0.0;
  for (Index i = 0; i < a.rows(); ++i) {
    double row = 0.0;
    for (Index j = 0; j < a.cols(); ++j) row += (a(i, j) - b(i, j)) * (a(i, j) - b(i, j));
    norm = std::hypot(norm, std::sqrt(row));
  }
  return norm;
}

/// Norms, draws, gathering and the small product: all that a user of the approximation waits for.
Matrix<double> sampled_product(const Matrix<double>& x, const Matrix<double>& y, Index c, std::uint64_t seed) {
  const auto norms = outer_norms<double>(x, y);
  const CrChoice choice = sample_with_replacement(norm_probabilities(norms), c, Random(seed));
  auto out = Matrix<double>::uninitialised(x.rows(), y.cols());
  multiply_selected<double>(x, y, choice.indices, choice.weights, out.view());
  return out;
}

Matrix<double> largest_product(const Matrix<double>& x, const Matrix<double>& y, Index c) {
  const auto indices = select_by_norm(outer_norms<double>(x, y), c);
  auto out = Matrix<double>::uninitialised(x.rows(), y.cols());
  multiply_selected<double>(x, y, indices, {}, out.view());
  return out;
}

}  // namespace

int main() {
  constexpr Index n = 2000, l = 8000, m = 2000;
  Matrix<double> x(n, l), y(l, m);
  fill_normal<double>(x.view(), Random(1));
  fill_normal<double>(y.view(), Random(2));
  for (Index j = 0; j < l; ++j) {
    const double size = 1.0 / std::sqrt(static_cast<double>(j + 1));
    for (Index i = 0; i < n; ++i) x(i, j) *= size;
    for (Index i = 0; i < m; ++i) y(j, i) *= size;
  }
  Matrix<double> exact;
  const double whole = seconds(2, [&] { exact = product<double>(Op::none, x, Op::none, y); });
  std::printf("whole product: %.0f ms, %.1f GFLOP/s\n", 1e3 * whole, 2e-9 * n * l * m / whole);

  const auto norms = outer_norms<double>(x, y);
  const auto p = norm_probabilities(norms);
  const CrResidual<double> all(x, y, std::vector<double>(static_cast<std::size_t>(l), 0.0));
  NormEstimate norm;
  const double probing = seconds(2, [&] { norm = estimated_norm<double>(all, 16, Random(3)); });
  const double true_norm = frobenius_norm<double>(exact);
  std::printf("norm of the product: %.4g +- %.2g from 16 vectors in %.0f ms, truly %.4g\n", norm.value,
              norm.standard_error, 1e3 * probing, true_norm);
  std::printf("error in units of the true norm; measured: root mean square of five samples\n");
  std::printf("%6s %10s %8s %11s %11s %14s\n", "c", "ms", "ratio", "predicted", "measured", "largest norms");
  for (const Index c : {l / 40, l / 20, l / 5}) {
    const double predicted = std::sqrt(expected_square(norms, p, c, norm.value * norm.value)) / true_norm;
    const double time = seconds(4, [&] { sampled_product(x, y, c, 7); });
    double square = 0.0;
    for (std::uint64_t seed = 10; seed < 15; ++seed)
      square += std::pow(distance(exact, sampled_product(x, y, c, seed)) / true_norm, 2) / 5.0;
    std::printf("%6ld %10.1f %8.1f %11.4f %11.4f %14.4f\n", static_cast<long>(c), 1e3 * time, whole / time, predicted,
                std::sqrt(square), distance(exact, largest_product(x, y, c)) / true_norm);
  }
}
