// Singular values and right singular vectors of a matrix with few columns.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace orrery::curve {

/// Right singular vectors, the largest singular value first.
struct SingularVectors {
  std::vector<double> values;   ///< columns numbers, not negative, falling
  std::vector<double> vectors;  ///< columns x columns; row k is the direction of values[k]
};

/// @param matrix rows x columns, row-major, entries of order 1 (no scaling is done here)
/// @accuracy small singular values keep their relative accuracy if only the columns are badly scaled
/// @source Hestenes 1958; Demmel, Veselic 1992 (one-sided Jacobi rotations)
SingularVectors right_singular_vectors(std::span<const double> matrix, std::size_t rows, std::size_t columns);

}  // namespace orrery::curve
