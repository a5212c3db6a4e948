// Fitting values to ports: element type, unit, finiteness, range and choices.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.hpp"
#include "engine/catalog/port.hpp"
#include "engine/value/value.hpp"

namespace orrery::plan {

/// The value as the port takes it, in `unit`; the same memory when nothing has to change. Checks kind, element type,
/// dimension, and what check_values() checks. f64 that holds only whole numbers fits a port of whole numbers.
/// Errors without position: wrong_type, wrong_dimension, lossy_conversion, out_of_range, not_finite, unknown_choice.
base::Result<value::Value> fit(const value::Value& value, const catalog::Port& port, const value::Unit& unit);

/// Whether all elements are finite, in range, or one of the choices, as the port asks.
base::Result<base::Done> check_values(const value::Value& value, const catalog::Port& port);

/// True if check_values() can find anything wrong with values of this port.
bool constrains(const catalog::Port& port);

}  // namespace orrery::plan
