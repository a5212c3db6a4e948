// Linking and winding numbers of polygons, decided exactly.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace orrery::curve {

struct Linking {
  std::int64_t number = 0;     ///< positive if right-handed crossings prevail: (t1 x t2) . (r1 - r2) > 0
  std::int64_t crossings = 0;  ///< of one polygon with the other, seen along the third axis
};

/// Linking number of two closed polygons in space: half the sum of the signs of their crossings, seen along a direction
/// infinitely near the third axis. Every sign is that of an exact determinant of the given doubles, so the number is
/// proved for the polygons.
/// @param first [length] n x 3, without the closing point   @param second [length] m x 3
/// @throws std::invalid_argument for fewer than 3 points, a wrong size, a value that is not finite, numbers whose sizes
///   differ by more than 2^590, or polygons that touch (both edges named)
/// @accuracy exact   @source Gauss 1833; Rolfsen 1976, chapter 5D (crossings); Shewchuk 1997 (signs);
///   Edelsbrunner, Muecke 1990 (a direction that is infinitely near another)
Linking linking_number(std::span<const double> first, std::span<const double> second);

/// How often a closed polygon runs around each point, counter-clockwise.
/// @param polygon [length] n x 2, without the closing point   @param places [length] m x 2   @returns m numbers
/// @throws std::invalid_argument as linking_number, and for a place that lies on the polygon (row and edge named)
/// @accuracy exact   @source Sunday 2021, chapter 3 (crossings of a half-line); Shewchuk 1997 (signs)
std::vector<std::int64_t> winding_number(std::span<const double> polygon, std::span<const double> places);

}  // namespace orrery::curve
