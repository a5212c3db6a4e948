// Partial Cholesky factorisations of positive semidefinite matrices.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/partial_cholesky.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <string>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/product.hpp"

namespace orrery::matrix {
namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

template <class T>
constexpr double eps = static_cast<double>(std::numeric_limits<Real<T>>::epsilon());

std::string text(double x) {
  char out[40];
  std::snprintf(out, sizeof out, "%.6g", x);
  return out;
}

[[noreturn]] void not_semidefinite(const std::string& why) {
  throw std::domain_error("the matrix is not positive semidefinite: " + why);
}

// One factorisation under way.
template <class T>
class Factorisation {
 public:
  Factorisation(In<T> a, const PartialCholeskyOptions& options, const Random& random, const Workers& workers)
      : a_(a),
        options_(options),
        random_(random),
        workers_(workers),
        left_(at(a.rows)),
        columns_(options.rank, a.rows) {
    for (Index i = 0; i < a.rows; ++i) left_[at(i)] = real_part(a(i, i)), largest_ = std::max(largest_, left_[at(i)]);
    round_off_ = 8.0 * static_cast<double>(a.rows) * eps<T> * largest_;
    result_.trace = trace_left();
  }

  PartialCholesky<T> run() {
    while (rank() < options_.rank && trace_left() > options_.tolerance * result_.trace &&
           *std::max_element(left_.begin(), left_.end()) > round_off_) {
      workers_.poll();
      const std::vector<Index> candidates = draw();
      if (candidates.empty()) break;
      take(candidates);
    }
    result_.factor = transposed<T>(reading(columns_).row_range(0, rank()));
    try_one_vector();
    return std::move(result_);
  }

 private:
  Index rank() const { return static_cast<Index>(result_.pivots.size()); }
  double trace_left() const { return std::accumulate(left_.begin(), left_.end(), 0.0); }

  // Pivots to try next; under random pivoting one may come more than once.
  std::vector<Index> draw() {
    if (options_.pivoting == Pivoting::greedy)
      return {static_cast<Index>(std::max_element(left_.begin(), left_.end()) - left_.begin())};
    if (options_.pivoting == Pivoting::given) {
      if (next_given_ >= options_.pivots.size()) return {};
      return {options_.pivots[next_given_++]};
    }
    std::vector<double> ends(left_.size());
    double sum = 0.0;
    for (std::size_t i = 0; i < left_.size(); ++i) {
      const bool there = left_[i] > round_off_;
      ends[i] = sum += !there ? 0.0 : options_.pivoting == Pivoting::uniform ? 1.0 : left_[i];
    }
    std::vector<Index> drawn;
    const Index count = options_.pivoting == Pivoting::uniform ? 1 : options_.block;
    while (static_cast<Index>(drawn.size()) < count) {
      const auto found = std::upper_bound(ends.begin(), ends.end(), random_.unit(next_random_++) * sum);
      const auto i = static_cast<Index>(found - ends.begin());
      if (i < a_.rows) drawn.push_back(i);
    }
    return drawn;
  }

  // Element (i, j) of what is left.
  T element_left(Index i, Index j) const {
    T value = a_(i, j);
    for (Index k = 0; k < rank(); ++k) value -= columns_(k, i) * conjugate(columns_(k, j));
    return value;
  }

  // Accepts each candidate with the probability of its diagonal element left by now to that when it was drawn, so that
  // the pivots have the law of pivots drawn one by one.
  void take(const std::vector<Index>& candidates) {
    const auto n = static_cast<Index>(candidates.size());
    Matrix<T> left(n, n);
    for (Index i = 0; i < n; ++i)
      for (Index j = 0; j <= i; ++j) {
        left(i, j) = element_left(candidates[at(i)], candidates[at(j)]);
        left(j, i) = conjugate(left(i, j));
      }
    std::vector<Index> accepted;
    for (Index i = 0; i < n && rank() + static_cast<Index>(accepted.size()) < options_.rank; ++i) {
      const double now = real_part(left(i, i)), then = left_[at(candidates[at(i)])];
      const bool is_drawn = options_.pivoting == Pivoting::random && options_.block > 1;
      if (!(now > round_off_) || (is_drawn && random_.stream(1).unit(next_trial_++) * then >= now)) continue;
      accepted.push_back(candidates[at(i)]);
      for (Index j = i + 1; j < n; ++j) {
        const T factor = left(j, i) / static_cast<Real<T>>(now);
        for (Index k = i + 1; k < n; ++k) left(j, k) -= factor * left(i, k);
      }
    }
    add(accepted);
  }

