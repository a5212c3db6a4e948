// The loop itself, included by one file for each instruction set; what is here belongs to that file alone.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstring>

#include "plugins/matrix/core/sketch_gather.hpp"

namespace orrery::matrix::detail {
namespace {

// Some columns of one row of the sketch, whose sums stay in registers.
template <class R, Index width>
inline void gather_some(const R* tile, Index cols, const std::int32_t* code, const std::int32_t* end, R* out) {
  R sums[width];
  std::memcpy(sums, out, sizeof sums);
  for (; code != end; ++code) {
    const R* from = tile + (*code >> 1) * cols;
    const auto sign = static_cast<R>(1 - 2 * (*code & 1));
    for (Index j = 0; j < width; ++j) sums[j] += sign * from[j];
  }
  std::memcpy(out, sums, sizeof sums);
}

template <class R>
void gather_tile(const R* tile, Index cols, const std::int32_t* begins, const std::int32_t* codes, Index count, R* out,
                 Index stride) {
  constexpr Index width = 128 / sizeof(R);
  for (Index t = 0; t < count; ++t) {
    const std::int32_t *code = codes + begins[t], *end = codes + begins[t + 1];
    R* row = out + t * stride;
    Index j = 0;
    for (; j + width <= cols; j += width) gather_some<R, width>(tile + j, cols, code, end, row + j);
    for (; j < cols; ++j) gather_some<R, 1>(tile + j, cols, code, end, row + j);
  }
}

}  // namespace
}  // namespace orrery::matrix::detail
