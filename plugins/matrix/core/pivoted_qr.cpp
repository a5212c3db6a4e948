// Panels of Householder reflections: a matrix-vector product for each pivot, a matrix product for each panel.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/pivoted_qr.hpp"

#include <algorithm>
#include <cmath>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/product.hpp"
#include "plugins/matrix/core/row_sums.hpp"
#include "plugins/matrix/core/times.hpp"

namespace orrery::matrix {
namespace {

constexpr Index panel_width = 32;
constexpr Index columns_at_once = 512;

template <class T>
class Elimination {
 public:
  Elimination(View<const T> a, const PivotingLimits& limits, const Workers& workers)
      : limits_(limits),
        workers_(workers),
        work_(Matrix<T>::copy_of(a)),
        steps_(std::min({a.rows, a.cols, limits.rank})),
        reflectors_(Matrix<T>::uninitialised(panel_width, a.rows)),
        factors_(Matrix<T>::uninitialised(panel_width, a.cols)),
        dependent_(4.0 * std::sqrt(static_cast<double>(a.rows)) * std::numeric_limits<Real<T>>::epsilon()) {
    result_.left = original_ = column_norms<T>(a, workers);
    reference_ = result_.left;
    result_.rows = Matrix<T>::uninitialised(std::max<Index>(steps_, 0), a.cols);
  }

  PivotedQr<T> run() {
    while (done_ < steps_ && !finished_) panel();
    shorten();
    return std::move(result_);
  }

 private:
  void panel() {
    first_ = done_;
    width_ = 0;
    stale_.clear();
    const Index end = std::min(steps_, first_ + panel_width);
    while (done_ < end && stale_.empty()) {
      const Index pivot = next_pivot();
      if (pivot < 0) {
        finished_ = true;
        break;
      }
      step(pivot);
    }
    if (width_ > 0 && done_ < work_.rows()) update_rest();
    renew_norms();
  }

  // The longest column that does not depend on those taken; -1 when it is time to stop.
  Index next_pivot() {
    Index best = -1;
    double longest = 0.0;
    for (Index j = 0; j < work_.cols(); ++j) {
      const double left = result_.left[at(j)];
      // What is left of a dependent column is round-off: it is worth nothing as a pivot, now or later.
      if (left > longest && left > dependent_ * original_[at(j)]) best = j, longest = left;
    }
    result_.deficient = best < 0;
    return best < 0 || small_enough(best) ? -1 : best;
  }

  bool small_enough(Index best) const {
    if (!result_.diagonal.empty() && result_.left[at(best)] <= limits_.diagonal * result_.diagonal.front()) return true;
    if (limits_.frobenius <= 0) return false;
    const double scale = result_.left[at(best)];
    double sum = 0.0;
    for (Index j = 0; j < work_.cols(); ++j) sum += std::pow(result_.left[at(j)] / scale, 2);
    return scale * std::sqrt(sum) <= limits_.frobenius;
  }

  void step(Index pivot) {
    T* v = reflectors_.data() + width_ * work_.rows();
    const T tau = reflector(pivot, v);
    T overlaps[panel_width];
    for (Index s = 0; s < width_; ++s) overlaps[s] = overlap(v, reflectors_.data() + s * work_.rows());
    conjugated_.assign(v, v + work_.rows());
    for (T& x : conjugated_) x = conjugate(x);
    const Index row = done_;
    result_.pivots.push_back(pivot);
    result_.diagonal.push_back(std::abs(beta_));
    workers_.for_each(work_.cols(), columns_at_once, [&](Index from, Index to) {
      apply(from, to, tau, overlaps);
      take_row(row, from, to);
    });
    ++width_;
    for (Index s = 0; s < row; ++s) result_.rows(row, result_.pivots[at(s)]) = T{};
    result_.rows(row, pivot) = beta_;
    result_.left[at(pivot)] = 0;
    shorten_norms(row);
    ++done_;
  }

  // The column as it is now, and the reflection that makes a multiple beta of the first unit vector of it.
  T reflector(Index pivot, T* v) {
    const Index n = work_.rows();
    std::fill_n(v, done_, T{});
    for (Index i = done_; i < n; ++i) v[i] = work_(i, pivot);
    for (Index s = 0; s < width_; ++s) {
      const T f = factors_(s, pivot);
      const T* u = reflectors_.data() + s * n;
      for (Index i = done_; i < n; ++i) v[i] -= times(u[i], f);
    }
    Real<T> largest = 0;
    for (Index i = done_; i < n; ++i) largest = std::max<Real<T>>(largest, std::abs(v[i]));
    if (largest == 0) return beta_ = T{}, v[done_] = T{1}, T{};
    const T alpha = v[done_] / largest;
    Real<T> rest = 0;
    for (Index i = done_ + 1; i < n; ++i) rest += square_magnitude(v[i] /= largest);
    const Real<T> length = std::sqrt(square_magnitude(alpha) + rest);
    const Real<T> beta = real_part(alpha) > 0 ? -length : length;
    beta_ = T(beta * largest);
    const T scale = T{1} / (alpha - beta);
    for (Index i = done_ + 1; i < n; ++i) v[i] = times(v[i], scale);
    v[done_] = T{1};
    return conjugate(T((T(beta) - alpha) / beta));
  }