  // The columns of what is left at the pivots, by one product for all of them, then against each other.
  void add(const std::vector<Index>& pivots) {
    const Index k = rank(), n = a_.rows, count = static_cast<Index>(pivots.size());
    Matrix<T> rows(count, k);
    for (Index j = 0; j < count; ++j) {
      const Index pivot = pivots[at(j)];
      for (Index c = 0; c < k; ++c) rows(j, c) = conjugate(columns_(c, pivot));
      for (Index i = 0; i < n; ++i) columns_(k + j, i) = conjugate(a_(pivot, i));
    }
    const View<T> fresh = columns_.view().row_range(k, count);
    if (k > 0)
      multiply_add<T>(Real<T>{-1}, Op::none, rows, Op::none, reading(columns_).row_range(0, k), fresh, workers_);
    for (Index j = 0; j < count; ++j) {
      const Index pivot = pivots[at(j)];
      T* out = &fresh(j, 0);
      for (Index c = 0; c < j; ++c) {
        const T factor = conjugate(fresh(c, pivot));
        const T* column = &fresh(c, 0);
        for (Index i = 0; i < n; ++i) out[i] -= factor * column[i];
      }
      const double size = real_part(out[pivot]);
      if (!(size > round_off_)) return;  // rounding alone can bring this about: those before stay
      const auto root = static_cast<Real<T>>(std::sqrt(size));
      for (Index i = 0; i < n; ++i) {
        out[i] /= root;
        left_[at(i)] -= static_cast<double>(square_magnitude(out[i]));
      }
      finish(pivot, size);
    }
  }

  void finish(Index pivot, double size) {
    const Index k = rank();
    result_.pivots.push_back(pivot);
    left_[at(pivot)] = 0.0;
    for (Index i = 0; i < a_.rows; ++i) {
      double& left = left_[at(i)];
      if (left < -round_off_)
        not_semidefinite("pivot " + std::to_string(k) + ", in row " + std::to_string(pivot) + " and of size " +
                         text(size) + ", leaves " + text(left) + " of diagonal element " + std::to_string(i));
      left = std::max(left, 0.0);
    }
    result_.trace_left.push_back(trace_left());
  }

  // A semidefinite matrix changes no vector's length by more than its trace.
  void try_one_vector() const {
    Matrix<T> v(a_.rows, 1);
    fill_signs<T>(v.view(), random_.stream(2));
    Matrix<T> image = product<T>(Op::none, a_, Op::none, v, workers_);
    const Matrix<T> inner = product<T>(Op::adjoint, result_.factor, Op::none, v, workers_);
    multiply_add<T>(Real<T>{-1}, Op::none, result_.factor, Op::none, inner, image.view(), workers_);
    const double norm = frobenius_norm<T>(image), allowed = std::sqrt(static_cast<double>(a_.rows));
    if (norm > 2.0 * (trace_left() + static_cast<double>(a_.rows) * round_off_) * allowed)
      not_semidefinite("after " + std::to_string(rank()) + " pivots the trace left is " + text(trace_left()) +
                       ", but what is left has a norm of at least " + text(norm / allowed));
  }

