// What a run lends to one step: threads, progress, log, taps.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <mutex>
#include <string>

#include "engine/run/run.hpp"

namespace orrery::run {

/// What the steps of one run share.
struct Shared {
  const std::atomic<bool>* stop = nullptr;
  Listener* listener = nullptr;
  std::mutex listening;  ///< one call of the listener at a time
  std::uint32_t threads = 1;

  bool stopping() const { return stop && stop->load(std::memory_order_relaxed); }
  template <class F>
  void tell(const F& f) {
    if (!listener) return;
    const std::lock_guard lock(listening);
    f(*listener);
  }
};

class StepServices final : public catalog::Services {
 public:
  StepServices(Shared& shared, const plan::PlannedStep& step) : shared_(shared), step_(step) {}

  bool poll(std::uint64_t done, std::uint64_t total) override;
  void log(catalog::LogLevel level, std::string_view message) override;
  void tap(std::size_t tap, std::int64_t index, value::Tensor tensor) override;
  std::uint32_t max_threads() const override { return shared_.threads; }
  std::int32_t parallel_for(std::uint64_t n, std::uint64_t grain,
                            std::int32_t (*body)(void*, std::uint64_t, std::uint64_t), void* user) override;

 private:
  Shared& shared_;
  const plan::PlannedStep& step_;
};

}  // namespace orrery::run
