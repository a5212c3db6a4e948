// Leading singular values and vectors of an operator, by block Krylov spaces or a randomised range.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/matrix/core/orthonormal.hpp"
#include "plugins/matrix/core/random.hpp"
#include "plugins/matrix/core/truncated_svd.hpp"

namespace orrery::matrix {
namespace {

template <class T>
constexpr double eps = std::numeric_limits<Real<T>>::epsilon();

/// A basis that grows block by block.
template <class T>
class Basis {
 public:
  Basis(Index rows, Index most) : all_(Matrix<T>::uninitialised(rows, most)) {}
  Index size() const { return size_; }
  Index room() const { return all_.cols() - size_; }
  View<const T> view() const { return reading(all_).columns(0, size_); }
  View<const T> block(Index first) const { return reading(all_).columns(first, size_ - first); }
  /// Appends what `columns` adds. @returns how many columns that is
  Index extend(Matrix<T> columns, const Workers& workers) {
    const Index found = std::min(extend_basis<T>(view(), columns.view(), workers), room());
    copy(reading(columns).columns(0, found), all_.view().columns(size_, found));
    size_ += found;
    return found;
  }

 private:
  Matrix<T> all_;
  Index size_ = 0;
};

// |r|, where r are the last `block` rows of column i of u times what couples them to the rest.
template <class T>
double residual(const Svd<T>& ritz, View<const T> coupling, Index i) {
  const Index first = ritz.u.rows() - coupling.rows;
  double sum = 0.0;
  for (Index j = 0; j < coupling.cols; ++j) {
    T along{};
    for (Index l = 0; l < coupling.rows; ++l) along += conjugate(coupling(l, j)) * ritz.u(first + l, i);
    sum += static_cast<double>(square_magnitude(along));
  }
  return std::sqrt(sum);
}

/// One computation by block Krylov spaces:
///   left basis L = [L1 .. Lq+1] and right basis R = [R1 .. Rq], with L1 = orth(A X), Rj = orth(A^H Lj), Lj+1 = orth(A
///   Rj), each orthogonal to all before it, so that A R = L B; the singular triplets of B are the approximations.
template <class T>
class BlockKrylov {
 public:
  // Blocks of about k/2 columns, and a multiple of what the product's kernels take.
  BlockKrylov(const LinearOperator<T>& a, Index k, const SvdOptions& options, const Workers& workers)
      : a_(a),
        k_(k),
        options_(options),
        workers_(workers),
        block_(std::min(std::min(a.rows(), a.cols()), std::max<Index>(8, ((k + 1) / 2 + 3) / 8 * 8))),
        limit_(std::min({a.rows(), a.cols(), 12 * block_ + 2 * k})),
        left_(a.rows(), std::min(a.rows(), limit_ + block_)),
        right_(a.cols(), limit_),
        projected_(left_.room(), limit_) {}

  TruncatedSvd<T> run() {
    found_.norm = a_.frobenius(workers_);
    left_.extend(applied(random_block()), workers_);
    while (!step()) {
    }
    return finish();
  }

 private:
  Matrix<T> random_block() {
    Matrix<T> x(a_.cols(), std::min(block_, a_.cols()));
    fill_normal(x.view(), Random(options_.key, ++draws_));
    return x;
  }
  Matrix<T> applied(const Matrix<T>& x) const {
    auto y = Matrix<T>::uninitialised(a_.rows(), x.cols());
    a_.apply(x, y.view(), workers_);
    return y;
  }

  // A^H Lj and A Rj. @returns true when there is no more to do
  bool step() {
    workers_.poll();
    const View<const T> newest = left_.block(newest_);
    const Index strangers = looking_elsewhere_ ? block_ : 0;
    looking_elsewhere_ = false;
    Matrix<T> z(a_.cols(), newest.cols + strangers);
    if (newest.cols > 0) {
      auto image = Matrix<T>::uninitialised(a_.cols(), newest.cols);
      a_.apply_adjoint(newest, image.view(), workers_);
      copy(reading(image), z.view().columns(0, newest.cols));
    }
    if (strangers > 0) fill_normal(z.view().columns(newest.cols, strangers), Random(options_.key, ++draws_));
    const Index first = right_.size();
    right_.extend(std::move(z), workers_);
    const View<const T> fresh = right_.block(first);
    Matrix<T> y = Matrix<T>::uninitialised(a_.rows(), fresh.cols);
    a_.apply(fresh, y.view(), workers_);
    newest_ = left_.size();
    left_.extend(y.copy(), workers_);
    multiply<T>(Op::adjoint, left_.view(), Op::none, y, projected_.view().block(0, first, left_.size(), fresh.cols),
                workers_);
    coupling_ = projected_.view().block(newest_, first, left_.size() - newest_, fresh.cols);
    ++found_.steps;
    return is_enough();
  }

