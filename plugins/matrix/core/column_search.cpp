// Searches for columns by the error that they leave.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/column_search.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/pivoted_qr.hpp"
#include "plugins/matrix/core/product.hpp"
#include "plugins/matrix/core/times.hpp"

namespace orrery::matrix {
namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

// Makes e orthogonal to one of its columns, which becomes zero. Twice, for what cancellation leaves.
template <class T>
void deflate(View<T> e, Index column) {
  std::vector<T> q(at(e.rows)), overlap(at(e.cols));
  for (int pass = 0; pass < 2; ++pass) {
    if (pass == 0) {
      for (Index i = 0; i < e.rows; ++i) q[at(i)] = e(i, column);
      Real<T> square = 0;
      for (const T& x : q) square += square_magnitude(x);
      const Real<T> length = std::sqrt(square);
      for (T& x : q) x /= length;
    }
    std::fill(overlap.begin(), overlap.end(), T{});
    for (Index i = 0; i < e.rows; ++i)
      for (Index j = 0; j < e.cols; ++j) overlap[at(j)] += times(conjugate(q[at(i)]), e(i, j));
    for (Index i = 0; i < e.rows; ++i)
      for (Index j = 0; j < e.cols; ++j) e(i, j) -= times(q[at(i)], overlap[at(j)]);
  }
  for (Index i = 0; i < e.rows; ++i) e(i, column) = T{};
}

// A power of two that brings the elements near 1; 0 if there is nothing but zeros.
template <class T>
Real<T> rescale(View<T> e) {
  const double largest = largest_magnitude<T>(e);
  if (largest == 0.0) return 0;
  const auto factor = static_cast<Real<T>>(std::ldexp(1.0, -std::ilogb(largest)));
  for (Index i = 0; i < e.rows; ++i)
    for (T& x : e.row(i)) x *= factor;
  return factor;
}

// What taking column i away from all takes from the square of the norm.
template <class T>
double gain(In<T> gram, Index i) {
  const double own = real_part(gram(i, i));
  if (!(own > 0.0)) return 0.0;
  double sum = 0.0;
  for (const T& x : gram.row(i)) sum += square_magnitude(x);
  return sum / own;
}

// The largest gain; among those within round-off of it the first.
template <class T>
Index best_gain(In<T> gram, const std::vector<double>& least) {
  constexpr double round_off = 64.0 * std::numeric_limits<Real<T>>::epsilon();
  double best = 0.0;
  std::vector<double> gains(at(gram.rows));
  for (Index i = 0; i < gram.rows; ++i) {
    gains[at(i)] = real_part(gram(i, i)) > least[at(i)] ? gain<T>(gram, i) : 0.0;
    best = std::max(best, gains[at(i)]);
  }
  if (best == 0.0) return -1;
  for (Index i = 0; i < gram.rows; ++i)
    if (gains[at(i)] >= (1.0 - round_off) * best) return i;
  return -1;
}

// R of the matrix, which has the same inner products of columns in at most as many rows.
template <class T>
Matrix<T> compressed(In<T> a, const Workers& workers) {
  return a.rows > a.cols ? pivoted_qr<T>(a, {}, workers).rows : Matrix<T>::copy_of(a);
}

// All choices of columns, one after the other, from the residual of those taken before.
template <class T>
class Search {
 public:
  Search(Index cols, Index rank, const Workers& workers) : cols_(cols), rank_(rank), workers_(workers) {}

  /// Tries all choices that begin with `first`.
  void begin(In<T> e, Index first) {
    taken_ = {first};
    if (rank_ == 1) return;
    Matrix<T> rest = Matrix<T>::copy_of(e);
    if (is_zero(rest, first)) return descend(std::move(rest), first + 1);
    deflate<T>(rest, first);
    descend(std::move(rest), first + 1);
  }
  /// Tries all choices of one column.
  void single(In<T> e) { last(e, 0); }

  double error = std::numeric_limits<double>::infinity();
  std::vector<Index> best;

 private:
  static bool is_zero(const Matrix<T>& e, Index column) {
    for (Index i = 0; i < e.rows(); ++i)
      if (e(i, column) != T{}) return false;
    return true;
  }

  void descend(Matrix<T> e, Index from) {
    workers_.poll();
    if (static_cast<Index>(taken_.size()) + 1 == rank_) return last(e, from);
    const Index missing = rank_ - static_cast<Index>(taken_.size());
    for (Index column = from; column + missing <= cols_; ++column) {
      taken_.push_back(column);
      Matrix<T> rest = e.copy();
      if (!is_zero(rest, column)) deflate<T>(rest, column);
      descend(std::move(rest), column + 1);
      taken_.pop_back();
    }
  }

