// An observer of a loop while the loop runs: sees what was committed, and can neither change nor fail it.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/observer.hpp"

#include <algorithm>

namespace orrery::run {

using base::Error;
using base::ErrorCode;
using plan::PlannedObserver;
using value::Tensor;
using value::Value;

Observer::Observer(const PlannedObserver& planned, const RunOptions& options)
    : planned_(planned),
      first_(planned.first.plan, options),
      next_(planned.next.plan, options),
      last_(planned.outputs.size()),
      series_(planned.series.size()) {}

void Observer::take(const Executor& body) {
  taken_.clear();
  for (const PlannedObserver::Given& given : (begun_ ? planned_.next : planned_.first).given)
    taken_.push_back(given.before_commit ? body.value(given.body) : Value{});
}

std::optional<Error> Observer::call(Executor& executor, const PlannedObserver::Call& call, Executor& body,
                                    std::int64_t pass) {
  for (std::size_t i = 0; i < call.given.size(); ++i)
    executor.give(call.given[i].here,
                  call.given[i].before_commit ? std::move(taken_[i]) : body.value(call.given[i].body));
  executor.give(*call.pass, Tensor::scalar(pass));
  executor.set_pass(static_cast<std::uint64_t>(pass));
  executor.run_steps();
  // Whoever holds on to a state's memory keeps the loop from working in it.
  for (const PlannedObserver::Given& given : call.given) executor.give(given.here, Value{});
  if (const Error* error = executor.failure()) return *error;
  if (executor.stopped()) return Error(ErrorCode::step_failed, "it was stopped");
  return std::nullopt;
}

std::optional<Error> Observer::record(const Executor& from, std::int64_t pass) {
  const auto& slots = (&from == &first_ ? planned_.first : planned_.next).plan.steps.front().outputs;
  passes_.push_back(pass);
  for (std::size_t i = 0; i < planned_.series.size(); ++i) {
    const auto* row = std::get_if<Tensor>(&from.value(slots[planned_.series[i]]));
    const auto wrong = row ? series_[i].append(*row) : std::optional<std::string>("it was not made");
    if (wrong) return Error(ErrorCode::wrong_shape, "its series: " + *wrong).at(planned_.span);
  }
  return std::nullopt;
}

/// The outputs become inputs of the next call, and stay the last values.
void Observer::carry(Executor& from) {
  const auto& slots = (&from == &first_ ? planned_.first : planned_.next).plan.steps.front().outputs;
  std::fill(last_.begin(), last_.end(), Value{});
  for (const auto& [output, slot] : planned_.carried) {
    if (&from == &next_) next_.exchange(slot, slots[output]);
    else next_.give(slot, from.value(slots[output]));
  }
  const auto is_carried = [&](std::size_t output) {
    return std::any_of(planned_.carried.begin(), planned_.carried.end(),
                       [&](const auto& one) { return one.first == output; });
  };
  for (const std::size_t output : planned_.outputs)
    if (!is_carried(output)) last_[output] = from.value(slots[output]);
}

std::optional<Error> Observer::look(Executor& body, std::int64_t pass) {
  Executor& executor = begun_ ? next_ : first_;
  for (const auto& [output, slot] : planned_.shown) body.give(slot, Value{});
  auto error = call(executor, begun_ ? planned_.next : planned_.first, body, pass);
  if (!error) error = record(executor, pass);
  if (error) {
    error->message = "observer '" + planned_.name + "' in pass " + std::to_string(pass) + ": " + error->message;
    failure_ = error;
    return planned_.must_work ? error : std::nullopt;
  }
  const auto& slots = (begun_ ? planned_.next : planned_.first).plan.steps.front().outputs;
  for (const auto& [output, slot] : planned_.shown) body.give(slot, executor.value(slots[output]));
  carry(executor);
  begun_ = true;
  return std::nullopt;
}

void Observer::finish(std::vector<catalog::Output>::iterator outputs, const plan::Signature* expected) {
  if (!failure_ && begun_) {
    for (const auto& [output, slot] : planned_.carried) last_[output] = next_.value(slot);
    for (const std::size_t output : planned_.outputs)
      outputs[static_cast<std::ptrdiff_t>(output)] = std::move(last_[output]);
  }
  std::size_t at = planned_.outputs.size();
  outputs[static_cast<std::ptrdiff_t>(at++)] =
      Tensor::of<std::int64_t>(passes_, {static_cast<std::int64_t>(passes_.size())});
  for (Series& series : series_) {
    outputs[static_cast<std::ptrdiff_t>(at)] = series.take(expected[at]);
    ++at;
  }
}

}  // namespace orrery::run
