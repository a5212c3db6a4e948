// Argument checks of the curve library; nothing here comes from the literature.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/checks.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace orrery::curve {

std::string number_text(double value) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), end.ptr};
}

void require_size(std::span<const double> data, std::size_t rows, std::size_t columns, std::string_view name) {
  const bool fits = columns == 0 ? data.empty() : data.size() % columns == 0 && data.size() / columns == rows;
  if (!fits) {
    throw std::invalid_argument(std::string(name) + " must hold " + std::to_string(rows) + " x " +
                                std::to_string(columns) + " numbers; it holds " + std::to_string(data.size()));
  }
}

void require_finite(std::span<const double> data, std::size_t columns, std::string_view name) {
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (!std::isfinite(data[i])) {
      throw std::invalid_argument(std::string(name) + " must be finite; row " + std::to_string(i / columns) +
                                  ", column " + std::to_string(i % columns) + " is " + number_text(data[i]));
    }
  }
}

void require_increasing(std::span<const double> parameter, std::string_view name) {
  for (std::size_t i = 1; i < parameter.size(); ++i) {
    if (!(parameter[i] > parameter[i - 1])) {
      throw std::invalid_argument(std::string(name) + " must increase from row to row; row " + std::to_string(i) +
                                  " is " + number_text(parameter[i]) + " after " + number_text(parameter[i - 1]));
    }
  }
}

}  // namespace orrery::curve
