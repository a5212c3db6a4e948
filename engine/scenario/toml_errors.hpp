// Turns what the TOML library says of a faulty text into an error that a person can act on.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "engine/base/error.hpp"

namespace orrery::scenario {

/// @param description  the library's own message   @param line, column  where it stopped, in bytes from 1
base::Error explain_toml_error(const std::shared_ptr<const base::Source>& source, std::string description,
                               std::uint32_t line, std::uint32_t column);

}  // namespace orrery::scenario
