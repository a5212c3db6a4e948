// Positions, batches and shards of an epoch.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/item_order.hpp"

#include <algorithm>

#include "engine/base/assert.hpp"

namespace orrery::run {

ItemOrder::ItemOrder(const Layout& layout) : layout_(layout), permutation_(layout.items, layout.key) {
  // Item numbers are i64 where they are values.
  ORRERY_ASSERT(layout.items <= INT64_MAX && layout.batch >= 1 && layout.batch <= INT64_MAX);
  ORRERY_ASSERT(layout.rank < layout.world);
  items_ = layout.items / layout.world + (layout.rank < layout.items % layout.world ? 1 : 0);
  const std::uint64_t whole = items_ / layout.batch, left_over = items_ % layout.batch;
  batches_ = whole + (left_over > 0 && layout.last != LastBatch::drop ? 1 : 0);
  positions_ = layout.last == LastBatch::keep ? items_ : batches_ * layout.batch;
}

std::uint64_t ItemOrder::batch_size(std::uint64_t batch) const {
  ORRERY_ASSERT(batch < batches_);
  return std::min(layout_.batch, positions_ - batch * layout_.batch);
}

std::uint64_t ItemOrder::item_at(std::uint64_t epoch, std::uint64_t position) const {
  ORRERY_ASSERT(position < positions_);
  const std::uint64_t place = (position % items_) * layout_.world + layout_.rank;
  return layout_.shuffle ? permutation_.at(epoch, place) : place;
}

ItemOrder::Batch ItemOrder::items_of(std::uint64_t epoch, std::uint64_t batch) const {
  Batch made{epoch, batch, {}, 0};
  const std::uint64_t begin = batch * layout_.batch, size = batch_size(batch);
  made.items.reserve(size);
  for (std::uint64_t i = 0; i < size; ++i) made.items.push_back(item_at(epoch, begin + i));
  made.valid = std::min(size, items_ - begin);
  return made;
}

}  // namespace orrery::run
