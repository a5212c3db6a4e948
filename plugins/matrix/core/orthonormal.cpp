// Orthonormal bases of the columns of tall matrices.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/orthonormal.hpp"

#include <cmath>
#include <limits>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/product.hpp"

namespace orrery::matrix {
namespace {

template <class T>
constexpr double eps = std::numeric_limits<Real<T>>::epsilon();

// A Gram matrix whose pivots are above this has a condition of about eps^-1/4, which two passes cure.
template <class T>
double safe_pivot() {
  return std::sqrt(eps<T>);
}

template <class T>
double outside_least(Index rows) {
  return 16.0 * eps<T> * std::sqrt(static_cast<double>(rows));
}

template <class T>
void swap_columns(View<T> a, Index i, Index j) {
  if (i == j) return;
  for (Index row = 0; row < a.rows; ++row) std::swap(a(row, i), a(row, j));
}

template <class T>
void zero_columns(View<T> a, Index first) {
  for (Index i = 0; i < a.rows; ++i)
    for (Index j = first; j < a.cols; ++j) a(i, j) = T{};
}

// What is known of a column besides its elements: its length, and the length of its first form in units of which it is
// held now. Both are needed to say how much of a column remains.
struct Column {
  double norm = 0.0, unit = 1.0, limit = 0.0;
};

// Lengths become 1 <= length < 2, by powers of two: in two factors, since one cannot reach across the whole range.
template <class T>
void scale_columns(View<T> a, std::vector<Column>& columns) {
  std::vector<double> half(columns.size()), rest(columns.size());
  for (std::size_t j = 0; j < columns.size(); ++j) {
    const int exponent = -std::ilogb(columns[j].norm);
    half[j] = std::ldexp(1.0, exponent / 2), rest[j] = std::ldexp(1.0, exponent - exponent / 2);
    columns[j].norm = std::ldexp(columns[j].norm, exponent);
    columns[j].unit = std::ldexp(columns[j].unit, -exponent);
  }
  const auto scaled = [](Real<T> x, double first, double second) {
    return static_cast<Real<T>>((static_cast<double>(x) * first) * second);
  };
  for (Index i = 0; i < a.rows; ++i)
    for (Index j = 0; j < a.cols; ++j) {
      const auto at = static_cast<std::size_t>(j);
      if constexpr (is_complex<T>)
        a(i, j) = T(scaled(a(i, j).real(), half[at], rest[at]), scaled(a(i, j).imag(), half[at], rest[at]));
      else a(i, j) = scaled(a(i, j), half[at], rest[at]);
    }
}

// Moves the columns of which more than the limit remains to the front, in their order.
template <class T>
Index keep_long(View<T> a, std::vector<Column>& columns) {
  std::size_t kept = 0;
  for (std::size_t j = 0; j < columns.size(); ++j) {
    if (!(columns[j].norm * columns[j].unit > columns[j].limit)) continue;
    swap_columns(a, static_cast<Index>(kept), static_cast<Index>(j));
    std::swap(columns[kept], columns[j]);
    ++kept;
  }
  columns.resize(kept);
  return static_cast<Index>(kept);
}

template <class T>
void measure(View<T> a, std::vector<Column>& columns, const Workers& workers) {
  const std::vector<double> norms = column_norms<T>(a, workers);
  for (std::size_t j = 0; j < norms.size(); ++j) columns[j].norm = norms[j];
}

// One pass: a := a r^-1 with r the Cholesky factor of a^H a. False, and a untouched, if a pivot is too small.
template <class T>
bool cholesky_pass(View<T> a, double least, const Workers& workers, Matrix<T>& r) {
  const Matrix<T> g = gram<T>(a, workers);
  r = Matrix<T>::uninitialised(a.cols, a.cols);
  if (!cholesky<T>(g, r.view(), least)) return false;
  solve_triangular_right<T>(r, a, workers);
  return true;
}

// Two passes. The second Gram matrix shows whether the first has served.
template <class T>
bool cholesky_twice(View<T> a, const Workers& workers, Matrix<T>* r = nullptr) {
  Matrix<T> first, second;
  if (!cholesky_pass(a, safe_pivot<T>(), workers, first)) return false;
  if (!cholesky_pass(a, 0.25, workers, second)) return false;
  if (r) *r = product<T>(Op::none, second, Op::none, first);
  return true;
}

// Columns in the order of a pivoted Cholesky factorisation, as long as the pivots stay above `least` of the first and
// what remains of a column above its limit.
template <class T>
std::vector<Index> leading_columns(const Matrix<T>& g, const std::vector<Column>& columns, double least,
                                   Index at_most) {
  const Index n = g.rows();
  std::vector<double> left(static_cast<std::size_t>(n));
  for (Index j = 0; j < n; ++j) left[static_cast<std::size_t>(j)] = static_cast<double>(real_part(g(j, j)));
  const double largest = *std::max_element(left.begin(), left.end());
  Matrix<T> rows(std::min(n, at_most), n);
  std::vector<Index> chosen;
  while (static_cast<Index>(chosen.size()) < rows.rows()) {
    const Index pivot = std::max_element(left.begin(), left.end()) - left.begin();
    const double size = left[static_cast<std::size_t>(pivot)];
    if (!(size > least * largest)) break;
    const Column& column = columns[static_cast<std::size_t>(pivot)];
    if (!(std::sqrt(size) * column.unit > column.limit)) {
      left[static_cast<std::size_t>(pivot)] = -std::numeric_limits<double>::infinity();
      continue;
    }
    const auto t = static_cast<Index>(chosen.size());
    for (Index j = 0; j < n; ++j) rows(t, j) = g(pivot, j);
    for (Index s = 0; s < t; ++s) {
      const T factor = conjugate(rows(s, pivot));
      for (Index j = 0; j < n; ++j) rows(t, j) -= factor * rows(s, j);
    }
    const auto inverse = static_cast<Real<T>>(1.0 / std::sqrt(size));
    for (Index j = 0; j < n; ++j) {
      rows(t, j) *= inverse;
      left[static_cast<std::size_t>(j)] -= static_cast<double>(square_magnitude(rows(t, j)));
    }
    left[static_cast<std::size_t>(pivot)] = -std::numeric_limits<double>::infinity();
    chosen.push_back(pivot);
  }
  return chosen;
}

// The chosen columns go to the front; they are told apart by where they are now.
template <class T>
void bring_forward(View<T> a, std::vector<Column>& columns, std::vector<Index> chosen) {
  for (std::size_t t = 0; t < chosen.size(); ++t) {
    const auto to = static_cast<Index>(t);
    swap_columns(a, to, chosen[t]);
    std::swap(columns[t], columns[static_cast<std::size_t>(chosen[t])]);
    for (std::size_t later = t + 1; later < chosen.size(); ++later)
      if (chosen[later] == to) chosen[later] = chosen[t];
  }
}

template <class T>
Matrix<T> gathered(View<T> a, const std::vector<Index>& columns) {
  auto made = Matrix<T>::uninitialised(a.rows, static_cast<Index>(columns.size()));
  for (Index i = 0; i < a.rows; ++i)
    for (std::size_t t = 0; t < columns.size(); ++t) made(i, static_cast<Index>(t)) = a(i, columns[t]);
  return made;
}

// A group becomes orthonormal, and orthogonal to the basis before it, of which the first pass brings it some.
template <class T>
bool settle(View<const T> basis, View<T> group, const Workers& workers) {
  if (!cholesky_twice(group, workers)) return false;
  if (basis.cols == 0) return true;
  project_out<T>(basis, group, 1, workers);
  return cholesky_twice(group, workers);
}

// Makes the best conditioned columns of `rest` the next of the basis. Should rounding have misled the choice, as it may
// in single precision, fewer are taken. @returns how many
template <class T>
Index take_group(View<const T> basis, View<T> rest, std::vector<Column>& columns, const Workers& workers) {
  const Matrix<T> g = gram<T>(rest, workers);
  std::vector<Index> chosen = leading_columns(g, columns, safe_pivot<T>(), rest.rows - basis.cols);
  while (!chosen.empty()) {
    Matrix<T> group = gathered(rest, chosen);
    if (settle(basis, group.view(), workers)) {
      bring_forward(rest, columns, chosen);
      copy(reading(group), rest.columns(0, group.cols()));
      return group.cols();
    }
    chosen.resize(chosen.size() / 2);
  }
  return 0;
}

// Group by group, what remains being made orthogonal to the groups before. The columns are of length 1 to 2.
template <class T>
Index take_groups(View<T> a, std::vector<Column> columns, const Workers& workers) {
  Index done = 0, left = a.cols;
  while (left > 0 && done < a.rows) {
    workers.poll();
    const Index taken = take_group<T>(a.columns(0, done), a.columns(done, left), columns, workers);
    if (taken == 0) break;
    columns.erase(columns.begin(), columns.begin() + taken);
    done += taken, left -= taken;
    const View<T> rest = a.columns(done, left);
    project_out<T>(a.columns(0, done), rest, 1, workers);
    measure(rest, columns, workers);
    left = keep_long(rest, columns);
    scale_columns(a.columns(done, left), columns);
    project_out<T>(a.columns(0, done), a.columns(done, left), 1, workers);
  }
  zero_columns(a, done);
  return done;
}

// Gram matrices of columns within this range neither overflow nor vanish in any of the types.
bool is_tame(const std::vector<Column>& columns) {
  return std::all_of(columns.begin(), columns.end(), [](const Column& c) { return c.norm > 1e-9 && c.norm < 1e9; });
}

// @param r null, or takes the triangular factor if every column is kept and one group serves
template <class T>
Index orthonormalise_into(View<T> a, const std::vector<double>& ignored, const Workers& workers, Matrix<T>* r) {
  std::vector<Column> columns(static_cast<std::size_t>(a.cols));
  measure(a, columns, workers);
  for (std::size_t j = 0; j < ignored.size(); ++j) columns[j].limit = ignored[j];
  const Index kept = keep_long(a, columns);
  zero_columns(a, kept);
  const View<T> front = a.columns(0, kept);
  if (kept == 0) return 0;
  const bool tame = is_tame(columns);
  if (!tame) scale_columns(front, columns);
  if (kept <= a.rows && cholesky_twice(front, workers, tame && kept == a.cols ? r : nullptr)) return kept;
  if (r) *r = Matrix<T>();
  measure(front, columns, workers);
  for (Column& column : columns) column.unit = 1.0 / column.norm, column.limit = outside_least<T>(a.rows);
  scale_columns(front, columns);
  return take_groups(front, columns, workers);
}

}  // namespace

template <class T>
void project_out(In<T> basis, View<T> a, int times, const Workers& workers, View<T>* coefficients) {
  if (basis.cols == 0 || a.cols == 0) return;
  for (int t = 0; t < times; ++t) {
    const Matrix<T> along = product<T>(Op::adjoint, basis, Op::none, a, workers);
    multiply_add<T>(Real<T>(-1), Op::none, basis, Op::none, along, a, workers);
    if (!coefficients) continue;
    for (Index i = 0; i < along.rows(); ++i)
      for (Index j = 0; j < along.cols(); ++j) (*coefficients)(i, j) += along(i, j);
  }
}

template <class T>
Index orthonormalise(View<T> a, const Workers& workers, const std::vector<double>& ignored) {
  return orthonormalise_into<T>(a, ignored, workers, nullptr);
}

template <class T>
Index extend_basis(In<T> basis, View<T> a, const Workers& workers, const std::vector<double>& ignored) {
  if (basis.cols == 0) return orthonormalise<T>(a, workers, ignored);
  std::vector<Column> columns(static_cast<std::size_t>(a.cols));
  measure(a, columns, workers);
  for (std::size_t j = 0; j < columns.size(); ++j) {
    columns[j].limit = outside_least<T>(a.rows) * columns[j].norm;
    if (!ignored.empty()) columns[j].limit = std::max(columns[j].limit, ignored[j]);
    columns[j].unit = 1.0;
  }
  if (!is_tame(columns)) {
    for (Column& column : columns) column.norm = column.norm > 0.0 ? column.norm : 1.0;
    scale_columns(a, columns);
  }
  project_out<T>(basis, a, 1, workers);
  measure(a, columns, workers);
  const Index kept = keep_long(a, columns);
  zero_columns(a, kept);
  Index found = orthonormalise<T>(a.columns(0, kept), workers);
  // What the first pass left along the basis has grown where columns became shorter; a column of the new basis that is
  // mostly along the old one was noise.
  project_out<T>(basis, a.columns(0, found), 1, workers);
  found = orthonormalise<T>(a.columns(0, found), workers, std::vector<double>(static_cast<std::size_t>(found), 0.5));
  return found;
}

template <class T>
ThinQr<T> thin_qr(In<T> a, const Workers& workers) {
  ThinQr<T> qr;
  Matrix<T> basis = Matrix<T>::copy_of(a);
  const Index rank = orthonormalise_into<T>(basis.view(), {}, workers, &qr.r);
  qr.triangular = qr.r.rows() == a.cols && rank == a.cols;
  qr.q = rank == a.cols ? std::move(basis) : Matrix<T>::copy_of(reading(basis).columns(0, rank));
  if (!qr.triangular) qr.r = product<T>(Op::adjoint, qr.q, Op::none, a, workers);
  return qr;
}

#define ORRERY_INSTANTIATE(T)                                                                 \
  template void project_out<T>(In<T>, View<T>, int, const Workers&, View<T>*);                \
  template Index orthonormalise<T>(View<T>, const Workers&, const std::vector<double>&);      \
  template Index extend_basis<T>(In<T>, View<T>, const Workers&, const std::vector<double>&); \
  template ThinQr<T> thin_qr<T>(In<T>, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
