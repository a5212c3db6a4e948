// What a data source costs an item: streams with one and two workers against a plain loop over the same function.
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <memory>

#include <tbb/task_arena.h>

#include "engine/run/item_stream.hpp"
#include "tests/benchmarks/support.hpp"

namespace {

using namespace orrery;

constexpr std::uint64_t items = 10'007, batch = 32;

/// An item of `numbers` doubles, each the end of `turns` multiplications that wait for each other.
run::MakeItem maker(std::int64_t numbers, int turns) {
  return [=](std::uint32_t, std::uint64_t epoch, std::uint64_t index) -> base::Result<run::Item> {
    auto made = value::Tensor::allocate(value::DType::f64, {numbers});
    if (!made) return std::move(made).errors();
    for (std::int64_t i = 0; i < numbers; ++i) {
      double x = 1.0 + 1e-9 * static_cast<double>(epoch + index);
      for (int turn = 0; turn < turns; ++turn) x = x * 1.0000001 + 1e-12;
      made->data<double>()[i] = x;
    }
    return run::Item{std::move(*made)};
  };
}

/// Every item of an epoch, made and stacked by hand.
void plain(const run::MakeItem& make, bool stacked) {
  for (std::uint64_t begin = 0; begin < items; begin += batch) {
    std::vector<run::MadeItem> rows;
    for (std::uint64_t i = begin; i < std::min(begin + batch, items); ++i) {
      auto item = make(0, 0, i);
      if (!item) bench::fail(item.errors());
      if (stacked) rows.push_back({0, i, std::move(*item), {}});
    }
    if (stacked && !run::stack_items(rows, {})) std::exit(1);
  }
}

void streamed(const run::MakeItem& make, std::uint32_t workers, bool shuffle) {
  const run::ItemOrder order({.items = items, .batch = batch, .shuffle = shuffle, .key = 1});
  run::ItemStream stream(order, make, {.workers = workers, .window = 4});
  for (std::uint64_t i = 0; i < order.batches_per_epoch(); ++i)
    if (const auto made = stream.next(); !made) bench::fail(made.errors());
}

void compare(const char* what, const run::MakeItem& make) {
  const auto each = [](auto&& f) { return bench::best_of(5, f) / items * 1e9; };
  const double loop = each([&] { plain(make, false); }), stack = each([&] { plain(make, true); });
  std::printf("%s: plain loop %.0f ns an item, with stacking %.0f ns\n", what, loop, stack);
  for (const std::uint32_t workers : {1u, 2u})
    for (const bool shuffle : {false, true}) {
      const double stream = each([&] { streamed(make, workers, shuffle); });
      std::printf("  %u worker%s %-11s %6.0f ns an item, %+6.0f ns   ratio to the plain loop %.2f, to stacking %.2f\n",
                  workers, workers == 1 ? ", " : "s,", shuffle ? "shuffled:" : "in order:", stream, stream - loop,
                  stream / loop, stream / stack);
    }
}

}  // namespace

int main() {
  tbb::task_arena arena(2);
  arena.execute([] {
    compare("one number", maker(1, 1));
    compare("64 numbers, 1 us", maker(64, 16));
    compare("64 numbers, 20 us", maker(64, 280));
  });
}
