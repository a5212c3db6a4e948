// One value of a stored run, as text and as JSON.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/store/store.hpp"

namespace orrery::report {

/// A value that a run kept: "radius" (a record), "orbit.velocity" (saved), with or without "@" and with a selection as
/// on a wire: "@orbit.velocity[0:2, 1]". What was saved of an output in part is found by that selection, and more can
/// be selected of it. Errors: unknown_output with what there is, bad_reference, bad_selector, damaged_run.
base::Result<value::Value> stored_value(const store::StoredRun& run, const std::string& wanted);

/// What was saved of a step, or of an output of which the whole was not; empty if it was, or nothing was.
std::vector<std::string> stored_parts(const store::StoredRun& run, const std::string& wanted);
/// A line for each, with what it holds. Error: damaged_run.
base::Result<std::string> stored_parts_text(const store::StoredRun& run, const std::vector<std::string>& parts);
/// {"run", "name", "saved": [...]}
std::string stored_parts_json(const store::StoredRun& run, const std::string& wanted,
                              const std::vector<std::string>& parts);

std::string stored_value_text(const std::string& name, const value::Value& value);
/// {"run", "name", "kind", ...} as value_json.
std::string stored_value_json(const store::StoredRun& run, const std::string& name, const value::Value& value);

}  // namespace orrery::report