  View<const T> a_;
  const PartialCholeskyOptions& options_;
  const Random& random_;
  const Workers& workers_;
  std::vector<double> left_;  // the diagonal
  Matrix<T> columns_;         // of the factor, in rows
  double largest_ = 0.0, round_off_ = 0.0;
  std::size_t next_given_ = 0;
  std::uint64_t next_random_ = 0, next_trial_ = 0;
  PartialCholesky<T> result_;
};

void require_options(const PartialCholeskyOptions& options, Index n) {
  if (options.rank < 1 || options.rank > n)
    throw std::invalid_argument("the rank must be from 1 to the number of rows, " + std::to_string(n) + "; it is " +
                                std::to_string(options.rank));
  if (options.block < 1)
    throw std::invalid_argument("the block must be 1 or more; it is " + std::to_string(options.block));
  for (const Index pivot : options.pivots)
    if (pivot < 0 || pivot >= n)
      throw std::invalid_argument("pivots must be from 0 to " + std::to_string(n - 1) + "; one is " +
                                  std::to_string(pivot));
}

// The first pair of a row that is not as it should be, or -1.
template <class T>
Index bad_partner(In<T> a, Index i, double tolerance, bool& symmetric) {
  const double d = real_part(a(i, i));
  for (Index j = 0; j < i; ++j) {
    const T value = a(i, j);
    symmetric = static_cast<double>(std::abs(value - conjugate(a(j, i)))) <= tolerance;
    const double bound = std::sqrt(d * static_cast<double>(real_part(a(j, j))));
    if (!symmetric || static_cast<double>(std::abs(value)) > bound + tolerance) return j;
  }
  return -1;
}

}  // namespace

template <class T>
void require_semidefinite(In<T> a, const Workers& workers) {
  const auto pair = [](Index i, Index j) { return "(" + std::to_string(i) + ", " + std::to_string(j) + ")"; };
  if (a.rows != a.cols || a.rows == 0)
    throw std::invalid_argument("the matrix must be square and have elements; it is " + std::to_string(a.rows) + " x " +
                                std::to_string(a.cols));
  double largest = 0.0;
  for (Index i = 0; i < a.rows; ++i) {
    const double d = real_part(a(i, i));
    if (d < 0.0) not_semidefinite("diagonal element " + std::to_string(i) + " is " + text(d));
    largest = std::max(largest, d);
  }
  const double tolerance = 64.0 * eps<T> * largest;
  std::mutex mutex;
  Index row = a.rows, partner = -1;
  bool is_symmetric = true;
  workers.for_each(a.rows, 64, [&](Index begin, Index end) {
    for (Index i = begin; i < end; ++i) {
      bool symmetric = true;
      Index j = bad_partner<T>(a, i, tolerance, symmetric);
      if constexpr (is_complex<T>)
        if (j < 0 && std::abs(a(i, i).imag()) > tolerance) j = i, symmetric = false;
      if (j < 0) continue;
      const std::lock_guard lock(mutex);
      if (i < row) row = i, partner = j, is_symmetric = symmetric;
      return;
    }
  });
  if (partner < 0) return;
  if (!is_symmetric)
    throw std::invalid_argument("the matrix must be Hermitian; elements " + pair(row, partner) + " and " +
                                pair(partner, row) + " differ by " +
                                text(static_cast<double>(std::abs(a(row, partner) - conjugate(a(partner, row))))));
  not_semidefinite("element " + pair(row, partner) + " is larger than diagonal elements " + std::to_string(row) +
                   " and " + std::to_string(partner) + " allow");
}

template <class T>
PartialCholesky<T> partial_cholesky(In<T> a, const PartialCholeskyOptions& options, const Random& random,
                                    const Workers& workers) {
  require_semidefinite<T>(a, workers);
  require_options(options, a.rows);
  return Factorisation<T>(a, options, random, workers).run();
}

#define ORRERY_INSTANTIATE(T)                                   \
  template void require_semidefinite<T>(In<T>, const Workers&); \
  template PartialCholesky<T> partial_cholesky<T>(In<T>, const PartialCholeskyOptions&, const Random&, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
