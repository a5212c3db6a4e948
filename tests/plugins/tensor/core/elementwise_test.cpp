// Elementwise kernels: against direct evaluation, on every broadcasting pattern, at the edges.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/core/elementwise.hpp"

#include <doctest/doctest.h>

#include <numbers>
#include <stdexcept>

#include "tests/plugins/tensor/core/helpers.hpp"

using namespace orrery::tensor;
using namespace orrery::tensor::test;

namespace {

template <typename T>
Tensor<T> binary(BinaryOperation operation, const Tensor<T>& a, const Tensor<T>& b) {
  Tensor<T> out = blank<T>(broadcast_shape(a.shape, b.shape));
  apply<T>(operation, a.view(), b.view(), out.data);
  return out;
}

template <typename T>
std::vector<T> unary(UnaryOperation operation, const std::vector<T>& in) {
  std::vector<T> out(in.size());
  apply<T>(operation, in, out);
  return out;
}

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();
constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

}  // namespace

TEST_SUITE_BEGIN("plugins/tensor/core/elementwise");

TEST_CASE("broadcast arithmetic agrees with indexing by hand") {
  const std::vector<Shape> shapes{{}, {1}, {4}, {3, 1}, {3, 4}, {2, 1, 4}, {2, 3, 1}, {2, 3, 4}, {1, 1, 1}};
  for (const Shape& sa : shapes) {
    for (const Shape& sb : shapes) {
      const Tensor<double> a = counting<double>(sa);
      Tensor<double> b = counting<double>(sb);
      for (double& x : b.data) {
        x = 100.0 * x + 7.0;
      }
      const Tensor<double> out = binary(BinaryOperation::subtract, a, b);
      const auto at = [](const Tensor<double>& t, const Shape& full, std::size_t flat) {
        std::size_t offset = 0;
        std::size_t step = 1;
        for (std::size_t k = 1; k <= full.size(); ++k) {
          const auto index = static_cast<std::int64_t>(flat) % full[full.size() - k];
          flat /= static_cast<std::size_t>(full[full.size() - k]);
          if (k <= t.shape.size()) {
            const std::int64_t length = t.shape[t.shape.size() - k];
            offset += length == 1 ? 0 : step * static_cast<std::size_t>(index);
            step *= static_cast<std::size_t>(length);
          }
        }
        return t.data[offset];
      };
      for (std::size_t i = 0; i < out.data.size(); ++i) {
        CHECK(out.data[i] == at(a, out.shape, i) - at(b, out.shape, i));
      }
    }
  }
}

TEST_CASE("an empty axis gives an empty result") {
  CHECK(binary(BinaryOperation::add, blank<double>({0, 3}), counting<double>({3})).data.empty());
}

TEST_CASE("every real function is that of the library") {
  using enum UnaryOperation;
  // Kept from the compiler, which would evaluate the right-hand sides itself and round some of them better.
  volatile double hidden = 0.3;
  const double y = hidden;
  const std::vector<double> x{y};
  CHECK(unary(negate, x)[0] == -y);
  CHECK(unary(square, x)[0] == y * y);
  CHECK(unary(reciprocal, x)[0] == 1.0 / y);
  CHECK(unary(sqrt, x)[0] == std::sqrt(y));
  CHECK(unary(cbrt, x)[0] == std::cbrt(y));
  CHECK(unary(exp, x)[0] == std::exp(y));
  CHECK(unary(expm1, x)[0] == std::expm1(y));
  CHECK(unary(log, x)[0] == std::log(y));
  CHECK(unary(log1p, x)[0] == std::log1p(y));
  CHECK(unary(log2, x)[0] == std::log2(y));
  CHECK(unary(log10, x)[0] == std::log10(y));
  CHECK(unary(sin, x)[0] == std::sin(y));
  CHECK(unary(cos, x)[0] == std::cos(y));
  CHECK(unary(tan, x)[0] == std::tan(y));
  CHECK(unary(asin, x)[0] == std::asin(y));
  CHECK(unary(acos, x)[0] == std::acos(y));
  CHECK(unary(atan, x)[0] == std::atan(y));
  CHECK(unary(sinh, x)[0] == std::sinh(y));
  CHECK(unary(cosh, x)[0] == std::cosh(y));
  CHECK(unary(tanh, x)[0] == std::tanh(y));
  CHECK(unary(asinh, x)[0] == std::asinh(y));
  CHECK(unary<double>(acosh, {1.0 + y})[0] == std::acosh(1.0 + y));
  CHECK(unary(atanh, x)[0] == std::atanh(y));
  CHECK(unary<double>(floor, {-0.5})[0] == -1.0);
  CHECK(unary<double>(ceil, {0.5})[0] == 1.0);
  CHECK(unary<double>(round, {0.5, 1.5, 2.5, -0.5}) == std::vector<double>{0.0, 2.0, 2.0, -0.0});
  CHECK(unary<double>(absolute, {-3.0, 0.0}) == std::vector<double>{3.0, 0.0});
  CHECK(unary<double>(sign, {-3.0, 0.0, 8.0}) == std::vector<double>{-1.0, 0.0, 1.0});
  CHECK(std::isnan(unary<double>(sign, {not_a_number})[0]));
  CHECK(std::isnan(unary<double>(sqrt, {-1.0})[0]));
  CHECK(unary(conjugate, x) == x);
  CHECK(unary<float>(exp, {0.3F})[0] == std::exp(0.3F));
}

