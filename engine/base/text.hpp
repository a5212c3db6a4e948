// Small services on text: nearest names, shortest exact numbers, UTF-8 and terminal safety.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace orrery::base {

/// Edits (insert, delete, replace, swap of neighbours) from one text to the other.
/// @source Damerau 1964; optimal string alignment
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to a misspelt name, if one is near: at most max(1, length/3) edits away.
std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates);

/// The shortest decimal text that reads back as exactly this double.
std::string shortest(double value);

/// "a, b, c".
std::string join(std::span<const std::string> parts, std::string_view separator = ", ");

/// Byte offset of the first byte that is not valid UTF-8.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

/// The text with control characters and terminal escapes made visible, so that printing it is harmless.
std::string printable(std::string_view text);

/// Columns that a terminal uses for UTF-8 text (code points; wide characters count 1).
std::size_t display_width(std::string_view text);

}  // namespace orrery::base
