// A small owning tensor and tolerances for the tests of the tensor kernels.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <exception>
#include <limits>
#include <string>
#include <vector>

#include "plugins/tensor/core/shape.hpp"

namespace orrery::tensor::test {

template <typename T>
struct Tensor {
  Shape shape;
  std::vector<T> data;

  [[nodiscard]] View<T> view() const { return {data, shape}; }
  bool operator==(const Tensor&) const = default;
};

/// A tensor of the shape, filled with T{}.
template <typename T>
Tensor<T> blank(Shape shape) {
  const std::size_t count = element_count(shape);
  return {std::move(shape), std::vector<T>(count)};
}

/// 0, 1, 2, ... in row-major order.
template <typename T>
Tensor<T> counting(Shape shape) {
  Tensor<T> result = blank<T>(std::move(shape));
  for (std::size_t i = 0; i < result.data.size(); ++i) {
    result.data[i] = static_cast<T>(static_cast<double>(i));
  }
  return result;
}

/// n units in the last place of x.
inline double ulps(double n, double x) {
  const double magnitude = std::abs(x);
  return n * (std::nextafter(magnitude, std::numeric_limits<double>::infinity()) - magnitude);
}

template <typename Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

}  // namespace orrery::tensor::test
