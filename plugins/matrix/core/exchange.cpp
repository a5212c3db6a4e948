// Exchanges of columns that bound the entries of an interpolation, or that raise the volume of its skeleton.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <stdexcept>
#include <string>

#include "plugins/matrix/core/interpolation.hpp"
#include "plugins/matrix/core/pivoted_qr.hpp"
#include "plugins/matrix/core/row_orthonormal.hpp"
#include "plugins/matrix/core/times.hpp"

namespace orrery::matrix {
namespace {

constexpr double least_bound = 1.0 + 1e-9;
constexpr Index columns_at_once = 256;

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

double checked_bound(double bound) {
  if (!(bound >= 1.0)) throw std::domain_error("a bound on |Z| must be at least 1; it is " + std::to_string(bound));
  return std::max(bound, least_bound);
}

struct Entry {
  Index row = -1, col = -1;
  double size = 0.0;
};

template <class T>
Entry largest(In<T> z) {
  Entry found;
  for (Index i = 0; i < z.rows; ++i)
    for (Index j = 0; j < z.cols; ++j)
      if (const double size = square_magnitude(z(i, j)); size > found.size) found = {i, j, size};
  found.size = std::sqrt(found.size);
  return found;
}

// Coefficients for the skeleton in which column `entry.col` stands in place `entry.row`.
template <class T>
void exchange(View<T> z, const Entry& entry, const Workers& workers) {
  std::vector<T> column(at(z.rows)), row(z.row(entry.row).begin(), z.row(entry.row).end());
  for (Index i = 0; i < z.rows; ++i) column[at(i)] = z(i, entry.col);
  const T pivot = column[at(entry.row)];
  column[at(entry.row)] -= T{1};
  for (T& x : row) x /= pivot;
  workers.for_each(z.cols, columns_at_once, [&](Index from, Index to) {
    for (Index i = 0; i < z.rows; ++i)
      for (Index j = from; j < to; ++j) z(i, j) -= times(column[at(i)], row[at(j)]);
  });
}

// Exchanges within the span of the present skeleton, by the coefficients alone.
template <class T>
Index exchange_in_span(Interpolation<T>& found, double bound, const Workers& workers) {
  Index swaps = 0;
  const Index most = 100 * (found.z.rows() + 10);
  for (Entry entry = largest<T>(found.z); entry.size > bound && swaps < most; entry = largest<T>(found.z)) {
    workers.poll();
    exchange<T>(found.z, entry, workers);
    found.skeleton[at(entry.row)] = entry.col;
    ++swaps;
  }
  return swaps;
}

// The exchange that raises the volume most: |z_ij|^2 + (what is left of column j times row i of the inverse factor)^2.
template <class T>
Entry best_exchange(In<T> a, const Interpolation<T>& found, const Workers& workers) {
  const Residual left = residual<T>(a, found, workers);
  const PivotedQr<T> qr = pivoted_qr<T>(columns_of<T>(a, found.skeleton), {}, workers);
  const auto k = static_cast<Index>(found.skeleton.size());
  Matrix<T> r(k, k), inverse = Matrix<T>::identity(k);
  if (static_cast<Index>(qr.pivots.size()) < k) return {};
  for (Index i = 0; i < k; ++i)
    for (Index j = i; j < k; ++j) r(i, j) = qr.rows(i, qr.pivots[at(j)]);
  solve_upper<T>(r, inverse.view(), workers);
  std::vector<double> weight(at(k), 0.0);
  for (Index i = 0; i < k; ++i)
    for (const T& x : inverse.view().row(i))
      weight[at(qr.pivots[at(i)])] = std::hypot(weight[at(qr.pivots[at(i)])], static_cast<double>(std::abs(x)));
  std::vector<bool> inside(at(a.cols), false);
  for (const Index column : found.skeleton) inside[at(column)] = true;
  Entry best;
  for (Index i = 0; i < k; ++i)
    for (Index j = 0; j < a.cols; ++j)
      if (const double size =
              std::hypot(static_cast<double>(std::abs(found.z(i, j))), weight[at(i)] * left.columns[at(j)]);
          !inside[at(j)] && size > best.size)
        best = {i, j, size};
  return best;
}

}  // namespace

template <class T>
void bound_entries(In<T> a, Interpolation<T>& found, double bound, const Workers& workers) {
  const double limit = checked_bound(bound);
  constexpr int rounds = 100;
  for (int round = 0; round < rounds; ++round) {
    Interpolation<T> next{found.skeleton, found.z.copy()};
    const Index swaps = exchange_in_span(next, limit, workers);
    if (swaps == 0) return;
    const Index before = found.swaps;
    const bool deficient = found.deficient;
    found = interpolate<T>(a, std::move(next.skeleton), nullptr, workers);
    found.swaps = before + swaps;
    found.deficient |= deficient;
  }
  throw std::range_error("a bound of " + std::to_string(bound) + " on |Z| was not reached within 100 rounds of swaps");
}

template <class T>
void raise_volume(In<T> a, Interpolation<T>& found, double f, const Workers& workers) {
  const double limit = checked_bound(f);
  bound_entries<T>(a, found, limit, workers);
  const Index most = 1000 + 10 * static_cast<Index>(found.skeleton.size());
  for (Index swaps = 0; swaps < most; ++swaps) {
    workers.poll();
    const Entry best = best_exchange<T>(a, found, workers);
    if (!(best.size > limit)) return;
    std::vector<Index> skeleton = found.skeleton;
    skeleton[at(best.row)] = best.col;
    const Index before = found.swaps;
    const bool deficient = found.deficient;
    found = interpolate<T>(a, std::move(skeleton), nullptr, workers);
    found.swaps = before + 1;
    found.deficient |= deficient;
  }
  throw std::range_error("the volume of the skeleton still grew after " + std::to_string(most) + " swaps");
}

#define ORRERY_INSTANTIATE(T)                                                       \
  template void bound_entries<T>(In<T>, Interpolation<T>&, double, const Workers&); \
  template void raise_volume<T>(In<T>, Interpolation<T>&, double, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix
