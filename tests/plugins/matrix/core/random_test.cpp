// Tests of the random numbers: against published words, known quantiles, and their distributions.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/random.hpp"

#include <doctest/doctest.h>
#include <quadmath.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;

TEST_SUITE_BEGIN("plugins/matrix/core/random");

TEST_CASE("the words are those that were published with the generator") {
  struct Known {
    std::uint64_t key, stream, index, first, second;
  };
  // Philox4x32-10: counter and key of zeros, of ones, and of the digits of pi.
  for (const auto& known :
       {Known{0, 0, 0, 0xe169c58d6627e8d5, 0x9b00dbd8bc57ac4c},
        Known{~0ull, ~0ull, ~0ull, 0x41c83b0e408f276d, 0x6d5451fda20bc7c6},
        Known{0x299f31d0a4093822, 0x0370734413198a2e, 0x85a308d3243f6a88, 0x94fdccebd16cfe09, 0x24126ea15001e420}}) {
    const auto words = Random(known.key, known.stream).words(known.index);
    CHECK(words[0] == known.first);
    CHECK(words[1] == known.second);
  }
}

TEST_CASE("quantiles of the normal distribution invert its integral") {
  // Phi(x) = erfc(-x/sqrt 2)/2 in quadruple precision; the step back to p is relative to the tail.
  for (double p : {1e-300, 1e-100, 1e-20, 1e-9, 0.001, 0.0749, 0.0751, 0.3, 0.4999, 0.75, 0.925, 0.999}) {
    const double x = normal_quantile(p);
    const __float128 q = x;
    const __float128 two = 2, pi = acosq(-1);
    const __float128 integral = erfcq(-q / sqrtq(two)) / two, density = expq(-q * q / two) / sqrtq(two * pi);
    const double error = static_cast<double>((integral - static_cast<__float128>(p)) / density);
    CHECK(std::abs(error) <= 8e-16 * std::max(1.0, std::abs(x)));
  }
  CHECK(normal_quantile(0.5) == 0.0);
  CHECK(normal_quantile(0.975) == doctest::Approx(1.959963984540054).epsilon(1e-15));
}

TEST_CASE("normals have the moments of the normal distribution and the same bits one by one") {
  const Random random(42, 3);
  std::vector<double> x(200000);
  random.normals(1, x);
  double mean = 0.0, square = 0.0, fourth = 0.0;
  for (const double value : x) mean += value, square += value * value, fourth += value * value * value * value;
  const double n = static_cast<double>(x.size());
  CHECK(std::abs(mean / n) < 4.0 / std::sqrt(n));
  CHECK(std::abs(square / n - 1.0) < 4.0 * std::sqrt(2.0 / n));
  CHECK(std::abs(fourth / n - 3.0) < 4.0 * std::sqrt(96.0 / n));
  for (const std::size_t i : {0u, 1u, 2u, 777u, 199999u}) CHECK(x[i] == random.normal(1 + i));
}

TEST_CASE("signs are even and whole numbers uniform within their range") {
  const Random random(7);
  double sum = 0.0;
  for (std::uint64_t i = 0; i < 100000; ++i) sum += random.sign(i);
  CHECK(std::abs(sum) < 4.0 * std::sqrt(100000.0));
  std::vector<int> counts(7);
  for (std::uint64_t i = 0; i < 70000; ++i) ++counts.at(random.below(7, i));
  for (const int count : counts) CHECK(std::abs(count - 10000) < 4.0 * std::sqrt(10000.0));
  CHECK(random.below(1, 5) == 0);
  for (std::uint64_t i = 0; i < 1000; ++i) CHECK((random.unit(i) > 0.0 && random.unit(i) < 1.0));
}

TEST_CASE("a sample without replacement has different members and leaves none out") {
  for (const Index count : {0, 1, 10, 50}) {
    const auto chosen = sample_without_replacement(50, count, Random(9));
    CHECK(std::set<Index>(chosen.begin(), chosen.end()).size() == static_cast<std::size_t>(count));
    for (const Index i : chosen) CHECK((i >= 0 && i < 50));
  }
  std::vector<int> hits(10);
  for (std::uint64_t key = 0; key < 10000; ++key)
    for (const Index i : sample_without_replacement(10, 3, Random(key))) ++hits.at(static_cast<std::size_t>(i));
  for (const int hit : hits) CHECK(std::abs(hit - 3000) < 4.0 * std::sqrt(3000.0 * 0.7));
  CHECK_THROWS_WITH_AS(sample_without_replacement(5, 6, Random(1)),
                       "a sample without replacement of 5 has 0 to 5 members; 6 are asked for", std::invalid_argument);
}

TEST_SUITE_END();
