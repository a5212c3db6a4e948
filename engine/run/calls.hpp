// An operation that is called again and again beside a plan, and remembers what it says that it remembers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "engine/run/checkpoint.hpp"
#include "engine/run/executor.hpp"

namespace orrery::run {

/// 1. give() what it reads. 2. call(). 3. output()s; carry(). Again from 1; what was given stays.
class Calls {
 public:
  Calls(const plan::PlannedCalls& planned, const RunOptions& options);

  bool begun() const { return begun_; }
  /// What the next call reads, in the order of give().
  const std::vector<plan::PlannedCalls::Given>& given() const { return planned_call().given; }
  void give(std::size_t index, value::Value value) { executor().give(given()[index].here, std::move(value)); }
  /// @param key  of its random numbers: those of another key are different ones
  std::optional<base::Error> call(std::span<const std::int64_t> numbers, std::uint64_t key);
  bool stopped() const { return executor_of_last().stopped(); }
  /// Of the last call, until its outputs are carried over.
  const value::Value& output(std::size_t output) const;
  /// Outputs become inputs of the next call.
  void carry();
  /// What is remembered between two calls.
  void pack(Packer& packer) const;
  bool unpack(Unpacker& unpacker);
  /// What is remembered now, after carry().
  const value::Value& carried(std::size_t index) const { return next_->value(planned_.carried[index].second); }

 private:
  const plan::PlannedCalls::Call& planned_call() const { return begun_ && next_ ? planned_.next : planned_.first; }
  Executor& executor() { return begun_ && next_ ? *next_ : first_; }
  const Executor& executor_of_last() const { return last_was_next_ ? *next_ : first_; }

  const plan::PlannedCalls& planned_;
  Executor first_;
  std::optional<Executor> next_;  // of operations that remember something
  bool begun_ = false, last_was_next_ = false;
};

}  // namespace orrery::run
