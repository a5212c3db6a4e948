// A step that is ready to be pasted into a scenario.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/catalog/operation.hpp"

namespace orrery::report {

/// "[step.NAME]", "use = ..." and the author's own example, or else every required input: scalars with a value that
/// their port admits, everything larger as a wire "@STEP.OUTPUT" to be filled in.
std::string example_step(const catalog::OperationFacts& facts);

}  // namespace orrery::report
