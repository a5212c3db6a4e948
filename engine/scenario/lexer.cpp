// Tokens of expressions.
// SPDX-License-Identifier: Apache-2.0
#include "engine/scenario/lexer.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "engine/scenario/names.hpp"
#include "engine/value/unit.hpp"

namespace orrery::scenario {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Slip {
  std::string_view spelling, message, help;
};

constexpr std::array slips{
    Slip{"**", "'**' is not an operator", "a power is written with '^'"},
    Slip{"&&", "'&&' is not an operator", "write 'and'"},
    Slip{"||", "'||' is not an operator", "write 'or'"},
    Slip{"\"", "'\"' cannot stand in an expression", "a text in an expression is written in single quotes: 'text'"},
    Slip{"=", "'=' is not an operator", "equality is written '=='"},
    Slip{"!", "'!' is not an operator", "write 'not'"},
    Slip{".", "'.' cannot stand in an expression", "a wire begins with '@', and a number with a digit"},
    Slip{"[", "'[' cannot stand in an expression", "a selection belongs to a wire: @STEP.OUTPUT[0]"},
};

constexpr std::array<std::string_view, 14> symbols{"<=", ">=", "==", "!=", "+", "-", "*",
                                                   "/",  "^",  "(",  ")",  ",", "<", ">"};

Token faulty(std::string_view text, std::size_t begin, std::size_t end, std::string message, std::string help = "") {
  return {Token::Kind::faulty, begin, end, text.substr(begin, end - begin), 0.0, std::move(message), std::move(help)};
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() &&
         (is_digit(text[at]) || (text[at] == '_' && at + 1 < text.size() && is_digit(text[at + 1]))))
    ++at;
  return at;
}

std::size_t number_end(std::string_view text, std::size_t begin) {
  std::size_t at = skip_digits(text, begin);
  if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1])) at = skip_digits(text, at + 1);
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::size_t digits = at + 1;
    if (digits < text.size() && (text[digits] == '+' || text[digits] == '-')) ++digits;
    if (digits < text.size() && is_digit(text[digits])) at = skip_digits(text, digits);
  }
  return at;
}

Token number_token(std::string_view text, std::size_t begin) {
  Token token{Token::Kind::number, begin, number_end(text, begin), {}, 0.0, {}, {}};
  token.spelling = text.substr(begin, token.end - begin);
  std::string digits;
  for (const char c : token.spelling) {
    if (c != '_') digits += c;
  }
  const auto [stop, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), token.number);
  if (failure == std::errc::result_out_of_range) {
    return faulty(text, begin, token.end, "the number " + digits.substr(0, 40) + " does not fit a double");
  }
  if (token.end < text.size() && text[token.end] == '.') {
    return faulty(text, token.end, token.end + 1, "a '.' in a number stands between digits");
  }
  return token;
}

Token text_token(std::string_view text, std::size_t begin) {
  const std::size_t close = text.find('\'', begin + 1);
  if (close == text.npos) return faulty(text, begin, begin + 1, "the text that begins here is not closed");
  return {Token::Kind::text, begin, close + 1, text.substr(begin + 1, close - begin - 1), 0.0, {}, {}};
}

/// Bytes of the character at `at`, so that a caret never cuts one.
std::size_t character_length(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return end - at;
}

Token symbol_token(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  for (const std::string_view symbol : symbols) {
    if (!rest.starts_with(symbol) || rest.starts_with("**")) continue;
    return {Token::Kind::symbol, at, at + symbol.size(), symbol, 0.0, {}, {}};
  }
  for (const Slip& slip : slips) {
    if (!rest.starts_with(slip.spelling)) continue;
    return faulty(text, at, at + slip.spelling.size(), std::string(slip.message), std::string(slip.help));
  }
  const std::size_t length = character_length(text, at);
  return faulty(text, at, at + length, "'" + std::string(rest.substr(0, length)) + "' cannot stand in an expression");
}

bool is_unit_part(char c) { return is_name_part(c) || static_cast<unsigned char>(c) >= 0x80; }

std::size_t unit_word_length(std::string_view text) {
  if (text.starts_with('%')) return 1;
  if (text.empty() || is_digit(text[0])) return 0;
  std::size_t length = 0;
  while (length < text.size() && is_unit_part(text[length])) ++length;
  return length;
}

bool is_number_at(std::string_view text, std::size_t at) { return at < text.size() && is_digit(text[at]); }

/// The length of "^2", "^-1", "^1.5", "^(1/2)" at the front of a text, else 0.
std::size_t exponent_length(std::string_view text) {
  if (!text.starts_with('^')) return 0;
  std::size_t at = 1;
  const bool open = text.substr(at).starts_with('(');
  if (open) ++at;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
  if (!is_number_at(text, at)) return 0;
  at = number_end(text, at);
  if (!open) return at;
  if (at < text.size() && text[at] == '/' && is_number_at(text, at + 1)) at = number_end(text, at + 1);
  return at < text.size() && text[at] == ')' ? at + 1 : 0;
}

bool is_unit(std::string_view word) { return !word.empty() && static_cast<bool>(value::parse_unit(word)); }

}  // namespace

Token next_token(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) ++at;
  if (at >= text.size()) return {Token::Kind::end, text.size(), text.size(), {}, 0.0, {}, {}};
  const char c = text[at];
  if (is_digit(c)) return number_token(text, at);
  if (c == '\'') return text_token(text, at);
  if (c == '@') return {Token::Kind::wire, at, at + 1, text.substr(at, 1), 0.0, {}, {}};
  const std::size_t length = name_length(text.substr(at), false);
  if (length > 0) return {Token::Kind::name, at, at + length, text.substr(at, length), 0.0, {}, {}};
  return symbol_token(text, at);
}

std::size_t unit_length(std::string_view text) {
  std::size_t length = unit_word_length(text);
  if (length == 0) return 0;
  length += exponent_length(text.substr(length));
  while (length + 1 < text.size() && (text[length] == '*' || text[length] == '/')) {
    const std::string_view rest = text.substr(length + 1);
    const std::size_t word = unit_word_length(rest);
    if (!is_unit(rest.substr(0, word)) || rest.substr(word).starts_with('(')) break;
    length += 1 + word + exponent_length(rest.substr(word));
  }
  return length;
}

}  // namespace orrery::scenario
