// InfoNCE: sums over tiles of scores that are made twice and never kept.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/infonce.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <unordered_map>

#include "plugins/optimizer/core/law_checks.hpp"

namespace orrery::optimizer {
namespace {

constexpr std::size_t tile = 64;       // columns whose scores are made at once
constexpr std::size_t row_block = 64;  // rows that one call of a thread works on

/// One direction of the loss: rows of `u` against all rows of `v`.
struct Side {
  std::span<const double> u, v;
  std::size_t rows, d;
  std::span<const std::int64_t> labels;
  double inverse_temperature;
  bool mask_self;
  std::vector<double> log_sum, positives;  // per row

  bool positive(std::size_t i, std::size_t j) const {
    if (mask_self && i == j) return false;
    return labels.empty() ? i == j : labels[i] == labels[j];
  }
};

/// Scores of row i of u with columns [from, from + tile) of v, where v is packed d x tile.
void tile_scores(const double* u, const double* packed, std::size_t d, std::array<double, tile>& score) {
  for (std::size_t part = 0; part < tile; part += 16) {
    std::array<double, 16> sum{};
    for (std::size_t k = 0; k < d; ++k)
      for (std::size_t c = 0; c < 16; ++c) sum[c] += u[k] * packed[k * tile + part + c];
    for (std::size_t c = 0; c < 16; ++c) score[part + c] = sum[c];
  }
}

void pack(std::span<const double> v, std::size_t d, std::size_t from, std::size_t count, std::vector<double>& packed) {
  packed.assign(d * tile, 0.0);
  for (std::size_t c = 0; c < count; ++c)
    for (std::size_t k = 0; k < d; ++k) packed[k * tile + c] = v[(from + c) * d + k];
}

/// Calls see(i, from, count, scores) for rows [first, last) and all tiles of columns.
template <class See>
void for_tiles(const Side& side, std::size_t first, std::size_t last, const See& see) {
  std::vector<double> packed;
  std::array<double, tile> score;
  for (std::size_t from = 0; from < side.rows; from += tile) {
    const std::size_t count = std::min(tile, side.rows - from);
    pack(side.v, side.d, from, count, packed);
    for (std::size_t i = first; i < last; ++i) {
      tile_scores(&side.u[i * side.d], packed.data(), side.d, score);
      for (double& s : score) s *= side.inverse_temperature;
      if (side.mask_self && i >= from && i < from + count) score[i - from] = -std::numeric_limits<double>::infinity();
      see(i, from, count, score);
    }
  }
}

/// log sum exp and the positives' mean score of rows [first, last): their loss is the difference.
double rows_loss(Side& side, std::size_t first, std::size_t last) {
  const std::size_t n = last - first;
  std::vector<double> top(n, -std::numeric_limits<double>::infinity()), sum(n, 0.0), aligned(n, 0.0);
  for_tiles(side, first, last, [&](std::size_t i, std::size_t from, std::size_t count, const auto& score) {
    const std::size_t at = i - first;
    const double highest = *std::max_element(score.begin(), score.begin() + static_cast<std::ptrdiff_t>(count));
    if (highest > top[at]) sum[at] *= std::exp(top[at] - highest), top[at] = highest;
    for (std::size_t c = 0; c < count; ++c) {
      if (score[c] > top[at] - 745.0) sum[at] += std::exp(score[c] - top[at]);
      if (side.positive(i, from + c)) aligned[at] += score[c];
    }
  });
  double loss = 0.0;
  for (std::size_t at = 0; at < n; ++at) {
    side.log_sum[first + at] = top[at] + std::log(sum[at]);
    loss += side.log_sum[first + at] - aligned[at] / side.positives[first + at];
  }
  return loss;
}

/// p_ij - t_ij.
double coefficient(const Side& side, std::size_t i, std::size_t j, double score) {
  const double p = std::exp(score - side.log_sum[i]);
  return side.positive(i, j) ? p - 1.0 / side.positives[i] : p;
}

void add_scaled(double factor, const double* from, double* to, std::size_t d) {
  for (std::size_t k = 0; k < d; ++k) to[k] += factor * from[k];
}

/// How many positives each row has.
void count_positives(Side& side) {
  side.positives.assign(side.rows, 1.0);
  if (side.labels.empty()) return;
  std::unordered_map<std::int64_t, double> members;
  for (const std::int64_t label : side.labels) members[label] += 1.0;
  for (std::size_t i = 0; i < side.rows; ++i) {
    side.positives[i] = members[side.labels[i]] - (side.mask_self ? 1.0 : 0.0);
    if (side.positives[i] == 0.0)
      throw std::domain_error("row " + std::to_string(i) + " has no positive: no other row has its label " +
                              std::to_string(side.labels[i]));
  }
}

Side side_of(const Embeddings& e, const InfonceOptions& options, bool swapped) {
  const std::span<const double> right = e.right.empty() ? e.left : e.right;
  const std::size_t rows = e.left.size() / e.width;
  Side side{swapped ? right : e.left, swapped ? e.left : right,  rows, e.width, e.labels, 1.0 / options.temperature,
            options.mask_self,        std::vector<double>(rows), {}};
  count_positives(side);
  return side;
}

std::size_t blocks_of(std::size_t rows) { return (rows + row_block - 1) / row_block; }

/// Adds one direction's gradients and returns its loss. `u` and `v` may be the same array.
double one_way(Side& side, double weight, std::span<double> du, std::span<double> dv, const RunBlocks& run) {
  const std::size_t blocks = blocks_of(side.rows), d = side.d;
  std::vector<double> loss(blocks);
  const auto range = [&](std::size_t block) {
    return std::pair(block * row_block, std::min(side.rows, (block + 1) * row_block));
  };
  run(blocks, [&](std::size_t block) {
    const auto [first, last] = range(block);
    loss[block] = rows_loss(side, first, last);
  });
  const double scale = weight * side.inverse_temperature;
  run(blocks, [&](std::size_t block) {
    const auto [first, last] = range(block);
    for_tiles(side, first, last, [&](std::size_t i, std::size_t from, std::size_t count, const auto& score) {
      for (std::size_t c = 0; c < count; ++c)
        add_scaled(scale * coefficient(side, i, from + c, score[c]), &side.v[(from + c) * d], &du[i * d], d);
    });
  });
  // The other factor, by columns, so that no two threads add to one row.
  Side turned = side;
  std::swap(turned.u, turned.v);
  run(blocks, [&](std::size_t block) {
    const auto [first, last] = range(block);
    for_tiles(turned, first, last, [&](std::size_t j, std::size_t from, std::size_t count, const auto& score) {
      for (std::size_t c = 0; c < count; ++c)
        add_scaled(scale * coefficient(side, from + c, j, score[c]), &side.u[(from + c) * d], &dv[j * d], d);
    });
  });
  double total = 0.0;
  for (const double l : loss) total += l;
  return weight * total;
}

void check(const Embeddings& e, const InfonceOptions& options) {
  law::require_positive("temperature", options.temperature);
  if (e.width == 0 || e.left.empty()) throw std::invalid_argument("embeddings must have at least one row and column");
  if (!e.right.empty()) law::require_size("right", e.right.size(), e.left.size());
  if (!e.labels.empty()) law::require_size("labels", e.labels.size(), e.left.size() / e.width);
  if (e.right.empty() && e.labels.empty())
    throw std::invalid_argument("one tower needs labels, which say what is a positive of what");
  if (e.right.empty() && options.both_ways) throw std::invalid_argument("both_ways is of two towers");
  if (!e.right.empty() && options.mask_self)
    throw std::invalid_argument("mask_self is of one tower: the rows of two towers are not the same things");
  law::require_finite("left", e.left);
  law::require_finite("right", e.right);
}

}  // namespace

void run_in_order(std::size_t n, const std::function<void(std::size_t)>& f) {
  for (std::size_t i = 0; i < n; ++i) f(i);
}

double infonce(const Embeddings& e, const InfonceOptions& options, std::span<double> left_gradient,
               std::span<double> right_gradient, const RunBlocks& run) {
  check(e, options);
  law::require_size("left_gradient", left_gradient.size(), e.left.size());
  law::require_size("right_gradient", right_gradient.size(), e.right.size());
  std::fill(left_gradient.begin(), left_gradient.end(), 0.0);
  std::fill(right_gradient.begin(), right_gradient.end(), 0.0);
  const double rows = static_cast<double>(e.left.size() / e.width);
  const double weight = (options.mean ? 1.0 / rows : 1.0) * (options.both_ways ? 0.5 : 1.0);
  Side side = side_of(e, options, false);
  const std::span<double> other = e.right.empty() ? left_gradient : right_gradient;
  double loss = one_way(side, weight, left_gradient, other, run);
  if (options.both_ways) {
    Side back = side_of(e, options, true);
    loss += one_way(back, weight, other, left_gradient, run);
  }
  return loss;
}

void infonce_probabilities(const Embeddings& e, const InfonceOptions& options, std::size_t i, std::span<double> row) {
  Side side = side_of(e, options, false);
  law::require_size("row", row.size(), side.rows);
  rows_loss(side, i, i + 1);
  for_tiles(side, i, i + 1, [&](std::size_t, std::size_t from, std::size_t count, const auto& score) {
    for (std::size_t c = 0; c < count; ++c) row[from + c] = std::exp(score[c] - side.log_sum[i]);
  });
}

std::vector<double> normalise_rows(std::span<double> rows, std::size_t width) {
  std::vector<double> norms;
  for (std::size_t i = 0; i + width <= rows.size(); i += width) {
    double largest = 0.0, sum = 0.0;
    for (std::size_t k = 0; k < width; ++k) largest = std::max(largest, std::abs(rows[i + k]));
    if (!(largest > 0.0))
      throw std::domain_error("row " + std::to_string(i / width) + " has length 0 and cannot be normalised");
    for (std::size_t k = 0; k < width; ++k) sum += (rows[i + k] / largest) * (rows[i + k] / largest);
    norms.push_back(largest * std::sqrt(sum));
    for (std::size_t k = 0; k < width; ++k) rows[i + k] /= norms.back();
  }
  return norms;
}

void normalise_rows_backward(std::span<const double> unit_rows, std::span<const double> norms, std::size_t width,
                             std::span<double> gradient) {
  for (std::size_t row = 0; row < norms.size(); ++row) {
    const double* h = &unit_rows[row * width];
    double* g = &gradient[row * width];
    double along = 0.0;
    for (std::size_t k = 0; k < width; ++k) along += g[k] * h[k];
    for (std::size_t k = 0; k < width; ++k) g[k] = (g[k] - along * h[k]) / norms[row];
  }
}

}  // namespace orrery::optimizer
