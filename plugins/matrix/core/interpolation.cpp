// Coefficients of interpolations and the norms of what they leave.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/interpolation.hpp"

#include <cmath>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/pivoted_qr.hpp"
#include "plugins/matrix/core/product.hpp"
#include "plugins/matrix/core/row_orthonormal.hpp"
#include "plugins/matrix/core/row_sums.hpp"

namespace orrery::matrix {
namespace {

constexpr Index rows_at_once = 512;

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

// Powers of two that bring columns near length 1.
template <class T>
std::vector<Real<T>> scales_of(In<T> columns, const Workers& workers) {
  std::vector<Real<T>> scales;
  for (const double norm : column_norms<T>(columns, workers))
    scales.push_back(norm > 0.0 ? static_cast<Real<T>>(std::ldexp(1.0, -std::clamp(std::ilogb(norm), -1020, 1020)))
                                : Real<T>{1});
  return scales;
}

// (c scaled)^H.
template <class T>
Matrix<T> scaled_adjoint(In<T> c, const std::vector<Real<T>>& scales, const Workers& workers) {
  auto x = Matrix<T>::uninitialised(c.cols, c.rows);
  workers.for_each(c.rows, rows_at_once, [&](Index from, Index to) {
    transpose_into<T>(c.row_range(from, to - from), x.view().columns(from, to - from), true);
    for (Index i = 0; i < x.rows(); ++i)
      for (Index j = from; j < to; ++j) x(i, j) *= scales[at(i)];
  });
  return x;
}

template <class T>
void set_identity(Interpolation<T>& found) {
  for (Index i = 0; i < found.z.rows(); ++i)
    for (Index s = 0; s < found.z.rows(); ++s) found.z(i, found.skeleton[at(s)]) = T(i == s ? Real<T>{1} : Real<T>{0});
}

// z for independent columns c of a with a guide for their factor; false if the guide or the columns are not good
// enough.
template <class T>
bool guided(In<T> a, In<T> c, const Matrix<T>& guide, Matrix<T>& z, const Workers& workers) {
  const std::vector<Real<T>> scales = scales_of<T>(c, workers);
  Matrix<T> r = guide.copy();
  for (Index i = 0; i < r.rows(); ++i)
    for (Index j = 0; j < r.cols(); ++j) r(i, j) *= scales[at(j)];
  for (Index i = 0; i < r.rows(); ++i)
    if (r(i, i) == T{}) return false;
  Matrix<T> x = scaled_adjoint<T>(c, scales, workers);
  solve_upper_adjoint<T>(r, x, workers);
  if (!orthonormalise_rows<T>(x, r, workers)) return false;
  z = product<T>(Op::none, x, Op::none, a, workers);
  solve_upper<T>(r, z, workers);
  for (Index i = 0; i < z.rows(); ++i)
    for (T& value : z.view().row(i)) value *= scales[at(i)];
  return true;
}

}  // namespace

template <class T>
Matrix<T> columns_of(In<T> a, const std::vector<Index>& chosen, const Workers& workers) {
  auto c = Matrix<T>::uninitialised(a.rows, static_cast<Index>(chosen.size()));
  workers.for_each(a.rows, rows_at_once, [&](Index from, Index to) {
    for (Index i = from; i < to; ++i)
      for (std::size_t s = 0; s < chosen.size(); ++s) c(i, static_cast<Index>(s)) = a(i, chosen[s]);
  });
  return c;
}

template <class T>
Interpolation<T> interpolate(In<T> a, std::vector<Index> skeleton, const Matrix<T>* guide, const Workers& workers) {
  Interpolation<T> found;
  found.skeleton = std::move(skeleton);
  const Matrix<T> c = columns_of<T>(a, found.skeleton, workers);
  if (!guide || !guided<T>(a, c, *guide, found.z, workers)) {
    PivotedQr<T> qr = pivoted_qr<T>(c, {}, workers);
    found.deficient = static_cast<std::size_t>(qr.pivots.size()) < found.skeleton.size();
    std::vector<Index>& order = qr.pivots;
    Matrix<T> z;
    while (!order.empty() && !guided<T>(a, columns_of<T>(c, order), upper_triangle(qr.rows, order), z, workers)) {
      order.pop_back();
      found.deficient = true;
    }
    // Rows of z stand in the order of the pivots; the skeleton keeps its own.
    std::vector<Index> place(order.size());
    for (std::size_t s = 0; s < order.size(); ++s) place[s] = static_cast<Index>(s);
    std::sort(place.begin(), place.end(), [&](Index s, Index t) { return order[at(s)] < order[at(t)]; });
    std::vector<Index> kept;
    found.z = Matrix<T>::uninitialised(static_cast<Index>(order.size()), a.cols);
    for (std::size_t s = 0; s < place.size(); ++s) {
      kept.push_back(found.skeleton[at(order[at(place[s])])]);
      std::copy_n(&z(place[s], 0), a.cols, &found.z(static_cast<Index>(s), 0));
    }
    found.skeleton = std::move(kept);
  }
  set_identity(found);
  return found;
}

template <class T>
Interpolation<T> interpolate_rows(std::vector<Index> pivots, const Matrix<T>& rows, const Workers& workers) {
  Interpolation<T> found;
  found.z = rows.copy();
  solve_upper<T>(upper_triangle(rows, pivots), found.z, workers);
  found.skeleton = std::move(pivots);
  set_identity(found);
  return found;
}

template <class T>
double largest_entry(In<T> z) {
  double largest = 0.0;
  for (Index i = 0; i < z.rows; ++i)
    for (const T& x : z.row(i)) largest = std::max<double>(largest, square_magnitude(x));
  return std::sqrt(largest);
}

template <class T>
Residual residual(In<T> a, const Interpolation<T>& found, const Workers& workers) {
  Residual out;
  out.columns.assign(at(a.cols), 0.0);
  for (Index begin = 0; begin < a.rows; begin += rows_at_once) {
    workers.poll();
    const Index n = std::min(rows_at_once, a.rows - begin);
    Matrix<T> part = Matrix<T>::copy_of(a.row_range(begin, n));
    if (!found.skeleton.empty())
      multiply_add<T>(-1, Op::none, columns_of<T>(a.row_range(begin, n), found.skeleton), Op::none, found.z,
                      part.view(), workers);
    const std::vector<double> norms = column_norms<T>(part, workers);
    for (std::size_t j = 0; j < norms.size(); ++j) out.columns[j] = std::hypot(out.columns[j], norms[j]);
  }
  for (const double norm : out.columns) out.frobenius = std::hypot(out.frobenius, norm);
  return out;
}

#define ORRERY_INSTANTIATE(T)                                                                            \
  template Matrix<T> columns_of<T>(In<T>, const std::vector<Index>&, const Workers&);                    \
  template Interpolation<T> interpolate<T>(In<T>, std::vector<Index>, const Matrix<T>*, const Workers&); \
  template Interpolation<T> interpolate_rows<T>(std::vector<Index>, const Matrix<T>&, const Workers&);   \
  template double largest_entry<T>(In<T>);                                                               \
  template Residual residual<T>(In<T>, const Interpolation<T>&, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
