// Moves of elements of row-major tensors.
// SPDX-License-Identifier: Apache-2.0
// Sources: Python language reference, "slice.indices"; the NumPy manual (Harris et al. 2020) for the rest.
#include "plugins/tensor/core/rearrange.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace orrery::tensor {

namespace {

std::int64_t normal_index(std::int64_t index, std::int64_t length, std::size_t entry) {
  if (length == 0) {
    throw std::out_of_range("an axis of length 0 has no index; entry " + std::to_string(entry) + " is " +
                            std::to_string(index));
  }
  if (index < -length || index >= length) {
    throw std::out_of_range("index must lie in [" + std::to_string(-length) + ", " + std::to_string(length - 1) +
                            "]; entry " + std::to_string(entry) + " is " + std::to_string(index));
  }
  return index < 0 ? index + length : index;
}

// out = the runs of `inner` elements at place(k), k = 0 .. count - 1, of each outer block.
template <typename T, typename Place>
void copy_runs(View<T> in, const AxisSplit& split, std::size_t count, std::span<T> out, Place place) {
  T* to = out.data();
  for (std::size_t o = 0; o < split.outer; ++o) {
    const T* block = in.data.data() + o * split.length * split.inner;
    for (std::size_t k = 0; k < count; ++k) {
      to = std::copy_n(block + place(k) * split.inner, split.inner, to);
    }
  }
}

template <typename T>
AxisSplit checked_split(View<T> in, std::int64_t axis, std::span<T> out, ShapeView result) {
  require_elements(in.data.size(), in.shape, "the tensor");
  require_elements(out.size(), result, "the result");
  return split_at(in.shape, normal_axis(axis, in.shape.size()));
}

void require_parts(std::size_t count) {
  if (count == 0) {
    throw std::invalid_argument("at least 1 tensor is needed to join; there are 0");
  }
}

template <typename T>
std::vector<Shape> shapes_of(std::span<const View<T>> parts) {
  std::vector<Shape> shapes;
  for (const View<T>& part : parts) {
    require_elements(part.data.size(), part.shape, "tensor " + std::to_string(shapes.size()));
    shapes.emplace_back(part.shape.begin(), part.shape.end());
  }
  return shapes;
}

[[noreturn]] void refuse_shape(std::size_t part, ShapeView shape, ShapeView first) {
  throw std::invalid_argument("tensor " + std::to_string(part) + " has shape " + shape_text(shape) +
                              ", which does not fit the shape " + shape_text(first) + " of tensor 0");
}

// Each part contributes a run of lengths[p] elements to each outer block.
template <typename T>
void interleave(std::span<const View<T>> parts, std::size_t outer, std::span<T> out) {
  T* to = out.data();
  for (std::size_t o = 0; o < outer; ++o) {
    for (const View<T>& part : parts) {
      const std::size_t run = part.data.size() / outer;
      to = std::copy_n(part.data.data() + o * run, run, to);
    }
  }
}

std::vector<std::size_t> permutation(std::size_t rank, std::span<const std::int64_t> order) {
  std::vector<std::size_t> result(rank);
  for (std::size_t i = 0; i < rank; ++i) {
    result[i] = order.empty() ? rank - 1 - i : 0;
  }
  if (order.empty()) {
    return result;
  }
  std::vector<bool> used(rank, false);
  const bool right_count = order.size() == rank;
  bool valid = right_count;
  for (std::size_t i = 0; i < rank && valid; ++i) {
    result[i] = normal_axis(order[i], rank);
    valid = !used[result[i]];
    used[result[i]] = true;
  }
  if (!valid) {
    throw std::invalid_argument("order must name each of the " + std::to_string(rank) + " axes once; it is " +
                                shape_text(order));
  }
  return result;
}

}  // namespace

