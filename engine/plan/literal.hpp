// Literals and defaults as values for a port.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/catalog/port.hpp"
#include "engine/scenario/scenario.hpp"
#include "engine/value/value.hpp"

namespace orrery::plan {

/// The value that a literal gives a port, in `unit`; without one, in the literal's own. Elements of arrays may be
/// numbers, quantities or truth values. Errors carry their position: wrong_type, missing_unit, wrong_dimension,
/// unknown_unit, bad_quantity, unknown_choice, out_of_range, not_finite.
base::Result<value::Value> literal_value(const scenario::Term& term, const catalog::Port& port,
                                         const std::optional<value::Unit>& unit);

/// The value of a default; the catalog has checked it.
base::Result<value::Value> default_value(const catalog::Port& port, const std::optional<value::Unit>& unit);

/// A literal of [let], where no port says what it should be: text that reads as a quantity is one.
/// @param name  what messages call it
base::Result<value::Value> free_literal(const scenario::Term& term, const std::string& name = "value");

/// Gives the errors that have no position the one of `span`, with `label` beside it.
base::Errors located(base::Errors errors, const base::Span& span, const std::string& label = "");

}  // namespace orrery::plan
