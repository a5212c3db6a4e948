// Parsing of unit patterns: a unit, "*", or a product of powers in which inputs stand for their units.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/catalog/port.hpp"
#include "engine/value/unit_terms.hpp"

namespace orrery::catalog {
namespace {

base::Error bad_unit(std::string_view pattern, const std::string& reason) {
  return {base::ErrorCode::plugin_bad_descriptor, "unit '" + base::printable(pattern) + "': " + reason};
}

base::Result<UnitPattern> fixed_unit(std::string_view text) {
  auto unit = value::parse_unit(text);
  if (!unit) return bad_unit(text, unit.error().message);
  UnitPattern pattern;
  pattern.fixed = std::move(*unit);
  pattern.text = text;
  return pattern;
}

}  // namespace

base::Result<UnitPattern> parse_unit_pattern(std::string_view text, const std::vector<std::string>& inputs) {
  const auto is_input = [&](const value::Term& term) {
    return std::find(inputs.begin(), inputs.end(), term.symbol) != inputs.end();
  };
  UnitPattern pattern;
  pattern.text = text;
  pattern.any = text == "*";
  if (pattern.any || text == "1") return pattern;
  const auto terms = value::split_unit(text);
  if (!terms || std::none_of(terms->begin(), terms->end(), is_input)) return fixed_unit(text);
  for (const value::Term& term : *terms) {
    if (is_input(term)) {
      pattern.factors.push_back({std::string(term.symbol), term.power});
      continue;
    }
    const auto unit = value::parse_unit(term.symbol);
    if (!unit) return bad_unit(text, unit.error().message);
    pattern.fixed = pattern.fixed * value::pow(*unit, term.power);
  }
  return pattern;
}

}  // namespace orrery::catalog
