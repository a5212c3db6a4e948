// Wires into loops and out of them: states, series, and values from around a body.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/plan/binder.hpp"
#include "engine/plan/wording.hpp"

namespace orrery::plan {

using base::Error;
using base::ErrorCode;
using base::Result;

bool Binder::is_around(const scenario::Reference& reference) const {
  return around_ && !index_.contains(reference.step) &&
         (around_->index_.contains(reference.step) || around_->is_around(reference));
}

Result<Slot> Binder::find_state(const scenario::Reference& reference) {
  const auto found = states_.find(reference.output);
  if (found != states_.end()) return found->second;
  // An observer reads the states of its loop.
  if (around_->states_.contains(reference.output)) return import(reference);
  std::vector<std::string> names;
  for (const auto& [name, slot] : states_)
    if (name.find_first_of("./'") == std::string::npos) names.push_back(name);  // not what the engine has put there
  Error error(ErrorCode::unknown_output, "the loop has no state '" + base::printable(reference.output) + "'");
  const auto near = base::nearest(reference.output, names);
  if (near) error.suggestions.push_back({reference.output_span, *near});
  return std::move(error)
      .at(reference.span, near ? "did you mean '@state." + *near + "'?" : "")
      .note(names.empty() ? "it has no state" : "states: " + listed(names));
}

/// A value from around a loop, which gets a slot in the loop's body.
Result<Slot> Binder::import(const scenario::Reference& reference) {
  auto slot = around_->find_slot(reference);
  if (!slot) return slot;
  for (const Import& known : imports_)
    if (known.around == *slot) return known.here;
  imports_.push_back({*slot, add_slot(around_->slots_[*slot]), reference});
  return imports_.back().here;
}

/// "@fit.residual.loss": of a step in a loop one row a pass, where "@fit.elements" is the last value of a state.
Result<Slot> Binder::find_in_loop(const LoopOutputs& outputs, const scenario::Reference& reference) const {
  if (!outputs.bound) return reported();
  const bool observed = reference.step != outputs.loop->name;
  const std::string name = observed               ? reference.step + "." + reference.output
                           : is_series(reference) ? series_name(reference)
                                                  : reference.output;
  if (const auto found = outputs.slots.find(name); found != outputs.slots.end()) return found->second;
  if (observed) return no_such_observed(outputs, reference);
  std::vector<std::string> names;
  for (const auto& [known, slot] : outputs.slots) names.push_back(known);
  for (const scenario::Step& step : outputs.loop->steps) names.push_back(step.name + ".OUTPUT");
  Error error(ErrorCode::unknown_output,
              "loop '" + outputs.loop->name + "' has no value '" + base::printable(name) + "'");
  const auto near = base::nearest(name, names);
  const auto same = [&](const scenario::Step& step) { return step.name == name; };
  if (std::any_of(outputs.loop->steps.begin(), outputs.loop->steps.end(), same))
    error.helps.push_back("name one of the step's outputs: '@" + reference.step + "." + name + ".OUTPUT'");
  return std::move(error)
      .at(reference.span, near ? "did you mean '@" + reference.step + "." + *near + "'?" : "")
      .note("values of the loop: " + listed(names));
}

Error Binder::no_such_observed(const LoopOutputs& outputs, const scenario::Reference& reference) const {
  std::vector<std::string> names;
  for (const auto& [known, slot] : outputs.slots)
    if (known.starts_with(reference.step + ".")) names.push_back(known.substr(reference.step.size() + 1));
  Error error(ErrorCode::unknown_output,
              "observer '" + reference.step + "' has no output '" + base::printable(reference.output) + "'");
  const auto near = base::nearest(reference.output, names);
  if (near) error.suggestions.push_back({reference.output_span, *near});
  return std::move(error)
      .at(reference.span, near ? "did you mean '@" + reference.step + "." + *near + "'?" : "")
      .note("outputs of the observer: " + listed(names));
}

/// "residual.loss", of "@fit.residual.loss". Of an observer "smooth.average" is the last value, and not the series.
std::string Binder::series_name(const scenario::Reference& reference) const {
  const std::string name = reference.output + "." + reference.selections.front().front().column;
  const auto& observers = loops_[index_.find(reference.step)->second - operations_.size()].observers;
  const auto same = [&](const scenario::Observer* observer) { return observer->step.name == reference.output; };
  return std::any_of(observers.begin(), observers.end(), same) ? "series " + name : name;
}

bool Binder::is_series(const scenario::Reference& reference) const {
  const auto found = index_.find(reference.step);
  if (found == index_.end()) return around_ && reference.step != "state" && around_->is_series(reference);
  if (found->second < operations_.size() || reference.selections.empty()) return false;
  if (found->second >= operations_.size() + loops_.size()) return false;
  const LoopOutputs& outputs = loops_[found->second - operations_.size()];
  if (reference.step != outputs.loop->name) return false;
  const auto same = [&](const scenario::Step& step) { return step.name == reference.output; };
  const auto observes = [&](const scenario::Observer* observer) { return same(observer->step); };
  return reference.selections.front().front().kind == scenario::Selector::Kind::column &&
         (std::any_of(outputs.loop->steps.begin(), outputs.loop->steps.end(), same) ||
          std::any_of(outputs.observers.begin(), outputs.observers.end(), observes));
}

/// What is selected of a slot. The name of a series takes what would be a column elsewhere.
scenario::Reference Binder::of_slot(scenario::Reference reference) const {
  if (is_series(reference)) reference.selections.erase(reference.selections.begin());
  return reference;
}

void Binder::of_slots(scenario::Expression& expression) const {
  if (expression.kind == scenario::Expression::Kind::reference) expression.reference = of_slot(expression.reference);
  for (scenario::Expression& operand : expression.operands) of_slots(operand);
}

/// For names that mean something in a loop only.
void Binder::add_loop_help(Error& error, const scenario::Reference& reference) const {
  const std::string output = base::printable(reference.output);
  for (const LoopOutputs& outputs : around_ ? around_->loops_ : loops_) {
    const scenario::Loop& loop = *outputs.loop;
    const auto has = [&](const auto& all, const std::string& name) {
      return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
    };
    if (reference.step == "state" && has(loop.state, reference.output))
      error.helps.push_back("'@" + loop.name + "." + output +
                            "' is its last value; '@state' is for the loop's own steps");
    if (reference.step == "clock")
      error.helps.push_back(loop.clock ? "'@clock' is for the own steps of loop '" + loop.name + "'; '@" + loop.name +
                                             ".time' has a row for each pass"
                                       : "loop '" + loop.name +
                                             "' has no clock; give it one: clock = { from = ..., "
                                             "to = ..., by = ... }");
    if (has(loop.steps, reference.step))
      error.helps.push_back("'@" + loop.name + "." + reference.step + "." + output +
                            "' has a row for each pass of loop '" + loop.name + "'");
  }
}

}  // namespace orrery::plan
