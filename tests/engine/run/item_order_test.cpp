// Tests of which items make which batch: batches, last batches, shards.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/item_order.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

using namespace orrery;
using run::ItemOrder;
using run::LastBatch;
using Numbers = std::vector<std::uint64_t>;

namespace {

Numbers epoch_of(const ItemOrder& order, std::uint64_t epoch) {
  Numbers all;
  for (std::uint64_t b = 0; b < order.batches_per_epoch(); ++b) {
    const auto batch = order.items_of(epoch, b);
    CHECK(batch.epoch == epoch);
    CHECK(batch.number == b);
    all.insert(all.end(), batch.items.begin(), batch.items.end());
  }
  return all;
}

/// True if each number below `size` occurs once.
bool is_each_once(Numbers numbers, std::uint64_t size) {
  std::ranges::sort(numbers);
  Numbers wanted(size);
  std::iota(wanted.begin(), wanted.end(), 0);
  return numbers == wanted;
}

}  // namespace

TEST_SUITE("engine/run/item_order") {
  TEST_CASE("each item comes once an epoch for many sizes and batches with and without shuffling") {
    for (const std::uint64_t items : {1, 2, 3, 5, 16, 17, 31, 64, 97, 257})
      for (const std::uint64_t batch : {1, 2, 3, 7, 16, 32, 97, 1000})
        for (const bool shuffle : {false, true}) {
          const ItemOrder order({.items = items, .batch = batch, .shuffle = shuffle, .key = 9});
          for (const std::uint64_t epoch : {0, 1, 2}) CHECK(is_each_once(epoch_of(order, epoch), items));
        }
  }

  TEST_CASE("10007 items in batches of 32 are 313 batches and the last has 23") {
    const ItemOrder order({.items = 10'007, .batch = 32, .shuffle = true, .key = 7});
    CHECK(order.batches_per_epoch() == 313);
    CHECK(order.batch_size(311) == 32);
    CHECK(order.batch_size(312) == 23);
    CHECK(order.items_of(5, 312).items.size() == 23);
    CHECK(order.items_of(5, 312).valid == 23);
    CHECK(is_each_once(epoch_of(order, 5), 10'007));
    CHECK(epoch_of(order, 5) != epoch_of(order, 6));
  }

  TEST_CASE("without shuffling items come by their number") {
    const ItemOrder order({.items = 5, .batch = 2});
    CHECK(epoch_of(order, 0) == Numbers{0, 1, 2, 3, 4});
    CHECK(epoch_of(order, 9) == Numbers{0, 1, 2, 3, 4});
  }

  TEST_CASE("a last batch that is not full is dropped or padded from the beginning of its epoch") {
    const ItemOrder drop({.items = 10'007, .batch = 32, .last = LastBatch::drop, .shuffle = true, .key = 7});
    CHECK(drop.batches_per_epoch() == 312);
    CHECK(drop.positions() == 312 * 32);
    const ItemOrder pad({.items = 10'007, .batch = 32, .last = LastBatch::pad, .shuffle = true, .key = 7});
    CHECK(pad.batches_per_epoch() == 313);
    const auto last = pad.items_of(3, 312);
    REQUIRE(last.items.size() == 32);
    CHECK(last.valid == 23);
    const auto first = pad.items_of(3, 0);
    CHECK(std::equal(last.items.begin() + 23, last.items.end(), first.items.begin()));
    for (const LastBatch what : {LastBatch::keep, LastBatch::drop, LastBatch::pad}) {
      const ItemOrder even({.items = 96, .batch = 32, .last = what});
      CHECK(even.batches_per_epoch() == 3);
      CHECK(even.items_of(0, 2).valid == 32);
    }
  }

  TEST_CASE("fewer items than a batch are padded by going round several times") {
    const ItemOrder order({.items = 3, .batch = 8, .last = LastBatch::pad});
    CHECK(order.batches_per_epoch() == 1);
    CHECK(epoch_of(order, 0) == Numbers{0, 1, 2, 0, 1, 2, 0, 1});
    CHECK(order.items_of(0, 0).valid == 3);
    CHECK(ItemOrder({.items = 3, .batch = 8, .last = LastBatch::drop}).batches_per_epoch() == 0);
  }

  TEST_CASE("shards together are the epoch exactly once and each takes every world-th position") {
    for (const std::uint64_t items : {1, 5, 64, 97})
      for (const std::uint64_t world : {1, 2, 3, 8, 100}) {
        const ItemOrder whole({.items = items, .batch = 4, .shuffle = true, .key = 11});
        const Numbers all = epoch_of(whole, 2);
        Numbers together;
        for (std::uint64_t rank = 0; rank < world; ++rank) {
          const ItemOrder shard({.items = items, .batch = 4, .shuffle = true, .key = 11, .rank = rank, .world = world});
          const Numbers part = epoch_of(shard, 2);
          CHECK(part.size() == shard.items());
          for (std::size_t i = 0; i < part.size(); ++i) CHECK(part[i] == all[i * world + rank]);
          together.insert(together.end(), part.begin(), part.end());
        }
        CHECK(is_each_once(together, items));
      }
  }

  TEST_CASE("a shard pads from its own beginning") {
    const ItemOrder order({.items = 7, .batch = 2, .last = LastBatch::pad, .rank = 0, .world = 4});
    CHECK(epoch_of(order, 0) == Numbers{0, 4});
    const ItemOrder short_one({.items = 7, .batch = 2, .last = LastBatch::pad, .rank = 3, .world = 4});
    CHECK(epoch_of(short_one, 0) == Numbers{3, 3});
    CHECK(short_one.items_of(0, 0).valid == 1);
    CHECK(ItemOrder({.items = 3, .batch = 2, .last = LastBatch::pad, .rank = 3, .world = 4}).batches_per_epoch() == 0);
  }

  TEST_CASE("the largest layout does not overflow") {
    const ItemOrder order({.items = INT64_MAX, .batch = INT64_MAX - 1, .last = LastBatch::pad, .shuffle = true});
    CHECK(order.batches_per_epoch() == 2);
    CHECK(order.batch_size(1) == INT64_MAX - 1);
    CHECK(order.item_at(0, order.positions() - 1) < INT64_MAX);
  }
}
