// Binding an operation that is called again and again: a plan of its first call, and one of those that follow.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/plan/binder.hpp"

namespace orrery::plan {

/// 1. The first call is bound, in which nothing is carried over.
/// 2. What its outputs are is known now, so that the next calls can be bound, which get them as inputs.
class Binder::CallBinder {
 public:
  /// @param root  gets the errors
  /// @param around  whose values the operation may read
  /// @param step  its wires as `around` sees them
  /// @param numbers  inputs that get whole numbers where the operation has them and nobody gives them: "pass"
  CallBinder(Binder& root, Binder& around, const scenario::Step& step, std::vector<std::string> numbers);

  /// @param before_commit  which wires lead to what is made in a pass
  std::optional<PlannedCalls> bind(const std::function<bool(const scenario::Reference&)>& before_commit = {});

 private:
  void add_numbers();
  bool bind_call(PlannedCalls::Call& call);
  void find_carried();

  Binder& root_;
  Binder& around_;
  const base::Span span_;
  scenario::Scenario scenario_;  // of the one step
  std::vector<std::string> numbers_;
  std::vector<std::pair<std::string, Signature>> carried_;  // by name of output and input
  std::function<bool(const scenario::Reference&)> before_commit_;
  PlannedCalls made_;
};

}  // namespace orrery::plan
