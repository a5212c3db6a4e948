// Text of the form NUMBER UNIT.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "engine/base/result.hpp"
#include "engine/value/unit.hpp"

namespace orrery::value {

struct Quantity {
  double number = 0.0;  ///< in unit
  Unit unit;
};

/// Reads "7000 km", "-1.5e3 km/s", "90 deg", "0.25", "inf s", "1_000 m". A number without unit has unit 1.
/// Errors without span: bad_quantity, unknown_unit.
base::Result<Quantity> parse_quantity(std::string_view text);

/// The same, converted to a unit of the same dimension. Where the factor between the units is a power of ten the
/// decimal point is moved in the text before the one rounding, so "0.1 km" and "100 m" give the same double.
/// Errors without span: bad_quantity, unknown_unit, missing_unit (a bare number for a dimensioned unit; the help shows
/// how to write it), wrong_dimension.
base::Result<double> parse_quantity_as(std::string_view text, const Unit& unit);

/// True if the text begins like a number, so that it is worth reporting a faulty quantity instead of a plain text.
bool looks_like_quantity(std::string_view text);

/// A date and time of day in a named time scale as seconds past J2000 (2000-01-01T12:00:00 TT), TT only:
/// "2000-01-01T12:00:00 TT". Empty if the text is not of that form.
std::optional<base::Result<double>> parse_epoch(std::string_view text);

}  // namespace orrery::value
