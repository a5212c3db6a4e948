// The inner loop of sparse sketches: signed sums of rows of a tile, for several instruction sets with the same bits.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "plugins/matrix/core/view.hpp"

namespace orrery::matrix::detail {

/// out(t, :) += signed sum of the rows of the tile that go to row t of the sketch. A code is twice the row, plus 1 for
/// a negative sign; those of t are codes[begins[t]] to codes[begins[t + 1]], added in this order.
template <class R>
using Gather = void (*)(const R* tile, Index cols, const std::int32_t* begins, const std::int32_t* codes, Index count,
                        R* out, Index stride);

/// The fastest that this machine can run; R is float or double.
template <class R>
Gather<R> fastest_gather();

// The builds, for fastest_gather.
namespace baseline {
template <class R>
Gather<R> gather();
template <>
Gather<float> gather<float>();
template <>
Gather<double> gather<double>();
}  // namespace baseline
namespace avx2 {
template <class R>
Gather<R> gather();
template <>
Gather<float> gather<float>();
template <>
Gather<double> gather<double>();
}  // namespace avx2
namespace avx512 {
template <class R>
Gather<R> gather();
template <>
Gather<float> gather<float>();
template <>
Gather<double> gather<double>();
}  // namespace avx512

}  // namespace orrery::matrix::detail
