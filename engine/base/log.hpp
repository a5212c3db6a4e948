// The program's own talk to people, on standard error: one line each, by level.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace orrery::base {

enum class LogLevel { debug, info, warn, error, off };

/// Lines below this level are dropped; at the start that is everything below warn. The log is the only global state.
void set_log_level(LogLevel level);
bool logs(LogLevel level);

/// One line, whole, unbuffered; control characters in it are made visible. May be called from any thread.
void log_debug(std::string_view line);
void log_info(std::string_view line);
void log_warn(std::string_view line);
void log_error(std::string_view line);

}  // namespace orrery::base
