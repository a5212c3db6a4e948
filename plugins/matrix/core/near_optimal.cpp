// One pass over the basis for each column that is chosen.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/near_optimal.hpp"

#include <cmath>
#include <limits>

#include "plugins/matrix/core/row_sums.hpp"
#include "plugins/matrix/core/times.hpp"

namespace orrery::matrix {
namespace {

constexpr Index columns_at_once = 512;

template <class T>
class Selection {
 public:
  Selection(View<const T> basis, Matrix<T> residual, const Workers& workers)
      : basis_(basis),
        residual_(std::move(residual)),
        workers_(workers),
        directions_(basis.rows, basis.rows),
        overlap_(static_cast<std::size_t>(basis.cols)),
        error_(static_cast<std::size_t>(basis.cols), 0),
        share_(static_cast<std::size_t>(basis.cols), 0) {
    workers_.for_each(basis_.cols, columns_at_once, [&](Index from, Index to) {
      add_squares(basis_, from, to, share_.data());
      add_squares(reading(residual_), from, to, error_.data());
    });
    least_share_ = share_;
    for (Real<T>& share : least_share_) share *= 64 * std::numeric_limits<Real<T>>::epsilon();
  }

  std::vector<Index> run() {
    for (Index step = 0; step < basis_.rows; ++step) {
      const Index column = best();
      if (column < 0) break;
      take(column, step);
    }
    return std::move(chosen_);
  }

 private:
  static void add_squares(View<const T> a, Index from, Index to, Real<T>* sums) {
    for (Index i = 0; i < a.rows; ++i)
      for (Index j = from; j < to; ++j) sums[j] += square_magnitude(a(i, j));
  }

  // The smallest error for its share; of shares that are gone but for round-off none.
  [[nodiscard]] Index best() const {
    Index found = -1;
    for (Index j = 0; j < basis_.cols; ++j) {
      const auto at = static_cast<std::size_t>(j);
      if (!(share_[at] > least_share_[at])) continue;
      if (found < 0) found = j;
      const auto other = static_cast<std::size_t>(found);
      const Real<T> mine = error_[at] * share_[other], its = error_[other] * share_[at];
      if (mine < its || (mine == its && share_[at] > share_[other])) found = j;
    }
    return found;
  }

  void take(Index column, Index step) {
    const T length = direction(column, step);
    std::vector<T> multiples(static_cast<std::size_t>(residual_.rows()));
    for (Index i = 0; i < residual_.rows(); ++i) multiples[static_cast<std::size_t>(i)] = residual_(i, column) / length;
    workers_.for_each(basis_.cols, columns_at_once, [&](Index from, Index to) { lose(from, to, multiples); });
    share_[static_cast<std::size_t>(column)] = 0;
    chosen_.push_back(column);
  }

  // What is left of the column in the basis, orthogonal to those chosen, to length 1, conjugated; returns its length.
  T direction(Index column, Index step) {
    const Index k = basis_.rows;
    T* q = &directions_(step, 0);
    for (Index i = 0; i < k; ++i) q[i] = conjugate(basis_(i, column));
    for (int pass = 0; pass < 2; ++pass)
      for (Index s = 0; s < step; ++s) {
        const T* other = &directions_(s, 0);
        T overlap{};
        for (Index i = 0; i < k; ++i) overlap += times(conjugate(other[i]), q[i]);
        for (Index i = 0; i < k; ++i) q[i] -= times(overlap, other[i]);
      }
    Real<T> square = 0;
    for (Index i = 0; i < k; ++i) square += square_magnitude(q[i]);
    const Real<T> length = std::sqrt(square);
    for (Index i = 0; i < k; ++i) q[i] /= length;
    return T(length);
  }

  void lose(Index from, Index to, const std::vector<T>& multiples) {
    T* overlap = overlap_.data();
    std::fill(overlap + from, overlap + to, T{});
    add_rows(basis_, &directions_(static_cast<Index>(chosen_.size()), 0), from, to, overlap);
    std::fill(error_.begin() + from, error_.begin() + to, Real<T>{0});
    for (Index i = 0; i < residual_.rows(); ++i) {
      T* e = &residual_(i, 0);
      const T multiple = multiples[static_cast<std::size_t>(i)];
      for (Index j = from; j < to; ++j) {
        e[j] -= times(multiple, overlap[j]);
        error_[static_cast<std::size_t>(j)] += square_magnitude(e[j]);
      }
    }
    for (Index j = from; j < to; ++j) share_[static_cast<std::size_t>(j)] -= square_magnitude(overlap[j]);
  }

  View<const T> basis_;
  Matrix<T> residual_;
  const Workers& workers_;
  Matrix<T> directions_;
  std::vector<T> overlap_;
  std::vector<Real<T>> error_, share_, least_share_;
  std::vector<Index> chosen_;
};

}  // namespace

template <class T>
std::vector<Index> near_optimal_columns(In<T> basis, Matrix<T> residual, const Workers& workers) {
  return Selection<T>(basis, std::move(residual), workers).run();
}

template std::vector<Index> near_optimal_columns<float>(In<float>, Matrix<float>, const Workers&);
template std::vector<Index> near_optimal_columns<double>(In<double>, Matrix<double>, const Workers&);
template std::vector<Index> near_optimal_columns<Complex>(In<Complex>, Matrix<Complex>, const Workers&);

}  // namespace orrery::matrix
