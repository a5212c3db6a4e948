// Mending texts that are nearly quantities.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/mended_quantity.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/value/quantity.hpp"

namespace orrery::plan {
namespace {

constexpr std::size_t longest = 200;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Spaces that look like one, and the minus of typesetters.
std::string in_ascii(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, char>, 6> twins{
      {{"\u00A0", ' '}, {"\u202F", ' '}, {"\u2009", ' '}, {"\u2007", ' '}, {"\u2212", '-'}, {"\u2013", '-'}}};
  std::string plain(text);
  for (const auto& [twin, character] : twins)
    for (std::size_t at = plain.find(twin); at != plain.npos; at = plain.find(twin, at))
      plain.replace(at, twin.size(), 1, character);
  return plain;
}

/// Where the digits, points and commas end, with an exponent.
std::size_t number_end(const std::string& text) {
  std::size_t at = text.find_first_not_of("+-");
  at = std::min(text.find_first_not_of("0123456789_.,", at), text.size());
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::size_t digits = at + 1;
    if (digits < text.size() && (text[digits] == '+' || text[digits] == '-')) ++digits;
    while (digits < text.size() && is_digit(text[digits])) at = ++digits;
  }
  return at;
}

/// "1,234,567.8" and "1,234": commas between thousands; "0,5": a decimal comma.
void mend_commas(std::string& number) {
  const auto commas = std::count(number.begin(), number.end(), ',');
  if (commas == 0) return;
  const bool decimal = commas == 1 && number.find('.') == number.npos &&
                       (number.size() - number.find(',') != 4 || number.find(',') < 1 || number.starts_with("0,"));
  std::replace(number.begin(), number.end(), ',', decimal ? '.' : '_');
}

void mend_points(std::string& number) {
  const std::size_t sign = number.starts_with('-') || number.starts_with('+') ? 1 : 0;
  if (number.size() > sign && number[sign] == '.') number.insert(sign, "0");
  const std::size_t point = number.find('.');
  if (point != number.npos && (point + 1 == number.size() || !is_digit(number[point + 1])))
    number.insert(point + 1, "0");
}

}  // namespace

std::optional<std::string> mended_quantity(std::string_view text) {
  if (text.size() > longest || value::parse_quantity(text)) return std::nullopt;
  std::string plain = in_ascii(text);
  plain.erase(0, plain.find_first_not_of(" \t"));
  const std::size_t end = number_end(plain);
  std::string number = plain.substr(0, end), unit = plain.substr(end);
  if (std::none_of(number.begin(), number.end(), is_digit)) return std::nullopt;
  mend_commas(number);
  mend_points(number);
  unit.erase(0, unit.find_first_not_of(" \t"));
  unit.erase(unit.find_last_not_of(" \t") + 1);
  // Without a unit it may be anything: a version, a list of indices, a decimal of some other program.
  if (unit.empty()) return std::nullopt;
  std::string mended = number + " " + unit;
  return value::parse_quantity(mended) ? std::optional(std::move(mended)) : std::nullopt;
}

}  // namespace orrery::plan
