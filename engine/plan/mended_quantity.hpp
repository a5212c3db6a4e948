// Quantities that are nearly right: what somebody meant who wrote "7000km", ".5 m" or "0,5 m".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace orrery::plan {

/// The quantity that a text becomes when slips of the pen are mended: no space before the unit, a number that begins or
/// ends with its point, a decimal comma or commas between thousands, signs and spaces of another alphabet. Empty for a
/// text that is a quantity as it is, and for one that even so is none.
std::optional<std::string> mended_quantity(std::string_view text);

}  // namespace orrery::plan
