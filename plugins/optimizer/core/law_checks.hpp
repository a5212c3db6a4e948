// The words in which the laws of the learning rate and of its noise refuse arguments.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "plugins/optimizer/core/checks.hpp"

namespace orrery::optimizer::law {

/// Refuses what `good` is false for. @throws std::domain_error "name must lie in range; it is value"
inline void require(bool good, std::string_view name, std::string_view range, double value) {
  if (!good)
    throw std::domain_error(std::string(name) + " must be " + std::string(range) + "; it is " + shortest(value));
}
inline void require_positive(std::string_view name, double value) {
  require(value > 0.0 && std::isfinite(value), name, "above 0 and finite", value);
}
inline void require_not_negative(std::string_view name, double value) {
  require(value >= 0.0 && std::isfinite(value), name, "at least 0 and finite", value);
}

/// Refuses NaN and infinities. @throws std::domain_error naming the place
inline void require_finite(std::string_view name, std::span<const double> values) {
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!std::isfinite(values[i]))
      throw std::domain_error(std::string(name) + '[' + std::to_string(i) + "] must be finite; it is " +
                              shortest(values[i]));
}

/// Refuses an array of another length. @throws std::invalid_argument
inline void require_size(std::string_view name, std::size_t given, std::size_t needed) {
  if (given != needed)
    throw std::invalid_argument(std::string(name) + " must have " + std::to_string(needed) + " numbers; it has " +
                                std::to_string(given));
}

}  // namespace orrery::optimizer::law
