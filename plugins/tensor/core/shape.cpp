// Shape arithmetic; broadcasting follows the rules of the NumPy manual (Harris et al. 2020).
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/core/shape.hpp"

#include <algorithm>
#include <stdexcept>

namespace orrery::tensor {

std::string shape_text(ShapeView shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  }
  return text + ")";
}

std::size_t element_count(ShapeView shape) {
  constexpr std::size_t most = std::size_t{1} << 62U;
  std::size_t count = 1;
  bool overflow = false;
  for (const std::int64_t length : shape) {
    if (length < 0) {
      throw std::invalid_argument("lengths of axes must not be negative; the shape is " + shape_text(shape));
    }
    overflow = __builtin_mul_overflow(count, static_cast<std::size_t>(length), &count) || count > most || overflow;
  }
  // A later axis of length 0 makes even a huge product empty.
  if (overflow && std::find(shape.begin(), shape.end(), 0) == shape.end()) {
    throw std::invalid_argument("a tensor holds at most 2^62 elements; the shape is " + shape_text(shape));
  }
  return overflow ? 0 : count;
}

void require_elements(std::size_t size, ShapeView shape, std::string_view name) {
  const std::size_t needed = element_count(shape);
  if (size != needed) {
    throw std::invalid_argument(std::string(name) + " must hold " + std::to_string(needed) + " elements for shape " +
                                shape_text(shape) + "; it holds " + std::to_string(size));
  }
}

std::size_t normal_axis(std::int64_t axis, std::size_t rank) {
  const auto count = static_cast<std::int64_t>(rank);
  if (rank == 0) {
    throw std::out_of_range("a scalar has no axis; axis is " + std::to_string(axis));
  }
  if (axis < -count || axis >= count) {
    throw std::out_of_range("axis must lie in [" + std::to_string(-count) + ", " + std::to_string(count - 1) +
                            "]; it is " + std::to_string(axis));
  }
  return static_cast<std::size_t>(axis < 0 ? axis + count : axis);
}

AxisSplit split_at(ShapeView shape, std::size_t axis) {
  return {element_count(shape.first(axis)), static_cast<std::size_t>(shape[axis]),
          element_count(shape.subspan(axis + 1))};
}

Shape broadcast_shape(ShapeView a, ShapeView b) {
  const std::size_t rank = std::max(a.size(), b.size());
  Shape result(rank);
  for (std::size_t from_end = 1; from_end <= rank; ++from_end) {
    const std::int64_t in_a = from_end <= a.size() ? a[a.size() - from_end] : 1;
    const std::int64_t in_b = from_end <= b.size() ? b[b.size() - from_end] : 1;
    if (in_a != in_b && in_a != 1 && in_b != 1) {
      throw std::invalid_argument("shapes " + shape_text(a) + " and " + shape_text(b) + " do not fit: axis -" +
                                  std::to_string(from_end) + " has lengths " + std::to_string(in_a) + " and " +
                                  std::to_string(in_b));
    }
    result[rank - from_end] = in_a == 1 ? in_b : in_a;
  }
  return result;
}

std::vector<std::size_t> broadcast_strides(ShapeView shape, ShapeView target) {
  std::vector<std::size_t> strides(target.size(), 0);
  std::size_t step = 1;
  for (std::size_t from_end = 1; from_end <= shape.size(); ++from_end) {
    const auto length = static_cast<std::size_t>(shape[shape.size() - from_end]);
    strides[target.size() - from_end] = length == 1 ? 0 : step;
    step *= length;
  }
  return strides;
}

Shape with_length(ShapeView shape, std::size_t axis, std::int64_t length) {
  Shape result(shape.begin(), shape.end());
  result[axis] = length;
  return result;
}

Shape without_axis(ShapeView shape, std::size_t axis) {
  Shape result(shape.begin(), shape.end());
  result.erase(result.begin() + static_cast<std::ptrdiff_t>(axis));
  return result;
}

}  // namespace orrery::tensor