  bool is_enough() {
    const bool full = right_.room() == 0 || right_.size() >= std::min(a_.rows(), a_.cols());
    const bool closed = left_.size() == newest_;  // A R brings nothing new: the space is closed under A^H A
    if (!full && !closed && (right_.size() < k_ + k_ / 2 || right_.size() < checked_ + block_ / 2)) return false;
    checked_ = right_.size();
    ritz_ = small_svd<T>(reading(projected_).block(0, 0, left_.size(), right_.size()));
    const Shares shares = measure();
    const double round_off = 16.0 * eps<T> * eps<T> * static_cast<double>(k_);
    const bool settled = closed || shares.missing <= std::max(0.5 * options_.excess * shares.rest, round_off);
    found_.converged = settled || right_.size() >= std::min(a_.rows(), a_.cols());
    if (full || !settled) return full;
    looking_elsewhere_ = misses_something(shares);
    return !looking_elsewhere_;
  }

  struct Shares {
    double kept = 0.0, rest = 0.0, missing = 0.0, outside = 0.0, last = 0.0;
  };

  // A singular value that is repeated more often than the block is wide, exactly, does not show all its vectors to a
  // Krylov space, however small the residuals. Nothing is missing if the norm of A outside the space is below the last
  // value that is wanted; otherwise a few random vectors outside, after two power steps, show whether A stretches any
  // by more.
  bool misses_something(const Shares& shares) {
    if (right_.size() >= std::min(a_.rows(), a_.cols())) return false;
    const bool enough = static_cast<Index>(ritz_.values.size()) >= std::min(k_, limit_);
    if (shares.outside <= 1e3 * eps<T> * (shares.kept + shares.rest) || (enough && shares.outside < shares.last))
      return false;
    Matrix<T> x(a_.cols(), 4), y(a_.rows(), 4);
    fill_normal(x.view(), Random(options_.key, ++draws_));
    const double limit = 1.01 * std::sqrt(shares.last) * static_cast<double>(ritz_.values[0]);
    for (int power = 0; power < 3; ++power) {
      if (power > 0) a_.apply_adjoint(y, x.view(), workers_);
      project_out<T>(right_.view(), x.view(), 1, workers_);
      normalise(x.view());
      a_.apply(x, y.view(), workers_);
    }
    const std::vector<double> stretched = column_norms<T>(y, workers_);
    return *std::max_element(stretched.begin(), stretched.end()) > limit;
  }

  void normalise(View<T> x) const {
    const std::vector<double> lengths = column_norms<T>(x, workers_);
    for (Index i = 0; i < x.rows; ++i)
      for (Index j = 0; j < x.cols; ++j)
        if (const double length = lengths[static_cast<std::size_t>(j)]; length > 0.0)
          x(i, j) /= static_cast<Real<T>>(length);
  }

  // Sums of squares in units of the largest value. What of the leading sigma^2 is missing is at most of the order of
  // the squared residuals; it is compared with what remains in any case, of which there are two lower bounds: the
  // further values, and |A|_F^2 less the leading ones, where rounding leaves something of it.
  Shares measure() const {
    Shares shares;
    const double largest = ritz_.values.empty() ? 0.0 : static_cast<double>(ritz_.values[0]);
    if (largest == 0.0) return shares;
    for (std::size_t i = 0; i < ritz_.values.size(); ++i) {
      const double value = static_cast<double>(ritz_.values[i]) / largest;
      (static_cast<Index>(i) < k_ ? shares.kept : shares.rest) += value * value;
      if (static_cast<Index>(i) == k_ - 1) shares.last = value * value;
    }
    for (Index i = 0; i < std::min(k_, ritz_.u.cols()); ++i) {
      const double r = residual<T>(ritz_, coupling_, i) / largest;
      shares.missing += r * r;
    }
    const double total = found_.norm / largest, all = total * total;
    shares.outside = std::max(0.0, all - shares.kept - shares.rest);
    if (all - shares.kept > 1e3 * eps<T> * shares.kept) shares.rest = std::max(shares.rest, all - shares.kept);
    return shares;
  }

  TruncatedSvd<T> finish() {
    const Index p = std::min(k_, static_cast<Index>(ritz_.values.size()));
    found_.svd.u = product<T>(Op::none, left_.view(), Op::none, reading(ritz_.u).columns(0, p), workers_);
    found_.svd.vh = product<T>(Op::none, reading(ritz_.vh).row_range(0, p), Op::adjoint, right_.view(), workers_);
    found_.svd.values.assign(ritz_.values.begin(), ritz_.values.begin() + p);
    found_.method = SvdMethod::block_krylov;
    return std::move(found_);
  }

