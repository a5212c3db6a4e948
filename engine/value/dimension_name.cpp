// What dimensions are called, and their SI units.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/unit.hpp"
#include "engine/value/unit_terms.hpp"

namespace orrery::value {
namespace {

struct Named {
  std::string_view name;
  std::array<std::int8_t, base_count> exponents;  // m kg s A K mol cd rad
};

constexpr Named names[] = {
    {"number", {}},
    {"length", {1}},
    {"area", {2}},
    {"volume", {3}},
    {"inverse length", {-1}},
    {"inverse area", {-2}},
    {"inverse volume", {-3}},
    {"mass", {0, 1}},
    {"linear density", {-1, 1}},
    {"surface density", {-2, 1}},
    {"density", {-3, 1}},
    {"time", {0, 0, 1}},
    {"time squared", {0, 0, 2}},
    {"frequency", {0, 0, -1}},
    {"velocity", {1, 0, -1}},
    {"acceleration", {1, 0, -2}},
    {"jerk", {1, 0, -3}},
    {"specific angular momentum", {2, 0, -1}},
    {"specific energy", {2, 0, -2}},
    {"gravitational parameter", {3, 0, -2}},
    {"gravitational constant", {3, -1, -2}},
    {"volume flow", {3, 0, -1}},
    {"mass flow", {0, 1, -1}},
    {"angle", {0, 0, 0, 0, 0, 0, 0, 1}},
    {"solid angle", {0, 0, 0, 0, 0, 0, 0, 2}},
    {"angular velocity", {0, 0, -1, 0, 0, 0, 0, 1}},
    {"angular acceleration", {0, 0, -2, 0, 0, 0, 0, 1}},
    {"angle per length", {-1, 0, 0, 0, 0, 0, 0, 1}},
    {"momentum", {1, 1, -1}},
    {"angular momentum", {2, 1, -1}},
    {"moment of inertia", {2, 1}},
    {"force", {1, 1, -2}},
    {"stiffness", {0, 1, -2}},
    {"damping", {0, 1, -1}},
    {"energy", {2, 1, -2}},
    {"power", {2, 1, -3}},
    {"pressure", {-1, 1, -2}},
    {"irradiance", {0, 1, -3}},
    {"dynamic viscosity", {-1, 1, -1}},
    {"electric current", {0, 0, 0, 1}},
    {"electric charge", {0, 0, 1, 1}},
    {"voltage", {2, 1, -3, -1}},
    {"electric field", {1, 1, -3, -1}},
    {"resistance", {2, 1, -3, -2}},
    {"conductance", {-2, -1, 3, 2}},
    {"capacitance", {-2, -1, 4, 2}},
    {"inductance", {2, 1, -2, -2}},
    {"magnetic flux", {2, 1, -2, -1}},
    {"magnetic flux density", {0, 1, -2, -1}},
    {"temperature", {0, 0, 0, 0, 1}},
    {"heat capacity", {2, 1, -2, 0, -1}},
    {"specific heat capacity", {2, 0, -2, 0, -1}},
    {"thermal conductivity", {1, 1, -3, 0, -1}},
    {"amount of substance", {0, 0, 0, 0, 0, 1}},
    {"concentration", {-3, 0, 0, 0, 0, 1}},
    {"catalytic activity", {0, 0, -1, 0, 0, 1}},
    {"molar mass", {0, 1, 0, 0, 0, -1}},
    {"luminous intensity", {0, 0, 0, 0, 0, 0, 1}},
    {"luminance", {-2, 0, 0, 0, 0, 0, 1}},
    {"luminous flux", {0, 0, 0, 0, 0, 0, 1, 2}},
    {"illuminance", {-2, 0, 0, 0, 0, 0, 1, 2}},
};
// 1/s stands for both frequency and damping rate, m^2/s for diffusivity and viscosity too: one name each must do.

struct BaseSymbol {
  Base base;
  std::string_view symbol;
};

/// In the order in which SI units are written: kg m/s^2.
constexpr BaseSymbol si_order[] = {
    {Base::mass, "kg"},       {Base::length, "m"},   {Base::time, "s"},        {Base::current, "A"},
    {Base::temperature, "K"}, {Base::amount, "mol"}, {Base::luminosity, "cd"}, {Base::angle, "rad"},
};

bool equal(const Dimension& dimension, const Named& named) {
  for (std::size_t i = 0; i < base_count; ++i) {
    if (dimension[i] != named.exponents[i] * sixths) return false;
  }
  return true;
}

std::string si_symbol(const Dimension& dimension) {
  Terms terms;
  for (const auto& [base, symbol] : si_order) {
    const int power = dimension[static_cast<std::size_t>(base)];
    if (power != 0) terms.push_back({symbol, power});
  }
  return to_text(terms);
}

}  // namespace

std::string dimension_name(const Dimension& dimension) {
  for (const Named& named : names) {
    if (equal(dimension, named)) return std::string(named.name);
  }
  return si_symbol(dimension);
}

Unit si_unit(const Dimension& dimension) { return {dimension, 1.0, si_symbol(dimension)}; }

}  // namespace orrery::value
