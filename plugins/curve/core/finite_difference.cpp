// Derivatives of samples by finite differences of even order, with the weights of Fornberg 1988.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/differentiators.hpp"
#include "plugins/curve/core/fornberg.hpp"

namespace orrery::curve {

namespace {

struct Grid {
  const SampledCurve& curve;
  double unit;

  // On a closed curve the index may lie one period outside.
  [[nodiscard]] std::size_t row(std::ptrdiff_t index) const {
    const auto n = static_cast<std::ptrdiff_t>(curve.n);
    return static_cast<std::size_t>((index % n + n) % n);
  }

  // From sample `from` to sample `to`, in u.
  [[nodiscard]] double offset(std::ptrdiff_t from, std::ptrdiff_t to) const {
    if (curve.parameter.empty()) {
      return static_cast<double>(to - from);
    }
    const auto n = static_cast<std::ptrdiff_t>(curve.n);
    const double turns = to < 0 ? -1.0 : (to >= n ? 1.0 : 0.0);
    const double wrapped = curve.parameter[row(to)] - curve.parameter[row(from)];
    return (wrapped + turns * curve.period) / unit;
  }
};

struct Stencil {
  std::ptrdiff_t begin = 0;  // first sample
  std::vector<double> weights;
};

// In the middle of a uniform grid the symmetry of an odd stencil gives even derivatives one order more.
std::size_t stencil_size(std::size_t order, std::size_t k, bool symmetric) {
  return symmetric && k % 2 == 0 ? order + k - 1 : order + k;
}

std::ptrdiff_t stencil_begin(const Grid& grid, std::ptrdiff_t at, std::size_t size) {
  const auto wide = static_cast<std::ptrdiff_t>(size);
  const std::ptrdiff_t centred = at - (wide - 1) / 2;
  if (grid.curve.closed) {
    return centred;
  }
  return std::clamp<std::ptrdiff_t>(centred, 0, static_cast<std::ptrdiff_t>(grid.curve.n) - wide);
}

Stencil make_stencil(const Grid& grid, std::ptrdiff_t at, std::size_t k, std::size_t order) {
  const bool uniform = grid.curve.parameter.empty();
  std::size_t size = stencil_size(order, k, uniform);
  Stencil stencil{stencil_begin(grid, at, size), {}};
  if (uniform && stencil.begin != at - static_cast<std::ptrdiff_t>((size - 1) / 2)) {
    size = stencil_size(order, k, false);
    stencil.begin = stencil_begin(grid, at, size);
  }
  std::vector<double> offsets(size);
  for (std::size_t j = 0; j < size; ++j) {
    offsets[j] = grid.offset(at, stencil.begin + static_cast<std::ptrdiff_t>(j));
  }
  stencil.weights = fornberg_weights(offsets, k);
  return stencil;
}

// The weights sum to zero, so differences from the sample itself lose nothing when the curve is far from the origin.
void apply(const Grid& grid, const Stencil& stencil, std::size_t at, std::span<double> out) {
  const std::size_t d = grid.curve.d;
  const double* here = grid.curve.points.data() + at * d;
  for (std::size_t j = 0; j < stencil.weights.size(); ++j) {
    const double* there = grid.curve.points.data() + grid.row(stencil.begin + static_cast<std::ptrdiff_t>(j)) * d;
    for (std::size_t c = 0; c < d; ++c) {
      out[c] += stencil.weights[j] * (there[c] - here[c]);
    }
  }
}

// Every coordinate is taken to be rounded, so its last bit is noise.
double noise(const Grid& grid, const Stencil& stencil) {
  const std::size_t d = grid.curve.d;
  double sum = 0.0;
  for (std::size_t j = 0; j < stencil.weights.size(); ++j) {
    const double* there = grid.curve.points.data() + grid.row(stencil.begin + static_cast<std::ptrdiff_t>(j)) * d;
    double largest = 0.0;
    for (std::size_t c = 0; c < d; ++c) {
      largest = std::max(largest, std::abs(there[c]));
    }
    sum += std::abs(stencil.weights[j]) * largest;
  }
  return 2.0 * std::numeric_limits<double>::epsilon() * sum;
}

void fill_one(const Grid& grid, std::size_t k, std::size_t order, DerivativeTable& table) {
  const std::size_t d = grid.curve.d;
  Stencil stencil;
  std::ptrdiff_t known_shift = std::numeric_limits<std::ptrdiff_t>::max();
  for (std::size_t row = 0; row < grid.curve.n; ++row) {
    const auto at = static_cast<std::ptrdiff_t>(row);
    const std::ptrdiff_t shift = stencil_begin(grid, at, stencil_size(order, k, grid.curve.parameter.empty())) - at;
    if (shift == known_shift && grid.curve.parameter.empty()) {
      ++stencil.begin;
    } else {
      stencil = make_stencil(grid, at, k, order);
    }
    known_shift = shift;
    apply(grid, stencil, row, std::span(table.values[k - 1]).subspan(row * d, d));
    table.rounding[k - 1][row] = noise(grid, stencil);
  }
}

void require_enough_samples(const SampledCurve& curve, std::size_t order, std::size_t count) {
  std::size_t least = 0;
  for (std::size_t k = 1; k <= count; ++k) {
    least = std::max(least, stencil_size(order, k, curve.closed && curve.parameter.empty()));
  }
  if (curve.n < least) {
    throw std::invalid_argument("finite differences of order " + std::to_string(order) + " for derivative " +
                                std::to_string(count) + " need at least " + std::to_string(least) +
                                " samples; there are " + std::to_string(curve.n));
  }
}

}  // namespace

void fill_by_finite_differences(const SampledCurve& curve, std::size_t order, DerivativeTable& table) {
  if (order < 2 || order > 8 || order % 2 != 0) {
    throw std::invalid_argument("order must be 2, 4, 6 or 8; it is " + std::to_string(order));
  }
  const std::size_t count = table.values.size();
  require_enough_samples(curve, order, count);
  const Grid grid{curve, table.unit};
  for (std::size_t k = 1; k <= count; ++k) {
    fill_one(grid, k, order, table);
  }
}

}  // namespace orrery::curve
