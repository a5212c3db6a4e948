// Running a program under a time limit and collecting what it writes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.hpp"

namespace orrery::host {

struct ChildEnd {
  enum class Kind { exited, killed_by_signal, timed_out };
  Kind kind = Kind::exited;
  int code = 0;        ///< exit code, or number of the signal
  std::string answer;  ///< what it wrote to descriptor child_answer_descriptor; at most 64 KiB
  std::string output;  ///< the end of what it wrote to stdout and stderr; at most 16 KiB
};

inline constexpr int child_answer_descriptor = 3;

/// Starts the program in a process group of its own, with no input and no other open files, and waits for its end. What
/// is left of the group then is killed. Error: internal, when it cannot be started.
base::Result<ChildEnd> run_child(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                                 std::chrono::milliseconds limit);

/// "SIGSEGV"
std::string signal_name(int signal);

}  // namespace orrery::host
