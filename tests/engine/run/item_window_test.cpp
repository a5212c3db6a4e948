// Tests of who makes items: helpers and the reader, pools of any size, early ends, and memory.
// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/run/items.hpp"

using namespace orrery;
using namespace test;

TEST_SUITE("engine/run/item_window") {
  TEST_CASE("no more items are held than the window has") {
    for (const std::uint64_t window : {1, 2, 4})
      for (const bool in_sequence : {false, true})
        on_threads(4, [&] {
          std::atomic<int> live{0}, most{0};
          const MakeItem make = [&](std::uint32_t, std::uint64_t, std::uint64_t) -> base::Result<Item> {
            const int now = ++live;
            for (int before = most; now > before && !most.compare_exchange_weak(before, now);) {
            }
            const value::Buffer counted(new std::byte[8], [&live](const std::byte* bytes) {
              delete[] bytes;
              --live;
            });
            return Item{Tensor(value::DType::f64, {1}, {}, counted)};
          };
          {
            ItemStream stream(ItemOrder({.items = 64, .batch = 4}), make,
                              {.workers = 4, .window = window, .in_sequence = in_sequence, .batches = 100});
            for (int i = 0; i < 100; ++i) {
              taken(stream);
              if (i % 10 == 0) std::this_thread::sleep_for(std::chrono::microseconds(300));
            }
            CHECK(live == 0);
          }
          CHECK(most.load() <= static_cast<int>(window * 4));
          CHECK(most.load() >= 4);
        });
  }

  TEST_CASE("worker numbers are below their number and none is used twice at a time") {
    for (const std::uint32_t workers : {1, 2, 3, 8})
      on_threads(8, [&] {
        std::vector<std::atomic<int>> at_work(workers);
        std::atomic<int> clashes{0};
        const MakeItem make = [&](std::uint32_t worker, std::uint64_t epoch,
                                  std::uint64_t index) -> base::Result<Item> {
          if (worker >= workers || at_work[worker].fetch_add(1) != 0) ++clashes;
          delay(workers, epoch, index);
          at_work[worker].fetch_sub(1);
          return item_of(epoch, index);
        };
        check_stream(ItemOrder({.items = 30, .batch = 3}), make, {.workers = workers, .window = 4}, 60);
        CHECK(clashes == 0);
      });
  }

  TEST_CASE("helpers fill the window each time while the reader does something else") {
    on_threads(2, [] {
      std::atomic<std::uint64_t> made{0};
      std::atomic<bool> elsewhere{false};
      const auto reader = std::this_thread::get_id();
      const MakeItem make = [&](std::uint32_t, std::uint64_t epoch, std::uint64_t index) -> base::Result<Item> {
        if (std::this_thread::get_id() != reader) elsewhere = true;
        ++made;
        return item_of(epoch, index);
      };
      ItemStream stream(ItemOrder({.items = 100, .batch = 2}), make, {.workers = 2, .window = 3});
      for (std::uint64_t i = 1; i <= 2000; ++i) {
        taken(stream);
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (made < 2 * (i + 3) && std::chrono::steady_clock::now() < end) std::this_thread::yield();
        REQUIRE(made == 2 * (i + 3));
      }
      CHECK(elsewhere);
    });
  }

  TEST_CASE("a thread that waits inside an item begins nothing else") {
    static thread_local bool in_item;
    std::atomic<int> nested{0};
    const MakeItem make = [](std::uint32_t, std::uint64_t epoch, std::uint64_t index) -> base::Result<Item> {
      in_item = true;
      // Made by another thread, of which two make no items; this one waits with tasks at hand.
      tbb::task_group part;
      tbb::this_task_arena::enqueue(part.defer([] { std::this_thread::sleep_for(std::chrono::microseconds(300)); }));
      part.wait();
      in_item = false;
      return item_of(epoch, index);
    };
    on_threads(4, [&] {
      tbb::task_group others;
      for (int i = 0; i < 200; ++i)
        others.run([&nested] {
          if (in_item) ++nested;
          std::this_thread::sleep_for(std::chrono::microseconds(100));
        });
      check_stream(ItemOrder({.items = 20, .batch = 4}), make, {.workers = 2, .window = 2}, 10);
      others.wait();
    });
    CHECK(nested == 0);
  }

  TEST_CASE("one worker and a pool of one thread work on the reading thread alone") {
    const auto reader = std::this_thread::get_id();
    std::atomic<int> others{0};
    const MakeItem make = [&](std::uint32_t worker, std::uint64_t epoch, std::uint64_t index) -> base::Result<Item> {
      if (worker != 0 || std::this_thread::get_id() != reader) ++others;
      return item_of(epoch, index);
    };
    const ItemOrder order({.items = 20, .batch = 3, .shuffle = true});
    on_threads(4, [&] { check_stream(order, make, {.workers = 1, .window = 3}, 20); });
    on_threads(1, [&] { check_stream(order, make, {.workers = 8, .window = 3}, 20); });
    CHECK(others == 0);
  }

  TEST_CASE("a stream may be closed or destroyed at every position") {
    const ItemOrder order({.items = 13, .batch = 3, .shuffle = true});
    for (const int threads : {1, 2, 4})
      for (const std::uint32_t workers : {1, 2, 8})
        for (std::uint64_t position = 0; position < 12; ++position)
          on_threads(threads, [&] {
            std::atomic<int> at_work{0};
            const MakeItem make = [&](std::uint32_t, std::uint64_t epoch, std::uint64_t index) -> base::Result<Item> {
              ++at_work;
              delay(workers, epoch, index);
              --at_work;
              return item_of(epoch, index);
            };
            {
              ItemStream stream(order, make, {.workers = workers, .window = 4});
              for (std::uint64_t number = 0; number < position; ++number)
                check_same(taken(stream), wanted(order, number));
              if (position % 2 == 0) {
                stream.close();
                CHECK(at_work == 0);
                CHECK_FALSE(stream.next());
                stream.close();
              }
            }
            CHECK(at_work == 0);
          });
  }

  TEST_CASE("a reader that waits is woken when another thread closes the stream") {
    for (const std::uint32_t workers : {1, 4})
      on_threads(4, [&] {
        std::atomic<std::uint64_t> begun{0};
        std::atomic<bool> go_on{false};
        const MakeItem make = [&](std::uint32_t, std::uint64_t epoch, std::uint64_t index) -> base::Result<Item> {
          if (++begun > 20)
            while (!go_on) std::this_thread::sleep_for(std::chrono::microseconds(50));
          return item_of(epoch, index);
        };
        ItemStream stream(ItemOrder({.items = 8, .batch = 2}), make, {.workers = workers, .window = 2});
        std::thread closer([&] {
          while (begun <= 20) std::this_thread::yield();
          std::thread later([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
            go_on = true;
          });
          stream.close();
          later.join();
        });
        const Failure failure = failure_of(stream);
        CHECK(failure.error.message == "the source is closed");
        CHECK(failure.after <= 10);
        closer.join();
      });
  }

  TEST_CASE("items may use the pool themselves") {
    const ItemOrder order({.items = 20, .batch = 4, .shuffle = true});
    const MakeItem make = [](std::uint32_t, std::uint64_t epoch, std::uint64_t index) -> base::Result<Item> {
      std::atomic<std::uint64_t> sum{0};
      tbb::parallel_for(std::uint64_t{0}, std::uint64_t{6}, [&](std::uint64_t i) {
        tbb::parallel_for(std::uint64_t{0}, std::uint64_t{4}, [&](std::uint64_t j) {
          delay(3, i, j);
          sum += i * j;
        });
      });
      CHECK(sum == 90);
      return item_of(epoch, index);
    };
    for (const int threads : {1, 2, 4})
      for (const std::uint32_t workers : {1, 2, 4})
        for (const bool in_sequence : {false, true})
          on_threads(threads, [&] {
            check_stream(order, make, {.workers = workers, .window = 2, .in_sequence = in_sequence}, 15);
            // And a reader that stops while items are at it.
            ItemStream stream(order, make, {.workers = workers, .window = 2, .in_sequence = in_sequence});
            taken(stream);
          });
  }

  TEST_CASE("many streams run at once") {
    const ItemOrder order({.items = 17, .batch = 3, .shuffle = true});
    for (const int threads : {1, 2, 4})
      on_threads(threads, [&] {
        tbb::parallel_for(0, 16, [&](int i) {
          check_stream(order, slow_items(static_cast<std::uint32_t>(i)), {.workers = 3, .window = 2}, 12);
        });
        std::vector<std::unique_ptr<ItemStream>> streams;
        for (std::uint32_t i = 0; i < 8; ++i)
          streams.push_back(std::make_unique<ItemStream>(order, slow_items(i), ItemStream::Options{.workers = 3}));
        for (std::uint64_t number = 0; number < 10; ++number)
          for (const auto& stream : streams) check_same(taken(*stream), wanted(order, number));
      });
  }

  TEST_CASE("the reader may be a task whose siblings wait for it") {
    const ItemOrder order({.items = 17, .batch = 3, .shuffle = true});
    for (const int threads : {1, 2, 4})
      on_threads(threads, [&] {
        tbb::task_group group;
        for (std::uint32_t i = 0; i < 6; ++i)
          group.run([&, i] {
            check_stream(order, slow_items(i), {.workers = 2, .window = 3}, 12);
            tbb::parallel_for(0, 100, [](int) { std::this_thread::yield(); });
          });
        group.wait();
      });
  }

  TEST_CASE("items of a stream may read another stream") {
    const ItemOrder order({.items = 9, .batch = 3}), inner({.items = 5, .batch = 5, .last = LastBatch::pad});
    for (const int threads : {1, 2, 4})
      on_threads(threads, [&] {
        const MakeItem make = [&](std::uint32_t worker, std::uint64_t epoch,
                                  std::uint64_t index) -> base::Result<Item> {
          check_stream(inner, slow_items(worker), {.workers = 3, .window = 2}, 3);
          return item_of(epoch, index);
        };
        check_stream(order, make, {.workers = 3, .window = 2}, 9);
      });
  }

  TEST_CASE("a stream lets go of what its items need though the pool never began to help") {
    const auto kept = std::make_shared<int>(1);
    on_threads(2, [&] {
      // The other thread of the pool is held up, so that helpers wait in its queue until the stream is gone.
      std::atomic<bool> held{false}, go_on{false};
      tbb::task_group group;
      tbb::this_task_arena::enqueue([&] {
        held = true;
        while (!go_on) std::this_thread::yield();
      });
      while (!held) std::this_thread::yield();
      {
        ItemStream stream(ItemOrder({.items = 8, .batch = 2}),
                          [kept](std::uint32_t, std::uint64_t epoch, std::uint64_t index) -> base::Result<Item> {
                            return item_of(epoch, index);
                          },
                          {.workers = 2, .window = 2});
        for (int i = 0; i < 10; ++i) taken(stream);
      }
      CHECK(kept.use_count() == 1);
      go_on = true;
    });
  }
}
