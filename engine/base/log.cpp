// The log through spdlog; the only file that knows it.
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/log.hpp"

#ifndef FMT_HEADER_ONLY
#define FMT_HEADER_ONLY
#endif
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "engine/base/text.hpp"

namespace orrery::base {
namespace {

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warn:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
    default:
      return spdlog::level::off;
  }
}

spdlog::logger& logger() {
  static spdlog::logger instance = [] {
    spdlog::logger made("orrery", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made.set_pattern("%l: %v");
    made.set_level(spdlog::level::warn);
    made.flush_on(spdlog::level::trace);
    return made;
  }();
  return instance;
}

void write(LogLevel level, std::string_view line) {
  if (logs(level)) logger().log(spdlog_level(level), printable(line));
}

}  // namespace

void set_log_level(LogLevel level) { logger().set_level(spdlog_level(level)); }
bool logs(LogLevel level) { return logger().should_log(spdlog_level(level)); }

void log_debug(std::string_view line) { write(LogLevel::debug, line); }
void log_info(std::string_view line) { write(LogLevel::info, line); }
void log_warn(std::string_view line) { write(LogLevel::warn, line); }
void log_error(std::string_view line) { write(LogLevel::error, line); }

}  // namespace orrery::base