SliceRange resolve(const Slice& slice, std::int64_t length) {
  if (slice.step == 0) {
    throw std::invalid_argument("the step of a slice must not be 0");
  }
  const bool forward = slice.step > 0;
  const std::int64_t lowest = forward ? 0 : -1;
  const std::int64_t highest = forward ? length : length - 1;
  const auto bound = [&](std::int64_t place) {
    return std::clamp(place < 0 ? place + length : place, lowest, highest);
  };
  const std::int64_t start = slice.start ? bound(*slice.start) : (forward ? lowest : highest);
  const std::int64_t stop = slice.stop ? bound(*slice.stop) : (forward ? highest : lowest);
  const std::int64_t way = forward ? stop - start : start - stop;
  if (way <= 0) {
    return {start, slice.step, 0};
  }
  // Dividing by the step as it is, since its magnitude need not exist.
  const std::int64_t whole = (forward ? way - 1 : 1 - way) / slice.step;
  return {start, slice.step, whole + 1};
}

Shape sliced_shape(ShapeView shape, std::int64_t axis, const Slice& slice) {
  const std::size_t place = normal_axis(axis, shape.size());
  return with_length(shape, place, resolve(slice, shape[place]).count);
}

template <typename T>
void slice_axis(View<T> in, std::int64_t axis, const Slice& slice, std::span<T> out) {
  const AxisSplit split = checked_split(in, axis, out, sliced_shape(in.shape, axis, slice));
  const SliceRange range = resolve(slice, static_cast<std::int64_t>(split.length));
  copy_runs(in, split, static_cast<std::size_t>(range.count), out, [&](std::size_t k) {
    return static_cast<std::size_t>(range.start + static_cast<std::int64_t>(k) * range.step);
  });
}

Shape gathered_shape(ShapeView shape, std::int64_t axis, std::size_t count) {
  return with_length(shape, normal_axis(axis, shape.size()), static_cast<std::int64_t>(count));
}

template <typename T>
void gather(View<T> in, std::int64_t axis, std::span<const std::int64_t> indices, std::span<T> out) {
  const AxisSplit split = checked_split(in, axis, out, gathered_shape(in.shape, axis, indices.size()));
  std::vector<std::size_t> places;
  for (const std::int64_t index : indices) {
    const std::int64_t place = normal_index(index, static_cast<std::int64_t>(split.length), places.size());
    places.push_back(static_cast<std::size_t>(place));
  }
  copy_runs(in, split, places.size(), out, [&](std::size_t k) { return places[k]; });
}

Shape selected_shape(ShapeView shape, std::int64_t axis) {
  return without_axis(shape, normal_axis(axis, shape.size()));
}

template <typename T>
void select(View<T> in, std::int64_t axis, std::int64_t index, std::span<T> out) {
  gather(in, axis, std::span<const std::int64_t>(&index, 1), out);
}

Shape concatenated_shape(std::span<const Shape> shapes, std::int64_t axis) {
  require_parts(shapes.size());
  const std::size_t place = normal_axis(axis, shapes[0].size());
  Shape result = shapes[0];
  for (std::size_t p = 1; p < shapes.size(); ++p) {
    const bool same_rank = shapes[p].size() == shapes[0].size();
    if (!same_rank || with_length(shapes[p], place, 0) != with_length(shapes[0], place, 0)) {
      refuse_shape(p, shapes[p], shapes[0]);
    }
    result[place] += shapes[p][place];
  }
  return result;
}

template <typename T>
void concatenate(std::span<const View<T>> parts, std::int64_t axis, std::span<T> out) {
  const Shape result = concatenated_shape(shapes_of(parts), axis);
  require_elements(out.size(), result, "the result");
  const AxisSplit split = split_at(result, normal_axis(axis, result.size()));
  if (!out.empty()) {
    interleave(parts, split.outer, out);
  }
}

