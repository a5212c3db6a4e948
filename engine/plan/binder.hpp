// Binding the inputs of steps to values, wires and formulas, and checking both ends.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/catalog/catalog.hpp"
#include "engine/plan/data_files.hpp"
#include "engine/plan/lets.hpp"
#include "engine/plan/order.hpp"
#include "engine/plan/plan.hpp"
#include "engine/plan/shapes.hpp"

namespace orrery::plan {

/// What a value is for: a port, the unit it is wanted in (empty: any), and who wants it.
struct Target {
  const catalog::Port& port;
  std::optional<value::Unit> unit;
  std::string wanted_by;
};

/// 1. Construct: operations are looked up and slots numbered; lets are computed.
/// 2. bind() each step, producers first: its outputs' signatures become known to those that follow.
/// 3. source() for what else needs values: records, saves, expectations.
/// Errors gather in errors(); what depends on something that is wrong stays silent.
class Binder {
 public:
  Binder(const scenario::Scenario& scenario, const catalog::Catalog& catalog, const PlanOptions& options);

  /// For the body of a loop: names that are not its own are looked for in the plan around it, whose lets it shares.
  Binder(const scenario::Scenario& body, Binder& around);

  /// Who needs whom, of those wires whose step exists; unknown ones are reported when they are bound.
  std::vector<Need> needs() const;
  /// @param step  of the scenario's steps and, behind them, its loops, probes and sources
  PlannedStep bind(std::size_t step);
  /// All steps and loops, in an order in which they can be bound and run.
  void bind_all(std::vector<PlannedStep>& into);
  /// Of a body: the slot of a state; without signature where its first value is wrong.
  Slot declare_state(const std::string& name, std::optional<Signature> signature);
  /// Of a body: the slots of "@clock.time" and "@clock.step"; without signatures where the clock is wrong.
  void declare_clock(PlannedClock* clock);
  /// A value for a target. Empty after an error.
  std::optional<Source> source(const scenario::Term& term, const Target& target);
  /// A wire or an expression that nothing is asked of.
  std::optional<Source> free_source(const scenario::Term& term);
  std::optional<Source> source(const scenario::Reference& reference);
  /// A value that is known before the run: a literal, or an expression of [let]. Empty after an error.
  std::optional<value::Value> fixed_value(const scenario::Term& term, const Target& target);
  /// Reports the wires and names of a term that lead nowhere, where nobody can say what the term is for.
  void check(const scenario::Term& term);

  const Lets& lets() const { return *lets_; }
  std::size_t slot_count() const { return slots_.size(); }
  base::Errors& errors() { return errors_; }
  const std::vector<std::pair<Slot, value::Value>>& given() const { return given_; }
  const std::vector<DataFile>& files() const { return files_->used(); }
  const std::optional<Signature>& signature(Slot slot) const { return slots_[slot]; }
  base::Result<Slot> find_slot(const scenario::Reference& reference);

  /// A value of the plan around a body that the body reads.
  struct Import {
    Slot around, here;
    scenario::Reference reference;
  };
  const std::vector<Import>& imports() const { return imports_; }

 private:
  struct Bound;  // one step while it is bound
  class LoopBinder;
  class ObserverBinder;
  class CallBinder;
  struct LoopOutputs {
    const scenario::Loop* loop;
    bool bound = false;
    std::map<std::string, Slot, std::less<>> slots;  // "elements", "pass", "residual.loss", "smooth.average"
    std::vector<const scenario::Observer*> observers;
  };
  struct ProbeOutputs {
    const scenario::Probe* probe;
    std::vector<WatchedTap> taps;
    std::map<std::string, Slot, std::less<>> slots;
  };

  struct SourceOutputs {
    const scenario::ItemSource* source;
    std::map<std::string, Slot, std::less<>> slots;
    base::Span span;
    bool bound = false;
  };

