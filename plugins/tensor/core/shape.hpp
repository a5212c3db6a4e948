// Shapes of contiguous row-major tensors: counts, axes, broadcasting.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace orrery::tensor {

/// Lengths of the axes, outermost first; empty for a scalar.
using Shape = std::vector<std::int64_t>;
using ShapeView = std::span<const std::int64_t>;

/// Read-only tensor: row-major data and its shape; both must outlive the view.
template <typename T>
struct View {
  std::span<const T> data;
  ShapeView shape;
};

/// "(2, 3)"; "()" for a scalar.
std::string shape_text(ShapeView shape);

/// Number of elements.   @throws std::invalid_argument for a negative length, or more than 2^62 elements
std::size_t element_count(ShapeView shape);

/// Refuses data whose size is not that of the shape.   @throws std::invalid_argument naming the tensor and both numbers
void require_elements(std::size_t size, ShapeView shape, std::string_view name);

/// An axis counted from the front; -1 is the last.   @throws std::out_of_range: `axis must lie in [-2, 1]; it is 5`
std::size_t normal_axis(std::int64_t axis, std::size_t rank);

/// A tensor seen as outer x length x inner around one axis.
struct AxisSplit {
  std::size_t outer = 1;
  std::size_t length = 1;
  std::size_t inner = 1;
};

AxisSplit split_at(ShapeView shape, std::size_t axis);

/// The shape that two shapes share by the rules of NumPy: aligned at the last axis, a length of 1 is stretched.
/// @throws std::invalid_argument naming both shapes and the axis that does not fit
Shape broadcast_shape(ShapeView a, ShapeView b);

/// For each axis of `target` the step in elements through a tensor of shape `shape`; 0 along stretched axes.
/// Requires that `shape` broadcasts to `target`.
std::vector<std::size_t> broadcast_strides(ShapeView shape, ShapeView target);

/// The shape with one axis replaced by a length.
Shape with_length(ShapeView shape, std::size_t axis, std::int64_t length);

/// The shape without one axis.
Shape without_axis(ShapeView shape, std::size_t axis);

}  // namespace orrery::tensor
