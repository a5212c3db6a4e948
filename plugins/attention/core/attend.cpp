// Softmax attention row by row.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/attention/core/attend.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace orrery::attention {
namespace {

template <class T>
double score(const Problem<T>& p, std::int64_t head, std::int64_t query, std::int64_t key) {
  const std::int64_t group = head / (p.heads / p.groups);
  const T* q = p.query.data() + (head * p.queries + query) * p.depth;
  const T* k = p.key.data() + (group * p.keys + key) * p.depth;
  double sum = 0.0;
  for (std::int64_t c = 0; c < p.depth; ++c) sum += static_cast<double>(q[c]) * static_cast<double>(k[c]);
  sum *= p.scale;
  if (!p.bias.empty())
    sum += static_cast<double>(p.bias[static_cast<std::size_t>((head * p.queries + query) * p.keys + key)]);
  if (!p.relative_bias.empty()) {
    const std::int64_t distance = key - (query + p.mask.offset);
    sum += p.relative_bias[static_cast<std::size_t>(head * (2 * p.reach() + 1) + p.reach() + distance)];
  }
  return sum;
}

}  // namespace

template <class T>
double attention_weights(const Problem<T>& p, std::int64_t head, std::int64_t query, std::span<double> weights) {
  constexpr double none = -std::numeric_limits<double>::infinity();
  std::fill(weights.begin(), weights.end(), 0.0);
  const KeyRange range = visible_keys(p.mask, query, p.keys);
  double largest = none;
  for (std::int64_t j = range.first; j < range.last; ++j) {
    double& s = weights[static_cast<std::size_t>(j)];
    s = sees(p.mask, query, j, p.keys) ? score(p, head, query, j) : none;
    if (s > largest) largest = s;
  }
  double sum = 0.0;
  for (std::int64_t j = range.first; j < range.last; ++j) {
    double& w = weights[static_cast<std::size_t>(j)];
    w = sees(p.mask, query, j, p.keys) ? std::exp(w - largest) : 0.0;
    sum += w;
  }
  for (std::int64_t j = range.first; j < range.last; ++j)
    if (sees(p.mask, query, j, p.keys)) weights[static_cast<std::size_t>(j)] /= sum;
  return largest + std::log(sum);
}

template <class T>
void weighted_values(const Problem<T>& p, std::int64_t head, std::int64_t query, std::span<const double> weights,
                     std::span<T> output) {
  const std::int64_t group = head / (p.heads / p.groups);
  const KeyRange range = visible_keys(p.mask, query, p.keys);
  std::vector<double> sum(static_cast<std::size_t>(p.value_depth), 0.0);
  for (std::int64_t j = range.first; j < range.last; ++j) {
    if (!sees(p.mask, query, j, p.keys)) continue;
    const double weight = weights[static_cast<std::size_t>(j)];
    const T* v = p.value.data() + (group * p.keys + j) * p.value_depth;
    for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += weight * static_cast<double>(v[c]);
  }
  std::transform(sum.begin(), sum.end(), output.begin(), [](double x) { return static_cast<T>(x); });
}

template double attention_weights(const Problem<float>&, std::int64_t, std::int64_t, std::span<double>);
template double attention_weights(const Problem<double>&, std::int64_t, std::int64_t, std::span<double>);
template void weighted_values(const Problem<float>&, std::int64_t, std::int64_t, std::span<const double>,
                              std::span<float>);
template void weighted_values(const Problem<double>&, std::int64_t, std::int64_t, std::span<const double>,
                              std::span<double>);

}  // namespace orrery::attention
