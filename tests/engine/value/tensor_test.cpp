// Tests of tensors and of the memory below them.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/tensor.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>
#include <thread>

using namespace orrery;
using namespace orrery::value;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();

Tensor numbers(std::vector<double> values, Shape shape) { return Tensor::of<double>(values, std::move(shape)); }

bool is_aligned(const Tensor& tensor) { return reinterpret_cast<std::uintptr_t>(tensor.raw()) % 64 == 0; }

}  // namespace

TEST_SUITE("engine/value/tensor") {
  TEST_CASE("element types have the sizes and names of the interface") {
    CHECK(size_of(DType::f64) == 8);
    CHECK(size_of(DType::f32) == 4);
    CHECK(size_of(DType::c128) == 16);
    CHECK(size_of(DType::i64) == 8);
    CHECK(size_of(DType::boolean) == 1);
    CHECK(size_of(DType::text) == 0);
    CHECK(name_of(DType::boolean) == "bool");
    CHECK(name_of(DType::c128) == "c128");
    CHECK(name_of(DType::text) == "text");
    CHECK(accepts(1 | 8, DType::i64));
    CHECK_FALSE(accepts(1 | 8, DType::f32));
  }

  TEST_CASE("memory is aligned for every size") {
    for (std::int64_t n : {0, 1, 7, 64, 1000, 1000000}) {
      for (const DType type : {DType::f64, DType::f32, DType::c128, DType::i64, DType::boolean}) {
        const auto tensor = Tensor::allocate(type, {n});
        REQUIRE(tensor);
        CHECK(is_aligned(*tensor));
        CHECK(tensor->count() == n);
        CHECK(tensor->bytes() == static_cast<std::size_t>(n) * size_of(type));
        CHECK(tensor->raw() != nullptr);
      }
    }
  }

  TEST_CASE("memory in use is counted and comes back") {
    const MemoryUse before = memory_use();
    {
      const auto a = Tensor::allocate(DType::f64, {1000});
      CHECK(memory_use().live == before.live + 8000);
      const Tensor copy = *a;
      CHECK(memory_use().live == before.live + 8000);
      const auto b = Tensor::allocate(DType::boolean, {24});
      CHECK(memory_use().live == before.live + 8024);
      CHECK(memory_use().peak >= before.live + 8024);
    }
    CHECK(memory_use().live == before.live);
  }

  TEST_CASE("memory is counted right by many threads at once") {
    const MemoryUse before = memory_use();
    {
      std::vector<std::jthread> threads;
      for (int t = 0; t < 4; ++t) {
        threads.emplace_back([] {
          for (int i = 0; i < 2000; ++i) {
            auto tensor = Tensor::allocate(DType::f64, {i % 50});
            Tensor copy = *tensor;
          }
        });
      }
    }
    CHECK(memory_use().live == before.live);
    CHECK(memory_use().peak >= memory_use().live);
  }

  TEST_CASE("the last reader frees the memory") {
    const MemoryUse before = memory_use();
    Tensor row;
    {
      const Tensor matrix = numbers({1, 2, 3, 4}, {2, 2});
      CHECK(matrix.is_sole_owner());
      row = matrix.slice_first(1);
      CHECK_FALSE(matrix.is_sole_owner());
    }
    CHECK(row.is_sole_owner());
    CHECK(memory_use().live == before.live + 32);
    CHECK(row.number(1) == 4.0);
    row = Tensor();
    CHECK(memory_use().live == before.live);
  }

  TEST_CASE("impossible sizes are errors") {
    constexpr std::int64_t huge = std::numeric_limits<std::int64_t>::max();
    for (const Shape& shape : {Shape{huge, huge}, Shape{-1}, Shape{huge}, Shape{std::int64_t{1} << 45},
                               Shape{0, huge, huge}, Shape{3, -2}}) {
      const auto tensor = Tensor::allocate(DType::f64, shape);
      REQUIRE_FALSE(tensor);
      CHECK(tensor.error().code == base::ErrorCode::too_large);
    }
    CHECK_FALSE(Tensor::allocate(DType::text, {1}));
  }

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#if !defined(__has_feature)
#define __has_feature(x) 0
#endif
#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
  // The sanitizers' allocators end the process instead of saying no.
  TEST_CASE("memory that the machine does not have is an error") {
    const auto tensor = Tensor::allocate(DType::f64, {std::int64_t{1} << 44});
    REQUIRE_FALSE(tensor);
    CHECK(tensor.error().code == base::ErrorCode::out_of_memory);
    CHECK(tensor.error().message == "there are not 140737488355328 bytes of memory for a tensor of 17592186044416");
  }
#endif
#endif

  TEST_CASE("an empty tensor is whole") {
    const Tensor none;
    CHECK(none.count() == 0);
    CHECK(none.rank() == 1);
    CHECK(none.span<double>().empty());
    CHECK_FALSE(first_non_finite(none));
    CHECK(same_bits(none, numbers({}, {0})));
    CHECK(none.reshaped({5, 0}).slice_first(3).count() == 0);
  }

  TEST_CASE("a copy shares its memory") {
    const Tensor a = numbers({1, 2, 3}, {3});
    const Tensor b = a;
    CHECK(a.raw() == b.raw());
    CHECK_FALSE(a.is_sole_owner());
  }

  TEST_CASE("another shape sees the same numbers") {
    const Tensor flat = numbers({1, 2, 3, 4, 5, 6}, {6});
    const Tensor matrix = flat.reshaped({2, 3});
    CHECK(matrix.raw() == flat.raw());
    CHECK(matrix.shape() == Shape{2, 3});
    const Tensor row = matrix.slice_first(1);
    CHECK(row.shape() == Shape{3});
    CHECK(row.number(0) == 4.0);
    const Tensor element = row.slice_first(2);
    CHECK(element.rank() == 0);
    CHECK(element.number(0) == 6.0);
    CHECK(flat.reshaped({6, 1, 1}).slice_first(5).number(0) == 6.0);
  }

  TEST_CASE("elements of all types are numbers") {
    CHECK(Tensor::scalar(2.5).number(0) == 2.5);
    CHECK(Tensor::scalar(2.5f).number(0) == 2.5);
    CHECK(Tensor::scalar(std::int64_t{-7}).number(0) == -7.0);
    CHECK(Tensor::scalar(true).number(0) == 1.0);
    CHECK(Tensor::scalar(std::complex<double>(1.5, 9)).number(0) == 1.5);
  }

  TEST_CASE("a tensor over foreign memory keeps it alive") {
    bool freed = false;
    {
      Buffer buffer(new std::byte[64], [&](std::byte* bytes) {
        freed = true;
        delete[] bytes;
      });
      const Tensor view(DType::f64, {2}, Unit{}, buffer, 16);
      CHECK(view.raw() == buffer.get() + 16);
      buffer.reset();
      CHECK_FALSE(freed);
    }
    CHECK(freed);
  }

  TEST_CASE("counts are checked against overflow") {
    CHECK(checked_count(Shape{}) == 1);
    CHECK(checked_count(Shape{3, 4}) == 12);
    CHECK(checked_count(Shape{3, 0}) == 0);
    CHECK_FALSE(checked_count(Shape{1LL << 32, 1LL << 31}));
    CHECK(checked_count(Shape{1LL << 31, 1LL << 31}) == 1LL << 62);
    CHECK_FALSE(checked_count(Shape{0, -1}));
    CHECK_FALSE(checked_count(Shape{0, 1LL << 40, 1LL << 40}));
  }

  TEST_CASE("shapes and positions have texts") {
    CHECK(to_text(Shape{}) == "scalar");
    CHECK(to_text(Shape{5}) == "5");
    CHECK(to_text(Shape{3, 4}) == "3 x 4");
    CHECK(position_text({}, 0) == "");
    CHECK(position_text({9}, 7) == "[7]");
    CHECK(position_text({4, 20}, 3 * 20 + 17) == "[3, 17]");
    CHECK(position_text({2, 3, 4}, 23) == "[1, 2, 3]");
    CHECK(position_text({0, 3}, 0) == "[0, 0]");
  }

  TEST_CASE("equality is of bits and element types and shapes") {
    CHECK(same_bits(numbers({1, not_a_number}, {2}), numbers({1, not_a_number}, {2})));
    CHECK_FALSE(same_bits(numbers({0.0}, {1}), numbers({-0.0}, {1})));
    CHECK_FALSE(same_bits(numbers({1, 2}, {2}), numbers({1, 2}, {1, 2})));
    CHECK_FALSE(same_bits(numbers({0}, {1}), Tensor::of<std::int64_t>(std::array<std::int64_t, 1>{0}, {1})));
  }

  TEST_CASE("the first number that is not finite is found at every position") {
    for (const double bad : {not_a_number, inf, -inf, -not_a_number}) {
      for (const std::size_t at : {0UL, 1UL, 255UL, 256UL, 511UL, 999UL}) {
        std::vector<double> values(1000, 1e308);
        values[at] = bad;
        values.back() = not_a_number;
        CHECK(first_non_finite(numbers(values, {1000})) == static_cast<std::int64_t>(at));
      }
    }
    CHECK_FALSE(first_non_finite(numbers(std::vector<double>(1000, 5e-324), {1000})));
    CHECK(first_non_finite(Tensor::scalar(std::numeric_limits<float>::infinity())) == 0);
    const std::array<std::complex<double>, 3> parts = {1.0, {0.0, inf}, 2.0};
    CHECK(first_non_finite(Tensor::of<std::complex<double>>(parts, {3})) == 1);
    CHECK_FALSE(first_non_finite(Tensor::scalar(std::int64_t{1})));
  }
}
