// Binding a loop: its body as a plan of its own, and what goes from pass to pass.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/plan/binder.hpp"
#include "engine/plan/zeros.hpp"

namespace orrery::plan {

/// 1. First values, as values around the loop. 2. The body's steps. 3. What comes next, and the end. 4. Outputs.
class Binder::LoopBinder {
 public:
  LoopBinder(Binder& around, LoopOutputs& outputs);
  PlannedStep bind();

 private:
  std::optional<Source> free_source(Binder& binder, const scenario::Term& term, const std::string& name);
  void bind_passes();
  /// What a state goes on as may say what it begins as: "x = 0" begins one of real numbers if that is what it becomes,
  /// and "zeros" have the shape and unit of the next value. Then the body is bound again.
  void bind_until_known();
  void bind_body();
  /// Notes the states whose first value is a literal of whole numbers, and which go on as real numbers.
  bool find_real_states();
  /// Notes what is known of next values whose states begin with zeros. False if nothing new is.
  bool find_zeros();
  void report_unknown_zeros();
  std::optional<Source> zero_value(const scenario::Input& state);
  std::optional<Source> first_value(const scenario::Input& state);
  const scenario::Term* next_term(const std::string& name) const;
  /// "next.time": how far a pass came on the clock.
  void bind_reached();
  void bind_solve();
  bool is_kept(const Source& next) const;
  void check_next(const scenario::Input& state, std::size_t index);
  void bind_stop();
  /// Those that read others come after them.
  void bind_observers();
  void bind_batches();
  void add_input(const std::string& name, Source source);
  void add_inputs();
  void add_output(const std::string& name, Signature signature);
  /// Every wire of the scenario that asks for a series of this loop.
  std::set<std::pair<std::string, std::string>> wanted_series() const;
  void add_outputs();
  bool is_observer(const std::string& name) const;
  /// An observer may fail where the loop goes on, so that its values are optional.
  void add_outputs(PlannedObserver& observer);
  /// Whoever reads the state that is watched from outside of the loop gets an output of the observer.
  void apply(const scenario::Observer& observer);
  void describe();
  void keep(Slot slot);
  /// As records of the body, these are there when its steps are through.
  void keep_what_ends_a_pass();

  Binder& around_;
  LoopOutputs& outputs_;
  const scenario::Loop& loop_;
  std::shared_ptr<PlannedLoop> made_ = std::make_shared<PlannedLoop>();
  std::optional<Binder> body_;
  std::vector<std::optional<Source>> first_, next_;
  Zeros zeros_;
  std::set<std::string> real_;                  // states whose first value is converted to real numbers
  std::map<std::string, std::string> applied_;  // states, and the observers that stand for them
  std::vector<catalog::Port> inputs_, ports_;
  PlannedStep planned_;
  bool sound_ = true;
};

}  // namespace orrery::plan
