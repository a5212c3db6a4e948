// Softmax attention by blocks of keys.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/attention/core/stream.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace orrery::attention {
namespace {

constexpr std::int64_t block_keys = 512;
template <class T>
constexpr std::int64_t panel_keys = 2 * lanes<T>;
// Rows of scores do not begin a power of two apart, since those share few places of the cache.
template <class T>
constexpr std::int64_t score_stride = block_keys + lanes<T>;
template <class T>
constexpr T none = -std::numeric_limits<T>::infinity();

std::int64_t parts(std::int64_t count, std::int64_t size) { return (count + size - 1) / size; }
std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

}  // namespace

template <class T>
StreamingAttention<T>::StreamingAttention(const Problem<T>& problem, const StreamKernels<T>& kernels)
    : problem_(problem),
      kernels_(kernels),
      panels_(parts(problem.keys, panel_keys<T>)),
      width_(parts(problem.value_depth, lanes<T>) * lanes<T>),
      packed_(index(problem.groups * panels_ * panel_keys<T> * problem.depth), T(0)),
      relative_(problem.relative_bias.begin(), problem.relative_bias.end()),
      not_finite_(index(problem.groups * problem.keys), 0) {}

template <class T>
void StreamingAttention<T>::pack_keys(std::int64_t group) {
  const Problem<T>& p = problem_;
  const T* keys = p.key.data() + group * p.keys * p.depth;
  T* packed = packed_.data() + group * panels_ * panel_keys<T> * p.depth;
  for (std::int64_t j = 0; j < p.keys; ++j) {
    T* to = packed + j / panel_keys<T> * panel_keys<T> * p.depth + j % panel_keys<T>;
    for (std::int64_t c = 0; c < p.depth; ++c) to[c * panel_keys<T>] = keys[j * p.depth + c];
    const T* v = p.value.data() + (group * p.keys + j) * p.value_depth;
    not_finite_[index(group * p.keys + j)] = !std::all_of(v, v + p.value_depth, [](T x) { return std::isfinite(x); });
  }
}

template <class T>
std::int64_t StreamingAttention<T>::tasks() const {
  return problem_.heads * parts(problem_.queries, block_rows);
}

template <class T>
void StreamingAttention<T>::begin(const Rows& rows, StreamWorkspace<T>& w) const {
  const std::int64_t depth = problem_.depth;
  w.query.assign(index(block_rows * depth), T(0));
  const T* from = problem_.query.data() + (rows.head * problem_.queries + rows.first) * depth;
  std::copy(from, from + rows.count * depth, w.query.begin());
  w.scores.resize(index(block_rows * score_stride<T>));
  w.output.assign(index(block_rows * width_), T(0));
  w.largest.assign(index(block_rows), none<T>);
  w.sum.assign(index(block_rows), T(0));
  w.factor.assign(index(block_rows), T(1));
}

template <class T>
void StreamingAttention<T>::add_bias(const Rows& rows, KeyRange keys, std::int64_t row, T* scores) const {
  const Problem<T>& p = problem_;
  const std::int64_t query = rows.first + row;
  const std::int64_t first = std::max(keys.first, visible_keys(p.mask, query, p.keys).first);
  const std::int64_t last = std::min(keys.last, visible_keys(p.mask, query, p.keys).last);
  if (!p.bias.empty()) {
    const T* bias = p.bias.data() + (rows.head * p.queries + query) * p.keys;
    for (std::int64_t j = first; j < last; ++j) scores[j - keys.first] += bias[j];
  }
  if (!relative_.empty()) {
    const T* bias = relative_.data() + rows.head * (2 * p.reach() + 1) + p.reach() - (query + p.mask.offset);
    for (std::int64_t j = first; j < last; ++j) scores[j - keys.first] += bias[j];
  }
}

template <class T>
void StreamingAttention<T>::hide(const Rows& rows, KeyRange keys, std::int64_t row, T* scores) const {
  const Problem<T>& p = problem_;
  const std::int64_t query = rows.first + row;
  const KeyRange seen = visible_keys(p.mask, query, p.keys);
  const std::int64_t end = keys.first + parts(keys.last - keys.first, panel_keys<T>) * panel_keys<T>;
  const std::int64_t first = std::clamp(seen.first, keys.first, end), last = std::clamp(seen.last, first, end);
  std::fill(scores, scores + (first - keys.first), none<T>);
  std::fill(scores + (last - keys.first), scores + (end - keys.first), none<T>);
  if (p.mask.kind == MaskKind::custom)
    for (std::int64_t j = first; j < last; ++j)
      if (!sees(p.mask, query, j, p.keys)) scores[j - keys.first] = none<T>;
}

template <class T>
bool StreamingAttention<T>::finite_values(std::int64_t group, KeyRange keys) const {
  const auto first = not_finite_.begin() + group * problem_.keys;
  return std::none_of(first + keys.first, first + keys.last, [](unsigned char bad) { return bad != 0; });
}

