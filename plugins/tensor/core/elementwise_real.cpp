// Elementwise kernels of real numbers: the functions of the C++ library.
// SPDX-License-Identifier: Apache-2.0
// Sources: ISO/IEC 14882:2020, 28.7 and 29.4 (functions); the NumPy manual (Harris et al. 2020) for the rules of
// remainder and nan.
#include <cmath>

#include "plugins/tensor/core/elementwise_loops.hpp"

namespace orrery::tensor {

namespace {

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

}  // namespace

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

template void apply_real<double>(UnaryOperation, std::span<const double>, std::span<double>);
template void apply_real<float>(UnaryOperation, std::span<const float>, std::span<float>);
template void apply_real<double>(BinaryOperation, View<double>, View<double>, std::span<double>);
template void apply_real<float>(BinaryOperation, View<float>, View<float>, std::span<float>);

}  // namespace orrery::tensor
