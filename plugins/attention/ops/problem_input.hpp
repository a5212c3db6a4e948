// The inputs of an operation on queries and keys, as problems of the numeric library.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "plugins/attention/ops/attend_op.hpp"

namespace orrery::attention {

/// Numbers of one item of an input: rank axes behind the batch, which a value without one serves.
template <class T>
std::span<const T> item_of(const sdk::AnyView& input, std::size_t rank, std::int64_t item) {
  const sdk::Shape shape = input.shape();
  const std::int64_t size = sdk::count_of(shape.last(rank));
  const auto all = input.as<const T>();
  return {all.data() + (shape.size() == rank ? 0 : item * size), static_cast<std::size_t>(size)};
}

inline std::int64_t extent(const sdk::AnyView& input, std::size_t from_end) {
  return input.shape()[input.shape().size() - from_end];
}

/// Shape of an output: the batch, and then these extents.
inline std::vector<std::int64_t> with_batch(sdk::Shape batch, std::initializer_list<std::int64_t> extents) {
  std::vector<std::int64_t> shape(batch.begin(), batch.end());
  shape.insert(shape.end(), extents);
  return shape;
}

template <class Op>
sdk::Shape batch_of(const sdk::Call<Op>& call) {
  sdk::Shape batch;
  const auto look = [&](const sdk::AnyView& input) {
    if (batch.empty()) batch = input.shape().first(input.shape().size() - 3);
  };
  look(call.template in<"query">());
  look(call.template in<"key">());
  if constexpr (std::is_same_v<Op, Attend>) look(call.template in<"value">());
  if (const auto bias = call.template maybe<"bias">()) look(*bias);
  return batch;
}

/// Mask, window and allowed belong together; @throws std::invalid_argument where they do not
template <class Op>
Mask mask_of(const sdk::Call<Op>& call, std::int64_t default_offset) {
  Mask mask;
  mask.kind = call.template in<"mask">();
  mask.offset = call.template maybe<"offset">().value_or(default_offset);
  const auto window = call.template maybe<"window">();
  const auto allowed = call.template maybe<"allowed">();
  if (window.has_value() != (mask.kind == MaskKind::window))
    throw std::invalid_argument("'window' is given with mask = \"window\", and only then");
  if (allowed.has_value() != (mask.kind == MaskKind::custom))
    throw std::invalid_argument("'allowed' is given with mask = \"custom\", and only then");
  mask.window = window.value_or(0);
  if (allowed) mask.allowed = allowed->span();
  return mask;
}

template <class Op>
void check_element_types(const sdk::Call<Op>& call) {
  const std::uint32_t wanted = call.template in<"query">().dtype();
  const auto require = [wanted](const sdk::AnyView& input, const char* name) {
    if (input.dtype() != wanted)
      throw std::invalid_argument(std::string(name) + " must have the element type of query, " +
                                  (wanted == ORRERY_F32 ? "f32; it has f64" : "f64; it has f32"));
  };
  require(call.template in<"key">(), "key");
  if constexpr (std::is_same_v<Op, Attend>) require(call.template in<"value">(), "value");
  if (const auto bias = call.template maybe<"bias">()) require(*bias, "bias");
}

/// The problem of one item, checked.
template <class T, class Op>
Problem<T> problem_of(const sdk::Call<Op>& call, std::int64_t item) {
  const sdk::AnyView query = call.template in<"query">(), key = call.template in<"key">();
  Problem<T> p;
  p.heads = extent(query, 3), p.groups = extent(key, 3);
  p.queries = extent(query, 2), p.keys = extent(key, 2), p.depth = extent(query, 1);
  p.query = item_of<T>(query, 3, item), p.key = item_of<T>(key, 3, item);
  if constexpr (std::is_same_v<Op, Attend>) {
    const sdk::AnyView value = call.template in<"value">();
    p.value_depth = extent(value, 1), p.value = item_of<T>(value, 3, item);
  }
  p.scale = call.template maybe<"scale">().value_or(1.0 / std::sqrt(static_cast<double>(p.depth)));
  p.mask = mask_of(call, p.keys - p.queries);
  if (const auto bias = call.template maybe<"bias">()) p.bias = item_of<T>(*bias, 3, item);
  if (const auto relative = call.template maybe<"relative_bias">()) p.relative_bias = relative->span();
  check(p);
  return p;
}

}  // namespace orrery::attention