TEST_CASE("two-argument functions follow the library and NumPy") {
  using enum BinaryOperation;
  const auto one = [](BinaryOperation operation, double a, double b) {
    return binary<double>(operation, {{}, {a}}, {{}, {b}}).data[0];
  };
  CHECK(one(add, 0.1, 0.2) == 0.1 + 0.2);
  CHECK(one(multiply, 0.1, 0.2) == 0.1 * 0.2);
  CHECK(one(divide, 1.0, 3.0) == 1.0 / 3.0);
  CHECK(one(divide, 1.0, 0.0) == inf);
  CHECK(one(power, 2.0, 0.5) == std::pow(2.0, 0.5));
  CHECK(one(atan2, 1.0, -1.0) == std::atan2(1.0, -1.0));
  CHECK(std::abs(one(hypot, 3e200, 4e200) - 5e200) <= ulps(1, 5e200));
  CHECK(one(remainder, 5.5, 3.0) == 2.5);
  CHECK(one(remainder, -5.5, 3.0) == 0.5);
  CHECK(one(remainder, 5.5, -3.0) == -0.5);
  CHECK(std::signbit(one(remainder, 6.0, -3.0)));
  CHECK(one(minimum, 1.0, 2.0) == 1.0);
  CHECK(one(maximum, 1.0, 2.0) == 2.0);
  CHECK(std::isnan(one(minimum, not_a_number, 2.0)));
  CHECK(std::isnan(one(maximum, 2.0, not_a_number)));
}

TEST_CASE("complex functions and magnitudes are those of the library") {
  const Complex z{1.0, 2.0};
  CHECK(unary<Complex>(UnaryOperation::conjugate, {z})[0] == std::conj(z));
  CHECK(unary<Complex>(UnaryOperation::exp, {z})[0] == std::exp(z));
  CHECK(unary<Complex>(UnaryOperation::sqrt, {z})[0] == std::sqrt(z));
  CHECK(binary<Complex>(BinaryOperation::multiply, {{}, {z}}, {{2}, {z, 1.0}}).data == std::vector<Complex>{z * z, z});
  std::vector<double> out(1);
  magnitude(std::vector<Complex>{{3.0, -4.0}}, out);
  CHECK(out[0] == 5.0);
  CHECK(message_of([&] { unary<Complex>(UnaryOperation::absolute, {z}); }) ==
        "operation absolute is not defined for elements of type c128");
  CHECK(message_of([&] {
          binary<Complex>(BinaryOperation::minimum, {{}, {z}}, {{}, {z}});
        }) == "operation minimum is not defined for elements of type c128");
}

