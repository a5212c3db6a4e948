// An observer of a loop while the loop runs: sees what was committed, and can neither change nor fail it.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/observer.hpp"

#include <algorithm>
#include <array>

#include "engine/plan/own_parts.hpp"

namespace orrery::run {

using base::Error;
using base::ErrorCode;
using value::Tensor;
using value::Value;

Observer::Observer(const plan::PlannedObserver& planned, const RunOptions& options)
    : planned_(planned),
      calls_(planned.calls, options),
      last_(planned.calls.facts().outputs.size()),
      series_(planned.series.size()) {}

void Observer::take(const Executor& body) {
  taken_.clear();
  for (const plan::PlannedCalls::Given& given : calls_.given())
    taken_.push_back(given.before_commit ? body.value(given.around) : Value{});
}

std::optional<Error> Observer::call(Executor& body, std::int64_t pass) {
  const auto& given = calls_.given();
  for (std::size_t i = 0; i < given.size(); ++i)
    calls_.give(i, given[i].before_commit ? std::move(taken_[i]) : body.value(given[i].around));
  auto error = calls_.call(std::array{pass}, static_cast<std::uint64_t>(pass));
  // Whoever holds on to a state's memory keeps the loop from working in it.
  for (std::size_t i = 0; i < given.size(); ++i) calls_.give(i, Value{});
  return error;
}

std::optional<Error> Observer::record(std::int64_t pass) {
  passes_.push_back(pass);
  for (std::size_t i = 0; i < planned_.series.size(); ++i) {
    const auto* row = std::get_if<Tensor>(&calls_.output(planned_.series[i]));
    const auto wrong = row ? series_[i].append(*row) : std::optional<std::string>("it was not made");
    if (wrong) return Error(ErrorCode::wrong_shape, "its series: " + *wrong).at(planned_.span);
  }
  return std::nullopt;
}

std::optional<Error> Observer::look(Executor& body, std::int64_t pass) {
  for (const auto& [output, slot] : planned_.shown) body.give(slot, Value{});
  auto error = call(body, pass);
  if (!error) error = record(pass);
  if (error) {
    error->message = "observer '" + planned_.name + "' in pass " + std::to_string(pass) + ": " + error->message;
    failure_ = error;
    return planned_.must_work ? error : std::nullopt;
  }
  for (const auto& [output, slot] : planned_.shown) body.give(slot, calls_.output(output));
  for (std::size_t output = 0; output < last_.size(); ++output) {
    const auto same = [&](const auto& one) { return one.first == output; };
    const auto& carried = planned_.calls.carried;
    if (std::none_of(carried.begin(), carried.end(), same)) last_[output] = calls_.output(output);
  }
  calls_.carry();
  return std::nullopt;
}

void Observer::pack(Packer& packer) const {
  calls_.pack(packer);
  for (const Value& value : last_) packer.put(value);
  packer.put(passes_);
  for (const Series& series : series_) series.pack(packer);
  packer.put(failure_ ? failure_->message : "");
}

bool Observer::unpack(Unpacker& unpacker) {
  if (!calls_.unpack(unpacker)) return false;
  for (Value& value : last_) unpacker.take(value);
  unpacker.take(passes_);
  for (Series& series : series_)
    if (!series.unpack(unpacker)) return false;
  Value failure;
  if (!unpacker.take(failure) || !std::holds_alternative<std::string>(failure)) return false;
  if (const auto& text = std::get<std::string>(failure); !text.empty())
    failure_ = Error(ErrorCode::step_failed, text).at(planned_.span);
  return true;
}

Observer::Outputs Observer::finish(Outputs outputs) {
  const bool good = !failure_ && calls_.begun();
  const auto& carried = planned_.calls.carried;
  for (std::size_t i = 0; good && i < carried.size(); ++i) last_[carried[i].first] = calls_.carried(i);
  for (Value& value : last_) {
    if (good) *outputs = std::move(value);
    ++outputs;
  }
  *outputs++ = Tensor::of<std::int64_t>(passes_, {static_cast<std::int64_t>(passes_.size())});
  for (std::size_t i = 0; i < series_.size(); ++i) {
    *outputs++ = series_[i].take(plan::rows_of(planned_.calls.step().signatures[planned_.series[i]]));
  }
  return outputs;
}

}  // namespace orrery::run
