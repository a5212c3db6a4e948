// Items of a batch, computed on all threads; what is refused names the item, or leaves it to the operation.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>

#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/ops/geometry.hpp"

namespace orrery::curve {

enum class OnError { fail, nan };

inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Calls body(item) for each item of the batch.
template <class Op, class Body>
void for_all_items(sdk::Call<Op>& call, sdk::Shape batch, const Body& body, std::uint64_t grain = 1) {
  const auto total = static_cast<std::uint64_t>(sdk::count_of(batch));
  call.parallel_for(total, grain, [&](std::uint64_t begin, std::uint64_t end) {
    call.poll(begin, total);
    for (std::uint64_t item = begin; item < end; ++item)
      for_item(item, !batch.empty(), [&] { body(static_cast<std::int64_t>(item)); });
  });
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

}  // namespace orrery::curve
