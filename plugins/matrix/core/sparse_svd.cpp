// Leading singular values and vectors of a sparse matrix.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/sparse_svd.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/orthonormal.hpp"
#include "plugins/matrix/core/product.hpp"

namespace orrery::matrix {
namespace {

void require_between(const char* name, Index value, Index least, Index most) {
  if (value < least || value > most)
    throw std::invalid_argument(std::string(name) + " must be from " + std::to_string(least) + " to " +
                                std::to_string(most) + "; it is " + std::to_string(value));
}

// The power of two that brings the largest value near 1, so that squares stay in range.
template <class T>
int taming_exponent(const Csr<T>& a) {
  double largest = 0.0;
  for (std::size_t k = 0; k < a.values.size(); ++k) {
    const auto size = static_cast<double>(std::abs(a.values[k]));
    if (!(size <= std::numeric_limits<double>::max()))
      throw std::invalid_argument("value " + std::to_string(k) + " must be finite");
    largest = std::max(largest, size);
  }
  return largest > 0.0 ? -std::ilogb(largest) : 0;
}

template <class T>
T scaled(const T& x, int exponent) {
  if constexpr (is_complex<T>) return T(std::ldexp(x.real(), exponent), std::ldexp(x.imag(), exponent));
  else return std::ldexp(x, exponent);
}

// A space under way: a basis q of it on the left side, and w = A^H q.
template <class T>
class KrylovSpace {
 public:
  KrylovSpace(const Csr<T>& a, const Workers& workers)
      : adjoint_(transposed_csr(a, true)),
        a_(transposed_csr(adjoint_.view(), true)),
        workers_(workers),
        q_(a.rows, 0),
        w_(a.cols, 0) {}

  bool is_full() const { return size_ == std::min(a_.rows, a_.cols); }
  const CsrMatrix<T>& matrix() const { return a_; }

  /// Adds A x to the space; false if it is there already.
  bool add(Matrix<T> x) {
    Matrix<T> y = Matrix<T>::uninitialised(q_.rows(), x.cols());
    multiply_sparse<T>(a_.view(), x, y.view(), workers_);
    const Index least = std::min(a_.rows, a_.cols);
    const Index fresh = std::min(extend_basis<T>(basis(), y.view(), workers_), least - size_);
    if (fresh == 0) return false;
    if (size_ + fresh > q_.cols()) grow(std::min(least, 2 * (size_ + fresh)));
    copy<T>(reading(y).columns(0, fresh), q_.view().columns(size_, fresh));
    Matrix<T> image(w_.rows(), fresh);
    multiply_sparse<T>(adjoint_.view(), reading(q_).columns(size_, fresh), image.view(), workers_);
    copy<T>(image, w_.view().columns(size_, fresh));
    last_ = fresh;
    size_ += fresh;
    return true;
  }
  /// The next block: what A^H makes of the last one, as an orthonormal basis.
  Matrix<T> next() const {
    Matrix<T> x = Matrix<T>::copy_of(reading(w_).columns(size_ - last_, last_));
    const Index rank = orthonormalise<T>(x.view(), workers_);
    return Matrix<T>::copy_of(reading(x).columns(0, rank));
  }
  View<const T> basis() const { return reading(q_).columns(0, size_); }
  View<const T> image() const { return reading(w_).columns(0, size_); }

 private:
  void grow(Index capacity) {
    Matrix<T> q(a_.rows, capacity), w(a_.cols, capacity);
    copy<T>(basis(), q.view().columns(0, size_));
    copy<T>(image(), w.view().columns(0, size_));
    q_ = std::move(q), w_ = std::move(w);
  }

