// Ctrl-C and its kin: a wish to stop that the run sees at its next poll.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

namespace orrery::cli {

/// From now on SIGINT and SIGTERM raise the flag; the first says so, the third ends the process at once. A signal that
/// was ignored when the program began stays ignored.
const std::atomic<bool>& watch_signals();

/// The signal that raised the flag; 0 if none did.
int caught_signal();

/// A closed pipe is an error of the write, and not the end of the process.
void ignore_closed_pipes();

}  // namespace orrery::cli
