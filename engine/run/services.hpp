// What a run lends to one step: threads, progress, log, taps.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <deque>
#include <mutex>
#include <string>

#include "engine/run/run.hpp"
#include "engine/run/tap_order.hpp"

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

  /// Values of a tap go to a keeper from now on.
  void listen(std::size_t tap, TapKeeper& keeper) { listening_.emplace_back(tap, keeper); }
  /// The taps that somebody wants values of in a pass, as bits.
  std::uint64_t begin_pass(std::uint64_t pass);

  bool poll(std::uint64_t done, std::uint64_t total) override;
  void log(catalog::LogLevel level, std::string_view message) override;
  void tap(std::size_t tap, std::int64_t index, value::Tensor tensor) override;
  std::uint32_t max_threads() const override { return shared_.threads; }
  std::int32_t parallel_for(std::uint64_t n, std::uint64_t grain,
                            std::int32_t (*body)(void*, std::uint64_t, std::uint64_t), void* user) override;

 private:
  void flush_taps();
  struct Listening {
    Listening(std::size_t of, TapKeeper& into) : tap(of), keeper(into) {}
    std::size_t tap;
    TapKeeper& keeper;
    bool wanted = true;
    TapOrder order;
  };

  Shared& shared_;
  const plan::PlannedStep& step_;
  std::uint64_t pass_ = 0;
  std::deque<Listening> listening_;  // they have locks and stay where they are
};

}  // namespace orrery::run
