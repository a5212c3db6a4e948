// Completing, choosing and carrying orthonormal frames in any dimension.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace orrery::curve {

/// Whether the determinant of orthonormal rows is 1; otherwise it is -1, so that elimination finds the sign safely.
bool is_positively_oriented(std::vector<double> rows, std::size_t d);

/// Fills the last row of a d x d frame, whose others are orthonormal, so that the frame is positively oriented.
void complete_frame(std::span<double> frame, std::size_t d);

/// Fills all rows but the first, or with `axes` all rows, by an orthonormal, positively oriented choice.
void any_frame(bool axes, std::span<double> frame, std::size_t d);

/// The frame `from` turned by the smallest rotation that takes its first row to `tangent`; for opposite tangents by
/// half a turn in the plane of its first two rows.   @param out d x d; its first row may be `tangent`
/// @source Bishop 1975
void carry_frame(std::span<const double> from, std::span<const double> tangent, std::span<double> out, std::size_t d);

}  // namespace orrery::curve
