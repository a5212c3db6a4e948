// Singular vectors: orthogonality, known values and graded columns.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/singular_vectors.hpp"

#include <doctest/doctest.h>

#include <array>

#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

TEST_SUITE_BEGIN("plugins/curve/core/singular_vectors");

TEST_CASE("a two by two matrix has its closed-form singular values") {
  const std::array<double, 4> matrix{3, 0, 4, 5};
  const SingularVectors found = right_singular_vectors(matrix, 2, 2);
  CHECK(std::abs(found.values[0] - 3.0 * std::sqrt(5.0)) < 4e-15);
  CHECK(std::abs(found.values[1] - std::sqrt(5.0)) < 2e-15);
  CHECK(std::abs(std::abs(found.vectors[0]) - std::sqrt(0.5)) < 1e-15);
}

TEST_CASE("the directions are orthonormal and their images orthogonal") {
  const std::size_t rows = 40;
  const std::size_t columns = 7;
  std::mt19937_64 generator(1);
  std::normal_distribution<double> normal;
  std::vector<double> matrix(rows * columns);
  std::generate(matrix.begin(), matrix.end(), [&] { return normal(generator); });
  const SingularVectors found = right_singular_vectors(matrix, rows, columns);
  std::vector<std::vector<double>> image(columns, std::vector<double>(rows, 0.0));
  for (std::size_t k = 0; k < columns; ++k) {
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < columns; ++c) {
        image[k][r] += matrix[r * columns + c] * found.vectors[k * columns + c];
      }
    }
  }
  for (std::size_t i = 0; i < columns; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double overlap = 0.0;
      double product = 0.0;
      for (std::size_t c = 0; c < columns; ++c) {
        overlap += found.vectors[i * columns + c] * found.vectors[j * columns + c];
      }
      for (std::size_t r = 0; r < rows; ++r) {
        product += image[i][r] * image[j][r];
      }
      CHECK(std::abs(overlap - (i == j ? 1.0 : 0.0)) < 4e-15);
      CHECK(std::abs(product - (i == j ? found.values[i] * found.values[i] : 0.0)) < 1e-13);
    }
  }
  CHECK(std::is_sorted(found.values.rbegin(), found.values.rend()));
}

TEST_CASE("small singular values of graded columns keep their digits") {
  // Columns e1, 1e-9 (e1 + e2): the small value is 1e-9 to relative 5e-19.
  const std::array<double, 4> matrix{1, 1e-9, 0, 1e-9};
  const SingularVectors found = right_singular_vectors(matrix, 2, 2);
  CHECK(std::abs(found.values[1] / 1e-9 - 1.0) < 1e-15);
}

TEST_CASE("a zero matrix and a rank of one are no obstacle") {
  const std::array<double, 6> zero{};
  CHECK(right_singular_vectors(zero, 2, 3).values == std::vector<double>{0, 0, 0});
  const std::array<double, 6> one{1, 2, 2, 2, 4, 4};
  const SingularVectors found = right_singular_vectors(one, 2, 3);
  CHECK(std::abs(found.values[0] - std::sqrt(45.0)) < 2e-15);
  CHECK(found.values[1] < 1e-15);
}

TEST_SUITE_END();
