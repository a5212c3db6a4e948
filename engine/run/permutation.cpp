// A cycle-walking Feistel network.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/permutation.hpp"

#include <bit>

#include "engine/base/assert.hpp"
#include "engine/base/philox.hpp"

namespace orrery::run {
namespace {

/// Halves of few bits mix slowly: up to 8 items 32 rounds make all permutations equally likely as far as 400,000 epochs
/// can tell, 24 do not. From 9 items on, places of three items show nothing with 10.
constexpr std::uint32_t rounds_for(unsigned bits) { return bits <= 6 ? 32 : 10; }

constexpr std::uint64_t ones(unsigned bits) { return (std::uint64_t{1} << bits) - 1; }

}  // namespace

Permutation::Permutation(std::uint64_t size, std::uint64_t key) : size_(size), key_(key) {
  ORRERY_ASSERT(size >= 1);
  const auto bits = static_cast<unsigned>(std::bit_width(size - 1));
  rounds_ = rounds_for(bits);
  low_bits_ = bits / 2;
  low_mask_ = ones(low_bits_);
  high_mask_ = ones(bits - low_bits_);
}

std::uint64_t Permutation::at(std::uint64_t epoch, std::uint64_t position) const {
  ORRERY_ASSERT(position < size_);
  std::uint64_t number = turn(epoch, position);
  while (number >= size_) number = turn(epoch, number);
  return number;
}

std::uint64_t Permutation::turn(std::uint64_t epoch, std::uint64_t number) const {
  std::uint64_t low = number & low_mask_, high = number >> low_bits_;
  const auto mixed = [&](std::uint64_t half, std::uint32_t round) {
    return base::philox4x32({static_cast<std::uint32_t>(half), round, static_cast<std::uint32_t>(epoch),
                             static_cast<std::uint32_t>(epoch >> 32)},
                            key_)[0];
  };
  for (std::uint32_t round = 0; round < rounds_; round += 2) {
    high ^= mixed(low, round) & high_mask_;
    low ^= mixed(high, round + 1) & low_mask_;
  }
  return (high << low_bits_) | low;
}

}  // namespace orrery::run
