// Reads a wire from the front of a text, for expressions, where it ends is part of the question.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/scenario/expression.hpp"

namespace orrery::scenario {

struct ReadReference {
  Reference reference;
  std::size_t length = 0;  ///< bytes that the wire takes
};

/// @param text  what follows the "@"; whatever cannot belong to the wire ends it
base::Result<ReadReference> read_reference(std::string_view text, const Node& holder, std::size_t offset);

}  // namespace orrery::scenario