  const LinearOperator<T>& a_;
  Index k_;
  const SvdOptions& options_;
  const Workers& workers_;
  Index block_, limit_;
  Basis<T> left_, right_;
  Matrix<T> projected_;
  View<const T> coupling_;
  Svd<T> ritz_;
  TruncatedSvd<T> found_;
  Index newest_ = 0, checked_ = 0;
  bool looking_elsewhere_ = false;  // new random columns join in the next step
  std::uint64_t draws_ = 0;
};

template <class T>
TruncatedSvd<T> by_range(const LinearOperator<T>& a, Index k, const SvdOptions& options, const Workers& workers) {
  const Index l = std::min({k + options.oversample, a.rows(), a.cols()});
  Matrix<T> right(a.cols(), l), left(a.rows(), l);
  fill_normal(right.view(), Random(options.key, 1));
  Index size = l;
  const auto to_left = [&] {
    a.apply(reading(right).columns(0, size), left.view().columns(0, size), workers);
    size = orthonormalise(left.view().columns(0, size), workers);
  };
  const auto to_right = [&] {
    a.apply_adjoint(reading(left).columns(0, size), right.view().columns(0, size), workers);
  };
  to_left();
  TruncatedSvd<T> found;
  for (; found.steps < options.power_iterations; ++found.steps) {
    workers.poll();
    to_right();
    size = orthonormalise(right.view().columns(0, size), workers);
    to_left();
  }
  to_right();  // A^H L = (L^H A)^H
  const ThinQr<T> qr = thin_qr<T>(reading(right).columns(0, size), workers);
  // L^H A = (Q R)^H = R^H Q^H, and the decomposition of R is that of R^H turned over.
  const Svd<T> small = small_svd<T>(transposed(reading(qr.r), true));
  const Index p = std::min(k, static_cast<Index>(small.values.size()));
  found.svd.u = product<T>(Op::none, reading(left).columns(0, size), Op::none, reading(small.u).columns(0, p), workers);
  found.svd.vh = product<T>(Op::none, reading(small.vh).row_range(0, p), Op::adjoint, qr.q, workers);
  found.svd.values.assign(small.values.begin(), small.values.begin() + p);
  found.norm = a.frobenius(workers);
  found.method = SvdMethod::randomized;
  return found;
}

// Columns and rows for values that are zero, so that there are k of them.
template <class T>
void complete(Svd<T>& svd, Index rows, Index cols, Index k, const SvdOptions& options, const Workers& workers) {
  const auto have = static_cast<Index>(svd.values.size());
  if (have == k) return;
  const auto grown = [&](View<const T> old, Index n, std::uint64_t stream) {
    Matrix<T> all(n, k), more(n, std::min(n, k - have + 5));
    copy(old, all.view().columns(0, have));
    for (Index size = have; size < k;) {
      fill_normal(more.view(), Random(options.key, stream++));
      const Index found = std::min(extend_basis<T>(reading(all).columns(0, size), more.view(), workers), k - size);
      copy(reading(more).columns(0, found), all.view().columns(size, found));
      size += found;
    }
    return all;
  };
  svd.u = grown(svd.u, rows, 1u << 20);
  svd.vh = transposed(reading(grown(transposed(reading(svd.vh), true), cols, 1u << 21)), true);
  svd.values.resize(static_cast<std::size_t>(k), Real<T>{});
}

}  // namespace

template <class T>
TruncatedSvd<T> truncated_svd(const LinearOperator<T>& a, Index k, const SvdOptions& options, const Workers& workers) {
  const Index most = std::min(a.rows(), a.cols());
  if (k < 1 || k > most)
    throw std::domain_error("the rank must lie in [1, " + std::to_string(most) + "], since the matrix is " +
                            std::to_string(a.rows()) + " x " + std::to_string(a.cols()) + "; it is " +
                            std::to_string(k));
  if (options.method == SvdMethod::exact)
    throw std::invalid_argument("the method 'exact' needs the elements of the matrix");
  TruncatedSvd<T> found = options.method == SvdMethod::randomized ? by_range(a, k, options, workers)
                                                                  : BlockKrylov<T>(a, k, options, workers).run();
  complete(found.svd, a.rows(), a.cols(), k, options, workers);
  fix_signs(found.svd.u.view(), found.svd.vh.view());
  // u s vh is A vh^H vh, or u u^H A, so |A|^2 = |u s vh|^2 + error^2, as long as rounding leaves enough of the
  // difference.
  double share = 0.0;
  for (const Real<T> value : found.svd.values)
    share += found.norm > 0.0 ? std::pow(static_cast<double>(value) / found.norm, 2) : 0.0;
  if (found.norm == 0.0) return found;
  if (1.0 - share > 1e6 * eps<T>) {
    found.error = found.norm * std::sqrt(1.0 - share);
    return found;
  }
  Matrix<T> left = found.svd.u.copy();
  for (Index i = 0; i < left.rows(); ++i)
    for (Index j = 0; j < k; ++j) left(i, j) *= found.svd.values[static_cast<std::size_t>(j)];
  found.error = a.distance_to(left, found.svd.vh, workers);
  return found;
}

template TruncatedSvd<float> truncated_svd<float>(const LinearOperator<float>&, Index, const SvdOptions&,
                                                  const Workers&);
template TruncatedSvd<double> truncated_svd<double>(const LinearOperator<double>&, Index, const SvdOptions&,
                                                    const Workers&);
template TruncatedSvd<Complex> truncated_svd<Complex>(const LinearOperator<Complex>&, Index, const SvdOptions&,
                                                      const Workers&);

}  // namespace orrery::matrix
