// Binding an observer of a loop: an operation with plans of its own, of its first call and of those that follow.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "engine/plan/binder.hpp"

namespace orrery::plan {

/// 1. Wires to the loop are rewritten as its body sees them: "@fit.x" is "@state.x", "@fit.residual.loss" is
///    "@residual.loss".
/// 2. The first call is bound, in which nothing is carried over.
/// 3. What its outputs are is known now, so that the next calls can be bound, which get them as inputs.
class Binder::ObserverBinder {
 public:
  ObserverBinder(Binder& around, Binder& body, const LoopOutputs& outputs, const scenario::Observer& observer)
      : around_(around), body_(body), outputs_(outputs), observer_(observer) {}

  std::optional<PlannedObserver> bind();

 private:
  bool rewrite();
  void rewrite(scenario::Term& term);
  void rewrite(scenario::Expression& expression);
  void rewrite(scenario::Reference& reference);
  bool bind_call(PlannedObserver::Call& call);
  void find_carried();
  void share_outputs();
  bool others_read(const std::string& output) const;
  bool is_made_in_pass(const scenario::Reference& reference) const;

  Binder& around_;
  Binder& body_;
  const LoopOutputs& outputs_;
  const scenario::Observer& observer_;
  scenario::Scenario scenario_;
  std::vector<std::pair<std::string, Signature>> carried_;  // by name of output and input
  PlannedObserver made_;
  bool sound_ = true;
};

}  // namespace orrery::plan
