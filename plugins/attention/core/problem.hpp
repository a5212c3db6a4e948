// Attention over one item of a batch: queries, keys, values, which keys a query may see, and what is added to scores.
// SPDX-License-Identifier: Apache-2.0
//
// Vaswani et al. 2017, section 3.2; grouped keys: Ainslie et al. 2023; windows: Beltagy, Peters, Cohan 2020.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace orrery::attention {

enum class MaskKind { none, causal, window, custom };

/// Which keys a query may see.
struct Mask {
  MaskKind kind = MaskKind::none;
  std::int64_t offset = 0;        ///< position of the first query, counted in keys
  std::int64_t window = 0;        ///< of MaskKind::window: how many keys, the query's own position included
  std::span<const bool> allowed;  ///< of MaskKind::custom: queries x keys, true where a key is seen
};

/// Keys first <= j < last; of a custom mask some between them may be hidden.
struct KeyRange {
  std::int64_t first = 0, last = 0;
  bool empty() const { return first >= last; }
};

/// Keys that a query may see, as a range.
/// @param mask which   @param query [-] row, from 0   @param keys [-] how many there are   @returns empty if there is
/// none
KeyRange visible_keys(const Mask& mask, std::int64_t query, std::int64_t keys);

/// Whether a query sees a key that lies within its visible_keys.
inline bool sees(const Mask& mask, std::int64_t query, std::int64_t key, std::int64_t keys) {
  return mask.kind != MaskKind::custom || mask.allowed[static_cast<std::size_t>(query * keys + key)];
}

/// Everything that one item's attention depends on; the data are borrowed.
template <class T>
struct Problem {
  std::int64_t heads = 1, groups = 1;  ///< query head h reads key head h / (heads/groups)
  std::int64_t queries = 0, keys = 0;
  std::int64_t depth = 0, value_depth = 0;
  std::span<const T> query, key, value;  ///< heads x queries x depth; groups x keys x depth, ... x value_depth
  double scale = 1.0;                    ///< of query . key
  Mask mask;
  std::span<const T> bias;                ///< heads x queries x keys, added to scores; or empty
  std::span<const double> relative_bias;  ///< heads x (2 reach + 1), by key position - query position; or empty
  std::int64_t reach() const { return (static_cast<std::int64_t>(relative_bias.size()) / heads - 1) / 2; }
};

/// Checks everything that can be known before a score is formed.
/// @throws std::invalid_argument if sizes do not fit together or a relative bias does not reach far enough;
/// std::domain_error if a query sees no key, which is named
template <class T>
void check(const Problem<T>& problem);

}  // namespace orrery::attention
