// The engine's random generator against the known answers of its authors (Salmon et al. 2011; Random123's kat_vectors).
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/philox.hpp"

#include <doctest/doctest.h>

using namespace orrery::base;

TEST_SUITE("engine/base/philox") {
  TEST_CASE("known answers of Philox4x32-10 come out") {
    constexpr std::uint32_t ones = 0xffffffff;
    CHECK(philox4x32({0, 0, 0, 0}, 0) == PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    CHECK(philox4x32({ones, ones, ones, ones}, UINT64_MAX) ==
          PhiloxBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    CHECK(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0x299f31d0a4093822) ==
          PhiloxBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
  }

  TEST_CASE("every bit of counter and key changes about half of the words' bits") {
    const PhiloxBlock base = philox4x32({1, 2, 3, 4}, 5);
    const auto changed = [&](const PhiloxBlock& other) {
      int bits = 0;
      for (std::size_t i = 0; i < 4; ++i) bits += __builtin_popcount(base[i] ^ other[i]);
      return bits;
    };
    for (unsigned bit = 0; bit < 192; ++bit) {
      PhiloxBlock counter{1, 2, 3, 4};
      if (bit < 128) counter[bit / 32] ^= 1u << bit % 32;
      const int bits = changed(philox4x32(counter, bit < 128 ? 5 : 5 ^ (std::uint64_t{1} << (bit - 128))));
      // 64 is expected, with a standard deviation of 5.7.
      CHECK(bits > 30);
      CHECK(bits < 98);
    }
  }
}
