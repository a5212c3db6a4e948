// Splitting a unit's text into symbols and powers, and writing it again.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/unit_terms.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>

#include "engine/base/text.hpp"
#include "engine/value/unit.hpp"

namespace orrery::value {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::string_view middle_dot = "·";
constexpr std::array<std::string_view, 2> raised = {"²", "³"};

class Splitter {
 public:
  explicit Splitter(std::string_view text) : whole_(text), rest_(text) {}

  base::Result<Terms> split() {
    Terms terms;
    terms.reserve(4);
    int sign = 1;
    skip_spaces();
    do {
      Term term{take_symbol(), sixths};
      if (term.symbol.empty()) return missing_symbol();
      if (auto error = take_power(term.power)) return std::move(*error);
      term.power *= sign;
      terms.push_back(term);
    } while (take_separator(sign));
    if (!rest_.empty()) return unexpected();
    return terms;
  }

 private:
  bool take(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  bool skip_spaces() {
    const auto count = std::min(rest_.find_first_not_of(" \t"), rest_.size());
    rest_.remove_prefix(count);
    return count > 0;
  }

  static bool ends_symbol(std::string_view rest) {
    if (std::string_view(" \t*/^()").find(rest.front()) != std::string_view::npos) return true;
    return rest.starts_with(middle_dot) || rest.starts_with(raised[0]) || rest.starts_with(raised[1]);
  }

  std::string_view take_symbol() {
    std::size_t size = 0;
    while (size < rest_.size() && !ends_symbol(rest_.substr(size))) ++size;
    const std::string_view symbol = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return symbol;
  }

  /// Leaves the sign of the next term; false where the list of terms ends.
  bool take_separator(int& sign) {
    const bool space = skip_spaces();
    const bool divides = take("/");
    if (!divides && !take("*") && !take(middle_dot) && (!space || rest_.empty() || ends_symbol(rest_))) return false;
    sign = divides ? -1 : 1;
    skip_spaces();
    return true;
  }

  std::optional<Error> take_power(int& power) {
    for (std::size_t i = 0; i < raised.size(); ++i) {
      if (!take(raised[i])) continue;
      power = static_cast<int>(i + 2) * sixths;
      return std::nullopt;
    }
    if (!take("^")) return std::nullopt;
    const auto read = take("(") ? take_fraction() : take_decimal();
    if (!read) return bad("a power is a whole number or a fraction such as ^2, ^-1 or ^(1/3)");
    power = *read;
    if (std::abs(power) > highest_power * sixths) return bad("powers go from -60 to 60");
    return std::nullopt;
  }

  /// A few digits only: more would overflow, and no power is that high.
  std::optional<int> take_digits() {
    int number = 0;
    std::size_t count = 0;
    for (; count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9'; ++count) {
      if (count == 6) return std::nullopt;
      number = 10 * number + (rest_[count] - '0');
    }
    rest_.remove_prefix(count);
    return count > 0 ? std::optional(number) : std::nullopt;
  }

  int take_sign() { return take("-") ? -1 : (take("+"), 1); }

  std::optional<int> take_fraction() {
    const int sign = take_sign();
    const auto over = take_digits();
    if (!over) return std::nullopt;
    const auto under = take("/") ? take_digits() : std::optional(1);
    if (!under || *under == 0 || !take(")") || *over * sixths % *under != 0) return std::nullopt;
    return sign * (*over * sixths / *under);
  }

  std::optional<int> take_decimal() {
    const int sign = take_sign();
    const auto whole = take_digits();
    if (!whole) return std::nullopt;
    // Halves are the only decimal fractions among the sixths.
    const bool half = take(".5");
    if (!half && take(".") && !take("0")) return std::nullopt;
    return sign * (*whole * sixths + (half ? sixths / 2 : 0));
  }

  Error bad(std::string_view reason) const {
    return {ErrorCode::bad_quantity, "'" + base::printable(whole_) + "' is not a unit: " + std::string(reason)};
  }

  Error missing_symbol() const {
    if (whole_.find_first_not_of(" \t") == whole_.npos) return {ErrorCode::bad_quantity, "a unit cannot be empty"};
    if (rest_.starts_with("*")) return bad("two signs follow each other").help("a power is written with ^: \"m^2\"");
    if (rest_.starts_with("(")) return bracket();
    if (rest_.size() == whole_.size()) return bad("it must begin with a symbol").help("a reciprocal is \"1/s\"");
    return bad(rest_.empty() ? "it ends where a symbol should follow" : "a symbol is missing");
  }

  Error bracket() const {
    return bad("brackets are only for powers").help("'/' divides by the next symbol only: \"kg/m/s\" is kg/(m s)");
  }

  Error unexpected() const {
    if (rest_.starts_with("(") || rest_.starts_with(")")) return bracket();
    return bad("'" + base::printable(rest_) + "' cannot stand there").help("symbols are separated by a space, * or /");
  }

  std::string_view whole_, rest_;
};

void append(std::string& text, std::string_view sign, const Term& term, int power) {
  text += sign;
  text += term.symbol;
  text += power_text(power);
}

}  // namespace

base::Result<Terms> split_unit(std::string_view text) {
  if (text.size() > longest_unit) {
    return Error{ErrorCode::bad_quantity, "a unit of " + std::to_string(text.size()) +
                                              " characters is too long; the limit is " + std::to_string(longest_unit)};
  }
  return Splitter(text).split();
}

Terms merged(const Terms& terms) {
  Terms sum;
  for (const Term& term : terms) {
    if (term.symbol == "1") continue;
    const auto same = std::ranges::find(sum, term.symbol, &Term::symbol);
    if (same == sum.end()) {
      sum.push_back(term);
    } else {
      same->power += term.power;
    }
  }
  std::erase_if(sum, [](const Term& term) { return term.power == 0; });
  return sum;
}

std::string to_text(const Terms& terms) {
  std::string text;
  for (const Term& term : terms) {
    if (term.power > 0) append(text, text.empty() ? "" : " ", term, term.power);
  }
  if (text.empty()) text = "1";
  for (const Term& term : terms) {
    if (term.power < 0) append(text, "/", term, -term.power);
  }
  return text;
}

std::string power_text(int power) {
  if (power == sixths) return "";
  if (power % sixths == 0) return "^" + std::to_string(power / sixths);
  const int common = std::gcd(power, static_cast<int>(sixths));
  return "^(" + std::to_string(power / common) + "/" + std::to_string(sixths / common) + ")";
}

}  // namespace orrery::value
