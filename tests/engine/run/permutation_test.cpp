// Tests of permutations that are computed: each number once, and all orders as likely as each other.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/permutation.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <vector>

using namespace orrery;
using run::Permutation;
using Numbers = std::vector<std::uint64_t>;

namespace {

/// 1, 2, 3, ..., primes, and powers of two with their neighbours.
const Numbers sizes{1,  2,  3,   4,   5,   7,   8,   9,   15,   16,   17,   31,   32,   33,    61,    63,   64,
                    65, 97, 127, 128, 129, 255, 256, 257, 1000, 1023, 1024, 1025, 4093, 10007, 65535, 65537};

/// True if each number below `size` occurs once.
bool is_each_once(Numbers numbers, std::uint64_t size) {
  std::ranges::sort(numbers);
  Numbers wanted(size);
  std::iota(wanted.begin(), wanted.end(), 0);
  return numbers == wanted;
}

/// How many standard deviations the chi-square statistic of counts lies above what equal chances give.
double excess(const std::map<Numbers, std::uint64_t>& counts, double kinds, double trials) {
  const double expected = trials / kinds;
  double chi = (kinds - static_cast<double>(counts.size())) * expected;
  for (const auto& [kind, count] : counts) chi += std::pow(static_cast<double>(count) - expected, 2) / expected;
  return (chi - (kinds - 1)) / std::sqrt(2 * (kinds - 1));
}

}  // namespace

TEST_SUITE("engine/run/permutation") {
  TEST_CASE("a permutation takes each number once for any size and key and epoch") {
    for (const std::uint64_t size : sizes)
      for (const std::uint64_t epoch : {std::uint64_t{0}, std::uint64_t{1}, UINT64_MAX}) {
        const Permutation permutation(size, 0x9e3779b97f4a7c15 * size);
        Numbers all;
        for (std::uint64_t i = 0; i < size; ++i) all.push_back(permutation.at(epoch, i));
        CHECK_MESSAGE(is_each_once(all, size), size);
      }
  }

  TEST_CASE("permutations of the largest sizes stay below them and differ at each position") {
    for (const std::uint64_t size : {std::uint64_t{1} << 32, (std::uint64_t{1} << 32) + 1, (std::uint64_t{1} << 62) + 1,
                                     std::uint64_t{1} << 63, UINT64_MAX}) {
      const Permutation permutation(size, 3);
      std::set<std::uint64_t> seen;
      for (std::uint64_t i = 0; i < 1000; ++i) {
        CHECK(permutation.at(0, i) < size);
        seen.insert(permutation.at(0, i));
        seen.insert(permutation.at(0, size - 1 - i));
      }
      CHECK(seen.size() == 2000);
      // First and last positions do not stay so: about 1000 lie in the upper half, with a standard deviation of 22.
      const auto upper = std::ranges::count_if(seen, [&](std::uint64_t n) { return n >= size / 2; });
      CHECK(upper > 850);
      CHECK(upper < 1150);
    }
  }

  TEST_CASE("all permutations of few items are equally likely") {
    for (const std::uint64_t size : {2, 3, 4, 5, 6, 7}) {
      const Permutation permutation(size, 2024);
      const int trials = 100'000;
      std::map<Numbers, std::uint64_t> counts;
      for (std::uint64_t epoch = 0; epoch < trials; ++epoch) {
        Numbers order;
        for (std::uint64_t i = 0; i < size; ++i) order.push_back(permutation.at(epoch, i));
        ++counts[order];
      }
      CHECK_MESSAGE(std::abs(excess(counts, std::tgamma(static_cast<double>(size) + 1), trials)) < 5, size);
    }
  }

  TEST_CASE("neighbouring positions of more items are independent over epochs and over keys") {
    for (const std::uint64_t size : {8, 13, 16, 33, 65, 100}) {
      const int trials = 50'000;
      std::map<Numbers, std::uint64_t> over_epochs, over_keys;
      const Permutation permutation(size, 7);
      for (std::uint64_t trial = 0; trial < trials; ++trial) {
        ++over_epochs[{permutation.at(trial, size / 2), permutation.at(trial, size / 2 + 1)}];
        const Permutation other(size, trial);
        ++over_keys[{other.at(0, 0), other.at(0, 1)}];
      }
      const auto kinds = static_cast<double>(size * (size - 1));
      CHECK_MESSAGE(std::abs(excess(over_epochs, kinds, trials)) < 5, size);
      CHECK_MESSAGE(std::abs(excess(over_keys, kinds, trials)) < 5, size);
    }
  }

  TEST_CASE("a long permutation has as many fixed points and ascents and as little correlation as chance gives") {
    const std::uint64_t size = 10'007;
    const Permutation permutation(size, 1);
    double fixed = 0, ascents = 0, product = 0;
    const int epochs = 100;
    for (std::uint64_t epoch = 0; epoch < epochs; ++epoch)
      for (std::uint64_t i = 0, last = size; i < size; ++i) {
        const std::uint64_t n = permutation.at(epoch, i);
        fixed += n == i;
        ascents += last < size && n > last;
        product += (static_cast<double>(i) / size - 0.5) * (static_cast<double>(n) / size - 0.5);
        last = n;
      }
    CHECK(std::abs(fixed - epochs) < 5 * std::sqrt(epochs));
    CHECK(std::abs(ascents - epochs * (size - 1) / 2.0) < 5 * std::sqrt(epochs * (size + 1) / 12.0));
    CHECK(std::abs(product * 12 / size) < 5 * std::sqrt(epochs / static_cast<double>(size)));
  }

  TEST_CASE("a permutation is the same on every machine") {
    const Permutation few(7, 42), many(10'007, 0x0123456789abcdef), most(std::uint64_t{1} << 63, 1);
    Numbers found;
    for (std::uint64_t i = 0; i < 7; ++i) found.push_back(few.at(3, i));
    for (std::uint64_t i = 0; i < 4; ++i) found.push_back(many.at(1, i));
    for (std::uint64_t i = 0; i < 2; ++i) found.push_back(most.at(std::uint64_t{1} << 40, i));
    // By another implementation, in Python.
    CHECK(found == Numbers{0, 2, 4, 3, 1, 6, 5, 4929, 276, 5157, 4324, 2673837881833746140, 4477061996312255209});
  }
}