  T overlap(const T* v, const T* u) const {
    T sum{};
    for (Index i = done_; i < work_.rows(); ++i) sum += times(conjugate(v[i]), u[i]);
    return sum;
  }

  // Row of factors: tau v^H (work - sum of reflectors times factors).
  void apply(Index from, Index to, T tau, const T* overlaps) {
    T* f = factors_.data() + width_ * work_.cols();
    std::fill(f + from, f + to, T{});
    add_rows<T>(reading(work_).row_range(done_, work_.rows() - done_), conjugated_.data() + done_, from, to, f);
    for (Index s = 0; s < width_; ++s) {
      const T* g = factors_.data() + s * work_.cols();
      for (Index j = from; j < to; ++j) f[j] -= times(overlaps[s], g[j]);
    }
    for (Index j = from; j < to; ++j) f[j] = times(f[j], tau);
  }

  void take_row(Index row, Index from, Index to) {
    T* r = result_.rows.data() + row * work_.cols();
    const T* w = work_.data() + row * work_.cols();
    std::copy(w + from, w + to, r + from);
    for (Index s = 0; s <= width_; ++s) {
      const T u = reflectors_(s, row);
      const T* f = factors_.data() + s * work_.cols();
      for (Index j = from; j < to; ++j) r[j] -= times(u, f[j]);
    }
  }

  // A length that has shrunk too much to be trusted ends the panel, after which it is computed anew.
  void shorten_norms(Index row) {
    static const double limit = std::sqrt(static_cast<double>(std::numeric_limits<Real<T>>::epsilon()));
    for (Index j = 0; j < work_.cols(); ++j) {
      double& left = result_.left[at(j)];
      if (left == 0.0) continue;
      const double part = std::abs(result_.rows(row, j)) / left;
      const double keep = std::max(0.0, (1.0 + part) * (1.0 - part));
      const double share = left / reference_[at(j)];
      if (keep * share * share <= limit) stale_.push_back(j);
      else left *= std::sqrt(keep);
    }
  }

  void update_rest() {
    const Index n = work_.rows() - done_;
    multiply_add<T>(-1, Op::transpose, reading(reflectors_).block(0, done_, width_, n), Op::none,
                    reading(factors_).row_range(0, width_), work_.view().row_range(done_, n), workers_);
  }

  void renew_norms() {
    const View<const T> rest = reading(work_).row_range(done_, work_.rows() - done_);
    constexpr std::size_t few = 16;
    const std::vector<double> all = stale_.size() > few ? column_norms<T>(rest, workers_) : std::vector<double>();
    for (const Index j : stale_)
      result_.left[at(j)] = reference_[at(j)] = all.empty() ? column_norms<T>(rest.columns(j, 1))[0] : all[at(j)];
  }

  void shorten() {
    if (done_ < result_.rows.rows()) result_.rows = Matrix<T>::copy_of(reading(result_.rows).row_range(0, done_));
  }

  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }

  const PivotingLimits& limits_;
  const Workers& workers_;
  Matrix<T> work_;
  Index steps_, done_ = 0, first_ = 0, width_ = 0;
  Matrix<T> reflectors_, factors_;
  double dependent_;
  std::vector<double> original_, reference_;
  std::vector<Index> stale_;
  std::vector<T> conjugated_;
  PivotedQr<T> result_;
  T beta_{};
  bool finished_ = false;
};

}  // namespace

template <class T>
PivotedQr<T> pivoted_qr(In<T> a, const PivotingLimits& limits, const Workers& workers) {
  return Elimination<T>(a, limits, workers).run();
}

template PivotedQr<float> pivoted_qr<float>(In<float>, const PivotingLimits&, const Workers&);
template PivotedQr<double> pivoted_qr<double>(In<double>, const PivotingLimits&, const Workers&);
template PivotedQr<Complex> pivoted_qr<Complex>(In<Complex>, const PivotingLimits&, const Workers&);

}  // namespace orrery::matrix
