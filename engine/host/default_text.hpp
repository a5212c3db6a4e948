// Checking the default of an input against its type, range and choices.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "engine/catalog/port.hpp"

namespace orrery::host {

/// What is wrong with the port's default, as the end of a sentence that begins with the port; empty if nothing is.
std::optional<std::string> problem_of_default(const catalog::Port& port);

}  // namespace orrery::host
