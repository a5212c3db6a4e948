// Shapes and positions in them.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/tensor.hpp"

namespace orrery::value {

std::string to_text(const Shape& shape) {
  if (shape.empty()) return "scalar";
  std::string text;
  for (const std::int64_t extent : shape) {
    if (!text.empty()) text += " x ";
    text += std::to_string(extent);
  }
  return text;
}

std::optional<std::int64_t> checked_count(std::span<const std::int64_t> shape) {
  std::int64_t product = 1;
  bool empty = false;
  for (const std::int64_t extent : shape) {
    if (extent < 0) return std::nullopt;
    empty = empty || extent == 0;
    // Also of an empty tensor the other extents must fit, because strides are products of them.
    if (extent != 0 && __builtin_mul_overflow(product, extent, &product)) return std::nullopt;
  }
  return empty ? 0 : product;
}

std::string position_text(const Shape& shape, std::int64_t flat) {
  if (shape.empty()) return "";
  std::string text;
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    const std::int64_t extent = std::max<std::int64_t>(shape[axis], 1);
    text = (axis > 0 ? ", " : "") + std::to_string(axis > 0 ? flat % extent : flat) + text;
    flat /= extent;
  }
  return "[" + text + "]";
}

}  // namespace orrery::value
