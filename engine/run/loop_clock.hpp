// The clock of a loop: where each pass begins and ends.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/plan/plan.hpp"
#include "engine/run/checkpoint.hpp"

namespace orrery::run {

/// Times are computed from the number of the pass and not summed up, so that rounding does not grow.
class LoopClock {
 public:
  explicit LoopClock(const plan::PlannedClock& clock);

  double time() const { return time_; }  ///< at the begin of the pass
  double end() const { return end_; }
  double step() const { return step_; }  ///< exactly `by`, but for a last pass that is shorter
  bool is_over() const { return time_ == clock_.to; }
  void advance();
  /// To a time between the begin and the end of the pass, from which passes of full length follow. False if it is
  /// none.
  bool advance_to(double time);
  /// How many passes of full length there are, the last one counted whole.
  std::int64_t count() const;

  void pack(Packer& packer) const { packer.put(std::vector<double>{base_, index_, time_}); }
  bool unpack(Unpacker& unpacker);

 private:
  void look_ahead();

  const plan::PlannedClock& clock_;
  double base_, index_ = 0.0;
  double time_, end_ = 0.0, step_ = 0.0;
};

}  // namespace orrery::run
