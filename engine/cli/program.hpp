// The program behind main.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace orrery::cli {

/// Parses the command line, does what it says, and returns the exit code. Throws nothing.
int run_program(int argc, const char* const* argv) noexcept;

}  // namespace orrery::cli
