// Advice for faulty TOML, from the look of the line alone.
// SPDX-License-Identifier: Apache-2.0
#include "engine/scenario/toml_advice.hpp"

#include <cctype>

namespace orrery::scenario {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

/// Where a character stands outside of quotes.
std::size_t find_outside_quotes(std::string_view text, char wanted) {
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!quote && c == wanted) return i;
    if (!quote && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == quote) {
      quote = 0;
    }
  }
  return text.npos;
}

std::string_view without_comment(std::string_view text) { return text.substr(0, find_outside_quotes(text, '#')); }

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && (is_digit(text[at]) || text[at] == '_')) ++at;
  return at;
}

/// The length of the number that a text begins with; 0 if there is none.
std::size_t number_length(std::string_view text) {
  const std::size_t sign = !text.empty() && (text[0] == '+' || text[0] == '-');
  if (text.substr(sign).starts_with("inf")) return sign + 3;
  std::size_t at = skip_digits(text, sign);
  if (at == sign) return 0;
  if (at < text.size() && text[at] == '.') at = skip_digits(text, at + 1);
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::size_t exponent = at + 1;
    if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
    const std::size_t end = skip_digits(text, exponent);
    if (end > exponent) at = end;
  }
  return at;
}

bool is_plain(std::string_view value) { return value.find_first_of("\"'[]{}") == value.npos; }

bool is_bare_quantity(std::string_view value) {
  const std::size_t length = number_length(value);
  if (length == 0 || !is_plain(value)) return false;
  const std::string_view unit = trimmed(value.substr(length));
  if (unit.empty()) return false;
  return is_letter(unit[0]) || unit[0] == '%' || (unit[0] == '1' && unit.size() > 1 && unit[1] == '/');
}

bool is_word(std::string_view value, std::string_view word) {
  if (value.size() != word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (std::tolower(static_cast<unsigned char>(value[i])) != word[i]) return false;
  }
  return true;
}

struct Advice {
  std::string help;
  std::string replacement;  ///< of the value
};

std::string quoted(std::string_view value) { return '"' + std::string(value) + '"'; }

Advice advise_number(std::string_view value) {
  if (value.starts_with('.')) return {"a number has a digit before its point: 0" + std::string(value), ""};
  if (value.ends_with('.')) return {"a number has a digit after its point: " + std::string(value) + "0", ""};
  if (value.find(',') != value.npos) return {"the decimal sign is a point", ""};
  return {};
}

Advice advise(std::string_view key, std::string_view value) {
  const std::string set = std::string(trimmed(key)) + " = ";
  if (is_bare_quantity(value)) {
    return {"a value with a unit is written as text: " + set + quoted(value), quoted(value)};
  }
  if (value.empty() || !is_plain(value)) return {};
  if (value[0] == '@') return {"a wire is written as text: " + set + quoted(value), quoted(value)};
  if (value[0] == '=') return {"an expression is written as text: " + set + quoted(value), quoted(value)};
  for (const std::string_view word : {"true", "false"}) {
    if (is_word(value, word)) return {"it is written in small letters: " + std::string(word), std::string(word)};
  }
  for (const std::string_view word : {"null", "none", "nil"}) {
    if (is_word(value, word)) return {"TOML has no word for 'nothing': leave the key out", ""};
  }
  if (is_letter(value[0]) || value[0] == '_')
    return {"a text is written in quotes: " + set + quoted(value), quoted(value)};
  if (value.size() > 10 && value[4] == '-' && value[7] == '-') {
    return {"a time with its scale is written as text: " + set + quoted(value), quoted(value)};
  }
  if (value[0] == '(' || is_letter(value[value[0] == '-'])) {
    return {"an expression is written as text: " + set + quoted("= " + std::string(value)), ""};
  }
  return advise_number(value);
}

Advice advise_without_value(std::string_view line) {
  const std::size_t colon = find_outside_quotes(line, ':');
  if (colon != line.npos && colon > 0) return {"a key is followed by '=', not by ':'", ""};
  if (line.find('=') == line.npos && !line.empty() && line[0] != '[') return {"a key is set with '=': key = value", ""};
  return {};
}

}  // namespace

Statement split_statement(std::string_view line) {
  Statement parts;
  const std::string_view text = without_comment(line);
  if (trimmed(text).starts_with('[')) {
    parts.header = true;
    parts.key = text;
    return parts;
  }
  const std::size_t equals = find_outside_quotes(text, '=');
  if (equals == text.npos) return parts;
  parts.key = text.substr(0, equals);
  const std::string_view value = trimmed(text.substr(equals + 1));
  parts.value = value;
  parts.value_begin = value.empty() ? text.size() : static_cast<std::size_t>(value.data() - line.data());
  return parts;
}

void add_advice(base::Error& error, std::string_view line) {
  const Statement parts = split_statement(line);
  if (parts.header) return;
  const Advice advice =
      parts.key.empty() ? advise_without_value(trimmed(without_comment(line))) : advise(parts.key, parts.value);
  if (!advice.help.empty()) error.helps.push_back(advice.help);
  if (parts.value.empty()) return;
  base::Span place = error.labels.front().span;
  place.column = static_cast<std::uint32_t>(parts.value_begin + 1);
  place.end_column = static_cast<std::uint32_t>(parts.value_begin + parts.value.size() + 1);
  if (error.labels.front().text == "this is not a TOML value") error.labels.front().span = place;
  if (!advice.replacement.empty()) error.suggestions.push_back({place, advice.replacement});
}

}  // namespace orrery::scenario
