// Euclidean norms that neither overflow nor lose small numbers.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/norms.hpp"

#include <algorithm>
#include <cmath>

namespace orrery::optimizer {

template <class Real>
double euclidean_norm(std::span<const Real> values) {
  double largest = 0.0;
  for (const Real value : values) largest = std::max(largest, std::abs(static_cast<double>(value)));
  if (largest == 0.0) return 0.0;
  // A power of two, so that scaling rounds nothing but what is too small to count.
  const int exponent = std::ilogb(largest);
  double sum = 0.0, lost = 0.0;
  for (const Real value : values) {
    const double scaled = std::scalbn(static_cast<double>(value), -exponent), square = scaled * scaled;
    const double next = sum + square;
    lost += sum >= square ? (sum - next) + square : (square - next) + sum;
    sum = next;
  }
  return std::scalbn(std::sqrt(sum + lost), exponent);
}

template double euclidean_norm(std::span<const double>);
template double euclidean_norm(std::span<const float>);

}  // namespace orrery::optimizer
