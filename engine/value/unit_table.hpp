// The units that the engine knows, and their SI prefixes; private to engine/value.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/value/unit.hpp"

namespace orrery::value {

/// Which SI prefixes a unit takes. Few take all, so that a text has one reading.
enum class Prefixes : std::uint8_t { none, down, up, all };

/// One unit is numerator/denominator * pi^pi * 10^ten coherent SI units. Kept in parts, because products and quotients
/// of the parts stay exact where those of rounded factors do not.
struct KnownUnit {
  std::string_view symbol;
  Dimension dimension{};
  double numerator = 1.0, denominator = 1.0;
  int ten = 0;
  int pi = 0;
  Prefixes prefixes = Prefixes::none;
  double offset = 0.0;
};

struct Prefix {
  std::string_view symbol;
  int ten = 0;
};

std::span<const KnownUnit> known_units();
std::span<const Prefix> known_prefixes();
bool takes(Prefixes allowed, const Prefix& prefix);

struct FoundUnit {
  const KnownUnit* unit = nullptr;
  int prefix_ten = 0;
};

/// A symbol of the table wins over a prefix with a symbol: "min" is the minute, "cd" the candela, "Pa" the pascal,
/// "ft" the foot, "mi" the mile, "au" the astronomical unit, "mas" the milliarcsecond.
std::optional<FoundUnit> find_unit(std::string_view symbol);

/// "did you mean 'km'?" for a symbol that is not known; empty if nothing is near.
std::optional<std::string> nearest_unit(std::string_view symbol);

}  // namespace orrery::value
