// Parsing of shape patterns: "", "*", "n x 3", "... x n+1".
// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "engine/base/text.hpp"
#include "engine/catalog/port.hpp"

namespace orrery::catalog {
namespace {

constexpr std::size_t max_axes = 16;
constexpr std::string_view separator = " x ";

base::Error bad_shape(std::string_view pattern, const std::string& reason) {
  return {base::ErrorCode::plugin_bad_descriptor, "shape '" + base::printable(pattern) + "': " + reason};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool complete = end == text.data() + text.size() && !text.empty() && is_digit(text.front());
  return failure == std::errc() && complete ? std::optional(number) : std::nullopt;
}

/// Length of the name at the start of an axis.
std::size_t name_length(std::string_view axis) {
  std::size_t length = 0;
  while (length < axis.size() && (is_letter(axis[length]) || (length > 0 && is_digit(axis[length])))) ++length;
  return length;
}

std::optional<Axis> parse_axis(std::string_view text) {
  const std::size_t length = name_length(text);
  Axis axis{std::string(text.substr(0, length)), 0};
  // "x" as a letter would make "n x x x m" readable in two ways.
  if (axis.letter == "x") return std::nullopt;
  if (length == text.size()) return length ? std::optional(axis) : std::nullopt;
  const char sign = text[length];
  if (length && sign != '+' && sign != '-') return std::nullopt;
  const auto number = whole_number(text.substr(length ? length + 1 : 0));
  if (!number || *number == 0) return std::nullopt;
  axis.offset = length && sign == '-' ? -*number : *number;
  return axis;
}

/// Takes the leading "..." off; false if what follows does not fit.
bool take_batch(std::string_view& rest, ShapePattern& pattern) {
  if (!rest.starts_with("...")) return true;
  pattern.batch = true;
  rest.remove_prefix(3);
  if (rest.empty()) return true;
  if (!rest.starts_with(separator)) return false;
  rest.remove_prefix(separator.size());
  return !rest.empty();
}

}  // namespace

base::Result<ShapePattern> parse_shape_pattern(std::string_view text) {
  ShapePattern pattern;
  pattern.text = text;
  pattern.any = text == "*";
  if (pattern.any) return pattern;
  std::string_view rest = text;
  if (!take_batch(rest, pattern)) return bad_shape(text, "'...' is followed by ' x ' or by nothing");
  while (!rest.empty()) {
    const std::size_t end = rest.find(separator);
    const std::string_view part = rest.substr(0, end);
    auto axis = parse_axis(part);
    if (!axis) return bad_shape(text, "'" + base::printable(part) + "' is not an axis such as 3, n, n+1 or n-1");
    pattern.axes.push_back(std::move(*axis));
    if (pattern.axes.size() > max_axes) return bad_shape(text, "more than 16 axes");
    rest = end == std::string_view::npos ? "" : rest.substr(end + separator.size());
    if (end != std::string_view::npos && rest.empty()) return bad_shape(text, "an axis is missing at the end");
  }
  return pattern;
}

}  // namespace orrery::catalog
