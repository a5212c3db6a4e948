// The middle matrices of CUR decompositions.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/cur.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/matrix/core/interpolation.hpp"
#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/orthonormal.hpp"
#include "plugins/matrix/core/product.hpp"
#include "plugins/matrix/core/small_svd.hpp"

namespace orrery::matrix {
namespace {

void check(const std::vector<Index>& chosen, Index count, const char* what) {
  if (chosen.empty()) throw std::invalid_argument(std::string("at least one of the ") + what + " has to be chosen");
  for (const Index i : chosen)
    if (i < 0 || i >= count)
      throw std::out_of_range(std::string("an index of ") + what + " must be between 0 and " +
                              std::to_string(count - 1) + "; it is " + std::to_string(i));
}

// The pseudo-inverse of a small matrix, and the ratio of its extreme singular values.
template <class T>
Matrix<T> small_pseudo_inverse(In<T> a, double* condition = nullptr) {
  const Svd<T> svd = small_svd<T>(a);
  const double first = svd.values.empty() ? 0.0 : svd.values.front();
  const double limit = first * static_cast<double>(std::max(a.rows, a.cols)) * std::numeric_limits<Real<T>>::epsilon();
  Matrix<T> scaled = svd.vh.copy();
  for (Index i = 0; i < scaled.rows(); ++i) {
    const double value = svd.values[static_cast<std::size_t>(i)];
    const auto factor = static_cast<Real<T>>(value > limit ? 1.0 / value : 0.0);
    for (T& x : scaled.view().row(i)) x *= factor;
  }
  if (condition)
    *condition = svd.values.empty() || svd.values.back() == 0 ? std::numeric_limits<double>::infinity()
                                                              : first / svd.values.back();
  return product<T>(Op::adjoint, scaled, Op::adjoint, svd.u);
}

template <class T>
Matrix<T> rows_of(In<T> a, const std::vector<Index>& rows) {
  auto out = Matrix<T>::uninitialised(static_cast<Index>(rows.size()), a.cols);
  for (std::size_t i = 0; i < rows.size(); ++i) std::copy_n(&a(rows[i], 0), a.cols, &out(static_cast<Index>(i), 0));
  return out;
}

// c^+ a r^+ from orthonormal bases of the columns of c and of r^H.
template <class T>
Matrix<T> optimal_middle(In<T> a, In<T> c, In<T> r, const Workers& workers) {
  const ThinQr<T> left = thin_qr<T>(c, workers), right = thin_qr<T>(transposed<T>(r, true), workers);
  const Matrix<T> core =
      product<T>(Op::adjoint, left.q, Op::none, product<T>(Op::none, a, Op::none, right.q, workers), workers);
  return product<T>(Op::none, product<T>(Op::none, small_pseudo_inverse<T>(left.r), Op::none, core), Op::adjoint,
                    small_pseudo_inverse<T>(right.r));
}

template <class T>
double left_over(In<T> a, const Cur<T>& made, const Workers& workers) {
  constexpr Index rows_at_once = 512;
  double error = 0.0;
  for (Index begin = 0; begin < a.rows; begin += rows_at_once) {
    workers.poll();
    const Index n = std::min(rows_at_once, a.rows - begin);
    Matrix<T> part = Matrix<T>::copy_of(a.row_range(begin, n));
    const Matrix<T> cu = product<T>(Op::none, reading(made.c).row_range(begin, n), Op::none, made.u, workers);
    multiply_add<T>(-1, Op::none, cu, Op::none, made.r, part.view(), workers);
    error = std::hypot(error, frobenius_norm<T>(part, workers));
  }
  return error;
}

}  // namespace

template <class T>
Cur<T> cur(In<T> a, const std::vector<Index>& columns, const std::vector<Index>& rows, Middle middle,
           const Workers& workers) {
  check(columns, a.cols, "columns");
  check(rows, a.rows, "rows");
  Cur<T> made;
  made.c = columns_of<T>(a, columns);
  made.r = rows_of<T>(a, rows);
  Matrix<T> inverse = small_pseudo_inverse<T>(rows_of<T>(made.c, rows), &made.condition);
  made.u = middle == Middle::cross ? std::move(inverse) : optimal_middle<T>(a, made.c, made.r, workers);
  made.error = left_over<T>(a, made, workers);
  return made;
}

#define ORRERY_INSTANTIATE(T) \
  template Cur<T> cur<T>(In<T>, const std::vector<Index>&, const std::vector<Index>&, Middle, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
