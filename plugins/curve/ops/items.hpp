// Items of a batch, computed on all threads: what fails is named, and does not take the others along if so wished.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>

#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/ops/geometry.hpp"

namespace orrery::curve {

enum class OnError { fail, nan };

inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

namespace ports {

inline constexpr sdk::in<"on_error", sdk::Choice<OnError>> on_error{
    .fallback = "fail",
    .choices = {"fail", "nan"},
    .doc = "what an item of the batch that cannot be computed does: stop the step, or become nan"};

}  // namespace ports

/// Calls body(item) for so many items; what it throws gets the item's number if that is `named`.
template <class Op, class Body>
void for_items(sdk::Call<Op>& call, std::int64_t items, std::uint64_t grain, bool named, const Body& body) {
  const auto total = static_cast<std::uint64_t>(items);
  call.parallel_for(total, grain, [&](std::uint64_t begin, std::uint64_t end) {
    call.poll(begin, total);
    for (std::uint64_t item = begin; item < end; ++item)
      for_item(item, named, [&] { body(static_cast<std::int64_t>(item)); });
  });
}

/// The same for each item of the batch.
template <class Op, class Body>
void for_all_items(sdk::Call<Op>& call, sdk::Shape batch, const Body& body, std::uint64_t grain = 1) {
  for_items(call, sdk::count_of(batch), grain, !batch.empty(), body);
}

/// The same, but under OnError::nan an item that is refused is left to bad(item), and the others are not lost.
template <class Op, class Body, class Bad>
void for_all_items(sdk::Call<Op>& call, sdk::Shape batch, OnError on_error, const Body& body, const Bad& bad,
                   std::uint64_t grain = 1) {
  for_all_items(
      call, batch,
      [&](std::int64_t item) {
        if (on_error == OnError::fail) return body(item);
        try {
          body(item);
        } catch (const std::invalid_argument&) {
          bad(item);
        } catch (const std::domain_error&) {
          bad(item);
        }
      },
      grain);
}

/// The same for so many items, of which an input that fits no item, an invalid_argument, is refused in any case.
template <class Op, class Body, class Bad>
void for_each_item(sdk::Call<Op>& call, std::int64_t items, OnError on_error, const Body& body, const Bad& bad) {
  for_items(call, items, 1, items > 1, [&](std::int64_t item) {
    if (on_error == OnError::fail) return body(item);
    try {
      body(item);
    } catch (const std::domain_error&) {
      bad(item);
    } catch (const std::overflow_error&) {
      bad(item);
    } catch (const std::range_error&) {
      bad(item);
    }
  });
}

template <class View>
void fill_nan(const View& view) {
  const auto span = view.span();
  std::fill(span.begin(), span.end(), not_a_number);
}

template <class From, class View>
void copy_to(const From& from, const View& view) {
  std::copy(from.begin(), from.end(), view.span().begin());
}

/// A scalar input that may be left out, for one item.
template <class Batch>
double value_or(const std::optional<Batch>& batch, std::int64_t item, double fallback) {
  return batch ? (*batch)(item) : fallback;
}

}  // namespace orrery::curve
