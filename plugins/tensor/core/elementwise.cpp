// Elementwise kernels: the functions of the C++ library in broadcasting loops.
// SPDX-License-Identifier: Apache-2.0
// Sources: ISO/IEC 14882:2020, 28.7 and 29.4 (functions); the NumPy manual (Harris et al. 2020) for the rules of
// broadcasting, remainder and nan.
#include "plugins/tensor/core/elementwise.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/tensor/core/broadcast.hpp"

namespace orrery::tensor {

namespace {

template <typename T>
[[noreturn]] void refuse(std::string_view operation) {
  throw std::invalid_argument("operation " + std::string(operation) + " is not defined for elements of type " +
                              std::string(element_name<T>()));
}

[[noreturn]] void refuse_overflow(std::string_view operation, std::size_t element) {
  throw std::out_of_range("operation " + std::string(operation) +
                          " leaves the range of i64, [-2^63, 2^63 - 1], at element " + std::to_string(element));
}

void require_same_size(std::size_t in, std::size_t out) {
  if (in != out) {
    throw std::invalid_argument("the result must hold " + std::to_string(in) + " elements; it holds " +
                                std::to_string(out));
  }
}

template <typename T, typename Function>
void each(std::span<const T> in, std::span<T> out, Function function) {
  for (std::size_t i = 0; i < in.size(); ++i) {
    out[i] = function(in[i]);
  }
}

template <typename T, typename R, typename Function>
void each_pair(View<T> a, View<T> b, std::span<R> out, Function function) {
  const Shape target = broadcast_shape(a.shape, b.shape);
  for_each_row(
      a.shape, b.shape, target,
      [&](std::size_t i, std::size_t step_i, std::size_t j, std::size_t step_j, std::size_t to, std::size_t count) {
        for (std::size_t k = 0; k < count; ++k) {
          out[to + k] = function(a.data[i + k * step_i], b.data[j + k * step_j]);
        }
      });
}

template <typename T>
T sign_of(T x) {
  return x > T{0} ? T{1} : (x < T{0} ? T{-1} : x);
}

// ---- real ----

template <typename T>
void apply_circular_or_hyperbolic(UnaryOperation operation, std::span<const T> in, std::span<T> out) {
  using enum UnaryOperation;
  switch (operation) {
    case sin:
      return each(in, out, [](T x) { return std::sin(x); });
    case cos:
      return each(in, out, [](T x) { return std::cos(x); });
    case tan:
      return each(in, out, [](T x) { return std::tan(x); });
    case asin:
      return each(in, out, [](T x) { return std::asin(x); });
    case acos:
      return each(in, out, [](T x) { return std::acos(x); });
    case atan:
      return each(in, out, [](T x) { return std::atan(x); });
    case sinh:
      return each(in, out, [](T x) { return std::sinh(x); });
    case cosh:
      return each(in, out, [](T x) { return std::cosh(x); });
    case tanh:
      return each(in, out, [](T x) { return std::tanh(x); });
    case asinh:
      return each(in, out, [](T x) { return std::asinh(x); });
    case acosh:
      return each(in, out, [](T x) { return std::acosh(x); });
    case atanh:
      return each(in, out, [](T x) { return std::atanh(x); });
    default:
      refuse<T>(operation_name(operation));
  }
}

template <typename T>
void apply_real(UnaryOperation operation, std::span<const T> in, std::span<T> out) {
  using enum UnaryOperation;
  switch (operation) {
    case negate:
      return each(in, out, [](T x) { return -x; });
    case absolute:
      return each(in, out, [](T x) { return std::abs(x); });
    case sign:
      return each(in, out, [](T x) { return sign_of(x); });
    case square:
      return each(in, out, [](T x) { return x * x; });
    case reciprocal:
      return each(in, out, [](T x) { return T{1} / x; });
    case sqrt:
      return each(in, out, [](T x) { return std::sqrt(x); });
    case cbrt:
      return each(in, out, [](T x) { return std::cbrt(x); });
    case exp:
      return each(in, out, [](T x) { return std::exp(x); });
    case expm1:
      return each(in, out, [](T x) { return std::expm1(x); });
    case log:
      return each(in, out, [](T x) { return std::log(x); });
    case log1p:
      return each(in, out, [](T x) { return std::log1p(x); });
    case log2:
      return each(in, out, [](T x) { return std::log2(x); });
    case log10:
      return each(in, out, [](T x) { return std::log10(x); });
    case floor:
      return each(in, out, [](T x) { return std::floor(x); });
    case ceil:
      return each(in, out, [](T x) { return std::ceil(x); });
    case round:
      return each(in, out, [](T x) { return std::nearbyint(x); });
    case conjugate:
      return each(in, out, [](T x) { return x; });
    default:
      return apply_circular_or_hyperbolic(operation, in, out);
  }
}

template <typename T>
T remainder_real(T a, T b) {
  const T rest = std::fmod(a, b);
  if (rest == T{0}) {
    return std::copysign(T{0}, b);
  }
  return (rest < T{0}) == (b < T{0}) ? rest : rest + b;
}

template <typename T>
T minimum_of(T a, T b) {
  return std::isnan(a) || a < b ? a : b;
}

template <typename T>
T maximum_of(T a, T b) {
  return std::isnan(a) || a > b ? a : b;
}

template <typename T>
void apply_real(BinaryOperation operation, View<T> a, View<T> b, std::span<T> out) {
  using enum BinaryOperation;
  switch (operation) {
    case add:
      return each_pair(a, b, out, [](T x, T y) { return x + y; });
    case subtract:
      return each_pair(a, b, out, [](T x, T y) { return x - y; });
    case multiply:
      return each_pair(a, b, out, [](T x, T y) { return x * y; });
    case divide:
      return each_pair(a, b, out, [](T x, T y) { return x / y; });
    case power:
      return each_pair(a, b, out, [](T x, T y) { return std::pow(x, y); });
    case remainder:
      return each_pair(a, b, out, [](T x, T y) { return remainder_real(x, y); });
    case atan2:
      return each_pair(a, b, out, [](T x, T y) { return std::atan2(x, y); });
    case hypot:
      return each_pair(a, b, out, [](T x, T y) { return std::hypot(x, y); });
    case minimum:
      return each_pair(a, b, out, [](T x, T y) { return minimum_of(x, y); });
    case maximum:
      return each_pair(a, b, out, [](T x, T y) { return maximum_of(x, y); });
  }
}

// ---- complex ----

void apply_complex(UnaryOperation operation, std::span<const Complex> in, std::span<Complex> out) {
  using enum UnaryOperation;
  using C = Complex;
  switch (operation) {
    case negate:
      return each(in, out, [](C x) { return -x; });
    case square:
      return each(in, out, [](C x) { return x * x; });
    case reciprocal:
      return each(in, out, [](C x) { return 1.0 / x; });
    case sqrt:
      return each(in, out, [](C x) { return std::sqrt(x); });
    case exp:
      return each(in, out, [](C x) { return std::exp(x); });
    case log:
      return each(in, out, [](C x) { return std::log(x); });
    case log10:
      return each(in, out, [](C x) { return std::log10(x); });
    case sin:
      return each(in, out, [](C x) { return std::sin(x); });
    case cos:
      return each(in, out, [](C x) { return std::cos(x); });
    case tan:
      return each(in, out, [](C x) { return std::tan(x); });
    case asin:
      return each(in, out, [](C x) { return std::asin(x); });
    case acos:
      return each(in, out, [](C x) { return std::acos(x); });
    case atan:
      return each(in, out, [](C x) { return std::atan(x); });
    case sinh:
      return each(in, out, [](C x) { return std::sinh(x); });
    case cosh:
      return each(in, out, [](C x) { return std::cosh(x); });
    case tanh:
      return each(in, out, [](C x) { return std::tanh(x); });
    case asinh:
      return each(in, out, [](C x) { return std::asinh(x); });
    case acosh:
      return each(in, out, [](C x) { return std::acosh(x); });
    case atanh:
      return each(in, out, [](C x) { return std::atanh(x); });
    case conjugate:
      return each(in, out, [](C x) { return std::conj(x); });
    default:
      refuse<Complex>(operation_name(operation));
  }
}

void apply_complex(BinaryOperation operation, View<Complex> a, View<Complex> b, std::span<Complex> out) {
  using enum BinaryOperation;
  using C = Complex;
  switch (operation) {
    case add:
      return each_pair(a, b, out, [](C x, C y) { return x + y; });
    case subtract:
      return each_pair(a, b, out, [](C x, C y) { return x - y; });
    case multiply:
      return each_pair(a, b, out, [](C x, C y) { return x * y; });
    case divide:
      return each_pair(a, b, out, [](C x, C y) { return x / y; });
    case power:
      return each_pair(a, b, out, [](C x, C y) { return std::pow(x, y); });
    default:
      refuse<Complex>(operation_name(operation));
  }
}

// ---- integers ----

using Integer = std::int64_t;

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

template <typename T>
void require_operands(View<T> a, View<T> b, std::size_t out) {
  require_elements(a.data.size(), a.shape, "the first operand");
  require_elements(b.data.size(), b.shape, "the second operand");
  require_elements(out, broadcast_shape(a.shape, b.shape), "the result");
}

}  // namespace

template <typename T>
void apply(UnaryOperation operation, std::span<const T> in, std::span<T> out) {
  require_same_size(in.size(), out.size());
  if constexpr (is_complex<T>) {
    apply_complex(operation, in, out);
  } else if constexpr (std::is_integral_v<T>) {
    apply_integer(operation, in, out);
  } else {
    apply_real(operation, in, out);
  }
}

void magnitude(std::span<const Complex> in, std::span<double> out) {
  require_same_size(in.size(), out.size());
  for (std::size_t i = 0; i < in.size(); ++i) {
    out[i] = std::abs(in[i]);
  }
}

template <typename T>
void apply(BinaryOperation operation, View<T> a, View<T> b, std::span<T> out) {
  require_operands(a, b, out.size());
  if constexpr (is_complex<T>) {
    apply_complex(operation, a, b, out);
  } else if constexpr (std::is_integral_v<T>) {
    apply_integer(operation, a, b, out);
  } else {
    apply_real(operation, a, b, out);
  }
}

template <typename T>
void compare(Comparison comparison, View<T> a, View<T> b, std::span<Truth> out) {
  using enum Comparison;
  require_operands(a, b, out.size());
  if (comparison == equal) {
    return each_pair(a, b, out, [](T x, T y) { return static_cast<Truth>(x == y); });
  }
  if (comparison == not_equal) {
    return each_pair(a, b, out, [](T x, T y) { return static_cast<Truth>(x != y); });
  }
  if constexpr (is_complex<T>) {
    refuse<T>(operation_name(comparison));
  } else {
    switch (comparison) {
      case less:
        return each_pair(a, b, out, [](T x, T y) { return static_cast<Truth>(x < y); });
      case less_equal:
        return each_pair(a, b, out, [](T x, T y) { return static_cast<Truth>(x <= y); });
      case greater:
        return each_pair(a, b, out, [](T x, T y) { return static_cast<Truth>(x > y); });
      default:
        return each_pair(a, b, out, [](T x, T y) { return static_cast<Truth>(x >= y); });
    }
  }
}

template void apply<double>(UnaryOperation, std::span<const double>, std::span<double>);
template void apply<float>(UnaryOperation, std::span<const float>, std::span<float>);
template void apply<std::int64_t>(UnaryOperation, std::span<const std::int64_t>, std::span<std::int64_t>);
template void apply<Complex>(UnaryOperation, std::span<const Complex>, std::span<Complex>);
template void apply<double>(BinaryOperation, View<double>, View<double>, std::span<double>);
template void apply<float>(BinaryOperation, View<float>, View<float>, std::span<float>);
template void apply<std::int64_t>(BinaryOperation, View<std::int64_t>, View<std::int64_t>, std::span<std::int64_t>);
template void apply<Complex>(BinaryOperation, View<Complex>, View<Complex>, std::span<Complex>);
template void compare<double>(Comparison, View<double>, View<double>, std::span<Truth>);
template void compare<float>(Comparison, View<float>, View<float>, std::span<Truth>);
template void compare<std::int64_t>(Comparison, View<std::int64_t>, View<std::int64_t>, std::span<Truth>);
template void compare<Complex>(Comparison, View<Complex>, View<Complex>, std::span<Truth>);

}  // namespace orrery::tensor
