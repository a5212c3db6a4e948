// Derivatives of a closed, evenly sampled curve by trigonometric interpolation: Trefethen 2000, chapter 3.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/differentiators.hpp"
#include "plugins/curve/core/fourier.hpp"

namespace orrery::curve {

namespace {

using Complexes = std::vector<std::complex<double>>;

void require_closed_and_uniform(const SampledCurve& curve) {
  if (!curve.closed || !curve.parameter.empty()) {
    throw std::invalid_argument("spectral derivatives need a closed curve with uniform samples; this one is " +
                                std::string(curve.closed ? "uneven" : "open"));
  }
  if (curve.n < 3) {
    throw std::invalid_argument("spectral derivatives need at least 3 samples; there are " + std::to_string(curve.n));
  }
}

// The mode n / 2 of an even number of samples has no sine part on the grid, so its odd derivatives vanish there.
double frequency(std::size_t mode, std::size_t n, std::size_t k) {
  if (2 * mode == n && k % 2 == 1) {
    return 0.0;
  }
  const double index = 2 * mode <= n ? static_cast<double>(mode) : static_cast<double>(mode) - static_cast<double>(n);
  return index * (2.0 * std::numbers::pi / static_cast<double>(n));
}

Complexes spectrum_of_column(const FourierPlan& plan, const SampledCurve& curve, std::size_t column) {
  Complexes spectrum(curve.n);
  for (std::size_t row = 0; row < curve.n; ++row) {
    spectrum[row] = curve.points[row * curve.d + column] - curve.points[column];
  }
  plan.forward(spectrum);
  return spectrum;
}

std::complex<double> times_power_of_i(std::complex<double> value, std::size_t k) {
  switch (k % 4) {
    case 0:
      return value;
    case 1:
      return {-value.imag(), value.real()};
    case 2:
      return -value;
    default:
      return {value.imag(), -value.real()};
  }
}

void write_derivative(const FourierPlan& plan, const Complexes& spectrum, std::size_t k, std::size_t column,
                      DerivativeTable& table) {
  Complexes derivative(table.n);
  for (std::size_t mode = 0; mode < table.n; ++mode) {
    const double factor = std::pow(frequency(mode, table.n, k), static_cast<double>(k));
    derivative[mode] = times_power_of_i(spectrum[mode] * factor, k);
  }
  plan.inverse(derivative);
  for (std::size_t row = 0; row < table.n; ++row) {
    table.values[k - 1][row * table.d + column] = derivative[row].real();
  }
}

}  // namespace

void fill_by_trigonometric_interpolation(const SampledCurve& curve, DerivativeTable& table) {
  require_closed_and_uniform(curve);
  const FourierPlan plan(curve.n);
  double largest = 0.0;
  for (const double entry : curve.points) {
    largest = std::max(largest, std::abs(entry));
  }
  for (std::size_t column = 0; column < curve.d; ++column) {
    const Complexes spectrum = spectrum_of_column(plan, curve, column);
    for (std::size_t k = 1; k <= table.values.size(); ++k) {
      write_derivative(plan, spectrum, k, column, table);
    }
  }
  for (std::size_t k = 1; k <= table.values.size(); ++k) {
    const double noise = 4.0 * std::numeric_limits<double>::epsilon() * largest;
    const double amplification = std::pow(std::numbers::pi, static_cast<double>(k));
    std::fill(table.rounding[k - 1].begin(), table.rounding[k - 1].end(), noise * amplification);
  }
}

}  // namespace orrery::curve
