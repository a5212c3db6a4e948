// Elementwise operations: checks, and the way to the kernels of each kind of number.
// SPDX-License-Identifier: Apache-2.0
// Source: the NumPy manual (Harris et al. 2020) for the rules of broadcasting.
#include "plugins/tensor/core/elementwise.hpp"

#include <cmath>

#include "plugins/tensor/core/elementwise_loops.hpp"

namespace orrery::tensor {

namespace {

void require_same_size(std::size_t in, std::size_t out) {
  if (in != out) {
    throw std::invalid_argument("the result must hold " + std::to_string(in) + " elements; it holds " +
                                std::to_string(out));
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
