// Tests of conversions of tensors between units and element types.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <array>
#include <limits>

#include "engine/value/tensor.hpp"

using namespace orrery;
using namespace orrery::value;

namespace {

Unit unit(std::string_view text) { return *parse_unit(text); }

template <class T>
Tensor of(std::vector<T> values, std::string_view symbol = "1") {
  const auto count = static_cast<std::int64_t>(values.size());
  return Tensor::of<T>(values, {count}, unit(symbol));
}

Tensor converted(const Tensor& tensor, DType dtype, std::string_view symbol) {
  auto result = convert(tensor, dtype, unit(symbol));
  REQUIRE(result);
  return *result;
}

base::Error error_of(const Tensor& tensor, DType dtype, std::string_view symbol) {
  const auto result = convert(tensor, dtype, unit(symbol));
  REQUIRE_FALSE(result);
  return result.error();
}

constexpr DTypeMask mask(std::initializer_list<DType> types) {
  DTypeMask all = 0;
  for (const DType type : types) all |= static_cast<DTypeMask>(type);
  return all;
}

}  // namespace

TEST_SUITE("engine/value/convert") {
  TEST_CASE("nothing to change means the same memory") {
    const Tensor a = of<double>({1, 2}, "1/s");
    const Tensor b = converted(a, DType::f64, "Hz");
    CHECK(b.raw() == a.raw());
    CHECK(b.unit().symbol() == "Hz");
    CHECK(a.unit().symbol() == "1/s");
    const Tensor flags = Tensor::scalar(true);
    CHECK(converted(flags, DType::boolean, "1").raw() == flags.raw());
  }

  TEST_CASE("numbers change with the unit") {
    const Tensor a = of<double>({0.1, 7, -3}, "km");
    const Tensor b = converted(a, DType::f64, "m");
    CHECK(b.number(0) == 100.0);
    CHECK(b.number(1) == 7000.0);
    CHECK(b.number(2) == -3000.0);
    CHECK(b.unit().symbol() == "m");
    CHECK(a.number(0) == 0.1);
    CHECK(converted(b, DType::f64, "km").number(1) == 7.0);
    CHECK(converted(of<double>({20}, "degC"), DType::f64, "K").number(0) == 293.15);
    CHECK(converted(of<float>({1.5f}, "km"), DType::f32, "m").data<float>()[0] == 1500.0f);
  }

  TEST_CASE("complex numbers change in both parts") {
    using C = std::complex<double>;
    CHECK(converted(of<C>({{1, 2}}, "km"), DType::c128, "m").data<C>()[0] == C(1000, 2000));
    CHECK(converted(of<C>({{20, 2}}, "degC"), DType::c128, "K").data<C>()[0] == C(293.15, 2));
  }

  TEST_CASE("types widen where nothing is lost") {
    using C = std::complex<double>;
    CHECK(converted(of<float>({0.1f}), DType::f64, "1").number(0) == static_cast<double>(0.1f));
    CHECK(converted(of<std::int64_t>({-5}), DType::f64, "1").number(0) == -5.0);
    CHECK(converted(of<double>({2.5}), DType::c128, "1").data<C>()[0] == C(2.5, 0));
    CHECK(converted(of<float>({2.5f}, "km"), DType::c128, "m").data<C>()[0] == C(2500, 0));
    CHECK(converted(of<std::int64_t>({3}, "h"), DType::f64, "s").number(0) == 10800.0);
    CHECK(converted(of<std::int64_t>({3}, "h"), DType::c128, "s").data<C>()[0] == C(10800, 0));
  }

  TEST_CASE("whole numbers beyond 2^53 are refused with their place") {
    constexpr std::int64_t limit = std::int64_t{1} << 53;
    CHECK(converted(of<std::int64_t>({limit, -limit}), DType::f64, "1").number(0) == 9007199254740992.0);
    const std::array<std::int64_t, 6> values = {0, 1, 2, 3, limit + 1, 5};
    const Tensor matrix = Tensor::of<std::int64_t>(values, {2, 3});
    const base::Error error = error_of(matrix, DType::f64, "1");
    CHECK(error.code == base::ErrorCode::lossy_conversion);
    CHECK(error.message == "element [1, 1] is 9007199254740993, which f64 cannot hold exactly");
    CHECK(error_of(Tensor::scalar(-limit - 1), DType::c128, "1").message ==
          "the value is -9007199254740993, which c128 cannot hold exactly");
    CHECK(error_of(Tensor::scalar(std::numeric_limits<std::int64_t>::min()), DType::f64, "1").code ==
          base::ErrorCode::lossy_conversion);
    // Without a change of type there is no loss.
    CHECK(converted(of<std::int64_t>({limit + 1}), DType::i64, "1").data<std::int64_t>()[0] == limit + 1);
  }

  TEST_CASE("whole numbers stay whole in another unit or are refused") {
    CHECK(converted(of<std::int64_t>({3, -2}, "km"), DType::i64, "m").data<std::int64_t>()[1] == -2000);
    CHECK(converted(of<std::int64_t>({3000}, "m"), DType::i64, "km").data<std::int64_t>()[0] == 3);
    CHECK(error_of(of<std::int64_t>({1500}, "m"), DType::i64, "km").message ==
          "element [0] is 1500, which i64 cannot hold exactly in km");
    CHECK(error_of(of<std::int64_t>({std::int64_t{1} << 52}, "km"), DType::i64, "m").code ==
          base::ErrorCode::lossy_conversion);
  }

  TEST_CASE("types never narrow and never cross") {
    const Tensor all[] = {of<double>({1}), of<float>({1}), of<std::int64_t>({1}), of<std::complex<double>>({1}),
                          Tensor::scalar(true)};
    const std::pair<std::size_t, DType> refused[] = {
        {0, DType::f32}, {0, DType::i64},     {0, DType::boolean}, {1, DType::i64},  {1, DType::boolean},
        {2, DType::f32}, {2, DType::boolean}, {3, DType::f64},     {3, DType::i64},  {3, DType::f32},
        {4, DType::f64}, {4, DType::i64},     {4, DType::c128},    {0, DType::text},
    };
    for (const auto& [i, type] : refused) CHECK(error_of(all[i], type, "1").code == base::ErrorCode::lossy_conversion);
    CHECK(error_of(all[0], DType::f32, "1").message == "f64 cannot become f32 without loss");
    CHECK(error_of(all[4], DType::boolean, "%").code == base::ErrorCode::lossy_conversion);
  }

  TEST_CASE("another dimension is refused by name") {
    const base::Error error = error_of(of<double>({1}, "km/s"), DType::f64, "km");
    CHECK(error.code == base::ErrorCode::wrong_dimension);
    CHECK(error.message == "expected length, but the value is velocity");
  }

  TEST_CASE("a port takes the smallest type that loses nothing") {
    using enum DType;
    CHECK(widened(i64, mask({f64, c128, i64})) == i64);
    CHECK(widened(i64, mask({f64, c128, f32})) == f64);
    CHECK(widened(i64, mask({c128, f32})) == c128);
    CHECK(widened(f32, mask({c128, f64})) == f64);
    CHECK(widened(f64, mask({c128, f32})) == c128);
    CHECK(widened(boolean, mask({boolean})) == boolean);
    CHECK_FALSE(widened(boolean, mask({f64, i64})));
    CHECK_FALSE(widened(f64, mask({f32, i64})));
    CHECK_FALSE(widened(c128, mask({f64})));
    CHECK(widened(text, mask({text, f64})) == text);
    CHECK_FALSE(widened(f64, 0));
  }

  TEST_CASE("empty tensors convert to empty tensors") {
    CHECK(converted(of<double>({}, "km"), DType::c128, "m").count() == 0);
    CHECK(converted(of<std::int64_t>({}, "km"), DType::i64, "m").count() == 0);
  }
}