template <class T>
const T* StreamingAttention<T>::padded_values(const Rows& rows, KeyRange keys, StreamWorkspace<T>& w) const {
  const std::int64_t depth = problem_.value_depth;
  const T* from = problem_.value.data() + (rows.group * problem_.keys + keys.first) * depth;
  if (width_ == depth) return from;
  w.value.assign(index(block_keys * width_), T(0));
  for (std::int64_t j = 0; j < keys.last - keys.first; ++j)
    std::copy(from + j * depth, from + (j + 1) * depth, w.value.begin() + j * width_);
  return w.value.data();
}

// Values that are not finite must not meet the weight 0 of a key that is hidden.
template <class T>
void StreamingAttention<T>::accumulate_seen(const Rows& rows, KeyRange keys, StreamWorkspace<T>& w) const {
  const Problem<T>& p = problem_;
  for (std::int64_t r = 0; r < rows.count; ++r) {
    const KeyRange seen = visible_keys(p.mask, rows.first + r, p.keys);
    T* output = w.output.data() + r * width_;
    for (std::int64_t c = 0; c < p.value_depth; ++c) output[c] *= w.factor[index(r)];
    for (std::int64_t j = std::max(keys.first, seen.first); j < std::min(keys.last, seen.last); ++j) {
      if (!sees(p.mask, rows.first + r, j, p.keys)) continue;
      const T* v = p.value.data() + (rows.group * p.keys + j) * p.value_depth;
      const T weight = w.scores[index(r * score_stride<T> + j - keys.first)];
      for (std::int64_t c = 0; c < p.value_depth; ++c) output[c] = kernels_.multiply_add(weight, v[c], output[c]);
    }
  }
}

template <class T>
void StreamingAttention<T>::accumulate(const Rows& rows, KeyRange keys, StreamWorkspace<T>& w) const {
  if (!finite_values(rows.group, keys)) return accumulate_seen(rows, keys, w);
  kernels_.accumulate(w.scores.data(), score_stride<T>, rows.count, keys.last - keys.first,
                      padded_values(rows, keys, w), width_, w.factor.data(), w.output.data());
}

template <class T>
void StreamingAttention<T>::block(const Rows& rows, KeyRange keys, StreamWorkspace<T>& w) const {
  const Problem<T>& p = problem_;
  const std::int64_t panels = parts(keys.last - keys.first, panel_keys<T>);
  const T* packed = packed_.data() + (rows.group * panels_ * panel_keys<T> + keys.first) * p.depth;
  kernels_.score(w.query.data(), rows.count, p.depth, packed, panels, static_cast<T>(p.scale), w.scores.data(),
                 score_stride<T>);
  for (std::int64_t r = 0; r < rows.count; ++r) {
    T* scores = w.scores.data() + r * score_stride<T>;
    add_bias(rows, keys, r, scores);
    hide(rows, keys, r, scores);
    w.factor[index(r)] = kernels_.soften(scores, panels * panel_keys<T>, &w.largest[index(r)], &w.sum[index(r)]);
  }
  accumulate(rows, keys, w);
}

template <class T>
void StreamingAttention<T>::run(std::int64_t task, StreamWorkspace<T>& w, std::span<T> output,
                                std::span<double> logsumexp) const {
  const Problem<T>& p = problem_;
  const std::int64_t blocks = parts(p.queries, block_rows), head = task / blocks;
  const std::int64_t start = task % blocks * block_rows;
  const Rows rows{head, head / (p.heads / p.groups), start, std::min(block_rows, p.queries - start)};
  begin(rows, w);
  KeyRange all{p.keys, 0};
  for (std::int64_t i = start; i < start + rows.count; ++i) {
    const KeyRange seen = visible_keys(p.mask, i, p.keys);
    all = {std::min(all.first, seen.first), std::max(all.last, seen.last)};
  }
  for (std::int64_t b = all.first / block_keys; b < parts(all.last, block_keys); ++b) {
    const std::int64_t from = std::max(b * block_keys, all.first / panel_keys<T> * panel_keys<T>);
    block(rows, {from, std::min((b + 1) * block_keys, all.last)}, w);
  }
  for (std::int64_t r = 0; r < rows.count; ++r) {
    const std::int64_t row = head * p.queries + start + r;
    for (std::int64_t c = 0; c < p.value_depth; ++c)
      output[index(row * p.value_depth + c)] = w.output[index(r * width_ + c)] / w.sum[index(r)];
    logsumexp[index(row)] = static_cast<double>(w.largest[index(r)]) + std::log(static_cast<double>(w.sum[index(r)]));
  }
}

template class StreamingAttention<float>;
template class StreamingAttention<double>;

}  // namespace orrery::attention
