// log.jsonl: one JSON object a line, appended whole or not at all.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/repeats.hpp"
#include "engine/base/result.hpp"

namespace orrery::store {

/// The lifecycle of a log:
/// 1. open() creates the file or appends to it.
/// 2. event() and plugin_line() append; the first error is kept and ends the writing, never the run.
/// 3. close() writes what is still folded and hands the error out.
class LogFile {
 public:
  /// Lines that one step's plugin may write before only their number is kept.
  static constexpr std::uint64_t lines_a_step = 10'000;

  explicit LogFile(std::filesystem::path path) : path_(std::move(path)) {}
  ~LogFile();
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;

  base::Result<base::Done> open();
  /// A line of the engine's own.
  void event(std::string_view level, std::string_view event, std::string_view step, std::string_view text);
  /// A line of a plugin; one that repeats the last is only counted.
  void plugin_line(std::string_view level, std::string_view step, std::string_view text);
  base::Result<base::Done> close();

 private:
  void tell_folded();
  void tell_dropped();
  void append(std::string_view level, std::string_view event, std::string_view step, std::string_view text);

  std::filesystem::path path_;
  int descriptor_ = -1;
  base::Repeats repeats_;
  std::string last_level_, last_step_;
  std::map<std::string, std::uint64_t, std::less<>> lines_;
  std::optional<base::Error> error_;
};

}  // namespace orrery::store
