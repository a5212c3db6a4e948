// The tables and keys that the format knows.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace orrery::scenario {

using Keys = std::vector<std::string>;

const Keys& top_level_keys();  ///< all that the format has
const Keys& later_tables();    ///< of these, the ones that this version does not run
const Keys& scenario_keys();
const Keys& plugins_keys();
const Keys& save_keys();
const Keys& limits_keys();
const Keys& expectation_keys();
const Keys& later_expectation_keys();
const Keys& plot_keys();
const Keys& later_plot_keys();
const Keys& loop_keys();
const Keys& probe_keys();
const Keys& observer_keys();  ///< that are no inputs of the operation
const Keys& source_keys();    ///< likewise
const Keys& clock_keys();
const Keys& solve_keys();
const Keys& recording_keys();  ///< of `record` of a loop
const Keys& profile_keys();
const Keys& reserved_step_keys();  ///< words of a step that can be no input
const Keys& later_step_keys();

bool contains(const Keys& keys, std::string_view key);

/// Whether a value may be set at a path that the files do not have, because the format knows what it would mean. The
/// table that holds it exists, or is one of those that always do ([scenario], [save], [limits], [plugins]).
bool may_be_new(std::span<const std::string> path);
bool always_exists(std::string_view table);

}  // namespace orrery::scenario
