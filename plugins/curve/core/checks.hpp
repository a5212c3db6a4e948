// What every function of this library demands of its arguments, and the words in which it refuses them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace orrery::curve {

/// The shortest decimal text that reads back as the same double.
std::string number_text(double value);

/// Refuses an array that does not hold rows x columns numbers.
/// @throws std::invalid_argument naming the array, its size and the size that is needed
void require_size(std::span<const double> data, std::size_t rows, std::size_t columns, std::string_view name);

/// Refuses nan and infinity.
/// @throws std::invalid_argument naming the array, the row, the column and the value
void require_finite(std::span<const double> data, std::size_t columns, std::string_view name);

/// Refuses a parameter that does not increase from each row to the next.
/// @throws std::invalid_argument naming the row and both values
void require_increasing(std::span<const double> parameter, std::string_view name);

}  // namespace orrery::curve
