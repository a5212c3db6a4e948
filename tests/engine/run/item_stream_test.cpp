// Tests of batches in their order: the same bits for any workers, each item once, errors where they belong, seeking.
// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/run/items.hpp"

using namespace orrery;
using namespace test;

TEST_SUITE("engine/run/item_stream") {
  TEST_CASE("the stream has the same bits for any number of workers and threads and any delays") {
    const ItemOrder order({.items = 61, .batch = 4, .shuffle = true, .key = 3});
    for (const int threads : {1, 2, 4, 8})
      for (const std::uint32_t workers : {1, 2, 4, 8})
        for (const std::uint64_t window : {1, 2, 5})
          on_threads(threads, [&] {
            const auto seed =
                static_cast<std::uint32_t>(threads * 1000) + workers * 10 + static_cast<std::uint32_t>(window);
            check_stream(order, slow_items(seed), {.workers = workers, .window = window}, 40);
          });
  }

  TEST_CASE("each item is made once an epoch for many sizes") {
    for (const std::uint64_t items : {1, 2, 3, 7, 8, 9, 31, 32, 33, 97})
      for (const std::uint64_t batch : {1, 3, 8, 32, 200})
        on_threads(4, [&] {
          const ItemOrder order({.items = items, .batch = batch, .shuffle = true, .key = items});
          std::mutex mutex;
          std::map<std::pair<std::uint64_t, std::uint64_t>, int> made;
          const MakeItem make = [&](std::uint32_t, std::uint64_t epoch, std::uint64_t index) -> base::Result<Item> {
            const std::lock_guard lock(mutex);
            ++made[{epoch, index}];
            return item_of(epoch, index);
          };
          const std::uint64_t batches = 3 * order.batches_per_epoch();
          {
            ItemStream stream(order, make, {.workers = 4, .window = 3, .batches = batches});
            for (std::uint64_t number = 0; number < batches; ++number) check_same(taken(stream), wanted(order, number));
            const auto end = stream.next();
            REQUIRE_FALSE(end);
            CHECK(end.error().code == ErrorCode::out_of_range);
          }
          // Nothing behind the end is made, either.
          CHECK(made.size() == 3 * items);
          for (const auto& [item, times] : made) CHECK(times == 1);
        });
  }

  TEST_CASE("10007 items in batches of 32 come in 313 batches an epoch") {
    on_threads(2, [] {
      const ItemOrder order({.items = 10'007, .batch = 32, .shuffle = true, .key = 7});
      ItemStream stream(order, plain_items(), {.workers = 2, .window = 4});
      std::set<std::int64_t> seen;
      std::uint64_t batches = 0;
      for (; seen.size() < 10'007; ++batches)
        for (const std::int64_t index : taken(stream).index) CHECK(seen.insert(index).second);
      CHECK(batches == 313);
      CHECK(taken(stream).epoch == 1);
    });
  }

  TEST_CASE("the last batch is kept or dropped or padded") {
    for (const LastBatch last : {LastBatch::keep, LastBatch::drop, LastBatch::pad})
      for (const std::uint64_t batch : {3, 4, 7})
        on_threads(4, [&] {
          const ItemOrder order({.items = 10, .batch = batch, .last = last, .shuffle = true, .key = 1});
          check_stream(order, slow_items(77), {.workers = 3, .window = 2}, 4 * order.batches_per_epoch());
        });
    const ItemOrder few({.items = 3, .batch = 8, .last = LastBatch::pad});
    check_stream(few, plain_items(), {.workers = 2, .window = 2}, 3);
  }

  TEST_CASE("an epoch without any batch is an error and no endless loop") {
    ItemStream stream(ItemOrder({.items = 3, .batch = 8, .last = LastBatch::drop}), plain_items(), {});
    const auto batch = stream.next();
    REQUIRE_FALSE(batch);
    CHECK(batch.error().message == "an epoch has no batch: 3 of 3 items are for rank 0 of 1, and a batch has 8");
    CHECK(stream.seek(5));
    CHECK_FALSE(stream.next());
    stream.close();
  }

  TEST_CASE("shards together deliver the epoch once") {
    on_threads(4, [] {
      std::set<std::int64_t> seen;
      for (std::uint64_t rank = 0; rank < 3; ++rank) {
        const ItemOrder order({.items = 50, .batch = 4, .shuffle = true, .key = 8, .rank = rank, .world = 3});
        ItemStream stream(order, slow_items(5), {.workers = 3, .window = 2});
        for (std::uint64_t b = 0; b < order.batches_per_epoch(); ++b)
          for (const std::int64_t index : taken(stream).index) CHECK(seen.insert(index).second);
      }
      CHECK(seen.size() == 50);
    });
  }

  TEST_CASE("a batch is the same whether it is read in turn or sought") {
    const ItemOrder order({.items = 23, .batch = 4, .shuffle = true, .key = 2});
    for (const int threads : {1, 4})
      on_threads(threads, [&] {
        ItemStream stream(order, slow_items(9), {.workers = 3, .window = 3});
        for (const std::uint64_t number : {17, 0, 5, 6, 6, 100, 3, 1'000'000'007}) {
          REQUIRE(stream.seek(number));
          CHECK(stream.position() == number);
          for (std::uint64_t i = 0; i < number % 4 + 1; ++i) check_same(taken(stream), wanted(order, number + i));
        }
        // Again and again without reading: what was begun is let go.
        for (std::uint64_t number = 0; number < 50; ++number) {
          REQUIRE(stream.seek(3 * number));
          if (number % 3 == 0) check_same(taken(stream), wanted(order, 3 * number));
        }
        REQUIRE(stream.seek(UINT64_MAX));
        CHECK_FALSE(stream.next());
        REQUIRE(stream.seek(2));
        check_same(taken(stream), wanted(order, 2));
      });
  }

  TEST_CASE("an item that fails fails its batch and no other and is named") {
    const ItemOrder order({.items = 12, .batch = 4, .shuffle = true, .key = 4});
    for (std::uint64_t position = 0; position < 24; ++position)
      for (const std::uint32_t workers : {1, 2, 4})
        on_threads(4, [&] {
          const std::uint64_t bad_epoch = position / 12, bad = order.item_at(bad_epoch, position % 12);
          const bool throws = position % 2 == 1;
          const MakeItem make = [&](std::uint32_t, std::uint64_t epoch, std::uint64_t index) -> base::Result<Item> {
            delay(workers, epoch, index);
            if (epoch != bad_epoch || index != bad) return item_of(epoch, index);
            if (throws) throw std::runtime_error("it broke");
            return Error(ErrorCode::out_of_range, "it is too large").help("try a smaller one");
          };
          ItemStream stream(order, make, {.workers = workers, .window = 3});
          for (std::uint64_t number = 0; number < position / 4; ++number)
            check_same(taken(stream), wanted(order, number));
          const auto failed = stream.next();
          REQUIRE_FALSE(failed);
          const std::string name = "item " + std::to_string(bad) + " of epoch " + std::to_string(bad_epoch);
          CHECK(failed.error().message == name + (throws ? ": it broke" : ": it is too large"));
          CHECK(failed.error().code == (throws ? ErrorCode::step_failed : ErrorCode::out_of_range));
          CHECK(failed.error().helps.size() == (throws ? 0 : 1));
          const auto after = stream.next();
          REQUIRE_FALSE(after);
          CHECK(after.error().message == "the source is closed");
        });
  }

  TEST_CASE("of several items that fail the first in the order of delivery is told of whatever the timing") {
    const ItemOrder order({.items = 40, .batch = 8, .shuffle = true, .key = 6});
    std::vector<bool> bad(40);
    for (const std::uint64_t position : {13, 14, 15, 17, 30}) bad[order.item_at(0, position)] = true;
    for (std::uint32_t seed = 0; seed < 30; ++seed)
      on_threads(4, [&] {
        const MakeItem make = [&](std::uint32_t, std::uint64_t epoch, std::uint64_t index) -> base::Result<Item> {
          delay(seed, epoch, index);
          if (bad[index]) return Error(ErrorCode::step_failed, "no");
          return item_of(epoch, index);
        };
        ItemStream stream(order, make, {.workers = 4, .window = 4});
        const Failure failure = failure_of(stream);
        CHECK(failure.after == 1);
        CHECK(failure.error.message == "item " + std::to_string(order.item_at(0, 13)) + " of epoch 0: no");
      });
  }

  TEST_CASE("an error behind an early stop is never seen") {
    on_threads(4, [] {
      std::atomic<int> failed{0};
      const MakeItem make = [&](std::uint32_t, std::uint64_t epoch, std::uint64_t index) -> base::Result<Item> {
        if (index >= 6) {
          ++failed;
          throw std::runtime_error("too far");
        }
        return item_of(epoch, index);
      };
      const ItemOrder order({.items = 20, .batch = 2});
      ItemStream stream(order, make, {.workers = 4, .window = 8});
      for (std::uint64_t number = 0; number < 3; ++number) check_same(taken(stream), wanted(order, number));
      // After the first that failed, no others are begun; those at work may still fail.
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      CHECK(failed <= 4);
      stream.close();
      CHECK(stream.next().error().message == "the source is closed");
    });
  }

  TEST_CASE("after an error what was made ahead can be left by seeking back") {
    const ItemOrder order({.items = 20, .batch = 2});
    on_threads(2, [&] {
      const MakeItem make = [&](std::uint32_t, std::uint64_t epoch, std::uint64_t index) -> base::Result<Item> {
        if (index == 9) return Error(ErrorCode::step_failed, "no");
        return item_of(epoch, index);
      };
      ItemStream stream(order, make, {.workers = 2, .window = 8});
      check_same(taken(stream), wanted(order, 0));
      REQUIRE(stream.seek(5));
      for (std::uint64_t number = 5; number < 10; ++number) check_same(taken(stream), wanted(order, number));
      REQUIRE(stream.seek(4));
      CHECK(stream.next().error().message == "item 9 of epoch 0: no");
    });
  }

  TEST_CASE("a generator with a state is asked in the order of delivery and once for each item") {
    for (const LastBatch last : {LastBatch::keep, LastBatch::drop, LastBatch::pad})
      for (const std::uint64_t batch : {1, 4, 6, 40})
        for (const std::uint32_t workers : {1, 2, 8})
          on_threads(4, [&] {
            const ItemOrder order({.items = 15, .batch = batch, .last = last, .shuffle = true, .key = 1});
            if (order.batches_per_epoch() == 0) return;
            std::uint64_t state = 0;  // neither locked nor atomic
            std::vector<std::uint64_t> asked;
            const MakeItem make = [&](std::uint32_t, std::uint64_t epoch, std::uint64_t index) -> base::Result<Item> {
              delay(workers, epoch, index);
              asked.push_back(index);
              return Item{Tensor::scalar(static_cast<std::int64_t>(state++))};
            };
            const std::uint64_t per_epoch = std::min(order.items(), order.positions());
            {
              ItemStream stream(order, make, {.workers = workers, .window = 3, .in_sequence = true});
              for (std::uint64_t number = 0; number < 3 * order.batches_per_epoch(); ++number) {
                const StackedBatch made = taken(stream);
                const auto planned =
                    order.items_of(number / order.batches_per_epoch(), number % order.batches_per_epoch());
                CHECK(made.valid == planned.valid);
                for (std::size_t i = 0; i < planned.items.size(); ++i) {
                  CHECK(made.index[i] == static_cast<std::int64_t>(planned.items[i]));
                  const std::uint64_t place = number % order.batches_per_epoch() * batch + i;
                  CHECK(made.outputs[0].data<std::int64_t>()[i] ==
                        static_cast<std::int64_t>(made.epoch * per_epoch + place % order.items()));
                }
              }
            }
            for (std::size_t i = 0; i < asked.size(); ++i)
              CHECK(asked[i] == order.item_at(i / per_epoch, i % per_epoch));
          });
  }

  TEST_CASE("a generator with a state is wound forward by seeking and cannot go back") {
    on_threads(2, [] {
      std::int64_t state = 0;
      const MakeItem make = [&](std::uint32_t, std::uint64_t, std::uint64_t) -> base::Result<Item> {
        return Item{Tensor::scalar(state++)};
      };
      ItemStream stream(ItemOrder({.items = 10, .batch = 2}), make, {.workers = 2, .window = 2, .in_sequence = true});
      REQUIRE(stream.seek(3));
      CHECK(taken(stream).outputs[0].number(0) == 6);
      CHECK(taken(stream).outputs[0].number(0) == 8);
      REQUIRE(stream.seek(7));
      const StackedBatch batch = taken(stream);
      CHECK(batch.number == 7);
      CHECK(batch.epoch == 1);
      CHECK(batch.outputs[0].number(1) == 15);
      const auto back = stream.seek(7);
      REQUIRE_FALSE(back);
      CHECK(back.error().message ==
            "items that are made in sequence are made once: batch 7 cannot be had after batch 7");
      CHECK(stream.position() == 8);
      CHECK(taken(stream).outputs[0].number(0) == 16);
    });
  }

  TEST_CASE("an item that fails in sequence is the last that is made") {
    on_threads(2, [] {
      std::atomic<int> made{0};
      const MakeItem make = [&](std::uint32_t, std::uint64_t epoch, std::uint64_t index) -> base::Result<Item> {
        ++made;
        if (index == 5) return Error(ErrorCode::step_failed, "it is exhausted");
        return item_of(epoch, index);
      };
      ItemStream stream(ItemOrder({.items = 10, .batch = 2}), make, {.workers = 2, .window = 4, .in_sequence = true});
      REQUIRE(stream.seek(4));
      CHECK(stream.next().error().message == "item 5 of epoch 0: it is exhausted");
      CHECK(made == 6);
    });
  }
}
