// Lines of a text with their numbers, and errors that say where something is.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace orrery::orbital {

/// The lines of a text one after another, without "\n" or "\r\n" and white space at the end.
class LineReader {
 public:
  explicit LineReader(std::string_view text) : rest_(text) {}
  /// @returns the next line, none after the last
  std::optional<std::string_view> next();
  /// Of the line that next() returned last; from 1.
  [[nodiscard]] std::size_t number() const noexcept { return number_; }

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
};

/// Without spaces and tabs at either end.
std::string_view trimmed(std::string_view text);

/// @returns the double nearest to a decimal number that fills the whole text; none for anything else, infinity and NaN
/// included. A leading plus is allowed.
std::optional<double> number_of(std::string_view text);

/// @returns the whole number that fills the text, digits with an optional sign; none for anything else
std::optional<long> integer_of(std::string_view text);

/// @throws std::invalid_argument "line L: message"
[[noreturn]] void fail_line(std::size_t line, const std::string& message);

/// The text in quotes, cut after 60 bytes, with control characters shown as "?".
std::string quoted(std::string_view text);

}  // namespace orrery::orbital
