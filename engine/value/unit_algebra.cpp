// Products and powers of units.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/text.hpp"
#include "engine/value/unit_parse.hpp"

namespace orrery::value {
namespace {

constexpr int highest = std::numeric_limits<std::int16_t>::max();

/// Numbers far beyond any use are held at the end of the range rather than wrapped round.
std::int16_t saturated(int exponent) { return static_cast<std::int16_t>(std::clamp(exponent, -highest, highest)); }

Dimension scaled_sum(const Dimension& a, const Dimension& b, int sign) {
  Dimension sum{};
  for (std::size_t i = 0; i < base_count; ++i) sum[i] = saturated(a[i] + sign * b[i]);
  return sum;
}

/// What a temperature scale counts when it does not stand alone.
std::string_view without_offset(std::string_view symbol) {
  return symbol == "degC" ? "K" : symbol == "degF" ? "degR" : symbol;
}

/// The unit of the terms if they are what the dimension and factor say; otherwise a unit that at least reads truly.
Unit composed(const Dimension& dimension, double factor, Terms terms) {
  for (Term& term : terms) term.symbol = without_offset(term.symbol);
  terms = merged(terms);
  const std::string symbol = to_text(terms);
  const bool writable = symbol.size() <= longest_unit;
  const base::Result<Unit> unit = unit_of(terms, symbol);
  // The factor of the terms is rounded once, the product of factors was rounded at every step.
  const auto near = [&](double x) { return std::abs(x - factor) <= 1e-12 * std::abs(factor); };
  if (unit && writable && unit->dimension() == dimension && near(unit->factor())) return *unit;
  const std::string si = si_unit(dimension).symbol();
  return {dimension, factor, factor == 1.0 ? si : base::shortest(factor) + " " + si};
}

Terms terms_of(const Unit& unit) {
  auto terms = split_unit(unit.symbol());
  return terms ? std::move(*terms) : Terms{{unit.symbol(), sixths}};
}

}  // namespace

Unit operator*(const Unit& a, const Unit& b) {
  Terms terms = terms_of(a);
  std::ranges::copy(terms_of(b), std::back_inserter(terms));
  return composed(scaled_sum(a.dimension(), b.dimension(), 1), a.factor() * b.factor(), std::move(terms));
}

Unit operator/(const Unit& a, const Unit& b) {
  Terms terms = terms_of(a);
  for (const Term& term : terms_of(b)) terms.push_back({term.symbol, -term.power});
  return composed(scaled_sum(a.dimension(), b.dimension(), -1), a.factor() / b.factor(), std::move(terms));
}

bool can_pow(const Unit& unit, int sixth_parts) {
  return std::ranges::all_of(unit.dimension(), [&](int exponent) {
    const auto product = static_cast<std::int64_t>(exponent) * sixth_parts;
    return product % sixths == 0 && std::abs(product) <= highest_power * sixths * sixths;
  });
}

Unit pow(const Unit& unit, int sixth_parts) {
  const int power = std::clamp(sixth_parts, -highest, highest);
  Dimension dimension{};
  for (std::size_t i = 0; i < base_count; ++i) dimension[i] = saturated(unit.dimension()[i] * power / sixths);
  Terms terms = terms_of(unit);
  for (Term& term : terms) term.power = term.power * power / sixths;
  return composed(dimension, std::pow(unit.factor(), power / 6.0), std::move(terms));
}

}  // namespace orrery::value
