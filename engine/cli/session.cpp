// What every verb is given.
// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/session.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "engine/base/file.hpp"
#include "engine/base/log.hpp"
#include "engine/report/diagnostic.hpp"

namespace orrery::cli {
namespace {

/// @source https://no-color.org: present and not empty, whatever its value
bool wants_color(ColorWish wish, int descriptor) {
  if (wish != ColorWish::automatic) return wish == ColorWish::always;
  const char* const refused = std::getenv("NO_COLOR");
  const char* const terminal = std::getenv("TERM");
  return !(refused && *refused) && !(terminal && std::strcmp(terminal, "dumb") == 0) && ::isatty(descriptor);
}

base::LogLevel level_of(const Arguments& arguments) {
  if (arguments.quiet) return base::LogLevel::error;
  if (arguments.verbose > 1) return base::LogLevel::debug;
  return arguments.verbose == 1 ? base::LogLevel::info : base::LogLevel::warn;
}

}  // namespace

Session::Session(Arguments arguments)
    : arguments_(std::move(arguments)),
      paint_(wants_color(arguments_.color, STDOUT_FILENO)),
      talks_to_terminal_(::isatty(STDERR_FILENO) == 1),
      colors_talk_(wants_color(arguments_.color, STDERR_FILENO)) {
  base::set_log_level(level_of(arguments_));
}

int Session::print(std::string_view text, int code) const {
  const int reason = write_all(STDOUT_FILENO, text);
  if (reason == 0 || reason == EPIPE) return code;
  complain(
      {base::Error(base::ErrorCode::cannot_write, "cannot write to standard output: " + base::system_message(reason))});
  return code == exit_code::done ? exit_code::step_failed : code;
}

int Session::refuse(const base::Errors& errors, int code) const {
  if (arguments_.json) return print("{\"errors\": " + report::to_json(errors) + "}\n", code);
  complain(errors);
  return code;
}

void Session::complain(const base::Errors& errors) const {
  // One error without a place is a line; it need not be counted.
  const bool line = errors.size() == 1 && errors.front().labels.empty();
  write_all(STDERR_FILENO, line ? report::render(errors.front(), colors_talk_) : report::render(errors, colors_talk_));
}

void Session::say(std::string_view line) const {
  if (!arguments_.quiet) write_all(STDERR_FILENO, std::string(line) + "\n");
}

void Session::suggest(std::string_view command) const {
  if (!arguments_.json) say("next: " + std::string(command));
}

std::string quoted_wire(const std::string& name) {
  return name.find('[') == std::string::npos ? "@" + name : "'@" + name + "'";
}

int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(descriptor, bytes.data(), bytes.size());
    if (put < 0 && errno != EINTR) return errno;
    if (put > 0) bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return 0;
}

}  // namespace orrery::cli
