// Threads, progress, log and taps of a step.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/services.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace orrery::run {
namespace {

/// Runs parts of a loop and keeps the status of the first part, by position, that did not succeed.
class Loop {
 public:
  Loop(std::uint64_t n, std::uint64_t grain, std::int32_t (*body)(void*, std::uint64_t, std::uint64_t), void* user)
      : n_(n), grain_(grain), body_(body), user_(user) {}

  void part(std::uint64_t index) {
    // Parts before the failed one still run, so that the answer does not depend on timing.
    if (index > failed_.load(std::memory_order_relaxed)) return;
    const std::uint64_t begin = index * grain_;
    const PartGuard guard(index);
    const std::int32_t status = body_(user_, begin, grain_ < n_ - begin ? begin + grain_ : n_);
    if (status == 0) return;
    const std::lock_guard lock(mutex_);
    if (index >= failed_.load(std::memory_order_relaxed)) return;
    failed_.store(index, std::memory_order_relaxed);
    status_ = status;
  }
  std::int32_t status() const { return status_; }

 private:
  std::uint64_t n_, grain_;
  std::int32_t (*body_)(void*, std::uint64_t, std::uint64_t);
  void* user_;
  std::atomic<std::uint64_t> failed_{UINT64_MAX};
  std::mutex mutex_;
  std::int32_t status_ = 0;
};

}  // namespace

bool StepServices::poll(std::uint64_t done, std::uint64_t total) {
  if (shared_.listener) shared_.tell([&](Listener& l) { l.step_progress(step_.name, done, total); });
  return shared_.stopping();
}

void StepServices::log(catalog::LogLevel level, std::string_view message) {
  shared_.tell([&](Listener& l) { l.logged(step_.name, level, std::string(message)); });
}

std::uint64_t StepServices::begin_pass(std::uint64_t pass) {
  pass_ = pass;
  std::uint64_t wanted = 0;
  for (Listening& listening : listening_) {
    listening.wanted = listening.keeper.wants(pass);
    if (listening.wanted) wanted |= std::uint64_t{1} << listening.tap;
  }
  return wanted;
}

void StepServices::tap(std::size_t tap, std::int64_t index, value::Tensor tensor) {
  for (Listening& listening : listening_)
    if (listening.tap == tap && listening.wanted) listening.order.add({pass_, index, tensor}, listening.keeper);
}

/// At the end of the outermost loop.
void StepServices::flush_taps() {
  if (loop_place().depth > 0) return;
  for (Listening& listening : listening_) listening.order.flush(listening.keeper);
}

std::int32_t StepServices::parallel_for(std::uint64_t n, std::uint64_t grain,
                                        std::int32_t (*body)(void*, std::uint64_t, std::uint64_t), void* user) {
  if (n == 0) return 0;
  grain = grain == 0 ? 1 : grain;
  const std::uint64_t parts = (n - 1) / grain + 1;
  Loop loop(n, grain, body, user);
  if (parts == 1) {
    loop.part(0);
    flush_taps();
    return loop.status();
  }
  // Without isolation a thread that waits here could pick up another step and come back only after it.
  tbb::this_task_arena::isolate(
      [&] { tbb::parallel_for(std::uint64_t{0}, parts, [&](std::uint64_t index) { loop.part(index); }); });
  flush_taps();
  return loop.status();
}

}  // namespace orrery::run
