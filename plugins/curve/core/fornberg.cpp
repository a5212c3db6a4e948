// Finite-difference weights on arbitrary grids: the recursion of Fornberg, Mathematics of Computation 51 (1988).
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/fornberg.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace orrery::curve {

// table[j][m] is the weight of point j in the m-th derivative, for the points seen so far.
std::vector<double> fornberg_weights(std::span<const double> offsets, std::size_t k) {
  const std::size_t size = offsets.size();
  if (k >= size) {
    throw std::invalid_argument("derivative must lie in [0, " + std::to_string(size) + ") for " + std::to_string(size) +
                                " points; it is " + std::to_string(k));
  }
  std::vector<std::vector<double>> table(size, std::vector<double>(k + 1, 0.0));
  table[0][0] = 1.0;
  double product_before = 1.0;
  for (std::size_t i = 1; i < size; ++i) {
    double product = 1.0;
    const std::vector<double> newest = table[i - 1];
    for (std::size_t j = 0; j < i; ++j) {
      const double gap = offsets[i] - offsets[j];
      product *= gap;
      for (std::size_t m = std::min(i, k) + 1; m-- > 0;) {
        const double lower = m == 0 ? 0.0 : static_cast<double>(m) * table[j][m - 1];
        table[j][m] = (offsets[i] * table[j][m] - lower) / gap;
      }
    }
    for (std::size_t m = 0; m <= std::min(i, k); ++m) {
      const double lower = m == 0 ? 0.0 : static_cast<double>(m) * newest[m - 1];
      table[i][m] = product_before / product * (lower - offsets[i - 1] * newest[m]);
    }
    product_before = product;
  }
  std::vector<double> weights(size);
  std::transform(table.begin(), table.end(), weights.begin(), [k](const auto& row) { return row[k]; });
  return weights;
}

}  // namespace orrery::curve