Shape stacked_shape(std::span<const Shape> shapes, std::int64_t axis) {
  require_parts(shapes.size());
  for (std::size_t p = 1; p < shapes.size(); ++p) {
    if (shapes[p] != shapes[0]) {
      refuse_shape(p, shapes[p], shapes[0]);
    }
  }
  Shape result = shapes[0];
  const std::size_t place = normal_axis(axis, result.size() + 1);
  result.insert(result.begin() + static_cast<std::ptrdiff_t>(place), static_cast<std::int64_t>(shapes.size()));
  return result;
}

template <typename T>
void stack(std::span<const View<T>> parts, std::int64_t axis, std::span<T> out) {
  const Shape result = stacked_shape(shapes_of(parts), axis);
  require_elements(out.size(), result, "the result");
  const AxisSplit split = split_at(result, normal_axis(axis, result.size()));
  if (!out.empty()) {
    interleave(parts, split.outer, out);
  }
}

Shape permuted_shape(ShapeView shape, std::span<const std::int64_t> order) {
  Shape result;
  for (const std::size_t axis : permutation(shape.size(), order)) {
    result.push_back(shape[axis]);
  }
  return result;
}

template <typename T>
void permute(View<T> in, std::span<const std::int64_t> order, std::span<T> out) {
  const Shape result = permuted_shape(in.shape, order);
  require_elements(in.data.size(), in.shape, "the tensor");
  require_elements(out.size(), result, "the result");
  const std::vector<std::size_t> axes = permutation(in.shape.size(), order);
  std::vector<std::size_t> steps;
  steps.reserve(axes.size());
  for (const std::size_t axis : axes) {
    steps.push_back(split_at(in.shape, axis).inner);
  }
  Shape index(result.size(), 0);
  std::size_t from = 0;
  for (T& element : out) {
    element = in.data[from];
    for (std::size_t axis = result.size(); axis-- > 0;) {
      from += steps[axis];
      if (++index[axis] < result[axis]) {
        break;
      }
      from -= steps[axis] * static_cast<std::size_t>(result[axis]);
      index[axis] = 0;
    }
  }
}

Shape reshaped(ShapeView shape, ShapeView wanted) {
  const auto count = static_cast<std::int64_t>(element_count(shape));
  Shape result(wanted.begin(), wanted.end());
  const auto open = std::find(result.begin(), result.end(), -1);
  if (open != result.end()) {
    *open = 1;
    const auto rest = static_cast<std::int64_t>(element_count(result));
    *open = rest > 0 && count % rest == 0 ? count / rest : -1;
  }
  const bool fits = std::find(result.begin(), result.end(), -1) == result.end() &&
                    static_cast<std::int64_t>(element_count(result)) == count;
  if (!fits) {
    throw std::invalid_argument("shape " + shape_text(shape) + " holds " + std::to_string(count) +
                                " elements and cannot take the shape " + shape_text(wanted));
  }
  return result;
}

// NOLINTBEGIN(bugprone-macro-parentheses,cppcoreguidelines-macro-usage): the instantiations differ in nothing but the
// type
#define ORRERY_REARRANGE(T)                                                                    \
  template void slice_axis<T>(View<T>, std::int64_t, const Slice&, std::span<T>);              \
  template void gather<T>(View<T>, std::int64_t, std::span<const std::int64_t>, std::span<T>); \
  template void select<T>(View<T>, std::int64_t, std::int64_t, std::span<T>);                  \
  template void concatenate<T>(std::span<const View<T>>, std::int64_t, std::span<T>);          \
  template void stack<T>(std::span<const View<T>>, std::int64_t, std::span<T>);                \
  template void permute<T>(View<T>, std::span<const std::int64_t>, std::span<T>)

ORRERY_REARRANGE(double);
ORRERY_REARRANGE(float);
ORRERY_REARRANGE(std::int64_t);
ORRERY_REARRANGE(Complex);
ORRERY_REARRANGE(Truth);

#undef ORRERY_REARRANGE
// NOLINTEND(bugprone-macro-parentheses,cppcoreguidelines-macro-usage)

}  // namespace orrery::tensor
