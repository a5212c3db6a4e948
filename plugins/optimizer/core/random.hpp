// Normal numbers made of random bits, which a counter-based generator gives.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

namespace orrery::optimizer {

/// Two independent standard normal numbers. At most 8.57 in size, which is where 53 bits end.
/// @param bits two words   @returns [-] the numbers   @accuracy 2 ulp of the size
/// @source Box and Muller, Annals of Mathematical Statistics 29 (1958) 610
inline std::array<double, 2> normal_pair(const std::array<std::uint64_t, 2>& bits) {
  constexpr double two_pi = 6.283185307179586476925287;
  const auto unit = [](std::uint64_t word) { return static_cast<double>(word >> 11) * 0x1p-53; };
  const double radius = std::sqrt(-2.0 * std::log(1.0 - unit(bits[0]))), angle = two_pi * unit(bits[1]);
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

}  // namespace orrery::optimizer
