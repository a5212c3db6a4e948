// What every verb is given: its arguments, and the ways to say something.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.hpp"
#include "engine/cli/arguments.hpp"
#include "engine/report/layout.hpp"

namespace orrery::cli {

/// Exit codes, as the design lists them.
namespace exit_code {
inline constexpr int done = 0, expectation_failed = 1, usage = 2, not_valid = 3, step_failed = 4, internal = 70,
                     interrupted = 130, terminated = 143;
}

/// Results go to standard output, talk to standard error. A reader who has gone away is no error: the rest is dropped.
class Session {
 public:
  explicit Session(Arguments arguments);

  const Arguments& arguments() const { return arguments_; }
  const report::Paint& paint() const { return paint_; }
  bool talks_to_terminal() const { return talks_to_terminal_; }

  /// Writes a result. Returns the code, or step_failed after an error line if it could not be written.
  int print(std::string_view text, int code = exit_code::done) const;
  /// Writes errors: rendered on standard error, or with --format json as {"errors": [...]} on standard output.
  int refuse(const base::Errors& errors, int code) const;
  /// Writes errors beside a result: always on standard error.
  void complain(const base::Errors& errors) const;
  /// A line of talk that -q silences.
  void say(std::string_view line) const;
  /// What to do next, for people; not with -q or --format json.
  void suggest(std::string_view command) const;

 private:
  Arguments arguments_;
  report::Paint paint_;
  bool talks_to_terminal_ = false;
  bool colors_talk_ = false;
};

/// "@orbit.velocity", and "'@orbit.velocity[1:3]'": brackets mean something to shells.
std::string quoted_wire(const std::string& name);

/// Writes all bytes. Returns 0, or the error number.
int write_all(int descriptor, std::string_view bytes);

}  // namespace orrery::cli
