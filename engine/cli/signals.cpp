// Ctrl-C and its kin.
// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/signals.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace orrery::cli {
namespace {

// A handler reaches nothing but globals; these are the only ones of the program.
std::atomic<bool> stop{false};
std::atomic<int> caught{0};
std::atomic<int> times{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

extern "C" void on_signal(int signal_number) {
  const int error_number = errno;
  const int so_far = times.fetch_add(1) + 1;
  caught.store(signal_number);
  stop.store(true);
  if (so_far == 1) {
    constexpr std::string_view words = "\nstopping at the next poll; twice more ends the program at once\n";
    [[maybe_unused]] const ssize_t put = ::write(STDERR_FILENO, words.data(), words.size());
  }
  if (so_far >= 3) {
    ::signal(signal_number, SIG_DFL);
    ::raise(signal_number);
  }
  errno = error_number;
}

void watch(int signal_number) {
  struct sigaction before {};
  ::sigaction(signal_number, nullptr, &before);
  // A shell starts background jobs with SIGINT ignored, and means it.
  if (before.sa_handler == SIG_IGN) return;
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  ::sigemptyset(&action.sa_mask);
  ::sigaction(signal_number, &action, nullptr);
}

}  // namespace

const std::atomic<bool>& watch_signals() {
  watch(SIGINT);
  watch(SIGTERM);
  return stop;
}

int caught_signal() { return caught.load(); }

void ignore_closed_pipes() { ::signal(SIGPIPE, SIG_IGN); }

}  // namespace orrery::cli
