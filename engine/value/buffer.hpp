// Counted, aligned memory; private to engine/value.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/value/tensor.hpp"

namespace orrery::value {

/// Uninitialised memory at a multiple of 64 bytes; null if there is none.
Buffer allocate_buffer(std::size_t bytes);

}  // namespace orrery::value
