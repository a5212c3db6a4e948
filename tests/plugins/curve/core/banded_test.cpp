// Band systems: residuals of random dominant systems, plain and cyclic.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/banded.hpp"

#include <doctest/doctest.h>

#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

namespace {

std::vector<double> random_bands(std::size_t n, std::size_t width, unsigned seed) {
  std::mt19937_64 generator(seed);
  std::uniform_real_distribution<double> any(0.0, 1.0);
  std::vector<double> bands(n * (2 * width + 1));
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const bool diagonal = i % (2 * width + 1) == width;
    bands[i] = any(generator) + (diagonal ? 2.0 * static_cast<double>(width) : 0.0);
  }
  return bands;
}

std::vector<double> right_side(std::size_t n, std::size_t d) {
  std::vector<double> rhs(n * d);
  for (std::size_t i = 0; i < rhs.size(); ++i) {
    rhs[i] = std::sin(static_cast<double>(i) + 0.5);
  }
  return rhs;
}

}  // namespace

TEST_SUITE_BEGIN("plugins/curve/core/banded");

TEST_CASE("a cyclic system is solved for several right-hand sides") {
  for (const std::size_t width : {1U, 2U, 3U}) {
    for (const std::size_t n : {2 * width + 2, std::size_t{40}}) {
      const std::vector<double> bands = random_bands(n, width, 3);
      const std::vector<double> rhs = right_side(n, 2);
      std::vector<double> x = rhs;
      solve_cyclic_band(bands, n, width, x, 2);
      for (std::size_t row = 0; row < n; ++row) {
        for (std::size_t c = 0; c < 2; ++c) {
          double sum = -rhs[row * 2 + c];
          for (std::size_t o = 0; o < 2 * width + 1; ++o) {
            sum += bands[row * (2 * width + 1) + o] * x[(row + n + o - width) % n * 2 + c];
          }
          CHECK(std::abs(sum) < 2e-15);
        }
      }
    }
  }
}

TEST_CASE("a plain band system is solved") {
  const std::size_t n = 30;
  BandMatrix matrix(n, 2);
  const std::vector<double> bands = random_bands(n, 2, 5);
  for (std::size_t row = 0; row < n; ++row) {
    for (std::size_t column = row < 2 ? 0 : row - 2; column < std::min(n, row + 3); ++column) {
      matrix.at(row, column) = bands[row * 5 + column + 2 - row];
    }
  }
  const BandMatrix original = matrix;
  std::vector<double> x = right_side(n, 1);
  matrix.factor();
  matrix.solve(x, 1);
  for (std::size_t row = 0; row < n; ++row) {
    double sum = -right_side(n, 1)[row];
    for (std::size_t column = row < 2 ? 0 : row - 2; column < std::min(n, row + 3); ++column) {
      sum += original.at(row, column) * x[column];
    }
    CHECK(std::abs(sum) < 2e-15);
  }
}

TEST_CASE("a zero pivot is refused with its row") {
  BandMatrix matrix(3, 1);
  matrix.at(0, 0) = 1.0;
  CHECK(message_of([&] { matrix.factor(); }) ==
        "the interpolation system is singular at row 1; the parameter is too uneven");
}

TEST_SUITE_END();
