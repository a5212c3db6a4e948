// The loop over two stretched tensors that all elementwise kernels share.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "plugins/tensor/core/shape.hpp"

namespace orrery::tensor {

/// A multi-index that runs through the leading axes of a shape in row-major order, with its offsets in two tensors.
class Odometer {
 public:
  Odometer(ShapeView leading, std::vector<std::size_t> strides_a, std::vector<std::size_t> strides_b)
      : lengths_(leading.begin(), leading.end()),
        index_(leading.size(), 0),
        strides_a_(std::move(strides_a)),
        strides_b_(std::move(strides_b)) {}

  void advance() {
    for (std::size_t axis = index_.size(); axis-- > 0;) {
      a += strides_a_[axis];
      b += strides_b_[axis];
      if (++index_[axis] < lengths_[axis]) {
        return;
      }
      a -= strides_a_[axis] * static_cast<std::size_t>(lengths_[axis]);
      b -= strides_b_[axis] * static_cast<std::size_t>(lengths_[axis]);
      index_[axis] = 0;
    }
  }

  std::size_t a = 0;
  std::size_t b = 0;

 private:
  Shape lengths_;
  Shape index_;
  std::vector<std::size_t> strides_a_;
  std::vector<std::size_t> strides_b_;
};

/// Calls row(index in a, step in a, index in b, step in b, index in the result, count) for each innermost run.
template <typename Row>
void for_each_row(ShapeView a, ShapeView b, ShapeView target, Row row) {
  const std::size_t total = element_count(target);
  if (total == 0) {
    return;
  }
  if (std::ranges::equal(a, b) || target.empty()) {
    row(std::size_t{0}, std::size_t{1}, std::size_t{0}, std::size_t{1}, std::size_t{0}, total);
    return;
  }
  std::vector<std::size_t> strides_a = broadcast_strides(a, target);
  std::vector<std::size_t> strides_b = broadcast_strides(b, target);
  const std::size_t last = target.size() - 1;
  const std::size_t step_a = strides_a[last];
  const std::size_t step_b = strides_b[last];
  const auto count = static_cast<std::size_t>(target[last]);
  Odometer place(target.first(last), std::move(strides_a), std::move(strides_b));
  for (std::size_t done = 0; done < total; done += count) {
    row(place.a, step_a, place.b, step_b, done, count);
    place.advance();
  }
}

}  // namespace orrery::tensor
