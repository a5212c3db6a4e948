// Quantities: a number and a unit in one text.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/quantity.hpp"

#include <algorithm>
#include <string>

#include "engine/base/text.hpp"
#include "engine/value/number_text.hpp"
#include "engine/value/scale.hpp"

namespace orrery::value {
namespace {

using base::Error;
using base::ErrorCode;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  return first == text.npos ? "" : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string quoted(std::string_view text) { return "'" + base::printable(text) + "'"; }

Error bad(std::string_view text, std::string_view reason) {
  return {ErrorCode::bad_quantity, quoted(text) + " " + std::string(reason)};
}

/// A text cut into its number and its unit, before either is converted.
struct Parts {
  std::string_view text, number, unit;  ///< unit is empty where none is written
};

Error not_a_number(std::string_view text) {
  const std::string example = R"(a quantity is a number, a space and a unit: "7000 km")";
  if (text.empty()) return Error{ErrorCode::bad_quantity, "a quantity cannot be empty"}.help(example);
  const std::size_t sign = text.front() == '+' || text.front() == '-' ? 1 : 0;
  if (text.substr(sign).starts_with('.') && number_length(text.substr(sign + 1)) > 0) {
    return bad(text, "begins with a point")
        .help("write \"" + std::string(text.substr(0, sign)) + "0" + base::printable(text.substr(sign)) + "\"");
  }
  return bad(text, "does not begin with a number").help(example);
}

Error no_space(std::string_view text, std::size_t number) {
  const std::string_view rest = text.substr(number);
  if (rest.starts_with('.')) return bad(text, "has a point without a digit after it");
  if (rest.starts_with('_')) return bad(text, "has an underscore that is not between two digits");
  if (text.substr(0, number) == "0" && (rest[0] == 'x' || rest[0] == 'o' || rest[0] == 'b')) {
    return bad(text, "is not a decimal number");
  }
  return bad(text, "has no space between number and unit")
      .help("write \"" + std::string(text.substr(0, number)) + " " + base::printable(rest) + "\"");
}

base::Result<Parts> split(std::string_view whole) {
  if (whole.size() > longest_number) {
    return Error{ErrorCode::bad_quantity, "a quantity of " + std::to_string(whole.size()) +
                                              " characters is too long; the limit is " +
                                              std::to_string(longest_number)};
  }
  const std::string_view text = trimmed(whole);
  const std::size_t number = number_length(text);
  if (number == 0) return not_a_number(text);
  const std::string_view rest = text.substr(number);
  // Percent and degree signs are the ones that are usually written close.
  const bool close = rest.starts_with('%') || rest.starts_with("°");
  if (!rest.empty() && !close && rest.front() != ' ' && rest.front() != '\t') return no_space(text, number);
  return Parts{text, text.substr(0, number), trimmed(rest)};
}

Error beyond_range(std::string_view text) { return bad(text, "is beyond the range of a 64-bit number"); }

/// "a length", "an angle", "a value in kg m^3/s".
std::string with_article(const Dimension& dimension) {
  const std::string name = dimension_name(dimension);
  if (name == si_unit(dimension).symbol()) return "a value in " + name;
  return (std::string_view("aeiou").find(name.front()) != std::string_view::npos ? "an " : "a ") + name;
}

Error missing_unit(const Parts& parts, const Unit& unit) {
  return Error{ErrorCode::missing_unit, "a bare number is accepted only for values without dimension"}
      .note("expected " + with_article(unit.dimension()))
      .help("write \"" + std::string(parts.text) + " " + unit.symbol() + "\"");
}

Error wrong_dimension(const Parts& parts, const Unit& given, const Unit& wanted) {
  return Error{ErrorCode::wrong_dimension, "expected " + with_article(wanted.dimension()) + ", but " +
                                               quoted(parts.text) + " is " + with_article(given.dimension())}
      .help("any unit that converts to " + wanted.symbol() + " will do");
}

base::Result<double> converted(const Parts& parts, const Unit& from, const Unit& to) {
  const bool affine = from.offset() != to.offset();
  const Scale scale = affine ? Scale{} : scale_between(from.factor(), to.factor());
  const auto number = read_number(parts.number, scale.power_of_ten);
  if (!number) return beyond_range(parts.text);
  if (scale.kind == Scale::Kind::decimal) return *number;
  return Conversion(from, to)(*number);
}

}  // namespace

base::Result<Quantity> parse_quantity(std::string_view text) {
  const base::Result<Parts> parts = split(text);
  if (!parts) return parts.errors();
  const auto number = read_number((*parts).number);
  if (!number) return beyond_range((*parts).text);
  if ((*parts).unit.empty()) return Quantity{*number, Unit{}};
  base::Result<Unit> unit = parse_unit((*parts).unit);
  if (!unit) return std::move(unit).errors();
  return Quantity{*number, std::move(*unit)};
}

base::Result<double> parse_quantity_as(std::string_view text, const Unit& unit) {
  const base::Result<Parts> split_text = split(text);
  if (!split_text) return split_text.errors();
  const Parts& parts = *split_text;
  if (parts.unit.empty() && !unit.is_number()) return missing_unit(parts, unit);
  if (parts.unit.empty()) return converted(parts, Unit{}, unit);
  const base::Result<Unit> given = parse_unit(parts.unit);
  if (!given) return given.errors();
  if (!(*given).same_dimension(unit)) return wrong_dimension(parts, *given, unit);
  return converted(parts, *given, unit);
}

bool looks_like_quantity(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  if (text.starts_with('.')) text.remove_prefix(1);
  return number_length(text) > 0 && text.front() != '+' && text.front() != '-';
}

}  // namespace orrery::value
