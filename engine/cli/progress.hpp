// How a run goes, on standard error: one line that is painted over on a terminal, a plain line now and then elsewhere.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "engine/base/repeats.hpp"
#include "engine/run/run.hpp"

namespace orrery::cli {

enum class ProgressStyle { none, lines, painted };

/// Passes everything on to another listener first. Paints at most ten times a second from a thread of its own, so that
/// a step that says nothing is still seen to run.
class Progress : public run::Listener {
 public:
  Progress(run::Listener& next, std::size_t steps, ProgressStyle style);
  ~Progress() override;
  /// Removes the line; nothing is written afterwards.
  void close();

  void step_started(const std::string& step) override;
  void step_finished(const run::StepReport& report) override;
  void step_progress(const std::string& step, std::uint64_t done, std::uint64_t total) override;
  void logged(const std::string& step, catalog::LogLevel level, const std::string& message) override;

 private:
  struct Share {
    std::uint64_t done = 0, total = 0;
    std::chrono::steady_clock::time_point begin = std::chrono::steady_clock::now();
  };
  static std::string share_text(const Share& share);
  void paint_until_closed();
  void paint();
  void erase();
  std::string state_text() const;
  void tell_folded();

  run::Listener& next_;
  const std::size_t steps_;
  const ProgressStyle style_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
  std::condition_variable closing_;
  bool closed_ = false;
  bool painted_ = false;
  std::size_t finished_ = 0;
  std::map<std::string, Share> running_;
  base::Repeats repeats_;
  catalog::LogLevel last_level_ = catalog::LogLevel::info;
  std::string last_step_;
  std::thread painter_;
};

}  // namespace orrery::cli
