// Reads matrices in the Matrix Market exchange format.
// SPDX-License-Identifier: Apache-2.0
// Source: Boisvert, Pozo, Remington 1996, "The Matrix Market exchange formats: initial design", NISTIR 5935.
#pragma once

#include <string_view>
#include <vector>

#include "plugins/matrix/core/sparse.hpp"

namespace orrery::matrix {

enum class MarketFormat { coordinate, array };
enum class MarketField { real, integer, complex, pattern };
enum class MarketSymmetry { general, symmetric, skew_symmetric, hermitian };

struct MarketMatrix {
  MarketFormat format{};
  MarketField field{};
  MarketSymmetry symmetry{};
  Index rows = 0, cols = 0;
  Index stored = 0;                     ///< values that stand in the text
  std::vector<Entry<Complex>> entries;  ///< all of them, the mirrored ones too; the pattern's are 1
};

/// A text of either format, any field and any symmetry. Elements of symmetric matrices stand in the lower triangle.
/// Comments and empty lines may stand anywhere after the first line.
/// @throws std::invalid_argument "line L: ..." for whatever the format does not allow, and for infinite values
/// @accuracy each number is the double nearest to its decimal
/// @source Boisvert, Pozo, Remington 1996
MarketMatrix read_market(std::string_view text);

}  // namespace orrery::matrix
