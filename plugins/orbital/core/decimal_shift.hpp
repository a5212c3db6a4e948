// Decimal texts of numbers in a unit that is a power of ten away, without a second rounding.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace orrery::orbital {

/// @returns the double nearest to the number times 10^shift; none if the text is no finite number
std::optional<double> shifted_number(std::string_view text, int shift);

/// The shortest decimal that reads back as the same double, times 10^shift: so shifted_number(shifted_text(x, -3), 3)
/// is x. Without a power of ten from 1e-6 up to 1e15, with one beyond.
/// @param value finite
std::string shifted_text(double value, int shift);

}  // namespace orrery::orbital
