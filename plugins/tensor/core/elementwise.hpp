// Elementwise arithmetic, functions and comparisons, with broadcasting.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "plugins/tensor/core/element.hpp"
#include "plugins/tensor/core/shape.hpp"

namespace orrery::tensor {

enum class UnaryOperation : std::uint8_t {
  negate,
  absolute,
  sign,
  square,
  reciprocal,
  sqrt,
  cbrt,
  exp,
  expm1,
  log,
  log1p,
  log2,
  log10,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  tanh,
  asinh,
  acosh,
  atanh,
  floor,
  ceil,
  round,
  conjugate,
};

enum class BinaryOperation : std::uint8_t {
  add,
  subtract,
  multiply,
  divide,
  power,
  remainder,
  atan2,
  hypot,
  minimum,
  maximum,
};

enum class Comparison : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };

/// The enumerator as it is spelled.
std::string_view operation_name(UnaryOperation operation);
std::string_view operation_name(BinaryOperation operation);
std::string_view operation_name(Comparison comparison);

/// out[i] = operation(in[i]). T is double, float, std::int64_t or Complex; in and out may be the same memory.
/// Outside its domain a real function gives nan, as the C library does; `round` takes halves to even.
/// Integers have negate, absolute, sign, square (and the last four, which change nothing).
/// @throws std::invalid_argument if the sizes differ or T does not have the operation
/// @throws std::out_of_range if an integer result does not fit (the element is named)
/// @accuracy that of the C library
template <typename T>
void apply(UnaryOperation operation, std::span<const T> in, std::span<T> out);

/// out[i] = |in[i]|, a real number.   @throws std::invalid_argument if the sizes differ
void magnitude(std::span<const Complex> in, std::span<double> out);

/// out = operation(a, b), stretched to a common shape; `out` holds element_count(broadcast_shape(a.shape, b.shape))
/// elements. T is double, float, std::int64_t or Complex. `remainder` has the sign of b; `minimum` and `maximum` hand
/// nan on. Integers have add, subtract, multiply, power (exponent >= 0), remainder, minimum, maximum. Complex has the
/// first five without remainder.
/// @throws std::invalid_argument if shapes do not fit, sizes are wrong, T does not have the operation, or an integer
///   remainder by 0 or power below 0 is asked for
/// @throws std::out_of_range if an integer result does not fit (the element is named)
template <typename T>
void apply(BinaryOperation operation, View<T> a, View<T> b, std::span<T> out);

/// out = 1 where the comparison holds, else 0; broadcasting as above. Complex has equal and not_equal.
/// @throws std::invalid_argument if shapes do not fit, sizes are wrong, or T has no such comparison
template <typename T>
void compare(Comparison comparison, View<T> a, View<T> b, std::span<Truth> out);

}  // namespace orrery::tensor
