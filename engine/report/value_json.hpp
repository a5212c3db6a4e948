// Values and types as JSON.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>

#include "engine/plan/signature.hpp"
#include "engine/store/json.hpp"
#include "engine/value/value.hpp"

namespace orrery::report {

using store::Json;

/// {"kind": "tensor", "dtype", "shape", "unit", "data"}, {"kind": "text", "text"} or {"kind": "table", "rows",
/// "columns"}. Data are nested lists; complex numbers are [real, imaginary]. A tensor with more elements than the limit
/// has no "data".
Json value_json(const value::Value& value, std::int64_t limit = std::numeric_limits<std::int64_t>::max());

/// What a value's name, type and number are in lists of records: {"name", "value", "unit"}; arrays as value_json.
Json named_value_json(const std::string& name, const value::Value& value);

}  // namespace orrery::report