TEST_CASE("integers are exact and never wrap around") {
  using enum BinaryOperation;
  using Int = std::int64_t;
  const auto one = [](BinaryOperation operation, Int a, Int b) {
    return binary<Int>(operation, {{}, {a}}, {{}, {b}}).data[0];
  };
  CHECK(one(power, 3, 39) == 4052555153018976267);
  CHECK(one(power, -2, 63) == smallest);
  CHECK(one(power, 0, 0) == 1);
  CHECK(one(remainder, -7, 3) == 2);
  CHECK(one(remainder, 7, -3) == -2);
  CHECK(one(remainder, smallest, -1) == 0);
  CHECK(one(add, largest, -1) == largest - 1);
  CHECK_THROWS_AS(one(add, largest, 1), std::out_of_range);
  CHECK_THROWS_AS(one(subtract, smallest, 1), std::out_of_range);
  CHECK_THROWS_AS(one(multiply, largest, 2), std::out_of_range);
  CHECK_THROWS_AS(one(power, 3, 40), std::out_of_range);
  CHECK_THROWS_AS(one(remainder, 1, 0), std::invalid_argument);
  CHECK(message_of([&] { one(power, 2, -1); }) == "exponents of integers must not be negative; one is -1");
  CHECK(message_of([&] { one(divide, 4, 2); }) == "operation divide is not defined for elements of type i64");
  CHECK(message_of([&] {
          binary<Int>(add, {{3}, {1, largest, 2}}, {{}, {1}});
        }) == "operation add leaves the range of i64, [-2^63, 2^63 - 1], at element 1");
  CHECK(unary<Int>(UnaryOperation::absolute, {-5, 0, 5}) == std::vector<Int>{5, 0, 5});
  CHECK(unary<Int>(UnaryOperation::negate, {-5, 5}) == std::vector<Int>{5, -5});
  CHECK(unary<Int>(UnaryOperation::square, {-5}) == std::vector<Int>{25});
  CHECK_THROWS_AS(unary<Int>(UnaryOperation::negate, {smallest}), std::out_of_range);
  CHECK_THROWS_AS(unary<Int>(UnaryOperation::absolute, {smallest}), std::out_of_range);
  CHECK_THROWS_AS(unary<Int>(UnaryOperation::sqrt, {4}), std::invalid_argument);
}

TEST_CASE("comparisons give ones and zeros and are false for nan") {
  using enum Comparison;
  const auto run = [](Comparison comparison) {
    const Tensor<double> a{{4}, {1.0, 2.0, 3.0, not_a_number}};
    const Tensor<double> b{{}, {2.0}};
    std::vector<Truth> out(4);
    compare<double>(comparison, a.view(), b.view(), out);
    return out;
  };
  CHECK(run(equal) == std::vector<Truth>{0, 1, 0, 0});
  CHECK(run(not_equal) == std::vector<Truth>{1, 0, 1, 1});
  CHECK(run(less) == std::vector<Truth>{1, 0, 0, 0});
  CHECK(run(less_equal) == std::vector<Truth>{1, 1, 0, 0});
  CHECK(run(greater) == std::vector<Truth>{0, 0, 1, 0});
  CHECK(run(greater_equal) == std::vector<Truth>{0, 1, 1, 0});
  const Tensor<Complex> z{{1}, {{1.0, 1.0}}};
  std::vector<Truth> out(1);
  CHECK_THROWS_AS(compare<Complex>(less, z.view(), z.view(), out), std::invalid_argument);
}

TEST_CASE("names are spelled as the enumerators are") {
  CHECK(operation_name(UnaryOperation::negate) == "negate");
  CHECK(operation_name(UnaryOperation::conjugate) == "conjugate");
  CHECK(operation_name(BinaryOperation::maximum) == "maximum");
  CHECK(operation_name(Comparison::greater_equal) == "greater_equal");
}

TEST_CASE("sizes that do not fit are refused") {
  std::vector<double> out(3);
  CHECK(message_of([&] { apply<double>(UnaryOperation::sin, std::vector<double>(2), out); }) ==
        "the result must hold 2 elements; it holds 3");
  const Tensor<double> a = counting<double>({2, 3});
  CHECK(message_of([&] { apply<double>(BinaryOperation::add, a.view(), a.view(), out); }) ==
        "the result must hold 6 elements for shape (2, 3); it holds 3");
}

TEST_SUITE_END();
