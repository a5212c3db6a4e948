// Measurements of rules for choosing columns.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/comparison.hpp"

#include <chrono>
#include <cmath>
#include <limits>

#include "plugins/matrix/core/column_scores.hpp"
#include "plugins/matrix/core/column_search.hpp"
#include "plugins/matrix/core/norms.hpp"

namespace orrery::matrix {
namespace {

double tail(const std::vector<double>& values, Index rank) {
  double sum = 0.0;
  for (std::size_t i = values.size(); i-- > static_cast<std::size_t>(rank);) sum = std::hypot(sum, values[i]);
  return sum;
}

}  // namespace

double leading_flops(ColumnChoice choice, Index rows, Index cols, const InterpolativeOptions& options) {
  const auto n = static_cast<double>(rows), m = static_cast<double>(cols), k = static_cast<double>(options.rank);
  const double l = k + static_cast<double>(options.oversample), p = std::min(n, m), projection = 2.0 * n * m * k;
  const double pivoting = 4.0 * n * m * k - 2.0 * k * k * (n + m) + 4.0 / 3.0 * k * k * k;
  const double singular = 4.0 * n * m * p + 17.0 * p * p * p;
  const double sparse = 8.0 * n * m, sketch_pivoting = 4.0 * l * m * k;
  switch (choice) {
    case ColumnChoice::fast:
      return sparse + 8.0 * k * k * m;
    case ColumnChoice::fine:
      return sparse + 20.0 * k * k * m + projection;
    case ColumnChoice::pivoted_qr:
    case ColumnChoice::strong_rrqr:
    case ColumnChoice::max_volume:
      return pivoting;
    case ColumnChoice::near_optimal:
      return singular + 2.0 * n * m * k + projection;
    case ColumnChoice::greedy_total:
      return 2.0 * p * m * m + 2.0 * k * m * m + 4.0 * k * p * m + projection;
    case ColumnChoice::norm:
      return 2.0 * n * m + projection;
    case ColumnChoice::leverage:
    case ColumnChoice::deim:
      return singular + projection;
    case ColumnChoice::exhaustive:
      return choices(cols, options.rank - 1) * 2.0 * p * m * m + projection;
    case ColumnChoice::gaussian:
      return 2.0 * n * m * l + sketch_pivoting + projection;
    case ColumnChoice::sparse_sign:
      return sparse + sketch_pivoting + projection;
    case ColumnChoice::srht:
      return n * m * std::log2(std::max(n, 2.0)) + sketch_pivoting + projection;
    case ColumnChoice::column_sample:
      return 4.0 * n * k * (options.sample > 0 ? static_cast<double>(options.sample) : 3.0 * k) + projection;
    case ColumnChoice::uniform:
      return projection;
  }
  return 0.0;
}

template <class T>
Comparison compare_choices(In<T> a, const std::vector<ColumnChoice>& rules, const InterpolativeOptions& options,
                           const Random& random, const Workers& workers) {
  using Clock = std::chrono::steady_clock;
  require_finite<T>(a, "matrix", workers);
  Comparison out;
  const double norm = frobenius_norm<T>(a, workers);
  out.floor = tail(singular_rows<T>(a, 0, workers).values, options.rank);
  const double round_off = 16.0 * std::numeric_limits<Real<T>>::epsilon() * norm;
  for (const ColumnChoice rule : rules) {
    InterpolativeOptions mine = options;
    mine.choice = rule;
    mine.confidence = 1.0;
    const auto start = Clock::now();
    const Interpolation<T> found = choose_columns<T>(a, mine, random, workers).columns;
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    const double error = residual<T>(a, found, workers).frobenius;
    out.rows.push_back({.choice = rule,
                        .relative_error = norm > 0.0 ? error / norm : 0.0,
                        .ratio = error <= round_off ? 1.0 : error / std::max(out.floor, round_off),
                        .largest_coefficient = largest_entry<T>(found.z),
                        .chosen = static_cast<Index>(found.skeleton.size()),
                        .swaps = found.swaps,
                        .flops = leading_flops(rule, a.rows, a.cols, options),
                        .seconds = seconds});
  }
  return out;
}

#define ORRERY_INSTANTIATE(T)                                                                                  \
  template Comparison compare_choices<T>(In<T>, const std::vector<ColumnChoice>&, const InterpolativeOptions&, \
                                         const Random&, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
