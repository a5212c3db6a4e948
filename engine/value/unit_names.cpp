// What a person may have meant by a symbol that is not in the table.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "engine/base/text.hpp"
#include "engine/value/unit_table.hpp"

namespace orrery::value {
namespace {

struct Spelling {
  std::string_view written, meant;
};

/// Words and other systems' symbols, in small letters and singular.
constexpr Spelling spellings[] = {
    {"meter", "m"},
    {"metre", "m"},
    {"kilometer", "km"},
    {"kilometre", "km"},
    {"gram", "g"},
    {"kilogram", "kg"},
    {"tonne", "t"},
    {"sec", "s"},
    {"second", "s"},
    {"minute", "min"},
    {"hr", "h"},
    {"hour", "h"},
    {"day", "d"},
    {"a", "yr"},
    {"y", "yr"},
    {"year", "yr"},
    {"degree", "deg"},
    {"radian", "rad"},
    {"revolution", "rev"},
    {"cycle", "turn"},
    {"arcminute", "arcmin"},
    {"arcsecond", "arcsec"},
    {"parsec", "pc"},
    {"astronomical_unit", "au"},
    {"ua", "au"},
    {"kelvin", "K"},
    {"celsius", "degC"},
    {"fahrenheit", "degF"},
    {"newton", "N"},
    {"joule", "J"},
    {"watt", "W"},
    {"pascal", "Pa"},
    {"hertz", "Hz"},
    {"volt", "V"},
    {"ampere", "A"},
    {"amp", "A"},
    {"coulomb", "C"},
    {"tesla", "T"},
    {"liter", "L"},
    {"litre", "L"},
    {"foot", "ft"},
    {"feet", "ft"},
    {"inch", "in"},
    {"mile", "mi"},
    {"knot", "kn"},
    {"kt", "kn"},
    {"pound", "lb"},
    {"lbm", "lb"},
    {"kph", "km/h"},
    {"kmh", "km/h"},
    {"mph", "mi/h"},
    {"percent", "%"},
    {"micron", "um"},
    {"amu", "u"},
    {"dalton", "Da"},
};

std::string small_letters(std::string_view text) {
  std::string small(text);
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return small;
}

std::optional<std::string> meant_by(std::string word) {
  for (int plural = 0; plural < 2; ++plural) {
    for (const Spelling& s : spellings) {
      if (word == s.written) return std::string(s.meant);
    }
    if (!word.ends_with('s')) break;
    word.pop_back();
  }
  return std::nullopt;
}

/// "m2" and "s-1" are how other programs write powers.
std::optional<std::string> with_caret(std::string_view symbol) {
  const auto letters = std::min(symbol.find_first_of("+-0123456789"), symbol.size());
  if (letters == 0 || letters == symbol.size() || !find_unit(symbol.substr(0, letters))) return std::nullopt;
  const std::string_view power = symbol.substr(letters);
  if (power.find_first_not_of("0123456789", power.front() > '9' || power.front() < '0' ? 1 : 0) != power.npos) {
    return std::nullopt;
  }
  return std::string(symbol.substr(0, letters)) + "^" + std::string(power);
}

/// Prefixes that people use with nearly every unit; the others would only crowd lists.
constexpr std::array<std::string_view, 8> common_prefixes = {"G", "M", "k", "c", "m", "u", "n", "p"};

bool is_common(const KnownUnit& unit, std::string_view prefix) { return prefix != "c" || unit.symbol == "m"; }

}  // namespace

std::optional<std::string> nearest_unit(std::string_view symbol) {
  // Longer words are near to no symbol, and hostile ones must not cost time.
  if (symbol.size() > 24) return std::nullopt;
  const std::string small = small_letters(symbol);
  if (auto meant = meant_by(small)) return meant;
  if (auto power = with_caret(symbol)) return power;
  for (const std::string& known : unit_symbols()) {
    if (small_letters(known) == small) return known;
  }
  return base::nearest(symbol, unit_symbols());
}

const std::vector<std::string>& unit_symbols() {
  static const std::vector<std::string> symbols = [] {
    std::vector<std::string> all;
    for (const KnownUnit& unit : known_units()) all.emplace_back(unit.symbol);
    for (const KnownUnit& unit : known_units()) {
      for (const Prefix& prefix : known_prefixes()) {
        const bool common = std::ranges::find(common_prefixes, prefix.symbol) != common_prefixes.end();
        if (!common || !is_common(unit, prefix.symbol) || !takes(unit.prefixes, prefix)) continue;
        std::string symbol = std::string(prefix.symbol) + std::string(unit.symbol);
        if (std::ranges::find(all, symbol) == all.end()) all.push_back(std::move(symbol));
      }
    }
    return all;
  }();
  return symbols;
}

}  // namespace orrery::value
