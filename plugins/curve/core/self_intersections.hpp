// Where the edges of a polyline meet each other, decided exactly.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace orrery::curve {

/// How two edges meet.
enum class Meeting : std::uint8_t {
  crossing,  ///< in a point inside of both
  touching,  ///< in a point that is an end of one of them
  overlap,   ///< along a piece of a line; for neighbours: the second turns straight back
};

struct EdgePair {
  std::size_t first = 0, second = 0;  ///< rows that the edges start from, first < second
  Meeting meeting = Meeting::crossing;
  std::array<double, 3> place{};  ///< [length] where, rounded; of an overlap: one of its ends
};

struct SelfIntersections {
  std::size_t count = 0;        ///< pairs of edges that meet other than as neighbours in their common end
  bool complete = true;         ///< false: the search stopped at `most` pairs
  std::vector<EdgePair> pairs;  ///< by first and second row
};

/// The pairs of edges of a polyline that have a point in common, in the plane or in space. Neighbours count only where
/// the second runs back along the first. Repeated points are passed over, and so is a last point that repeats the first
/// of a closed polyline. Every decision is by signs of determinants that are exact for the given doubles.
/// @param points [length] n x d   @param d 2 or 3   @param closed the last point is joined to the first
/// @param most pairs after which the search stops, > 0   @param progress called now and then with edges done
/// @throws std::invalid_argument for another dimension, a wrong size, a value that is not finite (row named), fewer
///   than 2 different points, or 3 if closed, or numbers whose sizes differ by more than 2^590
/// @accuracy exact; places are rounded, and poor where edges are nearly parallel
/// @source Shewchuk 1997 (signs); Sedgewick 1983, chapter 24 (edges by their signs); Cohen et al. 1995 (sorted boxes)
SelfIntersections self_intersections(std::span<const double> points, std::size_t n, std::size_t d, bool closed,
                                     std::size_t most, const std::function<void(std::size_t)>& progress = {});

}  // namespace orrery::curve
