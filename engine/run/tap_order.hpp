// The order of tap values that parts of a parallel loop emit: by index, then by where they stand in the loops.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

#include "engine/run/probe.hpp"

namespace orrery::run {

/// Where in parallel loops the current thread is. Loops in loops in loops share the place of the second.
struct LoopPlace {
  std::uint64_t outer = 0, inner = 0;
  int depth = 0;
};
LoopPlace& loop_place();

/// 1. enter() the part of a loop, on whatever thread runs it. 2. leave() by destruction.
class PartGuard {
 public:
  explicit PartGuard(std::uint64_t part) : before_(loop_place()) {
    LoopPlace& place = loop_place();
    (place.depth++ == 0 ? place.outer : place.inner) = part;
  }
  ~PartGuard() { loop_place() = before_; }
  PartGuard(const PartGuard&) = delete;
  PartGuard& operator=(const PartGuard&) = delete;

 private:
  LoopPlace before_;
};

/// Values of one tap. What is emitted outside of loops goes on at once, so that it keeps its order; the rest waits for
/// the end of the outermost loop.
class TapOrder {
 public:
  void add(TapValue value, TapKeeper& keeper);
  void flush(TapKeeper& keeper);

 private:
  struct Waiting {
    LoopPlace place;
    TapValue value;
  };
  std::mutex mutex_;
  std::vector<Waiting> waiting_;
};

}  // namespace orrery::run
