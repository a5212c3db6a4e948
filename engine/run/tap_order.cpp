// The order of tap values that parts of a parallel loop emit: by index, then by where they stand in the loops.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/tap_order.hpp"

#include <algorithm>
#include <tuple>

namespace orrery::run {

LoopPlace& loop_place() {
  thread_local LoopPlace place;
  return place;
}

void TapOrder::add(TapValue value, TapKeeper& keeper) {
  const LoopPlace place = loop_place();
  const std::lock_guard lock(mutex_);
  if (place.depth == 0) keeper.take(std::move(value));
  else waiting_.push_back({place, std::move(value)});
}

void TapOrder::flush(TapKeeper& keeper) {
  const auto order = [](const Waiting& one) { return std::tie(one.value.index, one.place.outer, one.place.inner); };
  // Stable, since one part emits in an order of its own.
  std::stable_sort(waiting_.begin(), waiting_.end(),
                   [&](const Waiting& a, const Waiting& b) { return order(a) < order(b); });
  for (Waiting& one : waiting_) keeper.take(std::move(one.value));
  waiting_.clear();
}

}  // namespace orrery::run
