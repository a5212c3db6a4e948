// Tests of making one item and of stacking items to batches.
// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/run/items.hpp"

using namespace orrery;
using namespace test;

TEST_SUITE("engine/run/item") {
  TEST_CASE("things that are thrown become errors") {
    const auto message_of = [](const std::function<void()>& throwing) {
      const MakeItem make = [&](std::uint32_t, std::uint64_t, std::uint64_t) -> base::Result<Item> {
        throwing();
        return Item{};
      };
      ItemStream stream(ItemOrder({}), make, {});
      return failure_of(stream).error;
    };
    const Error memory = message_of([] { throw std::bad_alloc(); });
    CHECK(memory.code == ErrorCode::out_of_memory);
    CHECK(memory.message == "item 0 of epoch 0: there was not enough memory to make it");
    CHECK(message_of([] { throw 42; }).message == "item 0 of epoch 0: something was thrown that is no std::exception");
  }

  TEST_CASE("items of a batch that do not agree are an error that names both") {
    const auto message_of = [](const std::function<Item(std::uint64_t)>& make, const std::vector<std::string>& names) {
      ItemStream stream(
          ItemOrder({.items = 8, .batch = 4}),
          [&](std::uint32_t, std::uint64_t, std::uint64_t index) -> base::Result<Item> { return make(index); },
          {.workers = 2, .outputs = names});
      CHECK(stream.next());
      const auto failed = stream.next();
      REQUIRE_FALSE(failed);
      CHECK_FALSE(stream.next());
      return std::string(base::name_of(failed.error().code)) + ": " + failed.error().message;
    };
    const double numbers[] = {1, 2, 3};
    const auto row = [&](std::int64_t n, const std::string& unit = "1") {
      return Tensor::of<double>(std::span(numbers).first(static_cast<std::size_t>(n)), {n}, *value::parse_unit(unit));
    };
    CHECK(message_of(
              [&](std::uint64_t i) {
                return Item{row(3), row(i == 6 ? 2 : 3)};
              },
              {"x", "y"}) ==
          "wrong_shape: items of a batch must agree in type, shape and unit, but output 'y' of item 4 of epoch 0 is "
          "f64[3], and of item 6 of epoch 0 it is f64[2]");
    CHECK(message_of([&](std::uint64_t i) { return Item{i == 7 ? Tensor::scalar(1.0f) : Tensor::scalar(1.0)}; }, {}) ==
          "wrong_type: items of a batch must agree in type, shape and unit, but output 0 of item 4 of epoch 0 is f64, "
          "and of item 7 of epoch 0 it is f32");
    CHECK(message_of([&](std::uint64_t i) { return Item{row(1, i == 5 ? "m" : "km")}; }, {"x"}) ==
          "wrong_dimension: items of a batch must agree in type, shape and unit, but output 'x' of item 4 of epoch 0 "
          "is f64[1] in km, and of item 5 of epoch 0 it is f64[1] in m");
    CHECK(message_of(
              [&](std::uint64_t i) {
                return i == 6 ? Item{row(1)} : Item{row(1), row(1)};
              },
              {"x"}) ==
          "broken_promise: items of a batch must have the same outputs, but item 4 of epoch 0 has 2 and item 6 of "
          "epoch 0 has 1");
    CHECK(message_of([&](std::uint64_t i) { return i == 5 ? Item{std::string("a")} : Item{row(1)}; }, {"x"}) ==
          "wrong_type: item 5 of epoch 0: output 'x' is text, but items are stacked to batches, and only tensors can "
          "be stacked");
    CHECK(message_of([&](std::uint64_t i) { return i == 4 ? Item{std::string("a")} : Item{row(1)}; }, {"x"}) ==
          "wrong_type: item 4 of epoch 0: output 'x' is text, but items are stacked to batches, and only tensors can "
          "be stacked");
  }

  TEST_CASE("items are stacked along a new first axis with their type and unit") {
    const MakeItem make = [](std::uint32_t, std::uint64_t, std::uint64_t index) -> base::Result<Item> {
      const double numbers[] = {10.0 * static_cast<double>(index), 1, 2, 3, 4, 5};
      return Item{Tensor::of<double>(numbers, {2, 3}, *value::parse_unit("km/s")), Tensor::scalar(index % 2 == 1),
                  Tensor::of<float>({}, {0, 4})};
    };
    ItemStream stream(ItemOrder({.items = 5, .batch = 3}), make, {});
    taken(stream);
    const StackedBatch last = taken(stream);
    REQUIRE(last.outputs.size() == 3);
    CHECK(value::describe(last.outputs[0]) == "f64[2 x 2 x 3] in km/s");
    CHECK(last.outputs[0].number(0) == 30);
    CHECK(last.outputs[0].number(6) == 40);
    CHECK(last.outputs[0].number(11) == 5);
    CHECK(value::describe(last.outputs[1]) == "bool[2]");
    CHECK(last.outputs[1].number(0) == 1);
    CHECK(value::describe(last.outputs[2]) == "f32[2 x 0 x 4]");
    CHECK(last.index == std::vector<std::int64_t>{3, 4});
    // Without outputs, batches are their numbers.
    ItemStream empty(ItemOrder({}),
                     [](std::uint32_t, std::uint64_t, std::uint64_t) -> base::Result<Item> { return Item{}; }, {});
    CHECK(taken(empty).outputs.empty());
  }
}
