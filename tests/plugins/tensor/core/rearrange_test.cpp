// Moves of elements: Python's slices exhaustively, gather, join, stack, permute, reshape.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/core/rearrange.hpp"

#include <doctest/doctest.h>

#include <array>
#include <stdexcept>

#include "tests/plugins/tensor/core/helpers.hpp"

using namespace orrery::tensor;
using namespace orrery::tensor::test;

namespace {

using Int = std::int64_t;

Tensor<double> sliced(const Tensor<double>& in, Int axis, const Slice& slice) {
  Tensor<double> out = blank<double>(sliced_shape(in.shape, axis, slice));
  slice_axis<double>(in.view(), axis, slice, out.data);
  return out;
}

Tensor<double> gathered(const Tensor<double>& in, Int axis, const std::vector<Int>& indices) {
  Tensor<double> out = blank<double>(gathered_shape(in.shape, axis, indices.size()));
  gather<double>(in.view(), axis, indices, out.data);
  return out;
}

Tensor<double> permuted(const Tensor<double>& in, const std::vector<Int>& order) {
  Tensor<double> out = blank<double>(permuted_shape(in.shape, order));
  permute<double>(in.view(), order, out.data);
  return out;
}

Tensor<double> joined(const std::vector<Tensor<double>>& parts, Int axis) {
  std::vector<View<double>> views;
  std::vector<Shape> shapes;
  for (const Tensor<double>& part : parts) {
    views.push_back(part.view());
    shapes.push_back(part.shape);
  }
  Tensor<double> out = blank<double>(concatenated_shape(shapes, axis));
  concatenate<double>(views, axis, out.data);
  return out;
}

Tensor<double> stacked(const std::vector<Tensor<double>>& parts, Int axis) {
  std::vector<View<double>> views;
  std::vector<Shape> shapes;
  for (const Tensor<double>& part : parts) {
    views.push_back(part.view());
    shapes.push_back(part.shape);
  }
  Tensor<double> out = blank<double>(stacked_shape(shapes, axis));
  stack<double>(views, axis, out.data);
  return out;
}

// The places that Python's slice visits, from the wording of its reference: walk, and keep what lies inside.
std::vector<Int> walked(const Slice& slice, Int length) {
  const auto place = [&](Int x) { return x < 0 ? x + length : x; };
  std::vector<Int> visited;
  const bool forward = slice.step > 0;
  Int start = slice.start ? place(*slice.start) : (forward ? 0 : length - 1);
  Int stop = slice.stop ? place(*slice.stop) : (forward ? length : -1);
  if (forward) {
    start = std::max<Int>(start, 0);
    stop = std::min(stop, length);
  } else {
    start = std::min(start, length - 1);
    stop = std::max<Int>(stop, -1);
  }
  for (Int i = start; forward ? i < stop : i > stop; i += slice.step) {
    visited.push_back(i);
  }
  return visited;
}

}  // namespace

TEST_SUITE_BEGIN("plugins/tensor/core/rearrange");

TEST_CASE("every small slice visits what Python visits") {
  std::vector<std::optional<Int>> places{std::nullopt};
  for (Int i = -7; i <= 7; ++i) {
    places.emplace_back(i);
  }
  for (Int length = 0; length <= 5; ++length) {
    for (const auto& start : places) {
      for (const auto& stop : places) {
        for (const Int step : {-7, -2, -1, 1, 2, 3}) {
          const Slice slice{start, stop, step};
          const SliceRange range = resolve(slice, length);
          std::vector<Int> visited;
          for (Int k = 0; k < range.count; ++k) {
            visited.push_back(range.start + k * range.step);
          }
          CHECK(visited == walked(slice, length));
        }
      }
    }
  }
}

TEST_CASE("huge bounds and steps do not overflow") {
  const Int largest = std::numeric_limits<Int>::max();
  const Int smallest = std::numeric_limits<Int>::min();
  CHECK(resolve({smallest, largest, largest}, 10).count == 1);
  CHECK(resolve({largest, smallest, smallest}, 10).count == 1);
  CHECK(resolve({largest, smallest, -1}, 10).count == 10);
  CHECK(message_of([] { resolve({0, 1, 0}, 4); }) == "the step of a slice must not be 0");
}

TEST_CASE("slices act along their axis") {
  const Tensor<double> t = counting<double>({2, 3});
  CHECK(sliced(t, 1, {{}, {}, -1}) == Tensor<double>{{2, 3}, {2, 1, 0, 5, 4, 3}});
  CHECK(sliced(t, 0, {1, {}, 1}) == Tensor<double>{{1, 3}, {3, 4, 5}});
  CHECK(sliced(t, -1, {0, 3, 2}) == Tensor<double>{{2, 2}, {0, 2, 3, 5}});
  CHECK(sliced(t, 1, {3, 5, 1}) == Tensor<double>{{2, 0}, {}});
}

