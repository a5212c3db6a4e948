// Units: exponents of the base dimensions, a factor to SI, and the text that the user wrote.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.hpp"

namespace orrery::value {

/// Base dimensions. Angle is one of them: an angle is not a number.
enum class Base : std::uint8_t { length, mass, time, current, temperature, amount, luminosity, angle };
inline constexpr std::size_t base_count = 8;

/// Exponents of the base dimensions, in sixths so that roots of units stay exact ("km^1.5", "s^(1/3)").
using Dimension = std::array<std::int16_t, base_count>;
inline constexpr std::int16_t sixths = 6;

/// value in SI = value * factor + offset. Only temperatures have an offset (degC, degF).
class Unit {
 public:
  Unit() = default;  ///< a pure number, "1"
  Unit(Dimension dimension, double factor, std::string symbol, double offset = 0.0)
      : dimension_(dimension), factor_(factor), offset_(offset), symbol_(std::move(symbol)) {}

  const Dimension& dimension() const { return dimension_; }
  double factor() const { return factor_; }
  double offset() const { return offset_; }
  const std::string& symbol() const { return symbol_; }
  bool is_number() const { return dimension_ == Dimension{}; }
  bool same_dimension(const Unit& other) const { return dimension_ == other.dimension_; }
  /// True when numbers in either unit mean the same without conversion.
  bool same_scale(const Unit& other) const {
    return dimension_ == other.dimension_ && factor_ == other.factor_ && offset_ == other.offset_;
  }

 private:
  Dimension dimension_{};
  double factor_ = 1.0;
  double offset_ = 0.0;
  std::string symbol_ = "1";
};

/// Products and powers; the symbol is composed and simplified ("km" * "1/s" is "km/s"). Offsets are dropped.
Unit operator*(const Unit& a, const Unit& b);
Unit operator/(const Unit& a, const Unit& b);
/// @param sixth_parts  the exponent times six
Unit pow(const Unit& unit, int sixth_parts);
/// True if the power has exponents that a unit can hold: sixths, and none beyond 60. Otherwise pow() gives the nearest
/// dimension that can be held, so whoever takes powers of a user's units asks first.
bool can_pow(const Unit& unit, int sixth_parts);

/// A unit as text: products and powers of known symbols with SI prefixes, "km^3/s^2", "kg*m/s^2", "1/s", "1", "deg",
/// "N m", "m^(1/2)". Names of angles, times and astronomical units as the fields use them (au, d, yr, arcsec, mas).
/// Errors: unknown_unit (with the nearest known symbol in its helps) and bad_quantity. They carry no span.
base::Result<Unit> parse_unit(std::string_view text);

/// What a dimension is called: "length", "velocity", "gravitational parameter", or its SI form "kg m^2/s^3".
std::string dimension_name(const Dimension& dimension);
/// The coherent SI unit of a dimension: "m/s".
Unit si_unit(const Dimension& dimension);

/// Converts numbers from one unit to another of the same dimension, by one rounding where the factor allows.
class Conversion {
 public:
  Conversion(const Unit& from, const Unit& to);
  bool is_identity() const { return identity_; }
  /// Here, so that loops over arrays are vectorised.
  double operator()(double x) const {
    if (affine_) return (x * from_factor_ + from_offset_ - to_offset_) / to_factor_;
    return divide_ ? x / scale_ : x * scale_;
  }

 private:
  bool identity_ = true;
  bool divide_ = false;
  double scale_ = 1.0;
  double from_offset_ = 0.0, to_offset_ = 0.0, from_factor_ = 1.0, to_factor_ = 1.0;
  bool affine_ = false;
};

/// Symbols of all known units, for suggestions and completion.
const std::vector<std::string>& unit_symbols();

}  // namespace orrery::value
