// Units that follow those of inputs: "1/points", "weights^2 s".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "engine/catalog/operation.hpp"

namespace orrery::plan {

/// The unit of a pattern that is not "any".
/// @param inputs  by input port, the units in which the operation gets them
value::Unit unit_from(const catalog::UnitPattern& pattern, const catalog::OperationFacts& facts,
                      std::span<const value::Unit> inputs);

}  // namespace orrery::plan
