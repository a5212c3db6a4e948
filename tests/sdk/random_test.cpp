// The random generator against the known answers of its authors (Salmon et al. 2011; Random123's kat_vectors).
// SPDX-License-Identifier: Apache-2.0
#include <orrery/abi/random.h>

#include <doctest/doctest.h>
#include <cstdint>

#include <array>
#include <set>

#include "engine/base/philox.hpp"

extern "C" {
void philox_in_c(std::uint32_t counter[4], std::uint32_t key0, std::uint32_t key1);
void words_in_c(std::uint64_t key, std::uint64_t stream, std::uint64_t index, std::uint64_t out[2]);
double unit_in_c(std::uint64_t word);
}

namespace {

using Block = std::array<std::uint32_t, 4>;
using Words = std::array<std::uint64_t, 2>;

Block philox(Block counter, std::uint32_t key0, std::uint32_t key1) {
  Block in_c = counter;
  philox_in_c(in_c.data(), key0, key1);
  orrery_philox4x32(counter.data(), key0, key1);
  CHECK(in_c == counter);
  return counter;
}

Words words(std::uint64_t key, std::uint64_t stream, std::uint64_t index) {
  Words made{}, in_c{};
  orrery_random_words(key, stream, index, made.data());
  words_in_c(key, stream, index, in_c.data());
  CHECK(in_c == made);
  return made;
}

constexpr std::uint64_t all = ~std::uint64_t{0};

}  // namespace

TEST_SUITE("sdk/random") {
  TEST_CASE("known answers of Philox4x32-10 come out") {
    CHECK(philox({0, 0, 0, 0}, 0, 0) == Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    const std::uint32_t ones = 0xffffffff;
    CHECK(philox({ones, ones, ones, ones}, ones, ones) == Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0xa4093822, 0x299f31d0) ==
          Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
  }

  TEST_CASE("plugins and the engine draw the same words") {
    for (std::uint32_t i = 0; i < 1000; ++i) {
      const std::uint32_t a = i * 0x9E3779B9u, b = ~a * (i + 3);
      CHECK(philox({i, a, b, ~i}, a ^ i, b) ==
            orrery::base::philox4x32({i, a, b, ~i}, (std::uint64_t{b} << 32) | (a ^ i)));
    }
  }

  TEST_CASE("a draw is the block whose counter is index and stream") {
    CHECK(words(0, 0, 0) == Words{0xe169c58d6627e8d5, 0x9b00dbd8bc57ac4c});
    CHECK(words(all, all, all) == Words{0x41c83b0e408f276d, 0x6d5451fda20bc7c6});
    CHECK(words(0x299f31d0a4093822, 0x0370734413198a2e, 0x85a308d3243f6a88) ==
          Words{0x94fdccebd16cfe09, 0x24126ea15001e420});
  }

  TEST_CASE("neighbours in key and stream and index draw apart") {
    std::set<Words> seen;
    for (std::uint64_t key : {0u, 1u})
      for (std::uint64_t stream : {0u, 1u})
        for (std::uint64_t index = 0; index < 100; ++index) seen.insert(words(key, stream, index));
    CHECK(seen.size() == 400);
  }

  TEST_CASE("a unit number lies in 0 to 1 without 1") {
    CHECK(orrery_random_unit(0) == 0.0);
    CHECK(orrery_random_unit(all) == 1.0 - 0x1p-53);
    CHECK(orrery_random_unit(std::uint64_t{1} << 63) == 0.5);
    CHECK(unit_in_c(all) == orrery_random_unit(all));
    double sum = 0;
    for (std::uint64_t index = 0; index < 10000; ++index) sum += orrery_random_unit(words(42, 0, index)[1]);
    // Five standard errors of the mean of uniform numbers.
    CHECK(sum / 10000 == doctest::Approx(0.5).epsilon(5 * 0.2887 / 100 / 0.5));
  }
}
