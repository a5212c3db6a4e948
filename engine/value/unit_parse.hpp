// The unit of a list of terms; private to engine/value.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/value/unit.hpp"
#include "engine/value/unit_terms.hpp"

namespace orrery::value {

/// Errors: unknown_unit, bad_quantity.
base::Result<Unit> unit_of(const Terms& terms, std::string_view text);

}  // namespace orrery::value
