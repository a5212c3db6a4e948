// Reading the ports of one operation from its descriptor.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/abi/operation.h>

#include "engine/catalog/operation.hpp"
#include "engine/host/descriptor_text.hpp"

namespace orrery::host {

/// Fills inputs, outputs and taps of the facts.
/// @param place  of the operation
void read_ports(const orrery_operation& operation, const Place& place, catalog::OperationFacts& facts,
                Problems& problems);

}  // namespace orrery::host
