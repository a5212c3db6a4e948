// How a run goes, on standard error.
// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/progress.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include "engine/base/log.hpp"
#include "engine/base/text.hpp"
#include "engine/cli/session.hpp"
#include "engine/report/layout.hpp"

namespace orrery::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto paint_interval = 100ms, line_interval = 10000ms, patience = 200ms;
constexpr std::size_t bar_width = 24;

std::size_t terminal_width() {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

std::string bar(std::size_t done, std::size_t of) {
  const std::size_t filled = of ? bar_width * done / of : bar_width;
  return std::string(filled, '#') + std::string(bar_width - filled, '.');
}

void log_plugin_line(catalog::LogLevel level, const std::string& line) {
  switch (level) {
    case catalog::LogLevel::debug:
      return base::log_debug(line);
    case catalog::LogLevel::info:
      return base::log_info(line);
    case catalog::LogLevel::warn:
      return base::log_warn(line);
    default:
      return base::log_error(line);
  }
}

base::LogLevel base_level(catalog::LogLevel level) {
  switch (level) {
    case catalog::LogLevel::debug:
      return base::LogLevel::debug;
    case catalog::LogLevel::info:
      return base::LogLevel::info;
    case catalog::LogLevel::warn:
      return base::LogLevel::warn;
    default:
      return base::LogLevel::error;
  }
}

}  // namespace

Progress::Progress(run::Listener& next, std::size_t steps, ProgressStyle style)
    : next_(next), steps_(steps), style_(style) {
  if (style_ != ProgressStyle::none) painter_ = std::thread([this] { paint_until_closed(); });
}

Progress::~Progress() { close(); }

void Progress::close() {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    tell_folded();
    erase();
    closed_ = true;
  }
  closing_.notify_all();
  if (painter_.joinable()) painter_.join();
}

void Progress::step_started(const std::string& step) {
  next_.step_started(step);
  const std::lock_guard lock(mutex_);
  running_[step] = {};
}

void Progress::step_finished(const run::StepReport& report) {
  next_.step_finished(report);
  const std::lock_guard lock(mutex_);
  running_.erase(report.name);
  ++finished_;
}

void Progress::step_progress(const std::string& step, std::uint64_t done, std::uint64_t total) {
  next_.step_progress(step, done, total);
  const std::lock_guard lock(mutex_);
  Share& share = running_[step];
  share.done = done;
  share.total = total;
}

void Progress::logged(const std::string& step, catalog::LogLevel level, const std::string& message) {
  next_.logged(step, level, message);
  if (!base::logs(base_level(level))) return;
  const std::lock_guard lock(mutex_);
  const std::string line = step + ": " + message;
  if (closed_ || repeats_.repeats(line)) return;
  erase();
  tell_folded();
  repeats_.remember(line);
  last_level_ = level;
  last_step_ = step;
  log_plugin_line(level, line);
}

void Progress::tell_folded() {
  const std::uint64_t folded = repeats_.take();
  if (folded) log_plugin_line(last_level_, last_step_ + ": ... " + std::to_string(folded) + " more");
}

void Progress::paint_until_closed() {
  const auto interval = style_ == ProgressStyle::painted ? paint_interval : line_interval;
  std::unique_lock lock(mutex_);
  // Most runs are over before anybody wants to know how they go.
  if (closing_.wait_for(lock, style_ == ProgressStyle::painted ? patience : line_interval, [&] { return closed_; }))
    return;
  do paint();
  while (!closing_.wait_for(lock, interval, [&] { return closed_; }));
}

void Progress::paint() {
  const std::string state = state_text();
  if (style_ == ProgressStyle::lines) {
    write_all(STDERR_FILENO, state + "\n");
    return;
  }
  const std::string line = " " + bar(finished_, steps_) + "  " + state;
  write_all(STDERR_FILENO, "\r\x1b[K" + line.substr(0, terminal_width() - 1));
  painted_ = true;
}

void Progress::erase() {
  if (painted_) write_all(STDERR_FILENO, "\r\x1b[K");
  painted_ = false;
}

/// Where the step says how much there is, its share and, once that means something, the time that is left.
std::string Progress::share_text(const Share& share) {
  if (!share.total) return share.done ? " " + std::to_string(share.done) : "";
  const double done = static_cast<double>(share.done) / static_cast<double>(share.total);
  std::string text = " " + std::to_string(static_cast<int>(100.0 * done)) + " %";
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - share.begin;
  if (passed < 2s || done <= 0.0 || done >= 1.0) return text;
  return text + ", " + report::time_text(passed.count() * (1.0 - done) / done) + " left";
}

std::string Progress::state_text() const {
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin_;
  std::string text =
      std::to_string(finished_) + "/" + report::counted(steps_, "step") + "  " + report::time_text(passed.count());
  for (const auto& [step, share] : running_) {
    text += "  " + base::printable(step);
    text += share_text(share);
  }
  return text;
}

}  // namespace orrery::cli
