// The loops under the elementwise kernels, and the kernels of each kind of number; private to this folder.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

#include "plugins/tensor/core/broadcast.hpp"
#include "plugins/tensor/core/elementwise.hpp"

namespace orrery::tensor {

/// The kernels of real numbers (float and double), complex ones and integers, behind apply(). Sizes and shapes fit.
/// @throws as apply() does
template <typename T>
void apply_real(UnaryOperation operation, std::span<const T> in, std::span<T> out);
template <typename T>
void apply_real(BinaryOperation operation, View<T> a, View<T> b, std::span<T> out);
void apply_complex(UnaryOperation operation, std::span<const Complex> in, std::span<Complex> out);
void apply_complex(BinaryOperation operation, View<Complex> a, View<Complex> b, std::span<Complex> out);
void apply_integer(UnaryOperation operation, std::span<const std::int64_t> in, std::span<std::int64_t> out);
void apply_integer(BinaryOperation operation, View<std::int64_t> a, View<std::int64_t> b, std::span<std::int64_t> out);

template <typename T>
[[noreturn]] void refuse(std::string_view operation) {
  throw std::invalid_argument("operation " + std::string(operation) + " is not defined for elements of type " +
                              std::string(element_name<T>()));
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

}  // namespace orrery::tensor
