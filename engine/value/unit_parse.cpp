// Reading a unit from its text.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/unit_parse.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/text.hpp"
#include "engine/value/unit_factor.hpp"

namespace orrery::value {
namespace {

using base::Error;
using base::ErrorCode;

std::string quoted(std::string_view text) { return "'" + base::printable(text) + "'"; }

Error unknown(std::string_view symbol, std::string_view text) {
  Error error(ErrorCode::unknown_unit, "unknown unit " + quoted(symbol));
  if (symbol != text) error.message += " in " + quoted(text);
  if (auto near = nearest_unit(symbol)) error.helps.push_back("did you mean '" + *near + "'?");
  return error;
}

bool add(Dimension& sum, const Dimension& dimension, int power) {
  for (std::size_t i = 0; i < base_count; ++i) {
    const int exponent = sum[i] + dimension[i] * power / sixths;
    if (std::abs(exponent) > highest_power * sixths || dimension[i] * power % sixths != 0) return false;
    sum[i] = static_cast<std::int16_t>(exponent);
  }
  return true;
}

struct Part {
  FoundUnit found;
  int power;
};

/// In the order of the table, so that the factor does not depend on the order in which the symbols stand.
double factor_of(std::vector<Part>& parts) {
  std::ranges::sort(parts, {}, [](const Part& part) { return std::pair(part.found.unit, part.found.prefix_ten); });
  Factor factor;
  for (const Part& part : parts) factor.multiply(part.found, part.power);
  return factor.value();
}

}  // namespace

base::Result<Unit> unit_of(const Terms& terms, std::string_view text) {
  Dimension dimension{};
  std::vector<Part> parts;
  parts.reserve(terms.size());
  for (const Term& term : terms) {
    const auto found = find_unit(term.symbol);
    if (!found) return unknown(term.symbol, text);
    if (!add(dimension, found->unit->dimension, term.power)) {
      return Error{ErrorCode::bad_quantity, "the powers in " + quoted(text) + " are too high"};
    }
    parts.push_back({*found, term.power});
  }
  // An offset has a meaning only where the temperature stands alone: "J/degC" counts differences.
  const bool alone = parts.size() == 1 && parts.front().power == sixths;
  const double offset = alone ? parts.front().found.unit->offset : 0.0;
  const double factor = factor_of(parts);
  if (!std::isnormal(factor)) {
    return Error{ErrorCode::bad_quantity, "the factor of " + quoted(text) + " is beyond the range of a 64-bit number"};
  }
  return Unit(dimension, factor, std::string(text), offset);
}

base::Result<Unit> parse_unit(std::string_view text) {
  base::Result<Terms> terms = split_unit(text);
  if (!terms) return std::move(terms).errors();
  const auto first = text.find_first_not_of(" \t");
  const auto last = text.find_last_not_of(" \t");
  return unit_of(*terms, text.substr(first, last - first + 1));
}

}  // namespace orrery::value
