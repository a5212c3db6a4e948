// From argc and argv to arguments.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "engine/base/result.hpp"
#include "engine/cli/arguments.hpp"

namespace orrery::cli {

/// A text that the user asked for instead of work: --help, --version.
struct Answer {
  std::string text;
};

/// Error: usage, with the nearest verb, option or choice.
base::Result<std::variant<Arguments, Answer>> parse_command_line(int argc, const char* const* argv);

CommandFacts command_facts();

}  // namespace orrery::cli
