// A unit's text as a list of symbols with powers; private to engine/value.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.hpp"

namespace orrery::value {

/// Limits that keep hostile texts from costing time, and exponents from overflowing.
inline constexpr std::size_t longest_unit = 200;
inline constexpr int highest_power = 60;

struct Term {
  std::string_view symbol;  ///< points into the text that was split
  int power = 6;            ///< in sixths
};
using Terms = std::vector<Term>;

/// Error: bad_quantity.
base::Result<Terms> split_unit(std::string_view text);

/// Powers of equal symbols added, vanished ones and "1" dropped.
Terms merged(const Terms& terms);

/// "kg m/s^2"; "1" for no terms.
std::string to_text(const Terms& terms);

/// "", "^2", "^-1", "^(3/2)" for a power in sixths.
std::string power_text(int power);

}  // namespace orrery::value
