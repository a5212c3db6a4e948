// Panels of rows: elimination within a panel by rows, below it by a matrix product.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/lu_columns.hpp"

#include <cmath>
#include <limits>

#include "plugins/matrix/core/product.hpp"
#include "plugins/matrix/core/row_orthonormal.hpp"
#include "plugins/matrix/core/times.hpp"

namespace orrery::matrix {
namespace {

constexpr Index panel = 16;
constexpr Index columns_at_once = 512;

template <class T>
Index largest_of(const T* row, Index n) {
  Index best = 0;
  Real<T> size = -1;
  for (Index j = 0; j < n; ++j)
    if (const Real<T> here = square_magnitude(row[j]); here > size) size = here, best = j;
  return best;
}

template <class T>
std::vector<Real<T>> row_sizes(In<T> a) {
  std::vector<Real<T>> sizes;
  for (Index i = 0; i < a.rows; ++i) sizes.push_back(std::abs(a(i, largest_of(&a(i, 0), a.cols))));
  return sizes;
}

template <class T>
class RowElimination {
 public:
  RowElimination(Matrix<T> a, const Workers& workers)
      : rows_(std::move(a)), sizes_(row_sizes<T>(rows_)), workers_(workers) {}

  LuColumns<T> run() {
    const Index steps = std::min(rows_.rows(), rows_.cols());
    while (done() < steps && !finished_) {
      const Index first = done();
      panel_rows(first, std::min(steps, first + panel));
      if (!finished_ && done() < rows_.rows()) eliminate_below(first);
    }
    if (done() < rows_.rows()) rows_ = Matrix<T>::copy_of(reading(rows_).row_range(0, done()));
    return {std::move(pivots_), std::move(rows_)};
  }

 private:
  [[nodiscard]] Index done() const { return static_cast<Index>(pivots_.size()); }

  void panel_rows(Index first, Index end) {
    const Real<T> round_off = 8 * static_cast<Real<T>>(rows_.rows()) * std::numeric_limits<Real<T>>::epsilon();
    for (Index i = first; i < end; ++i) {
      T factors[panel];
      for (Index s = first; s < i; ++s) factors[s - first] = multiplier(i, s, first, factors);
      workers_.for_each(rows_.cols(), columns_at_once, [&](Index from, Index to) {
        T* row = &rows_(i, 0);
        for (Index s = first; s < i; ++s) {
          const T* above = &rows_(s, 0);
          for (Index j = from; j < to; ++j) row[j] -= times(factors[s - first], above[j]);
        }
      });
      for (Index s = 0; s < i; ++s) rows_(i, pivots_[static_cast<std::size_t>(s)]) = T{};
      const Index pivot = largest_of(&rows_(i, 0), rows_.cols());
      if (!(std::abs(rows_(i, pivot)) > round_off * sizes_[static_cast<std::size_t>(i)])) {
        finished_ = true;
        return;
      }
      pivots_.push_back(pivot);
    }
  }

  // How much of row s is taken from row i, in the panel that begins with row `first`.
  T multiplier(Index i, Index s, Index first, const T* factors) const {
    const Index pivot = pivots_[static_cast<std::size_t>(s)];
    T x = rows_(i, pivot);
    for (Index t = first; t < s; ++t) x -= times(factors[t - first], rows_(t, pivot));
    return x / rows_(s, pivot);
  }

  void eliminate_below(Index first) {
    const Index width = done() - first, below = rows_.rows() - done();
    const View<T> rest = rows_.view().row_range(done(), below);
    // Multipliers f with f u = rest[:, pivots], solved as u^H f^H.
    Matrix<T> u(width, width), f(width, below);
    for (Index s = 0; s < width; ++s)
      for (Index t = 0; t < width; ++t)
        if (const Index pivot = pivots_[static_cast<std::size_t>(first + t)]; s <= t) u(s, t) = rows_(first + s, pivot);
    for (Index t = 0; t < width; ++t)
      for (Index i = 0; i < below; ++i) f(t, i) = conjugate(rest(i, pivots_[static_cast<std::size_t>(first + t)]));
    solve_upper_adjoint<T>(u, f.view(), workers_);
    multiply_add<T>(-1, Op::adjoint, f, Op::none, rows_.view().row_range(first, width), rest, workers_);
  }

  Matrix<T> rows_;
  std::vector<Real<T>> sizes_;
  const Workers& workers_;
  std::vector<Index> pivots_;
  bool finished_ = false;
};

}  // namespace

template <class T>
LuColumns<T> lu_columns(Matrix<T> a, const Workers& workers) {
  return RowElimination<T>(std::move(a), workers).run();
}

template LuColumns<float> lu_columns(Matrix<float>, const Workers&);
template LuColumns<double> lu_columns(Matrix<double>, const Workers&);
template LuColumns<Complex> lu_columns(Matrix<Complex>, const Workers&);

}  // namespace orrery::matrix
