// Elementwise kernels of integers, which never overflow unnoticed.
// SPDX-License-Identifier: Apache-2.0
// Source: the NumPy manual (Harris et al. 2020) for the rules of remainder.
#include <algorithm>
#include <array>

#include "plugins/tensor/core/elementwise_loops.hpp"

namespace orrery::tensor {

namespace {

using Integer = std::int64_t;

[[noreturn]] void refuse_overflow(std::string_view operation, std::size_t element) {
  throw std::out_of_range("operation " + std::string(operation) +
                          " leaves the range of i64, [-2^63, 2^63 - 1], at element " + std::to_string(element));
}

// overflows(x, y, result) returns true if the result does not fit.
template <typename Function>
void each_pair_checked(std::string_view name, View<Integer> a, View<Integer> b, std::span<Integer> out,
                       Function overflows) {
  std::size_t element = 0;
  each_pair(a, b, out, [&](Integer x, Integer y) {
    Integer result = 0;
    if (overflows(x, y, result)) {
      refuse_overflow(name, element);
    }
    ++element;
    return result;
  });
}

bool add_overflows(Integer a, Integer b, Integer& result) { return __builtin_add_overflow(a, b, &result); }
bool subtract_overflows(Integer a, Integer b, Integer& result) { return __builtin_sub_overflow(a, b, &result); }
bool multiply_overflows(Integer a, Integer b, Integer& result) { return __builtin_mul_overflow(a, b, &result); }

// Binary powers; the last squaring is left out, as it may overflow where the result does not.
bool power_overflows(Integer base, Integer exponent, Integer& result) {
  if (exponent < 0) {
    throw std::invalid_argument("exponents of integers must not be negative; one is " + std::to_string(exponent));
  }
  result = 1;
  bool overflow = false;
  for (Integer rest = exponent; rest > 0 && !overflow; rest /= 2) {
    overflow = rest % 2 == 1 && multiply_overflows(result, base, result);
    overflow = (rest > 1 && multiply_overflows(base, base, base)) || overflow;
  }
  return overflow;
}

Integer remainder_of(Integer a, Integer b) {
  if (b == 0) {
    throw std::invalid_argument("the remainder of integers needs a divisor other than 0");
  }
  const Integer rest = b == -1 ? 0 : a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

}  // namespace

void apply_integer(BinaryOperation operation, View<Integer> a, View<Integer> b, std::span<Integer> out) {
  using enum BinaryOperation;
  const std::string_view name = operation_name(operation);
  switch (operation) {
    case add:
      return each_pair_checked(name, a, b, out, add_overflows);
    case subtract:
      return each_pair_checked(name, a, b, out, subtract_overflows);
    case multiply:
      return each_pair_checked(name, a, b, out, multiply_overflows);
    case power:
      return each_pair_checked(name, a, b, out, power_overflows);
    case remainder:
      return each_pair(a, b, out, remainder_of);
    case minimum:
      return each_pair(a, b, out, [](Integer x, Integer y) { return std::min(x, y); });
    case maximum:
      return each_pair(a, b, out, [](Integer x, Integer y) { return std::max(x, y); });
    default:
      refuse<Integer>(name);
  }
}

void apply_integer(UnaryOperation operation, std::span<const Integer> in, std::span<Integer> out) {
  using enum UnaryOperation;
  const std::array<Integer, 1> zero{0};
  const std::array<Integer, 1> length{static_cast<Integer>(in.size())};
  const View<Integer> all{in, length};
  const std::string_view name = operation_name(operation);
  switch (operation) {
    case negate:
      return each_pair_checked(name, {zero, {}}, all, out, subtract_overflows);
    case absolute:
      return each_pair_checked(name, {zero, {}}, all, out, [](Integer, Integer x, Integer& result) {
        result = x;
        return x < 0 && subtract_overflows(0, x, result);
      });
    case square:
      return each_pair_checked(name, all, all, out, multiply_overflows);
    case sign:
      return each(in, out, [](Integer x) { return sign_of(x); });
    case floor:
    case ceil:
    case round:
    case conjugate:
      return each(in, out, [](Integer x) { return x; });
    default:
      refuse<Integer>(name);
  }
}

}  // namespace orrery::tensor