  CsrMatrix<T> adjoint_, a_;
  const Workers& workers_;
  Matrix<T> q_, w_;  // with room for more
  Index size_ = 0, last_ = 0;
};

// |A - u s vh|, by blocks of rows.
template <class T>
double formed_error(const CsrMatrix<T>& a, const Svd<T>& svd, const Workers& workers) {
  constexpr Index height = 128;
  double norm = 0.0;
  for (Index first = 0; first < a.rows; first += height) {
    workers.poll();
    Matrix<T> left = Matrix<T>::copy_of(reading(svd.u).row_range(first, std::min(height, a.rows - first)));
    for (Index i = 0; i < left.rows(); ++i)
      for (Index k = 0; k < left.cols(); ++k) left(i, k) *= svd.values[static_cast<std::size_t>(k)];
    Matrix<T> block = product<T>(Op::none, left, Op::none, svd.vh, workers);
    for (Index i = 0; i < left.rows(); ++i) {
      const auto row = static_cast<std::size_t>(first + i);
      for (auto k = static_cast<std::size_t>(a.starts[row]); k < static_cast<std::size_t>(a.starts[row + 1]); ++k)
        block(i, a.columns[k]) -= a.values[k];
    }
    norm = std::hypot(norm, frobenius_norm<T>(block, workers));
  }
  return norm;
}

// The leading part of q w^H, by the singular values of the triangular factor of w.
template <class T>
Svd<T> leading(const KrylovSpace<T>& space, Index rank, const Workers& workers) {
  const ThinQr<T> qr = thin_qr<T>(space.image(), workers);
  const Svd<T> small = small_svd<T>(qr.r);
  const Index k = std::min(rank, static_cast<Index>(small.values.size()));
  Svd<T> result;
  result.values.assign(small.values.begin(), small.values.begin() + k);
  result.u = product<T>(Op::none, space.basis(), Op::adjoint, reading(small.vh).row_range(0, k), workers);
  const Matrix<T> v = product<T>(Op::none, qr.q, Op::none, reading(small.u).columns(0, k), workers);
  result.vh = transposed<T>(reading(v), true);
  fix_signs<T>(result.u.view(), result.vh.view());
  return result;
}

// The sum of the squares of the leading singular values of w.
template <class T>
double kept_square(View<const T> image, Index rank, const Workers& workers) {
  const HermitianEigen<T> eigen = small_eigen<T>(gram<T>(image, workers));
  double sum = 0.0;
  for (std::size_t k = 0; k < std::min(eigen.values.size(), static_cast<std::size_t>(rank)); ++k)
    sum += std::max(0.0, static_cast<double>(eigen.values[k]));
  return sum;
}

// Adds blocks until the best approximation in the space has settled.
template <class T>
void build(KrylovSpace<T>& space, Matrix<T> x, double norm, const SparseSvdOptions& options, SparseSvd<T>& result,
           const Workers& workers) {
  const double round_off = 4.0 * static_cast<double>(std::numeric_limits<Real<T>>::epsilon()) * norm * norm;
  double kept = 0.0;
  result.converged = false;
  while (!result.converged && result.steps < options.most_steps) {
    workers.poll();
    ++result.steps;
    // A space that nothing can be added to holds all that A does to it: a random one then holds all of A.
    if (!space.add(std::move(x)) || space.is_full()) return void(result.converged = true);
    const double before = kept;
    kept = kept_square<T>(space.image(), options.rank, workers);
    result.converged = space.basis().cols >= options.rank && result.steps > 1 &&
                       kept - before <= options.excess * (norm * norm - kept) + round_off;
    x = space.next();
  }
}

}  // namespace

template <class T>
SparseSvd<T> sparse_svd(const Csr<T>& given, const SparseSvdOptions& options, const Random& random,
                        const Workers& workers) {
  if (given.rows < 1 || given.cols < 1)
    throw std::invalid_argument("the matrix must have rows and columns; it is " + std::to_string(given.rows) + " x " +
                                std::to_string(given.cols));
  require_between("the rank", options.rank, 1, std::min(given.rows, given.cols));
  require_between("the block", options.block, 0, std::min(given.rows, given.cols));
  require_between("most_steps", options.most_steps, 1, 100000);
  const int exponent = taming_exponent(given);
  std::vector<T> values;
  for (const T& value : given.values) values.push_back(scaled(value, exponent));
  const Index block = options.block > 0 ? options.block : std::min((options.rank + 3) / 4 + 2, given.cols);
  KrylovSpace<T> space({given.rows, given.cols, given.starts, given.columns, values}, workers);
  const std::vector<T>& summed = space.matrix().values;
  const double norm = frobenius_norm<T>(View<const T>(summed.data(), 1, static_cast<Index>(summed.size())), workers);
  Matrix<T> x(given.cols, block);
  fill_normal<T>(x.view(), random);
  SparseSvd<T> result;
  build(space, std::move(x), norm, options, result, workers);
  result.svd = leading(space, options.rank, workers);
  double kept = 0.0;
  for (const Real<T> value : result.svd.values) kept += static_cast<double>(value) * static_cast<double>(value);
  const double square = norm * norm - kept, clear = std::is_same_v<T, float> ? 1e-2 : 1e-6;
  const double error =
      square > clear * norm * norm ? std::sqrt(square) : formed_error(space.matrix(), result.svd, workers);
  for (Real<T>& value : result.svd.values) value = std::ldexp(value, -exponent);
  result.norm = std::ldexp(norm, -exponent);
  result.error = std::ldexp(error, -exponent);
  return result;
}

#define ORRERY_INSTANTIATE(T) \
  template SparseSvd<T> sparse_svd<T>(const Csr<T>&, const SparseSvdOptions&, const Random&, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
