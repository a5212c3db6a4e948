// What singular values say of a matrix.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace orrery::matrix {

std::vector<double> errors_by_rank(std::span<const double> values) {
  std::vector<double> errors(values.size() + 1, 0.0);
  for (std::size_t r = values.size(); r-- > 0;) errors[r] = std::hypot(errors[r + 1], values[r]);
  return errors;
}

SpectrumFigures spectrum_figures(std::span<const double> values, double threshold) {
  SpectrumFigures figures;
  const double largest = values.front(), least = values.back();
  figures.rank = std::count_if(values.begin(), values.end(), [&](double value) { return value > threshold; });
  if (largest == 0.0) {
    figures.condition = std::numeric_limits<double>::quiet_NaN();
    return figures;
  }
  figures.condition = least > 0.0 ? largest / least : std::numeric_limits<double>::infinity();
  double squares = 0.0, sum = 0.0, entropy = 0.0;
  for (const double value : values) {
    const double part = value / largest;
    squares += part * part, sum += part;
  }
  for (const double value : values)
    if (const double share = value / largest / sum; share > 0.0) entropy -= share * std::log(share);
  figures.frobenius = largest * std::sqrt(squares);
  figures.nuclear = largest * sum;
  figures.stable_rank = squares;
  figures.effective_rank = std::exp(entropy);
  return figures;
}

}  // namespace orrery::matrix
