// Tokens of expressions.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace orrery::scenario {

struct Token {
  enum class Kind { end, number, text, name, symbol, wire, faulty };
  Kind kind = Kind::end;
  std::size_t begin = 0, end = 0;  ///< bytes in the expression; of a wire: only its "@"
  std::string_view spelling;
  double number = 0.0;
  std::string message, help;  ///< of a faulty one

  bool is(std::string_view text) const { return (kind == Kind::symbol || kind == Kind::name) && spelling == text; }
};

/// The token at or after a byte of an expression.
Token next_token(std::string_view text, std::size_t at);

/// The length of the unit that the text begins with, "km/s^2", in the sense of Expression's rule; of an unknown one
/// the length of its first word; 0 if the text does not begin with a word.
std::size_t unit_length(std::string_view text);

}  // namespace orrery::scenario
