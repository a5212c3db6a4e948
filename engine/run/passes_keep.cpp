// What a loop keeps after a pass, so that a later run of the same loop goes on from there.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/passes.hpp"
#include "engine/run/probe.hpp"

namespace orrery::run {

using catalog::Outcome;
using plan::PlannedState;
using value::Value;

/// @param pass  the last one that was committed
Outcome Passes::stopped(std::int64_t pass) {
  // A pass that was begun may have worked in the states' memory, guessed at them, and told taps of what it made.
  const bool whole = pass == pass_ || (!solver_ && taps_.empty() && states_are_whole());
  if (keeper_ && whole && !torn_) keep(pass);
  return {Outcome::Kind::stopped, "", "", {}};
}

bool Passes::states_are_whole() const {
  for (std::size_t i = 0; i < loop_.states.size(); ++i)
    if (!forms_[i].has_shape_of(body_.value(loop_.states[i].slot))) return false;
  return true;
}

void Passes::keep(std::int64_t pass) {
  if (pass == 0) return;
  Checkpoint checkpoint;
  checkpoint.pass = pass;
  Packer packer(checkpoint);
  for (const PlannedState& state : loop_.states) packer.put(body_.value(state.slot));
  for (Value& value : body_.held()) packer.put(std::move(value));
  if (clock_) clock_->pack(packer);
  packer.put(times_);
  packer.put(iterations_);
  packer.put(rejected_);
  packer.put(rows_);
  for (const Series& series : series_) series.pack(packer);
  for (const auto& observer : observers_) observer->pack(packer);
  for (const TapKeeper* tap : taps_) tap->pack(packer);
  kept_ = std::chrono::steady_clock::now();
  if (const auto saved = keeper_->save(key_, checkpoint); !saved)
    call_.services->log(catalog::LogLevel::warn, "the loop could not be kept: " + saved.error().message);
}

/// Where an earlier run of the same loop was kept, this one goes on from there.
void Passes::go_on() {
  const auto loaded = keeper_->load(key_);
  if (!loaded) call_.services->log(catalog::LogLevel::warn, loaded.error().message + "; the loop begins anew");
  if (!loaded || !loaded->has_value() || (*loaded)->pass > limit_ || (*loaded)->pass < 1) return;
  Unpacker unpacker(**loaded);
  misfit_ = !unpack(unpacker, (*loaded)->pass);
  if (misfit_) return keeper_->remove(key_);
  call_.services->log(catalog::LogLevel::info, "it goes on after pass " + std::to_string(pass_));
}

bool Passes::unpack(Unpacker& unpacker, std::int64_t pass) {
  Value value;
  for (const PlannedState& state : loop_.states)
    if (unpacker.take(value)) body_.give(state.slot, value);
  std::vector<Value> held(body_.held_count());
  for (Value& one : held) unpacker.take(one);
  if (!body_.hold(held)) return false;
  if (clock_ && !clock_->unpack(unpacker)) return false;
  unpacker.take(times_);
  unpacker.take(iterations_);
  unpacker.take(rejected_);
  unpacker.take(rows_);
  for (Series& series : series_)
    if (!series.unpack(unpacker)) return false;
  for (const auto& observer : observers_)
    if (!observer->unpack(unpacker)) return false;
  for (TapKeeper* tap : taps_)
    if (!tap->unpack(unpacker)) return false;
  for (const auto& feed : feeds_) feed->seek(static_cast<std::uint64_t>(pass));
  pass_ = pass;
  return unpacker.at_end();
}

}  // namespace orrery::run
