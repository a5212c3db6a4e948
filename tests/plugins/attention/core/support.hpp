// Seeded random problems of attention, and the reference written out from the definition in 113 bits.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <quadmath.h>

#include <cmath>
#include <memory>
#include <random>
#include <vector>

#include "plugins/attention/core/problem.hpp"

namespace orrery::attention::test {

/// A problem with the memory that it borrows.
template <class T>
struct Sample {
  std::vector<T> query, key, value, bias;
  std::vector<double> relative;
  std::unique_ptr<bool[]> allowed;
  Problem<T> problem;
};

struct Sizes {
  std::int64_t heads = 4, groups = 2, queries = 9, keys = 9, depth = 8, value_depth = 5;
};

template <class T>
std::vector<T> normals(std::mt19937_64& generator, std::int64_t count) {
  std::normal_distribution<double> normal;
  std::vector<T> numbers(static_cast<std::size_t>(count));
  for (T& x : numbers) x = static_cast<T>(normal(generator));
  return numbers;
}

template <class T>
Sample<T> random_sample(const Sizes& s, MaskKind kind, std::uint64_t seed) {
  std::mt19937_64 generator(seed);
  Sample<T> sample;
  sample.query = normals<T>(generator, s.heads * s.queries * s.depth);
  sample.key = normals<T>(generator, s.groups * s.keys * s.depth);
  sample.value = normals<T>(generator, s.groups * s.keys * s.value_depth);
  Problem<T>& p = sample.problem;
  p.heads = s.heads, p.groups = s.groups, p.queries = s.queries, p.keys = s.keys;
  p.depth = s.depth, p.value_depth = s.value_depth;
  p.query = sample.query, p.key = sample.key, p.value = sample.value;
  p.scale = 1.0 / std::sqrt(static_cast<double>(s.depth));
  p.mask.kind = kind, p.mask.offset = s.keys - s.queries, p.mask.window = 3;
  if (kind == MaskKind::custom) {
    sample.allowed = std::make_unique<bool[]>(static_cast<std::size_t>(s.queries * s.keys));
    for (std::int64_t i = 0; i < s.queries * s.keys; ++i)
      sample.allowed[static_cast<std::size_t>(i)] = generator() % 3 == 0 || i % s.keys == (i / s.keys) % s.keys;
    p.mask.allowed = {sample.allowed.get(), static_cast<std::size_t>(s.queries * s.keys)};
  }
  return sample;
}

/// Whether a query sees a key, from the words of the definition.
template <class T>
bool seen(const Problem<T>& p, std::int64_t i, std::int64_t j) {
  const std::int64_t at = i + p.mask.offset;
  if (p.mask.kind == MaskKind::causal) return j <= at;
  if (p.mask.kind == MaskKind::window) return j <= at && j > at - p.mask.window;
  if (p.mask.kind == MaskKind::custom) return p.mask.allowed[static_cast<std::size_t>(i * p.keys + j)];
  return true;
}

/// Component c of the output of one row.
template <class T>
__float128 by_definition(const Problem<T>& p, std::int64_t head, std::int64_t i, std::int64_t c) {
  const std::int64_t group = head * p.groups / p.heads;
  __float128 above = 0, below = 0;
  for (std::int64_t j = 0; j < p.keys; ++j) {
    if (!seen(p, i, j)) continue;
    __float128 score = 0;
    for (std::int64_t k = 0; k < p.depth; ++k)
      score += __float128(p.query[std::size_t((head * p.queries + i) * p.depth + k)]) *
               p.key[std::size_t((group * p.keys + j) * p.depth + k)];
    score *= p.scale;
    if (!p.bias.empty()) score += p.bias[std::size_t((head * p.queries + i) * p.keys + j)];
    if (!p.relative_bias.empty())
      score += p.relative_bias[std::size_t(head * (2 * p.reach() + 1) + p.reach() + j - i - p.mask.offset)];
    const __float128 weight = expq(score);
    above += weight * p.value[std::size_t((group * p.keys + j) * p.value_depth + c)];
    below += weight;
  }
  return above / below;
}

}  // namespace orrery::attention::test
