// One sparse sketch, and what is chosen from it.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/sketched_selection.hpp"

#include <cmath>
#include <limits>

#include "plugins/matrix/core/lu_columns.hpp"
#include "plugins/matrix/core/near_optimal.hpp"
#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/pivoted_qr.hpp"
#include "plugins/matrix/core/product.hpp"
#include "plugins/matrix/core/row_orthonormal.hpp"
#include "plugins/matrix/core/row_sums.hpp"
#include "plugins/matrix/core/sketch.hpp"

namespace orrery::matrix {
namespace {

// Streams of random numbers.
enum Stream : std::uint64_t { of_sketch = 1, of_mixing = 2, of_residual = 3 };

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

// The matrix itself where a sketch would not be much smaller.
template <class T>
Matrix<T> sketch_of(In<T> a, Index count, const Random& random, const Workers& workers) {
  Matrix<T> y = a.rows <= count + count / 2
                    ? Matrix<T>::copy_of(a)
                    : sketched<T>(SketchKind::sparse_sign, a, count, random.stream(of_sketch), workers);
  constexpr double room = std::is_same_v<Real<T>, float> ? 1e10 : 1e100;
  const double largest = largest_magnitude<T>(y, workers);
  if (!(largest == 0.0 || (largest > 1.0 / room && largest < room))) throw SketchOutOfRange{};
  return y;
}

// Brings rows to length 1 and makes them orthonormal.
template <class T>
bool make_basis(Matrix<T>& rows, const Workers& workers) {
  for (Index i = 0; i < rows.rows(); ++i) {
    const double length = frobenius_norm<T>(reading(rows).row_range(i, 1));
    if (!(length > 0.0)) return false;
    for (T& x : rows.view().row(i)) x /= static_cast<Real<T>>(length);
  }
  Matrix<T> unused = Matrix<T>::identity(rows.rows());
  return orthonormalise_rows<T>(rows, unused, workers);
}

// Orthonormal rows near the first right singular vectors of y: those of R, after one step of the orthogonal iteration.
// Each stays with its own singular value, so that rows brought to length 1 are well conditioned at any spectrum.
template <class T>
bool row_basis(In<T> y, const PivotedQr<T>& qr, Matrix<T>& basis, const Workers& workers) {
  basis = qr.rows.copy();
  if (!make_basis(basis, workers)) return false;
  Matrix<T> left = product<T>(Op::none, basis, Op::adjoint, y, workers);
  if (!make_basis(left, workers)) return true;
  Matrix<T> better = product<T>(Op::none, left, Op::none, y, workers);
  if (make_basis(better, workers)) basis = std::move(better);
  return true;
}

// A sketch of y - (y basis^H) basis, of some dozens of rows.
template <class T>
Matrix<T> residual_sketch(In<T> y, In<T> basis, const Random& random, const Workers& workers) {
  constexpr Index most = 32;
  Matrix<T> left;
  if (y.rows <= most) {
    left = Matrix<T>::copy_of(y);
  } else {
    Matrix<T> mix(most, y.rows);
    fill_normal<T>(mix, random.stream(of_residual));
    left = product<T>(Op::none, mix, Op::none, y, workers);
  }
  for (int pass = 0; pass < 2; ++pass) {
    const Matrix<T> parts = product<T>(Op::none, left, Op::adjoint, basis, workers);
    multiply_add<T>(-1, Op::none, parts, Op::none, basis, left, workers);
  }
  return left;
}

// A choice of columns, the factor of the sketch of them, and what they leave of the sketch.
template <class T>
struct Ballot {
  std::vector<Index> columns;
  Matrix<T> factor;
  double left = std::numeric_limits<double>::infinity();
};

template <class T>
Ballot<T> by_pivots(const PivotedQr<T>& qr) {
  Ballot<T> ballot{qr.pivots, upper_triangle(qr.rows, qr.pivots), 0.0};
  for (const double norm : qr.left) ballot.left = std::hypot(ballot.left, norm);
  return ballot;
}

template <class T>
Ballot<T> by_residual(In<T> y, const PivotedQr<T>& qr, const Random& random, const Workers& workers) {
  Ballot<T> ballot;
  Matrix<T> basis;
  if (qr.pivots.empty() || qr.deficient || !row_basis<T>(y, qr, basis, workers)) return ballot;
  const std::vector<Index> columns =
      near_optimal_columns<T>(basis, residual_sketch<T>(y, basis, random, workers), workers);
  const PivotedQr<T> inner = pivoted_qr<T>(columns_of<T>(y, columns), {}, workers);
  if (inner.pivots.size() < qr.pivots.size()) return ballot;
  for (const Index pivot : inner.pivots) ballot.columns.push_back(columns[at(pivot)]);
  ballot.factor = upper_triangle(inner.rows, inner.pivots);
  ballot.left = residual<T>(y, interpolate<T>(y, ballot.columns, &ballot.factor, workers), workers).frobenius;
  return ballot;
}

}  // namespace

template <class T>
Interpolation<T> fast_interpolation(In<T> a, Index rank, const Random& random, const Workers& workers) {
  const Matrix<T> y = sketch_of<T>(a, std::max(2 * rank, rank + 16), random, workers);
  Matrix<T> mix(std::min(rank, y.rows()), y.rows());
  fill_signs<T>(mix, random.stream(of_mixing));
  const LuColumns<T> lu = lu_columns<T>(product<T>(Op::none, mix, Op::none, y, workers), workers);
  const Matrix<T> guide = upper_triangle(lu.rows, lu.pivots);
  Interpolation<T> found = interpolate<T>(y, lu.pivots, &guide, workers);
  found.deficient |= static_cast<Index>(lu.pivots.size()) < rank;
  return found;
}

template <class T>
Interpolation<T> fine_interpolation(In<T> a, Index rank, const Random& random, const Workers& workers) {
  const Matrix<T> y = sketch_of<T>(a, std::max(2 * rank, rank + 100), random, workers);
  const PivotedQr<T> qr = pivoted_qr<T>(y, {.rank = rank}, workers);
  const Ballot<T> one = by_pivots(qr), other = by_residual<T>(y, qr, random, workers);
  const Ballot<T>& best = other.left < one.left ? other : one;
  Interpolation<T> found = interpolate<T>(a, best.columns, &best.factor, workers);
  found.deficient |= qr.deficient;
  return found;
}

#define ORRERY_INSTANTIATE(T)                                                                   \
  template Interpolation<T> fast_interpolation<T>(In<T>, Index, const Random&, const Workers&); \
  template Interpolation<T> fine_interpolation<T>(In<T>, Index, const Random&, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