TEST_CASE("gather takes any order with repeats and negative indices") {
  const Tensor<double> t = counting<double>({2, 3});
  CHECK(gathered(t, 1, {2, 0, -1, 2}) == Tensor<double>{{2, 4}, {2, 0, 2, 2, 5, 3, 5, 5}});
  CHECK(gathered(t, 0, {-1}) == Tensor<double>{{1, 3}, {3, 4, 5}});
  CHECK(gathered(t, 0, {}) == Tensor<double>{{0, 3}, {}});
  CHECK(message_of([&] { gathered(t, 1, {0, 1, 2, 2, 7}); }) == "index must lie in [-3, 2]; entry 4 is 7");
  CHECK(message_of([&] { gathered(blank<double>({0}), 0, {0}); }) == "an axis of length 0 has no index; entry 0 is 0");
  CHECK_THROWS_AS(gathered(t, 1, {-4}), std::out_of_range);
}

TEST_CASE("select drops its axis") {
  const Tensor<double> t = counting<double>({2, 3});
  std::vector<double> out(2);
  select<double>(t.view(), 1, -1, out);
  CHECK(out == std::vector<double>{2, 5});
  CHECK(selected_shape(t.shape, 1) == Shape{2});
}

TEST_CASE("tensors join along any axis") {
  const Tensor<double> a = counting<double>({2, 2});
  const Tensor<double> b{{2, 1}, {8, 9}};
  CHECK(joined({a, b}, 1) == Tensor<double>{{2, 3}, {0, 1, 8, 2, 3, 9}});
  CHECK(joined({a, a}, 0) == Tensor<double>{{4, 2}, {0, 1, 2, 3, 0, 1, 2, 3}});
  CHECK(joined({a, blank<double>({2, 0}), b}, -1) == Tensor<double>{{2, 3}, {0, 1, 8, 2, 3, 9}});
  CHECK(joined({blank<double>({0, 2}), blank<double>({0, 3})}, 1) == Tensor<double>{{0, 5}, {}});
  CHECK(message_of([&] {
          joined({a, b}, 0);
        }) == "tensor 1 has shape (2, 1), which does not fit the shape (2, 2) of tensor 0");
  CHECK(message_of([&] {
          joined({a, counting<double>({2})}, 0);
        }) == "tensor 1 has shape (2), which does not fit the shape (2, 2) of tensor 0");
  CHECK(message_of([&] { joined({}, 0); }) == "at least 1 tensor is needed to join; there are 0");
}

TEST_CASE("tensors stack along a new axis anywhere") {
  const Tensor<double> a{{2}, {1, 2}};
  const Tensor<double> b{{2}, {3, 4}};
  CHECK(stacked({a, b}, 0) == Tensor<double>{{2, 2}, {1, 2, 3, 4}});
  CHECK(stacked({a, b}, 1) == Tensor<double>{{2, 2}, {1, 3, 2, 4}});
  CHECK(stacked({a, b, a}, -1) == Tensor<double>{{2, 3}, {1, 3, 1, 2, 4, 2}});
  CHECK(stacked({{{}, {5}}, {{}, {6}}}, 0) == Tensor<double>{{2}, {5, 6}});
  CHECK(message_of([&] {
          stacked({a, counting<double>({3})}, 0);
        }) == "tensor 1 has shape (3), which does not fit the shape (2) of tensor 0");
  CHECK(message_of([&] { stacked({a, b}, 2); }) == "axis must lie in [-2, 1]; it is 2");
}

TEST_CASE("permuting axes matches indexing by hand and undoes itself") {
  const Tensor<double> t = counting<double>({2, 3, 4});
  const Tensor<double> p = permuted(t, {2, 0, 1});
  CHECK(p.shape == Shape{4, 2, 3});
  for (std::size_t i = 0; i < 2; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      for (std::size_t k = 0; k < 4; ++k) {
        CHECK(p.data[(k * 2 + i) * 3 + j] == t.data[(i * 3 + j) * 4 + k]);
      }
    }
  }
  CHECK(permuted(p, {1, 2, 0}) == t);
  CHECK(permuted(counting<double>({2, 3}), {}) == Tensor<double>{{3, 2}, {0, 3, 1, 4, 2, 5}});
  CHECK(permuted({{}, {7}}, {}) == Tensor<double>{{}, {7}});
  CHECK(permuted(blank<double>({0, 3}), {1, 0}) == Tensor<double>{{3, 0}, {}});
  CHECK(permuted(t, {-1, -3, -2}) == p);
  CHECK(message_of([&] { permuted(t, {0, 1, 1}); }) == "order must name each of the 3 axes once; it is (0, 1, 1)");
  CHECK(message_of([&] { permuted(t, {0, 1}); }) == "order must name each of the 3 axes once; it is (0, 1)");
}

TEST_CASE("a reshape works one length out and keeps the count") {
  CHECK(reshaped(Shape{2, 6}, Shape{3, -1}) == Shape{3, 4});
  CHECK(reshaped(Shape{2, 6}, Shape{-1}) == Shape{12});
  CHECK(reshaped(Shape{1, 1}, Shape{}) == Shape{});
  CHECK(reshaped(Shape{0, 3}, Shape{-1, 3}) == Shape{0, 3});
  CHECK(message_of([] {
          reshaped(Shape{2, 3}, Shape{4, -1});
        }) == "shape (2, 3) holds 6 elements and cannot take the shape (4, -1)");
  CHECK_THROWS_AS(reshaped(Shape{2, 3}, Shape{-1, -1}), std::invalid_argument);
  CHECK_THROWS_AS(reshaped(Shape{0, 3}, Shape{-1, 0}), std::invalid_argument);
}

TEST_SUITE_END();
