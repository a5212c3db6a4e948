// Fourier transforms of any length against the definition in long double.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/fourier.hpp"

#include <doctest/doctest.h>

#include <numbers>

#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

namespace {

using Complexes = std::vector<std::complex<double>>;

Complexes random_values(std::size_t n) {
  std::mt19937_64 generator(n);
  std::uniform_real_distribution<double> any(-1.0, 1.0);
  Complexes values(n);
  std::generate(values.begin(), values.end(), [&] { return std::complex<double>(any(generator), any(generator)); });
  return values;
}

std::complex<long double> by_definition(const Complexes& values, std::size_t k) {
  std::complex<long double> sum{};
  const auto n = values.size();
  for (std::size_t j = 0; j < n; ++j) {
    const long double angle =
        -2.0L * std::numbers::pi_v<long double> * static_cast<long double>((j * k) % n) / static_cast<long double>(n);
    sum += std::complex<long double>(values[j]) * std::complex<long double>(std::cos(angle), std::sin(angle));
  }
  return sum;
}

}  // namespace

TEST_SUITE_BEGIN("plugins/curve/core/fourier");

TEST_CASE("roots of unity are exact at quarter turns and rounded elsewhere") {
  CHECK(unit_root(0, 7) == std::complex<double>(1, 0));
  CHECK(unit_root(3, 12) == std::complex<double>(0, 1));
  CHECK(unit_root(6, 12) == std::complex<double>(-1, 0));
  CHECK(unit_root(9, 12) == std::complex<double>(0, -1));
  for (const std::size_t n : {5U, 7U, 24U, 1000U}) {
    for (std::size_t k = 0; k < n; ++k) {
      const long double angle =
          2.0L * std::numbers::pi_v<long double> * static_cast<long double>(k) / static_cast<long double>(n);
      CHECK(std::abs(static_cast<double>(static_cast<long double>(unit_root(k, n).real()) - std::cos(angle))) <
            1.7e-16);
      CHECK(std::abs(static_cast<double>(static_cast<long double>(unit_root(k, n).imag()) - std::sin(angle))) <
            1.7e-16);
    }
  }
}

TEST_CASE("a transform of any length matches the definition") {
  for (const std::size_t n : {1U, 2U, 3U, 4U, 5U, 7U, 8U, 12U, 17U, 64U, 97U, 100U, 128U}) {
    const Complexes values = random_values(n);
    Complexes spectrum = values;
    FourierPlan(n).forward(spectrum);
    const double scale = std::sqrt(static_cast<double>(n));
    double worst = 0.0;
    for (std::size_t k = 0; k < n; ++k) {
      const std::complex<long double> gap = by_definition(values, k) - std::complex<long double>(spectrum[k]);
      worst = std::max(worst, static_cast<double>(std::abs(gap)) / scale);
    }
    const bool power_of_two = (n & (n - 1)) == 0;
    CHECK(worst < (power_of_two ? 1e-15 : 4e-15));
  }
}

TEST_CASE("the inverse gives the values back") {
  for (const std::size_t n : {6U, 1000U, 1024U, 1009U}) {
    const Complexes values = random_values(n);
    Complexes copy = values;
    const FourierPlan plan(n);
    plan.forward(copy);
    plan.inverse(copy);
    double worst = 0.0;
    for (std::size_t k = 0; k < n; ++k) {
      worst = std::max(worst, std::abs(copy[k] - values[k]));
    }
    CHECK(worst < 5e-15);
  }
}

TEST_SUITE_END();
