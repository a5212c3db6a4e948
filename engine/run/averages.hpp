// The operations of the engine itself: averages of what is seen one value after the other.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/catalog/catalog.hpp"

namespace orrery::run {

/// engine.ema: the exponential moving average. average += (1 - decay)/weight (value - average), where weight is the sum
/// of the weights of the values so far: 1 if the average starts at the first value, 1 - decay^n if it starts at zero,
/// whose bias is corrected so.
/// engine.mean: the mean of all values from a pass on.
/// @source Ruppert 1988, Polyak and Juditsky 1992 (the mean); Kingma and Ba 2015, section 3 (correction of the bias)
base::Result<base::Done> add_engine_operations(catalog::Catalog& catalog, const std::string& version);

}  // namespace orrery::run
