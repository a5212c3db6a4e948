// Random numbers made of random bits.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

namespace orrery::tensor {

/// A number in [0, 1): the upper 53 bits.
inline double unit_interval(std::uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1p-53; }

/// Two independent standard normal numbers. At most 8.57 in size, which is where 53 bits end.
/// @source Box and Muller, Annals of Mathematical Statistics 29 (1958) 610
inline std::array<double, 2> normal_pair(const std::array<std::uint64_t, 2>& bits) {
  constexpr double two_pi = 6.283185307179586476925287;
  const double radius = std::sqrt(-2.0 * std::log(1.0 - unit_interval(bits[0])));
  const double angle = two_pi * unit_interval(bits[1]);
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

}  // namespace orrery::tensor
