// The clock of a loop: where each pass begins and ends.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/loop_clock.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace orrery::run {
namespace {

/// Of a pass: so much that a division of the span leaves over is rounding and makes no pass of its own.
constexpr double least_part = 1e-9;

}  // namespace

LoopClock::LoopClock(const plan::PlannedClock& clock) : clock_(clock), base_(clock.from), time_(clock.from) {
  look_ahead();
}

void LoopClock::look_ahead() {
  end_ = base_ + (index_ + 1.0) * clock_.by;
  step_ = clock_.by;
  if ((clock_.to - end_) / clock_.by >= least_part) return;
  end_ = clock_.to;
  const double rounding =
      4.0 * std::numeric_limits<double>::epsilon() * std::max(std::abs(clock_.from), std::abs(clock_.to));
  if (std::abs(end_ - time_ - clock_.by) > rounding) step_ = end_ - time_;
}

void LoopClock::advance() {
  index_ += 1.0;
  time_ = end_;
  look_ahead();
}

bool LoopClock::advance_to(double time) {
  // A conversion of units may round past the end.
  const double rounding = 4.0 * std::numeric_limits<double>::epsilon() * std::max(std::abs(time_), std::abs(end_));
  if (std::abs(time - end_) <= rounding) {
    advance();
    return true;
  }
  if (!((time - time_) / clock_.by > 0.0 && (end_ - time) / clock_.by > 0.0)) return false;
  base_ = time_ = time;
  index_ = 0.0;
  look_ahead();
  return true;
}

bool LoopClock::unpack(Unpacker& unpacker) {
  std::vector<double> numbers;
  if (!unpacker.take(numbers) || numbers.size() != 3) return false;
  base_ = numbers[0];
  index_ = numbers[1];
  time_ = numbers[2];
  look_ahead();
  return true;
}

std::int64_t LoopClock::count() const {
  if (clock_.to == clock_.from) return 0;
  return static_cast<std::int64_t>(std::max(1.0, std::ceil((clock_.to - clock_.from) / clock_.by - least_part)));
}

}  // namespace orrery::run
