// What a loop's results depend on, as one key.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/plan/plan.hpp"

namespace orrery::run {

/// SHA-256 over the engine, the text of the loop, the files of the plugins that it uses, and the values of its inputs
/// without the number of passes: a loop that is to go on longer goes on.
std::string loop_key(const plan::PlannedLoop& loop, const catalog::Call& call, const std::string& engine);

}  // namespace orrery::run
