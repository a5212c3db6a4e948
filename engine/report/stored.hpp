// One value of a stored run, as text and as JSON.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/base/result.hpp"
#include "engine/store/store.hpp"

namespace orrery::report {

/// A value that a run kept: "radius" (a record), "orbit.velocity" (saved), with or without "@" and with a selection as
/// on a wire: "@orbit.velocity[0:2, 1]". Errors: unknown_output with the nearest name, bad_reference, bad_selector,
/// damaged_run.
base::Result<value::Value> stored_value(const store::StoredRun& run, const std::string& wanted);

std::string stored_value_text(const std::string& name, const value::Value& value);
/// {"run", "name", "kind", ...} as value_json.
std::string stored_value_json(const store::StoredRun& run, const std::string& name, const value::Value& value);

}  // namespace orrery::report
