// Moving elements without computing: slice, gather, join, stack, permute, reshape.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "plugins/tensor/core/element.hpp"
#include "plugins/tensor/core/shape.hpp"

namespace orrery::tensor {

// T below is double, float, std::int64_t, Complex or Truth. Each function has a shape function of the same first
// arguments that says what the result looks like; `out` holds that many elements and shares no memory with the input.
// @throws std::out_of_range for an axis or index that does not exist; std::invalid_argument if a size is wrong.

/// Python's start:stop:step; what is left out depends on the sign of the step.
struct Slice {
  std::optional<std::int64_t> start;
  std::optional<std::int64_t> stop;
  std::int64_t step = 1;
};

/// The elements start, start + step, ... of an axis, `count` of them.
struct SliceRange {
  std::int64_t start = 0;
  std::int64_t step = 1;
  std::int64_t count = 0;
};

/// A slice on an axis of a length, with Python's rules: negative places count from the end, places outside are moved
/// in.
/// @throws std::invalid_argument for a step of 0   @source Python language reference, "slice.indices"
SliceRange resolve(const Slice& slice, std::int64_t length);

Shape sliced_shape(ShapeView shape, std::int64_t axis, const Slice& slice);
template <typename T>
void slice_axis(View<T> in, std::int64_t axis, const Slice& slice, std::span<T> out);

/// Elements at the indices along an axis, in that order, repeats allowed; -1 is the last.
/// @throws std::out_of_range: `index must lie in [-3, 2]; entry 4 is 7`
Shape gathered_shape(ShapeView shape, std::int64_t axis, std::size_t count);
template <typename T>
void gather(View<T> in, std::int64_t axis, std::span<const std::int64_t> indices, std::span<T> out);

/// One index along an axis; the axis goes.
Shape selected_shape(ShapeView shape, std::int64_t axis);
template <typename T>
void select(View<T> in, std::int64_t axis, std::int64_t index, std::span<T> out);

/// Tensors joined along an axis that they have; all other lengths are equal.
/// @throws std::invalid_argument for no tensors, or shapes that differ elsewhere (both are named)
Shape concatenated_shape(std::span<const Shape> shapes, std::int64_t axis);
template <typename T>
void concatenate(std::span<const View<T>> parts, std::int64_t axis, std::span<T> out);

/// Tensors of one shape joined along a new axis; the axis counts in the result, -1 is its last.
Shape stacked_shape(std::span<const Shape> shapes, std::int64_t axis);
template <typename T>
void stack(std::span<const View<T>> parts, std::int64_t axis, std::span<T> out);

/// Axes in another order: axis i of the result is axis order[i] of the input. An empty order reverses the axes.
/// @throws std::invalid_argument if `order` is not a permutation of the axes
Shape permuted_shape(ShapeView shape, std::span<const std::int64_t> order);
template <typename T>
void permute(View<T> in, std::span<const std::int64_t> order, std::span<T> out);

/// The shape wanted, with at most one length of -1 worked out; the elements stay where they are.
/// @throws std::invalid_argument if the number of elements would change, or for more than one -1
Shape reshaped(ShapeView shape, ShapeView wanted);

}  // namespace orrery::tensor
