// Looking at a plugin in a child process first.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/scan.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "engine/base/text.hpp"
#include "engine/host/child_process.hpp"
#include "engine/host/descriptor.hpp"
#include "engine/host/library.hpp"

namespace orrery::host {
namespace {

using base::Error;
using base::ErrorCode;

/// No core files, no survivors, and crashes end the process even where a sanitizer would catch them.
void prepare_child() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS}) ::signal(signal, SIG_DFL);
}

Verdict examine(const std::filesystem::path& path) {
  auto library = open_library(path);
  if (!library) return {"", joined(std::move(library).errors())};
  if (library->changed_float_environment)
    return {"", Error(ErrorCode::plugin_float_environment,
                      "loading it changes how floating-point numbers are computed in the whole process")
                    .help("link it without -ffast-math and -Ofast")};
  auto description = read_descriptor(library->descriptor);
  if (!description) return {"", joined(std::move(description).errors())};
  return {description->plugin->name, std::nullopt};
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = ::write(descriptor, text.data(), text.size());
    if (put < 0 && errno != EINTR) return false;
    if (put > 0) text.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

std::string last_line(std::string_view output) {
  const std::size_t end = output.find_last_not_of(" \t\r\n");
  if (end == std::string_view::npos) return "";
  output = output.substr(0, end + 1);
  output = output.substr(output.find_last_of('\n') + 1);
  return base::printable(output.substr(std::min(output.find_first_not_of(" \t"), output.size())));
}

Error with_last_line(Error error, const ChildEnd& end) {
  std::string line = last_line(end.output);
  constexpr std::string_view of_exception = "what():  ";
  if (error.code == ErrorCode::plugin_threw && line.starts_with(of_exception))
    error.notes.push_back("its message: " + line.substr(of_exception.size()));
  else if (!line.empty()) error.notes.push_back("the last that it said: " + std::move(line));
  return error;
}

bool threw(const ChildEnd& end) {
  return end.code == SIGABRT && (end.output.find("terminate called") != std::string::npos ||
                                 end.output.find("libc++abi: terminating") != std::string::npos);
}

Error killed(const ChildEnd& end, bool answered) {
  const std::string when = answered ? "when the process ended" : "while it was loaded";
  if (threw(end)) return {ErrorCode::plugin_threw, "it threw an exception " + when};
  return {ErrorCode::plugin_crashed, "it crashed " + when + " (" + signal_name(end.code) + ")"};
}

Error hung(std::chrono::milliseconds limit, bool answered) {
  const std::string what = answered ? "it kept the process from ending for " : "it did not finish loading within ";
  return {ErrorCode::plugin_hung, what + base::shortest(static_cast<double>(limit.count()) / 1000.0) + " s"};
}

Verdict judged(const ChildEnd& end, std::chrono::milliseconds limit) {
  const bool complete = end.answer.ends_with('\n');
  auto answer =
      complete ? verdict_of_line(std::string_view(end.answer).substr(0, end.answer.size() - 1)) : std::nullopt;
  switch (end.kind) {
    case ChildEnd::Kind::timed_out:
      return {"", with_last_line(hung(limit, answer.has_value()), end)};
    case ChildEnd::Kind::killed_by_signal:
      if (answer && !answer->good()) return *answer;
      return {"", with_last_line(killed(end, answer.has_value()), end)};
    case ChildEnd::Kind::exited:
      break;
  }
  if (answer) return *answer;
  Error error(ErrorCode::plugin_exited,
              "it ended the process with exit code " + std::to_string(end.code) + " while it was loaded");
  return {"", with_last_line(std::move(error), end)};
}

}  // namespace

int scan_main(const std::filesystem::path& path, int descriptor) {
  prepare_child();
  return write_all(descriptor, to_line(examine(path)) + "\n") ? 0 : 1;
}

Verdict scan(const std::filesystem::path& path, const std::filesystem::path& executable,
             std::chrono::milliseconds limit) {
  auto end = run_child(executable, {scan_verb, path.string()}, limit);
  if (!end) return {"", joined(std::move(end).errors())};
  return judged(*end, limit);
}

bool is_lasting(const Verdict& verdict) {
  if (verdict.good()) return true;
  switch (verdict.error->code) {
    case ErrorCode::plugin_wrong_abi:
    case ErrorCode::plugin_bad_descriptor:
    case ErrorCode::plugin_float_environment:
    case ErrorCode::plugin_hung:
      return true;
    // What is missing may be installed, and what crashed may have had its reasons outside of the file.
    default:
      return false;
  }
}

}  // namespace orrery::host
