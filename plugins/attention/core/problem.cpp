// Masks and checks of attention.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/attention/core/problem.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace orrery::attention {
namespace {

void require(bool condition, const std::string& message) {
  if (!condition) throw std::invalid_argument(message);
}

std::string text(std::int64_t number) { return std::to_string(number); }

KeyRange visible_of_custom(const Mask& mask, std::int64_t query, std::int64_t keys) {
  const auto row = mask.allowed.subspan(static_cast<std::size_t>(query * keys), static_cast<std::size_t>(keys));
  const auto first = std::find(row.begin(), row.end(), true);
  const auto last = std::find(row.rbegin(), row.rend(), true);
  return {first - row.begin(), row.rend() - last};
}

template <class T>
void check_sizes(const Problem<T>& p) {
  require(p.heads >= 1 && p.groups >= 1 && p.heads % p.groups == 0,
          "the number of query heads must be a multiple of that of key heads; they are " + text(p.heads) + " and " +
              text(p.groups));
  require(p.depth >= 1, "queries and keys must have at least 1 component; they have " + text(p.depth));
  require(p.mask.kind != MaskKind::window || p.mask.window >= 1,
          "window must be at least 1; it is " + text(p.mask.window));
  require(p.mask.kind != MaskKind::custom || std::ssize(p.mask.allowed) == p.queries * p.keys,
          "allowed must be queries x keys, " + text(p.queries) + " x " + text(p.keys));
  require(p.bias.empty() || std::ssize(p.bias) == p.heads * p.queries * p.keys,
          "bias must be heads x queries x keys, " + text(p.heads) + " x " + text(p.queries) + " x " + text(p.keys));
}

template <class T>
void check_reach(const Problem<T>& p) {
  if (p.relative_bias.empty()) return;
  const auto width = std::ssize(p.relative_bias) / p.heads;
  require(width % 2 == 1,
          "relative_bias must have an odd number of columns, the middle one for distance 0; it has " + text(width));
  for (std::int64_t i = 0; i < p.queries; ++i) {
    const KeyRange range = visible_keys(p.mask, i, p.keys);
    const std::int64_t at = i + p.mask.offset;
    const std::int64_t far = std::max(at - range.first, range.last - 1 - at);
    require(far <= p.reach(), "relative_bias reaches distance " + text(p.reach()) + "; query " + text(i) +
                                  " sees a key at distance " + text(far));
  }
}

}  // namespace

KeyRange visible_keys(const Mask& mask, std::int64_t query, std::int64_t keys) {
  const std::int64_t end = std::clamp<std::int64_t>(query + mask.offset + 1, 0, keys);
  switch (mask.kind) {
    case MaskKind::causal:
      return {0, end};
    case MaskKind::window:
      return {std::clamp<std::int64_t>(query + mask.offset - (mask.window - 1), 0, keys), end};
    case MaskKind::custom:
      return visible_of_custom(mask, query, keys);
    default:
      return {0, keys};
  }
}

template <class T>
void check(const Problem<T>& p) {
  check_sizes(p);
  for (std::int64_t i = 0; i < p.queries; ++i)
    if (visible_keys(p.mask, i, p.keys).empty())
      throw std::domain_error("query " + text(i) +
                              " sees no key: a row of attention needs at least one that is not masked");
  check_reach(p);
}

template void check(const Problem<float>&);
template void check(const Problem<double>&);

}  // namespace orrery::attention
