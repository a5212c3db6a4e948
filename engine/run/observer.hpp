// An observer of a loop while the loop runs: sees what was committed, and can neither change nor fail it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "engine/run/calls.hpp"
#include "engine/run/series.hpp"

namespace orrery::run {

/// In each pass: 1. take() what steps made, before the commit moves it; 2. look() after the commit.
class Observer {
 public:
  Observer(const plan::PlannedObserver& planned, const RunOptions& options);

  bool is_due(std::int64_t pass) const {
    return !failure_ && (pass > 0 ? pass % planned_.every == 0 : planned_.from_start);
  }
  void take(const Executor& body);
  /// Empty also after a failure that the loop need not know of; that is in failure().
  std::optional<base::Error> look(Executor& body, std::int64_t pass);
  const std::optional<base::Error>& failure() const { return failure_; }

  void pack(Packer& packer) const;
  bool unpack(Unpacker& unpacker);

  using Outputs = std::vector<catalog::Output>::iterator;
  /// Its outputs, passes and series, as the loop has them. Returns what is behind them.
  Outputs finish(Outputs outputs);

 private:
  std::optional<base::Error> call(Executor& body, std::int64_t pass);
  std::optional<base::Error> record(std::int64_t pass);

  const plan::PlannedObserver& planned_;
  Calls calls_;
  std::vector<value::Value> taken_;  // by what is given
  std::vector<value::Value> last_;   // by output, without what is carried
  std::vector<std::int64_t> passes_;
  std::vector<Series> series_;
  std::optional<base::Error> failure_;
};

}  // namespace orrery::run
