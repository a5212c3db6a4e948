// Bordered band matrices: factors, solutions and the inverse inside the pattern.
// SPDX-License-Identifier: Apache-2.0
// Sources: Golub, Van Loan 2013; Takahashi, Fagan, Chen 1973; Hutchinson, de Hoog 1985.
#include "plugins/curve/core/penalised_normal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace orrery::curve {

BorderedMatrix::Column BorderedMatrix::column(std::size_t j) const {
  if (j >= inner()) return {0, n_ - 1 - j, j + 1, j * stride_ + 1};
  return {std::min(width_, inner() - 1 - j), border_, inner(), j * stride_ + 1 + width_};
}

std::size_t BorderedMatrix::load(std::size_t j, const Column& column, std::vector<double>& out) const {
  const auto at = [&](std::size_t slot) { return entries_.begin() + static_cast<std::ptrdiff_t>(slot); };
  out.assign(at(j * stride_ + 1), at(j * stride_ + 1 + column.band));
  out.insert(out.end(), at(column.rest_slot), at(column.rest_slot + column.rest));
  return out.size();
}

template <class Visit>
void BorderedMatrix::visit_block(std::size_t j, const Column& column, const Visit& visit) const {
  for (std::size_t p = 0; p < column.band; ++p) {
    const std::size_t first = (j + 1 + p) * stride_;
    visit(p, p, column.band - p, first);
    visit(p, column.band, column.rest, first + 1 + width_);
  }
  for (std::size_t i = 0; i < column.rest; ++i)
    visit(column.band + i, column.band + i, column.rest - i, (column.rest_row + i) * stride_);
}

BorderedMatrix BorderedMatrix::plus(double factor, const BorderedMatrix& other) const {
  BorderedMatrix sum = *this;
  for (std::size_t i = 0; i < entries_.size(); ++i) sum.entries_[i] += factor * other.entries_[i];
  return sum;
}

double BorderedMatrix::factor() {
  double log_determinant = 0.0;
  std::vector<double> below;
  for (std::size_t j = 0; j < n_; ++j) {
    const double pivot = at(j, j);
    if (!(pivot > 0.0)) return std::numeric_limits<double>::quiet_NaN();
    log_determinant += std::log(pivot);
    const Column shape = column(j);
    load(j, shape, below);
    visit_block(j, shape, [&](std::size_t p, std::size_t q, std::size_t count, std::size_t first) {
      const double multiplier = below[p] / pivot;
      for (std::size_t k = 0; k < count; ++k) entries_[first + k] -= multiplier * below[q + k];
    });
    for (std::size_t p = 0; p < shape.band; ++p) entries_[j * stride_ + 1 + p] /= pivot;
    for (std::size_t i = 0; i < shape.rest; ++i) entries_[shape.rest_slot + i] /= pivot;
  }
  return log_determinant;
}

void BorderedMatrix::solve(std::span<double> rhs, std::size_t d) const {
  std::vector<double> below;
  for (std::size_t j = 0; j < n_; ++j) {
    const Column shape = column(j);
    load(j, shape, below);
    for (std::size_t p = 0; p < below.size(); ++p)
      for (std::size_t c = 0; c < d; ++c) rhs[row_of(j, shape, p) * d + c] -= below[p] * rhs[j * d + c];
  }
  for (std::size_t j = n_; j-- > 0;) {
    const Column shape = column(j);
    load(j, shape, below);
    for (std::size_t c = 0; c < d; ++c) rhs[j * d + c] /= at(j, j);
    for (std::size_t p = 0; p < below.size(); ++p)
      for (std::size_t c = 0; c < d; ++c) rhs[j * d + c] -= below[p] * rhs[row_of(j, shape, p) * d + c];
  }
}

BorderedMatrix BorderedMatrix::inverse() const {
  BorderedMatrix z(n_, width_, border_);
  std::vector<double> below, sum;
  for (std::size_t j = n_; j-- > 0;) {
    const Column shape = column(j);
    sum.assign(load(j, shape, below), 0.0);
    z.visit_block(j, shape, [&](std::size_t p, std::size_t q, std::size_t count, std::size_t first) {
      double own = 0.0;
      for (std::size_t k = 0; k < count; ++k) own += z.entries_[first + k] * below[q + k];
      sum[p] -= own;
      for (std::size_t k = q == p ? 1 : 0; k < count; ++k) sum[q + k] -= z.entries_[first + k] * below[p];
    });
    double diagonal = 1.0 / at(j, j);
    for (std::size_t p = 0; p < sum.size(); ++p) {
      z.at(row_of(j, shape, p), j) = sum[p];
      diagonal -= below[p] * sum[p];
    }
    z.at(j, j) = diagonal;
  }
  return z;
}

double BorderedMatrix::trace_of_product(const BorderedMatrix& other) const {
  double sum = 0.0;
  std::vector<double> mine, others;
  for (std::size_t j = 0; j < n_; ++j) {
    sum += at(j, j) * other.at(j, j);
    const Column shape = column(j);
    load(j, shape, mine);
    other.load(j, shape, others);
    for (std::size_t p = 0; p < mine.size(); ++p) sum += 2.0 * mine[p] * others[p];
  }
  return sum;
}

double BorderedMatrix::quadratic_form(std::span<const double> rows, std::size_t d) const {
  double sum = 0.0;
  std::vector<double> below;
  for (std::size_t j = 0; j < n_; ++j) {
    const Column shape = column(j);
    load(j, shape, below);
    for (std::size_t c = 0; c < d; ++c) {
      double product = at(j, j) * rows[j * d + c];
      for (std::size_t p = 0; p < below.size(); ++p) product += 2.0 * below[p] * rows[row_of(j, shape, p) * d + c];
      sum += product * rows[j * d + c];
    }
  }
  return sum;
}

}  // namespace orrery::curve
