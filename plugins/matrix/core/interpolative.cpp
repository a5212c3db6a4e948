// The rules by which columns are chosen, behind one call.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/interpolative.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/matrix/core/column_scores.hpp"
#include "plugins/matrix/core/column_search.hpp"
#include "plugins/matrix/core/near_optimal.hpp"
#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/pivoted_qr.hpp"
#include "plugins/matrix/core/product.hpp"
#include "plugins/matrix/core/sketch.hpp"
#include "plugins/matrix/core/sketched_selection.hpp"

namespace orrery::matrix {
namespace {

enum Stream : std::uint64_t { of_projection = 11, of_sample = 12, of_probes = 13 };

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

std::string shortest(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", x);
  return text;
}

// Everything of a call that does not change with the rank.
template <class T>
struct Task {
  View<const T> a;
  const InterpolativeOptions& options;
  const Random& random;
  const Workers& workers;
};

template <class T>
Interpolative<T> from_pivots(const Task<T>& task, PivotedQr<T> qr, Index rank) {
  Interpolative<T> out;
  out.diagonal = std::move(qr.diagonal);
  out.columns = interpolate_rows<T>(std::move(qr.pivots), qr.rows, task.workers);
  out.columns.deficient = static_cast<Index>(out.columns.skeleton.size()) < rank;
  return out;
}

template <class T>
Interpolative<T> from_columns(const Task<T>& task, std::vector<Index> columns, Index rank) {
  Interpolative<T> out;
  out.columns = interpolate<T>(task.a, std::move(columns), nullptr, task.workers);
  out.columns.deficient = static_cast<Index>(out.columns.skeleton.size()) < rank;
  return out;
}

template <class T>
Interpolative<T> projected(const Task<T>& task, SketchKind kind, Index rank) {
  const Index count = rank + task.options.oversample;
  // A projection to as many rows as there are would save nothing.
  const Matrix<T> y = count >= task.a.rows
                          ? Matrix<T>::copy_of(task.a)
                          : sketched<T>(kind, task.a, count, task.random.stream(of_projection), task.workers);
  PivotedQr<T> qr = pivoted_qr<T>(y, {.rank = rank}, task.workers);
  Interpolative<T> out = from_columns(task, std::move(qr.pivots), rank);
  out.diagonal = std::move(qr.diagonal);
  return out;
}

template <class T>
Interpolative<T> sampled_columns(const Task<T>& task, Index rank) {
  const Index asked = task.options.sample > 0 ? task.options.sample : 3 * rank;
  const Index count = std::clamp(asked, rank, task.a.cols);
  const std::vector<Index> sample = sample_without_replacement(task.a.cols, count, task.random.stream(of_sample));
  PivotedQr<T> qr = pivoted_qr<T>(columns_of<T>(task.a, sample), {.rank = rank}, task.workers);
  for (Index& pivot : qr.pivots) pivot = sample[at(pivot)];
  Interpolative<T> out = from_columns(task, std::move(qr.pivots), rank);
  out.diagonal = std::move(qr.diagonal);
  return out;
}

template <class T>
std::vector<Index> near_optimal(const Task<T>& task, Index rank) {
  const SingularRows<T> vectors = singular_rows<T>(task.a, rank, task.workers);
  Matrix<T> left = Matrix<T>::copy_of(task.a);
  for (int pass = 0; pass < 2; ++pass)
    multiply_add<T>(-1, Op::none, product<T>(Op::none, left, Op::adjoint, vectors.rows, task.workers), Op::none,
                    vectors.rows, left.view(), task.workers);
  return near_optimal_columns<T>(vectors.rows, std::move(left), task.workers);
}

template <class T>
Interpolative<T> exchanged(const Task<T>& task, Index rank) {
  const bool strong = task.options.choice == ColumnChoice::strong_rrqr;
  Interpolative<T> out = from_pivots(task, pivoted_qr<T>(task.a, {.rank = rank}, task.workers), rank);
  const double bound = task.options.bound > 0.0 ? task.options.bound : strong ? 2.0 : 1.01;
  (strong ? raise_volume<T> : bound_entries<T>)(task.a, out.columns, bound, task.workers);
  return out;
}

template <class T>
Interpolative<T> chosen(const Task<T>& task, Index rank) {
  const auto columns = [&](std::vector<Index> found) { return from_columns(task, std::move(found), rank); };
  switch (task.options.choice) {
    case ColumnChoice::fine:
      return {fine_interpolation<T>(task.a, rank, task.random, task.workers), {}, {}};
    case ColumnChoice::fast:
      return {fast_interpolation<T>(task.a, rank, task.random, task.workers), {}, {}};
    case ColumnChoice::pivoted_qr:
      return from_pivots(task, pivoted_qr<T>(task.a, {.rank = rank}, task.workers), rank);
    case ColumnChoice::strong_rrqr:
    case ColumnChoice::max_volume:
      return exchanged(task, rank);
    case ColumnChoice::near_optimal:
      return columns(near_optimal(task, rank));
    case ColumnChoice::greedy_total:
      return columns(greedy_columns<T>(task.a, rank, task.workers));
    case ColumnChoice::norm:
      return columns(largest_scores(column_norms<T>(task.a, task.workers), rank));
    case ColumnChoice::leverage:
      return columns(largest_scores(leverage_scores<T>(singular_rows<T>(task.a, rank, task.workers).rows), rank));
    case ColumnChoice::deim:
      return columns(deim_indices<T>(singular_rows<T>(task.a, rank, task.workers).rows));
    case ColumnChoice::exhaustive:
      return columns(best_columns<T>(task.a, rank, task.options.most_choices, task.workers));
    case ColumnChoice::gaussian:
      return projected(task, SketchKind::gaussian, rank);
    case ColumnChoice::sparse_sign:
      return projected(task, SketchKind::sparse_sign, rank);
    case ColumnChoice::srht:
      return projected(task, SketchKind::srht, rank);
    case ColumnChoice::column_sample:
      return sampled_columns(task, rank);
    case ColumnChoice::uniform:
      return columns(sample_without_replacement(task.a.cols, rank, task.random.stream(of_sample)));
  }
  throw std::invalid_argument("there is no such choice of columns");
}

// Columns of a given rank, with their coefficients within the bound.
template <class T>
Interpolative<T> bounded(const Task<T>& task, Index rank) {
  task.workers.poll();
  Interpolative<T> out = chosen(task, rank);
  const bool done = task.options.choice == ColumnChoice::strong_rrqr || task.options.choice == ColumnChoice::max_volume;
  if (task.options.bound > 0.0 && !done) bound_entries<T>(task.a, out.columns, task.options.bound, task.workers);
  return out;
}

template <class T>
Interpolative<T> at_rank(const Task<T>& task, Index rank) {
  Interpolative<T> out = bounded(task, rank);
  out.error = error_of<T>(task.a, out.columns, task.options.confidence, task.random.stream(of_probes), task.workers);
  return out;
}

template <class T>
Interpolative<T> nothing(const Task<T>& task) {
  Interpolative<T> out;
  out.columns.z = Matrix<T>(0, task.a.cols);
  const double norm = frobenius_norm<T>(task.a, task.workers);
  out.error = {norm, norm, 1.0};
  return out;
}

// The least rank at which the error is small enough, between one at which it is not and one at which it is.
template <class T>
Interpolative<T> to_tolerance(const Task<T>& task) {
  const Index most = std::min(task.a.rows, task.a.cols);
  Interpolative<T> best = nothing(task);
  const double limit = task.options.tolerance * best.error.value;
  if (best.error.value <= limit) return best;
  Index low = 0, rank = std::min<Index>(most, 8);
  for (;; rank = std::min(most, 2 * rank)) {
    best = at_rank(task, rank);
    if (best.error.upper <= limit) break;
    if (rank == most || best.columns.deficient)
      throw std::range_error("a tolerance of " + shortest(task.options.tolerance) + " is not reached: with " +
                             std::to_string(best.columns.skeleton.size()) + " columns the relative error is " +
                             shortest(best.error.upper / (limit / task.options.tolerance)));
    low = rank;
  }
  Index high = static_cast<Index>(best.columns.skeleton.size());
  while (high - low > 1) {
    const Index middle = low + (high - low) / 2;
    Interpolative<T> next = at_rank(task, middle);
    if (next.error.upper <= limit) best = std::move(next), high = middle;
    else low = middle;
  }
  return best;
}

template <class T>
void check(In<T> a, const InterpolativeOptions& options) {
  const Index most = std::min(a.rows, a.cols);
  if (most == 0)
    throw std::domain_error("a matrix needs rows and columns; it is " + std::to_string(a.rows) + " x " +
                            std::to_string(a.cols));
  if (options.rank < 0 || options.rank > most)
    throw std::domain_error("the rank of a " + std::to_string(a.rows) + " x " + std::to_string(a.cols) +
                            " matrix must be between 1 and " + std::to_string(most) + "; it is " +
                            std::to_string(options.rank));
  if (options.rank == 0 && !(options.tolerance > 0.0 && options.tolerance < 1.0))
    throw std::domain_error("a tolerance must be above 0 and below 1; it is " + shortest(options.tolerance));
  if (!(options.confidence > 0.0 && options.confidence <= 1.0))
    throw std::domain_error("a confidence must be above 0 and at most 1; it is " + shortest(options.confidence));
  if (options.bound != 0.0 && !(options.bound >= 1.0))
    throw std::domain_error("a bound on |Z| must be at least 1; it is " + shortest(options.bound));
  if (options.oversample < 0 || options.sample < 0)
    throw std::domain_error("a number of rows or columns to look at cannot be negative");
}

// Calls compute with the matrix, or with a power of two of it where sums of squares would leave the range. Rules that
// begin with a sketch find out by themselves.
template <class T, class F>
Interpolative<T> in_range(In<T> a, const InterpolativeOptions& options, const Workers& workers, const F& compute) {
  if (options.choice == ColumnChoice::fast || options.choice == ColumnChoice::fine) try {
      return compute(a);
    } catch (const SketchOutOfRange&) {
    }
  require_finite<T>(a, "matrix", workers);
  const double largest = largest_magnitude<T>(a, workers);
  const double room = std::is_same_v<Real<T>, float> ? 1e10 : 1e100;
  if (largest == 0.0 || (largest > 1.0 / room && largest < room)) return compute(a);
  const double scale = std::ldexp(1.0, -std::clamp(std::ilogb(largest), -1000, 1000));
  Matrix<T> scaled = Matrix<T>::copy_of(a);
  for (Index i = 0; i < a.rows; ++i)
    for (T& x : scaled.view().row(i)) x = static_cast<T>(x * static_cast<Real<T>>(scale));
  Interpolative<T> out = compute(reading(scaled));
  out.error.value /= scale;
  out.error.upper /= scale;
  for (double& x : out.diagonal) x /= scale;
  return out;
}

}  // namespace

std::string_view name_of(ColumnChoice choice) {
  constexpr std::string_view names[column_choices] = {
      "fine",     "fast", "pivoted_qr", "strong_rrqr", "max_volume",  "near_optimal", "greedy_total",  "norm",
      "leverage", "deim", "exhaustive", "gaussian",    "sparse_sign", "srht",         "column_sample", "uniform"};
  return names[static_cast<std::size_t>(choice)];
}

template <class T>
Interpolative<T> choose_columns(In<T> a, const InterpolativeOptions& options, const Random& random,
                                const Workers& workers) {
  check<T>(a, options);
  return in_range<T>(a, options, workers, [&](View<const T> near_one) {
    return bounded(Task<T>{near_one, options, random, workers}, std::max<Index>(options.rank, 1));
  });
}

template <class T>
Interpolative<T> interpolative(In<T> a, const InterpolativeOptions& options, const Random& random,
                               const Workers& workers) {
  check<T>(a, options);
  return in_range<T>(a, options, workers, [&](View<const T> near_one) {
    const Task<T> task{near_one, options, random, workers};
    return options.rank > 0 ? at_rank(task, options.rank) : to_tolerance(task);
  });
}

#define ORRERY_INSTANTIATE(T)                                                                                     \
  template Interpolative<T> choose_columns<T>(In<T>, const InterpolativeOptions&, const Random&, const Workers&); \
  template Interpolative<T> interpolative<T>(In<T>, const InterpolativeOptions&, const Random&, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
