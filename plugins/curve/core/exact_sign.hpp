// Signs of orientation determinants, exact for the doubles given: a filter first, expansions where it is in doubt.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

namespace orrery::curve {

using Point2 = std::array<double, 2>;
using Point3 = std::array<double, 3>;

/// Sign of (b - a) x (c - a): 1 if a, b, c turn left, -1 right, 0 on one line.
/// @param a, b, c coordinates of at most 2^300 in size, whose last bits are worth 2^-350 or more, or 0
/// @accuracy exact   @source Shewchuk 1997
int orientation(const Point2& a, const Point2& b, const Point2& c);

/// Sign of ((b - a) x (c - a)) . (d - a); 0 for four points in one plane. Arguments and accuracy as orientation().
int orientation(const Point3& a, const Point3& b, const Point3& c, const Point3& d);

/// Exact sign of a sum of doubles, none of which may be so large that sums overflow.   @source Shewchuk 1997
int sign_of_sum(std::span<const double> terms);

/// The arrays times one power of two that brings the largest number to about 2^300, so that orientation() is exact.
/// @throws std::invalid_argument naming the smallest number if the sizes of the numbers differ by more than 2^590
std::vector<std::vector<double>> scaled_for_exactness(std::initializer_list<std::span<const double>> arrays,
                                                      std::string_view name);

}  // namespace orrery::curve
