// Rotary frequencies and their extensions against published numbers; phases against 113 bits at far positions.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/attention/core/rotary.hpp"

#include <doctest/doctest.h>
#include <quadmath.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <stdexcept>
#include <utility>
#include <vector>

using namespace orrery::attention;

namespace {

using Numbers = std::vector<std::pair<std::size_t, double>>;

// Numbers are printed to eleven digits.
void check_numbers(const std::vector<double>& got, const Numbers& expected) {
  for (const auto& [index, value] : expected) CHECK(got[index] == doctest::Approx(value).epsilon(6e-11));
}

ExtensionOptions yarn_options(double factor, double original, bool truncate = true) {
  ExtensionOptions o;
  o.kind = Extension::yarn, o.factor = factor, o.original_length = original, o.truncate = truncate;
  return o;
}

double product(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace

TEST_SUITE("plugins/attention/core/rotary") {
  TEST_CASE("frequencies without extension and with a new base are those published") {
    check_numbers(rotary_frequencies(128, 1e4, {}).angular, {{1, 8.6596432336e-1}, {63, 1.1547819847e-4}});
    ExtensionOptions o;
    o.kind = Extension::dynamic_ntk, o.factor = 10, o.original_length = 2048, o.length = 16384;
    check_numbers(rotary_frequencies(128, 1e4, o).angular,
                  {{1, 8.0931007489e-1}, {16, 3.3871868103e-2}, {31, 1.4176314918e-3}, {63, 1.6264534996e-6}});
    o.length = 100;
    CHECK(rotary_frequencies(128, 1e4, o).base == 1e4);
    o.kind = Extension::ntk, o.factor = 8;
    check_numbers(rotary_frequencies(128, 1e4, o).angular, {{1, 8.3784800192e-1}, {63, 1.4434774809e-5}});
    o.kind = Extension::linear;
    CHECK(rotary_frequencies(128, 1e4, o).angular[0] == 0.125);
  }

  TEST_CASE("YaRN has the published ramp and factor") {
    const Frequencies ten = rotary_frequencies(128, 1e4, yarn_options(10, 2048));
    check_numbers(ten.angular,
                  {{17, 8.3478960772e-2}, {30, 6.6142663035e-3}, {40, 4.3006976178e-4}, {63, 1.1547819847e-5}});
    CHECK(ten.attention_factor == doctest::Approx(1.2302585092994045).epsilon(2e-16));
    const Frequencies forty = rotary_frequencies(64, 1e4, yarn_options(40, 4096));
    check_numbers(forty.angular, {{15, 8.3345089510e-3}, {22, 1.7782794100e-4}});
    CHECK(forty.attention_factor == doctest::Approx(1.3688879454113936).epsilon(2e-16));
    check_numbers(rotary_frequencies(64, 1e4, yarn_options(40, 4096, false)).angular,
                  {{15, 8.4462353113e-3}, {22, 1.1838773159e-4}});
    ExtensionOptions equal = yarn_options(40, 4096);
    equal.mscale = equal.mscale_all_dim = 0.7;
    CHECK(rotary_frequencies(64, 1e4, equal).attention_factor == 1.0);
  }

  TEST_CASE("Llama 3 keeps fast pairs and divides slow ones and ramps between") {
    ExtensionOptions o;
    o.kind = Extension::llama3, o.factor = 8, o.original_length = 8192;
    const auto plain = rotary_frequencies(128, 5e5, {}).angular, changed = rotary_frequencies(128, 5e5, o).angular;
    std::array<int, 3> seen{};
    for (std::size_t j = 0; j < plain.size(); ++j) {
      const double period = 2 * std::acos(-1.0) / plain[j];
      const double smooth = (8192 / period - 1) / 3;
      const std::size_t kind = smooth >= 1 ? 0 : smooth <= 0 ? 1 : 2;
      const double expected = kind == 0   ? plain[j]
                              : kind == 1 ? plain[j] / 8
                                          : (1 - smooth) * plain[j] / 8 + smooth * plain[j];
      CHECK(changed[j] == doctest::Approx(expected).epsilon(1e-14));
      ++seen[kind];
    }
    for (const int count : seen) CHECK(count > 3);
  }

  TEST_CASE("LongRoPE changes to the long factors strictly above the original length") {
    const std::vector<double> near{1, 2}, far{4, 8};
    ExtensionOptions o;
    o.kind = Extension::longrope, o.factor = 32, o.original_length = 4096, o.length = 4096;
    o.short_factors = near, o.long_factors = far;
    const Frequencies before = rotary_frequencies(4, 1e4, o);
    o.length = 4097;
    const Frequencies after = rotary_frequencies(4, 1e4, o);
    CHECK(before.angular[1] == 0.005);
    CHECK(after.angular[0] == 0.25);
    CHECK(after.attention_factor == doctest::Approx(std::sqrt(1 + std::log(32.0) / std::log(4096.0))).epsilon(3e-16));
  }

  TEST_CASE("a product depends on the difference of positions") {
    const auto theta = rotary_frequencies(4, 1e4, {}).angular;
    std::vector<double> q{1, 2, -1, .5}, k{.3, -1, 2, 1};
    rotate(q, 5, theta, Pairing::interleaved, 1.0);
    rotate(k, 2, theta, Pairing::interleaved, 1.0);
    CHECK(std::abs(product(q, k) - -0.102120819703502874) < 1e-15);
    std::mt19937_64 generator(3);
    std::uniform_real_distribution<double> uniform(-1, 1);
    const auto many = rotary_frequencies(64, 1e4, {}).angular;
    for (const Pairing pairing : {Pairing::interleaved, Pairing::halves}) {
      std::vector<double> a(70), b(70);
      for (double& x : a) x = uniform(generator);
      for (double& x : b) x = uniform(generator);
      auto a1 = a, b1 = b, a2 = a, b2 = b;
      rotate(a1, 7, many, pairing, 1.0), rotate(b1, 3, many, pairing, 1.0);
      rotate(a2, 1007, many, pairing, 1.0), rotate(b2, 1003, many, pairing, 1.0);
      CHECK(std::abs(product(a1, b1) - product(a2, b2)) < 2e-12);
      CHECK(a1[65] == a[65]);
      CHECK(a1[0] != a[0]);
    }
  }

  TEST_CASE("phases at far positions are right to 4e-9") {
    double worst = 0.0;
    for (const double position : {1e3, 131071.0, 1000003.0, 16777215.0, 16777216.0}) {
      std::vector<double> code(128);
      sinusoidal(position, 1e4, code);
      double here = 0.0;
      for (int j = 0; j < 64; ++j) {
        const __float128 phase = __float128(position) * powq(1e4, -__float128(j) / 64);
        here = std::max({here, std::abs(double(code[std::size_t(2 * j)] - sinq(phase))),
                         std::abs(double(code[std::size_t(2 * j + 1)] - cosq(phase)))});
      }
      if (position == 1e3) CHECK(here < 2.3e-13);
      worst = std::max(worst, here);
    }
    CHECK(worst < 4e-9);
  }

  TEST_CASE("the sinusoidal code of one position is that published") {
    std::vector<double> code(4);
    sinusoidal(3, 1e4, code);
    const std::array expected{0.141120008059867222, -0.989992496600445457, 0.0299955002024956608, 0.999550033748987516};
    for (std::size_t i = 0; i < 4; ++i) CHECK(std::abs(code[i] - expected[i]) < 2e-16);
  }

  TEST_CASE("critical dimensions are those published") {
    CHECK(critical_dimension(128, 1e4, 4096) == 92);
    CHECK(critical_dimension(128, 1e4, 2048) == 82);
    CHECK(critical_dimension(128, 5e5, 8192) == 70);
    CHECK(critical_dimension(128, 1e6, 32768) == 80);
    CHECK(critical_dimension(128, 1e4, 1) == 0);
    CHECK(critical_dimension(128, 1e4, 1e9) == 128);
  }

  TEST_CASE("what is out of range is refused by name") {
    CHECK_THROWS_WITH_AS(rotary_frequencies(3, 1e4, {}), "depth must be even and at least 2; it is 3.000000",
                         std::invalid_argument);
    CHECK_THROWS_AS(rotary_frequencies(4, 1.0, {}), std::invalid_argument);
    CHECK_THROWS_AS(rotary_frequencies(4, 1e4, yarn_options(0.5, 2048)), std::invalid_argument);
    CHECK_THROWS_AS(rotary_frequencies(4, 1e4, yarn_options(2, 0)), std::invalid_argument);
    ExtensionOptions o;
    o.kind = Extension::longrope, o.original_length = 10, o.length = 10;
    CHECK_THROWS_AS(rotary_frequencies(4, 1e4, o), std::invalid_argument);
    o.kind = Extension::ntk;
    CHECK_THROWS_AS(rotary_frequencies(2, 1e4, o), std::invalid_argument);
  }
}
