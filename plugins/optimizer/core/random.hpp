// Words, uniform and normal numbers that are a pure function of key, stream and index.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

namespace orrery::optimizer {

/// Two 64-bit words by ten rounds of Philox4x32.
/// @source Salmon, Moraes, Dror and Shaw, SC 2011
inline std::array<std::uint64_t, 2> philox(std::uint64_t key, std::uint64_t stream, std::uint64_t index) {
  std::uint32_t c0 = static_cast<std::uint32_t>(index), c1 = static_cast<std::uint32_t>(index >> 32);
  std::uint32_t c2 = static_cast<std::uint32_t>(stream), c3 = static_cast<std::uint32_t>(stream >> 32);
  std::uint32_t k0 = static_cast<std::uint32_t>(key), k1 = static_cast<std::uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t low = std::uint64_t{0xD2511F53U} * c0, high = std::uint64_t{0xCD9E8D57U} * c2;
    c0 = static_cast<std::uint32_t>(high >> 32) ^ c1 ^ k0;
    c1 = static_cast<std::uint32_t>(high);
    c2 = static_cast<std::uint32_t>(low >> 32) ^ c3 ^ k1;
    c3 = static_cast<std::uint32_t>(low);
    k0 += 0x9E3779B9U;
    k1 += 0xBB67AE85U;
  }
  return {c0 | (std::uint64_t{c1} << 32), c2 | (std::uint64_t{c3} << 32)};
}

/// [0, 1), the upper 53 bits.
inline double unit_of(std::uint64_t word) { return static_cast<double>(word >> 11) * 0x1p-53; }

/// Two independent standard normal numbers. At most 8.57 in size, which is where 53 bits end.
/// @param bits two words   @returns [-] the numbers   @accuracy 2 ulp of the size
/// @source Box and Muller, Annals of Mathematical Statistics 29 (1958) 610
inline std::array<double, 2> normal_pair(const std::array<std::uint64_t, 2>& bits) {
  constexpr double two_pi = 6.283185307179586476925287;
  const double radius = std::sqrt(-2.0 * std::log(1.0 - unit_of(bits[0]))), angle = two_pi * unit_of(bits[1]);
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

}  // namespace orrery::optimizer
