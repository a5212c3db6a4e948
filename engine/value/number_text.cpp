// Recognising decimal numbers, and moving the decimal point before the one rounding.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/number_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "engine/base/assert.hpp"

namespace orrery::value {
namespace {

bool is_digit(std::string_view text, std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; }

std::size_t sign_length(std::string_view text) {
  return !text.empty() && (text.front() == '+' || text.front() == '-') ? 1 : 0;
}

/// End of digits with single underscores between them; `at` itself if there are none.
std::size_t digits_end(std::string_view text, std::size_t at) {
  while (is_digit(text, at)) {
    ++at;
    if (at < text.size() && text[at] == '_' && is_digit(text, at + 1)) ++at;
  }
  return at;
}

std::size_t special_length(std::string_view text) {
  const bool special = text.starts_with("inf") || text.starts_with("nan");
  const bool alone = text.size() == 3 || (text.size() > 3 && (text[3] == ' ' || text[3] == '\t'));
  return special && alone ? 3 : 0;
}

/// The exponent as a number; far ones are cut, since they are beyond the range anyway.
int exponent_of(std::string_view digits) {
  const std::size_t sign = sign_length(digits);
  int exponent = 0;
  for (const char c : digits.substr(sign)) {
    if (c != '_') exponent = std::min(10 * exponent + (c - '0'), 100000);
  }
  return digits.front() == '-' ? -exponent : exponent;
}

}  // namespace

std::size_t number_length(std::string_view text) {
  const std::size_t sign = sign_length(text);
  if (const std::size_t special = special_length(text.substr(sign))) return sign + special;
  std::size_t end = digits_end(text, sign);
  if (end == sign) return 0;
  if (end < text.size() && text[end] == '.' && is_digit(text, end + 1)) end = digits_end(text, end + 1);
  if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
    const std::size_t digits = end + 1 + sign_length(text.substr(end + 1));
    if (is_digit(text, digits)) end = digits_end(text, digits);
  }
  return end;
}

std::optional<double> read_number(std::string_view number, int shift) {
  ORRERY_ASSERT(number.size() <= longest_number);
  const double sign = number.front() == '-' ? -1.0 : 1.0;
  number.remove_prefix(sign_length(number));
  if (number == "inf") return sign * std::numeric_limits<double>::infinity();
  if (number == "nan") return std::copysign(std::numeric_limits<double>::quiet_NaN(), sign);
  const std::size_t mantissa = std::min(number.find_first_of("eE"), number.size());
  const int exponent = mantissa < number.size() ? exponent_of(number.substr(mantissa + 1)) : 0;
  char text[longest_number + 16];
  char* end = std::copy_if(number.begin(), number.begin() + static_cast<std::ptrdiff_t>(mantissa), text,
                           [](char c) { return c != '_'; });
  *end++ = 'e';
  end = std::to_chars(end, text + sizeof text, exponent + shift).ptr;
  double value = 0.0;
  if (std::from_chars(text, end, value).ec != std::errc{}) return std::nullopt;
  return sign * value;
}

}  // namespace orrery::value
