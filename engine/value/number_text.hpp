// Decimal numbers as they are written; private to engine/value.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace orrery::value {

inline constexpr std::size_t longest_number = 1000;

/// Length of the TOML float or integer at the beginning of the text; 0 if there is none.
std::size_t number_length(std::string_view text);

/// number * 10^shift by one rounding. Empty if that is beyond the range of a double.
/// @param number  a text that number_length() accepts as a whole, at most longest_number bytes
std::optional<double> read_number(std::string_view number, int shift = 0);

}  // namespace orrery::value
