// Items, slow makers of them, pools and readers for the tests of data sources.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <numeric>
#include <set>
#include <stdexcept>
#include <thread>

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include "engine/base/philox.hpp"
#include "engine/run/item_stream.hpp"

namespace test {

namespace run = orrery::run;
namespace value = orrery::value;
namespace base = orrery::base;
using base::Error;
using base::ErrorCode;
using run::Item;
using run::ItemOrder;
using run::ItemStream;
using run::LastBatch;
using run::MakeItem;
using run::StackedBatch;
using value::Tensor;

/// Runs f on a pool of so many threads, whatever the machine has.
template <class F>
void on_threads(int threads, F&& f) {
  const tbb::global_control allowed(tbb::global_control::max_allowed_parallelism, 8);
  tbb::task_arena arena(threads);
  arena.execute(f);
}

/// Two numbers that depend on epoch and index alone.
inline Item item_of(std::uint64_t epoch, std::uint64_t index) {
  const auto words = base::philox4x32({static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(epoch), 0, 0}, 5);
  const double numbers[] = {static_cast<double>(words[0]), static_cast<double>(words[1])};
  return {Tensor::of<double>(numbers, {2}), Tensor::scalar(static_cast<std::int64_t>(1000 * epoch + index))};
}

/// Up to 200 microseconds, other ones for each item; a pure function of the seed.
inline void delay(std::uint32_t seed, std::uint64_t epoch, std::uint64_t index) {
  const auto word =
      base::philox4x32({static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(epoch), 1, seed}, 6)[0];
  if (word % 3 == 0) std::this_thread::sleep_for(std::chrono::microseconds(word / 3 % 200));
  else if (word % 3 == 1) std::this_thread::yield();
}

inline MakeItem slow_items(std::uint32_t seed) {
  return [seed](std::uint32_t, std::uint64_t epoch, std::uint64_t index) -> base::Result<Item> {
    delay(seed, epoch, index);
    return item_of(epoch, index);
  };
}

inline MakeItem plain_items() {
  return [](std::uint32_t, std::uint64_t epoch, std::uint64_t index) -> base::Result<Item> {
    return item_of(epoch, index);
  };
}

inline void check_same(const StackedBatch& a, const StackedBatch& b) {
  CHECK(a.number == b.number);
  CHECK(a.epoch == b.epoch);
  CHECK(a.index == b.index);
  CHECK(a.valid == b.valid);
  REQUIRE(a.outputs.size() == b.outputs.size());
  for (std::size_t i = 0; i < a.outputs.size(); ++i) CHECK(value::same_bits(a.outputs[i], b.outputs[i]));
}

/// What a stream has to give, from the order alone.
inline StackedBatch wanted(const ItemOrder& order, std::uint64_t number) {
  const auto batch = order.items_of(number / order.batches_per_epoch(), number % order.batches_per_epoch());
  std::vector<run::MadeItem> rows;
  StackedBatch made{number, batch.epoch, {}, {}, batch.valid};
  for (const std::uint64_t index : batch.items) {
    rows.push_back({batch.epoch, index, item_of(batch.epoch, index), {}});
    made.index.push_back(static_cast<std::int64_t>(index));
  }
  made.outputs = std::move(*run::stack_items(rows, {}));
  return made;
}

inline StackedBatch taken(ItemStream& stream) {
  auto batch = stream.next();
  REQUIRE_MESSAGE(batch, batch.errors().front().message);
  return std::move(*batch);
}

/// Reads so many batches and compares each with what it has to be.
inline void check_stream(const ItemOrder& order, const MakeItem& make, const ItemStream::Options& options,
                         std::uint64_t batches) {
  ItemStream stream(order, make, options);
  for (std::uint64_t number = 0; number < batches; ++number) check_same(taken(stream), wanted(order, number));
}

/// The error of the first batch that fails, and how many came before it.
struct Failure {
  std::uint64_t after = 0;
  Error error;
};
inline Failure failure_of(ItemStream& stream) {
  for (std::uint64_t number = 0; number < 1000; ++number)
    if (auto batch = stream.next(); !batch) return {number, batch.error()};
  return {};
}

}  // namespace test
