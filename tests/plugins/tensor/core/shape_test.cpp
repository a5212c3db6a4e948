// Shapes: counts, axes and the rules of broadcasting.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/core/shape.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/plugins/tensor/core/helpers.hpp"

using namespace orrery::tensor;
using namespace orrery::tensor::test;

TEST_SUITE_BEGIN("plugins/tensor/core/shape");

TEST_CASE("elements are counted and impossible shapes refused") {
  CHECK(element_count(Shape{}) == 1);
  CHECK(element_count(Shape{2, 3, 4}) == 24);
  CHECK(element_count(Shape{5, 0}) == 0);
  CHECK(element_count(Shape{std::int64_t{1} << 40, std::int64_t{1} << 40, 0}) == 0);
  CHECK(message_of([] {
          element_count(Shape{2, -1});
        }) == "lengths of axes must not be negative; the shape is (2, -1)");
  CHECK_THROWS_AS(element_count(Shape{std::int64_t{1} << 40, std::int64_t{1} << 40}), std::invalid_argument);
  CHECK(message_of([] {
          require_elements(5, Shape{2, 3}, "the tensor");
        }) == "the tensor must hold 6 elements for shape (2, 3); it holds 5");
}

TEST_CASE("negative axes count from the end and others are refused") {
  CHECK(normal_axis(0, 2) == 0);
  CHECK(normal_axis(-1, 2) == 1);
  CHECK(message_of([] { normal_axis(5, 2); }) == "axis must lie in [-2, 1]; it is 5");
  CHECK(message_of([] { normal_axis(-3, 2); }) == "axis must lie in [-2, 1]; it is -3");
  CHECK(message_of([] { normal_axis(0, 0); }) == "a scalar has no axis; axis is 0");
  CHECK_THROWS_AS(normal_axis(5, 2), std::out_of_range);
}

TEST_CASE("shapes broadcast as in NumPy") {
  CHECK(broadcast_shape(Shape{2, 3}, Shape{3}) == Shape{2, 3});
  CHECK(broadcast_shape(Shape{2, 1}, Shape{1, 5}) == Shape{2, 5});
  CHECK(broadcast_shape(Shape{}, Shape{4}) == Shape{4});
  CHECK(broadcast_shape(Shape{0, 3}, Shape{1, 3}) == Shape{0, 3});
  CHECK(broadcast_shape(Shape{1}, Shape{0}) == Shape{0});
  CHECK(message_of([] {
          broadcast_shape(Shape{2, 3}, Shape{4});
        }) == "shapes (2, 3) and (4) do not fit: axis -1 has lengths 3 and 4");
}

TEST_CASE("strides vanish along stretched axes") {
  CHECK(broadcast_strides(Shape{3, 1}, Shape{2, 3, 4}) == std::vector<std::size_t>{0, 1, 0});
  CHECK(broadcast_strides(Shape{2, 3, 4}, Shape{2, 3, 4}) == std::vector<std::size_t>{12, 4, 1});
}

TEST_SUITE_END();
