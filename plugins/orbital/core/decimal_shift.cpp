// Decimal texts of numbers in a unit that is a power of ten away, without a second rounding.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/decimal_shift.hpp"

#include <array>
#include <charconv>

#include "plugins/orbital/core/text_lines.hpp"

namespace orrery::orbital {

std::optional<double> shifted_number(std::string_view text, int shift) {
  if (!number_of(text)) return std::nullopt;
  const std::size_t e = text.find_first_of("eE");
  const auto power = e == std::string_view::npos ? std::optional<long>(0) : integer_of(text.substr(e + 1));
  if (!power || *power > 100000 || *power < -100000) return std::nullopt;
  return number_of(std::string(text.substr(0, e)) + "e" + std::to_string(*power + shift));
}

std::string shifted_text(double value, int shift) {
  if (value == 0.0) return "0.0";
  std::array<char, 40> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
  const std::size_t e = text.find('e');
  const int power = static_cast<int>(*integer_of(text.substr(e + 1))) + shift;
  std::string sign, digits;
  for (const char c : text.substr(0, e))
    if (c != '.') (c == '-' ? sign : digits) += c;
  if (power < -6 || power > 15) {
    if (digits.size() == 1) digits += '0';
    return sign + digits.substr(0, 1) + "." + digits.substr(1) + "e" + std::to_string(power);
  }
  if (power < 0) return sign + "0." + std::string(static_cast<std::size_t>(-power - 1), '0') + digits;
  const auto whole = static_cast<std::size_t>(power) + 1;
  if (digits.size() <= whole) digits.append(whole + 1 - digits.size(), '0');
  return sign + digits.substr(0, whole) + "." + digits.substr(whole);
}

}  // namespace orrery::orbital