  std::optional<Source> expression(const scenario::Term& term);
  void look_up(const scenario::Step& step);
  void look_up(const scenario::Loop& loop);
  void look_up(const scenario::Observer& observer);
  void look_up(const scenario::Probe& probe);
  void look_up(const scenario::ItemSource& source);
  void take_feed(const scenario::Question::Feed& feed);
  std::optional<catalog::Port> fed_port(const scenario::Question::Feed& feed);
  std::optional<double> bind_checkpoint(const scenario::Loop& loop);
  bool take_name(const std::string& name, const base::Span& span, std::size_t index);
  const scenario::Loop* loop_watched_by(const scenario::Observer& observer) const;
  std::vector<WatchedTap> all_taps() const;
  PlannedStep bind_probe(std::size_t probe);
  PlannedStep bind_source(std::size_t source);
  std::optional<PlannedItems> bind_items(Binder& around, const scenario::ItemSource& source);
  std::optional<std::vector<PlannedBatches>> bind_batches(Binder& body);
  base::Result<Slot> find_in_source(const SourceOutputs& outputs, const scenario::Reference& reference) const;
  const SourceOutputs* source_read(const scenario::Reference& reference) const;
  base::Result<Slot> find_batch(const SourceOutputs& outputs, const scenario::Reference& reference);
  base::Result<Slot> find_in_probe(const ProbeOutputs& outputs, const scenario::Reference& reference) const;
  base::Error no_such_observed(const LoopOutputs& outputs, const scenario::Reference& reference) const;
  std::optional<PlannedObserver> bind_observer(Binder& body, const LoopOutputs& outputs,
                                               const scenario::Observer& observer);
  std::string series_name(const scenario::Reference& reference) const;
  void add_loop_help(base::Error& error, const scenario::Reference& reference) const;
  base::Result<std::size_t> find_step(const scenario::Reference& reference) const;
  bool is_around(const scenario::Reference& reference) const;
  base::Result<Slot> find_state(const scenario::Reference& reference);
  base::Result<Slot> import(const scenario::Reference& reference);
  base::Result<Slot> find_in_loop(const LoopOutputs& outputs, const scenario::Reference& reference) const;
  bool is_series(const scenario::Reference& reference) const;
  scenario::Reference of_slot(scenario::Reference reference) const;
  void of_slots(scenario::Expression& expression) const;
  Slot add_slot(std::optional<Signature> signature);
  PlannedStep bind_step(std::size_t step);
  PlannedStep bind_loop(std::size_t loop);
  base::Result<Operand> resolve(const scenario::Expression& leaf);
  base::Result<Operand> resolve(const scenario::Reference& reference);
  void check_after(const scenario::Step& step);
  std::optional<value::Tensor> fixed_number(const scenario::Term& term, const Target& target);
  std::int64_t bind_every(const scenario::Term& term, const std::string& wanted_by);
  std::optional<PlannedClock> bind_clock(const scenario::Loop& loop);
  void check_clock(const PlannedClock& clock, const scenario::Loop& loop);
  std::optional<PlannedSolve> bind_solve(const scenario::Loop& loop, const std::vector<const Signature*>& states);
  bool may_solve(const scenario::Solve& solve, std::size_t over, const Signature& state,
                 const std::optional<value::Tensor>& atol);
  base::Result<Slot> find_clock(const scenario::Reference& reference) const;
  void check_names(Bound& bound);
  void missing_input(Bound& bound, const catalog::Port& port);
  void bind_input(Bound& bound, std::size_t port);
  void bind_default(Bound& bound, std::size_t port);
  std::optional<value::Unit> unit_for(const Bound& bound, const catalog::Port& port) const;
  void bind_elements(Bound& bound, std::size_t port, const scenario::Term& term);
  void check_shape(Bound& bound, const catalog::Port& port, const Source& source);
  void sign_outputs(Bound& bound);
  Source constant(value::Value value, const base::Span& span) const;
  std::optional<Source> from_reference(const scenario::Reference& reference, const Target& target);
  std::optional<Operand> computed(const scenario::Term& term);
  Source formula(const scenario::Term& term, Signature signature);
  std::optional<Source> from_expression(const scenario::Term& term, const Target& target);
  std::optional<Source> from_operand(const scenario::Term& term, const Target& target);
  std::optional<Source> from_constants(const scenario::Expression& expression, value::Value value,
                                       const Target& target);
  void add_wire_hints(base::Error& problem, const scenario::Reference& reference, const Target& target);

  const scenario::Scenario& scenario_;
  const catalog::Catalog& catalog_;
  base::Errors errors_;
  std::optional<DataFiles> own_files_;  // not of a body
  std::optional<Lets> own_lets_;
  Binder* around_ = nullptr;
  DataFiles* files_;
  const Lets* lets_;
  std::map<std::string, std::size_t, std::less<>> index_;  // steps, loops (and their observers), probes, sources
  std::vector<const catalog::Operation*> operations_;      // by step; null where unknown
  std::vector<std::vector<Slot>> outputs_;                 // by step
  std::vector<LoopOutputs> loops_;
  std::vector<ProbeOutputs> probes_;
  std::vector<SourceOutputs> sources_;
  std::map<std::string, Slot, std::less<>> states_;
  std::map<std::pair<std::string, std::string>, Slot> fed_;  // by step and output, what stands in for it
  std::vector<std::pair<Slot, value::Value>> given_;
  std::map<std::string, Slot, std::less<>> clock_;  // "time", "step"; empty without a clock
  std::vector<Import> imports_;
  std::vector<std::optional<Signature>> slots_;  // empty until bound, or after an error
};

/// What keeps a value of this signature from the target, if anything does.
std::optional<base::Error> wire_problem(const Signature& signature, const Target& target);

}  // namespace orrery::plan
