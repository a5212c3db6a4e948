// An observer of a loop while the loop runs: sees what was committed, and can neither change nor fail it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/run/executor.hpp"
#include "engine/run/series.hpp"

namespace orrery::run {

/// In each pass: 1. take() what steps made, before the commit moves it; 2. look() after the commit.
class Observer {
 public:
  Observer(const plan::PlannedObserver& planned, const RunOptions& options);

  const plan::PlannedObserver& planned() const { return planned_; }
  bool is_due(std::int64_t pass) const {
    return !failure_ && (pass > 0 ? pass % planned_.every == 0 : planned_.from_start);
  }
  void take(const Executor& body);
  /// Empty also after a failure that the loop need not know of; that is in failure().
  std::optional<base::Error> look(Executor& body, std::int64_t pass);
  const std::optional<base::Error>& failure() const { return failure_; }
  /// Its outputs, passes and series, in the order of the loop's outputs.
  void finish(std::vector<catalog::Output>::iterator outputs, const plan::Signature* expected);

 private:
  std::optional<base::Error> call(Executor& executor, const plan::PlannedObserver::Call& call, Executor& body,
                                  std::int64_t pass);
  void carry(Executor& from);
  std::optional<base::Error> record(const Executor& from, std::int64_t pass);

  const plan::PlannedObserver& planned_;
  Executor first_, next_;
  bool begun_ = false;
  std::vector<value::Value> taken_;  // by what is given before the commit
  std::vector<value::Value> last_;   // by output
  std::vector<std::int64_t> passes_;
  std::vector<Series> series_;
  std::optional<base::Error> failure_;
};

}  // namespace orrery::run
