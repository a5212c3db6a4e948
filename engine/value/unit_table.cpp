// The table of units: SI and its derived units, and those of the fields that the engine serves.
// SPDX-License-Identifier: Apache-2.0
//
// Sources: the SI Brochure (9th edition) for SI and the units accepted with it; IAU 2012 resolution B2 (au) and 2015
// resolution B2 (pc); CODATA 2022 (u, Da); the international yard and pound agreement of 1959 (in, ft, mi, lb).
// A year is the Julian year of 365.25 d. "a" is neither the year nor the are, "t" takes no prefix (kt is also a knot).
#include "engine/value/unit_table.hpp"

#include <algorithm>

namespace orrery::value {
namespace {

constexpr Dimension dimension(int length, int mass, int time, int current = 0, int temperature = 0, int amount = 0,
                              int luminosity = 0, int angle = 0) {
  Dimension d{};
  const int whole[base_count] = {length, mass, time, current, temperature, amount, luminosity, angle};
  for (std::size_t i = 0; i < base_count; ++i) d[i] = static_cast<std::int16_t>(whole[i] * sixths);
  return d;
}

constexpr Dimension number{};
constexpr Dimension length = dimension(1, 0, 0);
constexpr Dimension volume = dimension(3, 0, 0);
constexpr Dimension mass = dimension(0, 1, 0);
constexpr Dimension time = dimension(0, 0, 1);
constexpr Dimension velocity = dimension(1, 0, -1);
constexpr Dimension temperature = dimension(0, 0, 0, 0, 1);
constexpr Dimension angle = dimension(0, 0, 0, 0, 0, 0, 0, 1);
constexpr Dimension force = dimension(1, 1, -2);
constexpr Dimension energy = dimension(2, 1, -2);
constexpr Dimension power = dimension(2, 1, -3);
constexpr Dimension pressure = dimension(-1, 1, -2);
constexpr Dimension resistance = dimension(2, 1, -3, -2);

constexpr KnownUnit units[] = {
    // SI base units; the kilogram is listed as a symbol of its own because prefixes go with the gram.
    {"m", length, 1, 1, 0, 0, Prefixes::all},
    {"g", mass, 1, 1, -3, 0, Prefixes::all},
    {"kg", mass},
    {"s", time, 1, 1, 0, 0, Prefixes::all},
    {"A", dimension(0, 0, 0, 1), 1, 1, 0, 0, Prefixes::all},
    {"K", temperature, 1, 1, 0, 0, Prefixes::all},
    {"mol", dimension(0, 0, 0, 0, 0, 1), 1, 1, 0, 0, Prefixes::all},
    {"cd", dimension(0, 0, 0, 0, 0, 0, 1), 1, 1, 0, 0, Prefixes::all},
    // Angles
    {"rad", angle, 1, 1, 0, 0, Prefixes::down},
    {"deg", angle, 1, 180, 0, 1, Prefixes::down},
    {"°", angle, 1, 180, 0, 1},
    {"arcmin", angle, 1, 108, -2, 1},
    {"arcsec", angle, 1, 648, -3, 1},
    {"mas", angle, 1, 648, -6, 1},
    {"uas", angle, 1, 648, -9, 1},
    {"turn", angle, 2, 1, 0, 1},
    {"rev", angle, 2, 1, 0, 1},
    {"rpm", dimension(0, 0, -1, 0, 0, 0, 0, 1), 1, 3, -1, 1},
    {"sr", dimension(0, 0, 0, 0, 0, 0, 0, 2), 1, 1, 0, 0, Prefixes::down},
    // Times
    {"min", time, 6, 1, 1},
    {"h", time, 36, 1, 2},
    {"d", time, 864, 1, 2},
    {"yr", time, 315576, 1, 2, 0, Prefixes::up},
    // Lengths and velocities
    {"au", length, 1495978707, 1, 2},
    {"pc", length, 969394202136, 1, 5, -1, Prefixes::up},
    {"ly", length, 94607304725808, 1, 2, 0, Prefixes::up},
    {"angstrom", length, 1, 1, -10},
    {"in", length, 254, 1, -4},
    {"ft", length, 3048, 1, -4},
    {"mi", length, 1609344, 1, -3},
    {"nmi", length, 1852},
    {"kn", velocity, 463, 9, -2},
    // Masses
    {"t", mass, 1, 1, 3},
    {"lb", mass, 45359237, 1, -8},
    {"u", mass, 166053906892, 1, -38},
    {"Da", mass, 166053906892, 1, -38, 0, Prefixes::up},
    // Areas and volumes
    {"L", volume, 1, 1, -3, 0, Prefixes::all},
    {"l", volume, 1, 1, -3, 0, Prefixes::all},
    // Frequencies and mechanics
    {"Hz", dimension(0, 0, -1), 1, 1, 0, 0, Prefixes::all},
    {"Bq", dimension(0, 0, -1), 1, 1, 0, 0, Prefixes::all},
    {"N", force, 1, 1, 0, 0, Prefixes::all},
    {"lbf", force, 44482216152605, 1, -13},
    {"J", energy, 1, 1, 0, 0, Prefixes::all},
    {"eV", energy, 1602176634, 1, -28, 0, Prefixes::all},
    {"erg", energy, 1, 1, -7},
    {"W", power, 1, 1, 0, 0, Prefixes::all},
    {"Pa", pressure, 1, 1, 0, 0, Prefixes::all},
    {"bar", pressure, 1, 1, 5, 0, Prefixes::all},
    {"atm", pressure, 101325},
    {"psi", pressure, 44482216152605, 64516, -5},
    {"Gy", dimension(2, 0, -2), 1, 1, 0, 0, Prefixes::all},
    {"Sv", dimension(2, 0, -2), 1, 1, 0, 0, Prefixes::all},
    {"kat", dimension(0, 0, -1, 0, 0, 1), 1, 1, 0, 0, Prefixes::all},
    {"Jy", dimension(0, 1, -2), 1, 1, -26, 0, Prefixes::all},
    // Electricity and magnetism
    {"C", dimension(0, 0, 1, 1), 1, 1, 0, 0, Prefixes::all},
    {"V", dimension(2, 1, -3, -1), 1, 1, 0, 0, Prefixes::all},
    {"ohm", resistance, 1, 1, 0, 0, Prefixes::all},
    {"Ω", resistance, 1, 1, 0, 0, Prefixes::all},
    {"S", dimension(-2, -1, 3, 2), 1, 1, 0, 0, Prefixes::all},
    {"F", dimension(-2, -1, 4, 2), 1, 1, 0, 0, Prefixes::all},
    {"H", dimension(2, 1, -2, -2), 1, 1, 0, 0, Prefixes::all},
    {"T", dimension(0, 1, -2, -1), 1, 1, 0, 0, Prefixes::all},
    {"Wb", dimension(2, 1, -2, -1), 1, 1, 0, 0, Prefixes::all},
    // Light
    {"lm", dimension(0, 0, 0, 0, 0, 0, 1, 2), 1, 1, 0, 0, Prefixes::all},
    {"lx", dimension(-2, 0, 0, 0, 0, 0, 1, 2), 1, 1, 0, 0, Prefixes::all},
    // Temperatures; degR is what a degF is without its offset
    {"degC", temperature, 1, 1, 0, 0, Prefixes::none, 273.15},
    {"degF", temperature, 5, 9, 0, 0, Prefixes::none, 459.67 * 5.0 / 9.0},
    {"degR", temperature, 5, 9},
    // Numbers
    {"1", number},
    {"%", number, 1, 1, -2},
    {"ppm", number, 1, 1, -6},
    {"ppb", number, 1, 1, -9},
};

constexpr Prefix prefixes[] = {
    {"Q", 30}, {"R", 27},  {"Y", 24},  {"Z", 21},  {"E", 18},  {"P", 15},  {"T", 12},  {"G", 9},   {"M", 6},
    {"k", 3},  {"h", 2},   {"da", 1},  {"d", -1},  {"c", -2},  {"m", -3},  {"u", -6},  {"µ", -6},  {"μ", -6},
    {"n", -9}, {"p", -12}, {"f", -15}, {"a", -18}, {"z", -21}, {"y", -24}, {"r", -27}, {"q", -30},
};

constexpr std::size_t unit_count = std::size(units);

consteval std::array<std::uint8_t, unit_count> sorted_by_symbol() {
  std::array<std::uint8_t, unit_count> order{};
  for (std::size_t i = 0; i < unit_count; ++i) order[i] = static_cast<std::uint8_t>(i);
  std::sort(order.begin(), order.end(), [](auto a, auto b) { return units[a].symbol < units[b].symbol; });
  return order;
}
constexpr auto order = sorted_by_symbol();

const KnownUnit* find_exact(std::string_view symbol) {
  const auto found = std::lower_bound(order.begin(), order.end(), symbol,
                                      [](std::uint8_t i, std::string_view s) { return units[i].symbol < s; });
  return found != order.end() && units[*found].symbol == symbol ? &units[*found] : nullptr;
}

}  // namespace

std::span<const KnownUnit> known_units() { return units; }
std::span<const Prefix> known_prefixes() { return prefixes; }

bool takes(Prefixes allowed, const Prefix& prefix) {
  if (allowed == Prefixes::all) return true;
  // Hecto and deca are not in use with units of a restricted range.
  return (allowed == Prefixes::up && prefix.ten >= 3) || (allowed == Prefixes::down && prefix.ten <= -3);
}

std::optional<FoundUnit> find_unit(std::string_view symbol) {
  if (const KnownUnit* unit = find_exact(symbol)) return FoundUnit{unit, 0};
  for (const Prefix& prefix : prefixes) {
    if (!symbol.starts_with(prefix.symbol)) continue;
    const KnownUnit* unit = find_exact(symbol.substr(prefix.symbol.size()));
    if (unit != nullptr && takes(unit->prefixes, prefix)) return FoundUnit{unit, prefix.ten};
  }
  return std::nullopt;
}

}  // namespace orrery::value
