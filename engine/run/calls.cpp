// An operation that is called again and again beside a plan, and remembers what it says that it remembers.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/calls.hpp"

namespace orrery::run {

using base::Error;
using value::Tensor;

Calls::Calls(const plan::PlannedCalls& planned, const RunOptions& options)
    : planned_(planned), first_(planned.first.plan, options) {
  if (!planned.carried.empty()) next_.emplace(planned.next.plan, options);
}

std::optional<Error> Calls::call(std::span<const std::int64_t> numbers, std::uint64_t key) {
  Executor& now = executor();
  const auto& slots = planned_call().numbers;
  for (std::size_t i = 0; i < numbers.size(); ++i) now.give(slots[i], Tensor::scalar(numbers[i]));
  now.set_pass(key);
  last_was_next_ = &now != &first_;
  now.run_steps();
  if (const Error* error = now.failure()) return *error;
  if (now.stopped()) return Error(base::ErrorCode::step_failed, "it was stopped");
  return std::nullopt;
}

const value::Value& Calls::output(std::size_t output) const {
  const auto& call = last_was_next_ ? planned_.next : planned_.first;
  return executor_of_last().value(call.plan.steps.front().outputs[output]);
}

void Calls::pack(Packer& packer) const {
  packer.put(std::int64_t{begun_});
  for (std::size_t i = 0; begun_ && i < planned_.carried.size(); ++i) packer.put(carried(i));
}

bool Calls::unpack(Unpacker& unpacker) {
  std::int64_t begun = 0;
  if (!unpacker.take(begun)) return false;
  begun_ = begun != 0;
  value::Value value;
  for (std::size_t i = 0; begun_ && i < planned_.carried.size(); ++i)
    if (unpacker.take(value)) next_->give(planned_.carried[i].second, value);
  return unpacker.good();
}

void Calls::carry() {
  for (const auto& [output, slot] : planned_.carried) {
    // In turns of the same executor memory changes places, so that an operation can work in it.
    if (last_was_next_) next_->exchange(slot, planned_.next.plan.steps.front().outputs[output]);
    else next_->give(slot, this->output(output));
  }
  begun_ = true;
}

}  // namespace orrery::run
