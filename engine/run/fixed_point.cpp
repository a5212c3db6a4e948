// Guesses on the way to x = next(x): the plain step, Aitken's for vectors, and Anderson's mixing.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/fixed_point.hpp"

#include <algorithm>
#include <cmath>

namespace orrery::run {
namespace {

using Numbers = FixedPoint::Numbers;

double dot(const Numbers& a, const Numbers& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

Numbers weighted(const Numbers& x, const Numbers& weights) {
  Numbers made(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) made[i] = x[i] * weights[i];
  return made;
}

Numbers difference(const Numbers& a, const Numbers& b) {
  Numbers made(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) made[i] = a[i] - b[i];
  return made;
}

void subtract(Numbers& from, double factor, const Numbers& x) {
  for (std::size_t i = 0; i < from.size(); ++i) from[i] -= factor * x[i];
}

bool all_finite(const Numbers& x) {
  return std::all_of(x.begin(), x.end(), [](double one) { return std::isfinite(one); });
}

/// Columns made orthonormal one by one. One that lies, but for rounding, in the span of those before it is left out:
/// its share of a solution would be noise divided by almost nothing.
class Orthonormal {
 public:
  void add(std::size_t index, Numbers column) {
    const double before = norm(column);
    if (!(before > 0.0) || !std::isfinite(before)) return;
    Numbers shares(columns_.size(), 0.0);
    // The second time takes away what rounding left of the first.
    for (int round = 0; round < 2; ++round)
      for (std::size_t i = 0; i < columns_.size(); ++i) {
        const double share = dot(columns_[i].direction, column);
        shares[i] += share;
        subtract(column, share, columns_[i].direction);
      }
    const double left = norm(column);
    if (!(left > least_new_part * before)) return;
    for (double& x : column) x /= left;
    shares.push_back(left);
    columns_.push_back({index, std::move(column), std::move(shares)});
  }

  /// The least-squares solution for a right-hand side; 0 for columns that were left out.
  Numbers solve(const Numbers& right, std::size_t count) const {
    Numbers solution(count, 0.0);
    for (std::size_t i = columns_.size(); i-- > 0;) {
      double value = dot(columns_[i].direction, right);
      for (std::size_t j = i + 1; j < columns_.size(); ++j)
        value -= columns_[j].shares[i] * solution[columns_[j].index];
      solution[columns_[i].index] = value / columns_[i].shares[i];
    }
    return solution;
  }

  bool empty() const { return columns_.empty(); }

 private:
  struct Column {
    std::size_t index;
    Numbers direction, shares;  // shares: a column of the triangular factor
  };
  static constexpr double least_new_part = 1e-8;
  std::vector<Column> columns_;
};

}  // namespace

double norm(std::span<const double> x) {
  double largest = 0.0;
  for (const double one : x) {
    if (!std::isfinite(one)) return std::abs(one);
    largest = std::max(largest, std::abs(one));
  }
  if (largest == 0.0) return 0.0;
  double sum = 0.0;
  for (const double one : x) sum += (one / largest) * (one / largest);
  return largest * std::sqrt(sum);
}

void FixedPoint::begin() {
  differences_.clear();
  last_residual_.clear();
  last_next_.clear();
  factor_ = 1.0;
}

void FixedPoint::remember(const Numbers& residual, const Numbers& next) {
  if (!last_residual_.empty()) {
    if (differences_.size() == depth) differences_.pop_back();
    differences_.insert(differences_.begin(), {difference(residual, last_residual_), difference(next, last_next_)});
  }
  last_residual_ = residual;
  last_next_ = next;
}

FixedPoint::Numbers FixedPoint::combination(const Numbers& residual, const Numbers& weights) const {
  Orthonormal columns;
  for (std::size_t i = 0; i < differences_.size(); ++i) columns.add(i, weighted(differences_[i].residual, weights));
  if (columns.empty()) return {};
  Numbers shares = columns.solve(weighted(residual, weights), differences_.size());
  return all_finite(shares) ? shares : Numbers();
}

double FixedPoint::relaxation(const Numbers& residual, const Numbers& weights) {
  if (last_residual_.empty()) return 1.0;
  const Numbers change = weighted(difference(residual, last_residual_), weights);
  const double length = norm(change);
  const double factor = -factor_ * dot(weighted(last_residual_, weights), change) / length / length;
  return length > 0.0 && std::isfinite(factor) && factor != 0.0 ? factor : 1.0;
}

void FixedPoint::improve(Numbers& x, const Numbers& next, const Numbers& weights) {
  const Numbers residual = difference(next, x);
  if (method_ == Method::aitken) {
    factor_ = relaxation(residual, weights);
    last_residual_ = residual;
    return subtract(x, -factor_, residual);
  }
  x = next;
  if (method_ == Method::fixed_point) return;
  remember(residual, next);
  const Numbers shares = combination(residual, weights);
  for (std::size_t i = 0; i < shares.size(); ++i) subtract(x, shares[i], differences_[i].next);
  if (!all_finite(x)) x = next;
}

}  // namespace orrery::run