  void last(In<T> e, Index from) {
    const Matrix<T> inner = gram<T>(e);
    double total = 0.0;
    for (Index j = 0; j < cols_; ++j) total += real_part(inner(j, j));
    for (Index column = from; column < cols_; ++column) {
      const double left = total - gain<T>(inner, column);
      if (left < error) {
        error = left;
        best = taken_;
        best.push_back(column);
      }
    }
  }

  Index cols_, rank_;
  const Workers& workers_;
  std::vector<Index> taken_;
};

}  // namespace

template <class T>
std::vector<Index> greedy_columns(In<T> a, Index rank, const Workers& workers) {
  constexpr double fallen_far = 1e-6;
  constexpr double round_off =
      256.0 * std::numeric_limits<Real<T>>::epsilon() * std::numeric_limits<Real<T>>::epsilon();
  Matrix<T> e = compressed<T>(a, workers);
  std::vector<double> least(at(a.cols), 0.0);
  Matrix<T> inner;
  double at_renewal = 0.0;
  double scale = 1.0;
  std::vector<Index> chosen;
  std::vector<double> original;
  for (const double norm : column_norms<T>(a, workers)) original.push_back(norm);
  while (static_cast<Index>(chosen.size()) < rank) {
    workers.poll();
    double now = 0.0;
    for (Index j = 0; j < inner.rows(); ++j) now += real_part(inner(j, j));
    // Squares keep half of the digits: they are formed anew before the others matter.
    if (inner.rows() == 0 || now < fallen_far * at_renewal) {
      const double factor = rescale<T>(e);
      if (factor == 0.0) break;
      scale *= factor;
      for (std::size_t j = 0; j < least.size(); ++j) least[j] = round_off * std::pow(original[j] * scale, 2);
      inner = gram<T>(e, workers);
      at_renewal = 0.0;
      for (Index j = 0; j < inner.rows(); ++j) at_renewal += real_part(inner(j, j));
    }
    const Index column = best_gain<T>(inner, least);
    if (column < 0) break;
    chosen.push_back(column);
    deflate<T>(e, column);
    const Real<T> own = real_part(inner(column, column));
    const std::vector<T> row(inner.view().row(column).begin(), inner.view().row(column).end());
    for (Index i = 0; i < inner.rows(); ++i) {
      const T factor = conjugate(row[at(i)]) / own;
      for (Index j = 0; j < inner.cols(); ++j) inner(i, j) -= times(factor, row[at(j)]);
      inner(i, column) = inner(column, i) = T{};
    }
  }
  return chosen;
}

double choices(Index cols, Index rank) {
  double count = 1.0;
  const Index r = std::min(rank, cols - rank);
  for (Index i = 1; i <= r; ++i) count = std::round(count * static_cast<double>(cols - r + i) / static_cast<double>(i));
  return count;
}

template <class T>
std::vector<Index> best_columns(In<T> a, Index rank, double limit, const Workers& workers) {
  if (const double count = choices(a.cols, rank); count > limit) {
    const bool exact = count < 9e15;
    throw std::domain_error("choosing " + std::to_string(rank) + " of " + std::to_string(a.cols) + " columns has " +
                            (exact ? std::to_string(static_cast<Index>(count)) : "more than 9e15") +
                            " choices, and at most " + std::to_string(static_cast<Index>(limit)) + " are tried");
  }
  Matrix<T> e = compressed<T>(a, workers);
  rescale<T>(e);
  if (rank == 1) {
    Search<T> all(a.cols, 1, workers);
    all.single(e);
    return all.best;
  }
  std::vector<Search<T>> searches(at(a.cols - rank + 1), Search<T>(a.cols, rank, workers));
  workers.for_each(static_cast<Index>(searches.size()), 1, [&](Index begin, Index end) {
    for (Index first = begin; first < end; ++first) searches[at(first)].begin(e, first);
  });
  const Search<T>* best = &searches.front();
  for (const Search<T>& search : searches)
    if (search.error < best->error) best = &search;
  return best->best;
}

#define ORRERY_INSTANTIATE(T)                                                  \
  template std::vector<Index> greedy_columns<T>(In<T>, Index, const Workers&); \
  template std::vector<Index> best_columns<T>(In<T>, Index, double, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
