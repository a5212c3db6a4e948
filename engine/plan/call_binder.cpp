// Binding an operation that is called again and again: a plan of its first call, and one of those that follow.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/call_binder.hpp"

#include <algorithm>

#include "engine/plan/own_parts.hpp"

namespace orrery::plan {
namespace {

/// A wire to a slot that whoever makes the call fills. No state of a scenario has such a name.
scenario::Term wire_to(const std::string& name, const base::Span& span) {
  scenario::Term term;
  term.kind = scenario::Term::Kind::reference;
  term.span = span;
  term.reference = {"state", name + "'", {}, span, span, span};
  return term;
}

}  // namespace

Binder::CallBinder::CallBinder(Binder& root, Binder& around, const scenario::Step& step,
                               std::vector<std::string> numbers)
    : root_(root), around_(around), span_(step.name_span), numbers_(std::move(numbers)) {
  scenario_.name = step.name;
  scenario_.seed = root.scenario_.seed;
  scenario_.file = root.scenario_.file;
  scenario_.folder = root.scenario_.folder;
  scenario_.steps = {step};
}

/// An operation with inputs of these names gets them, unless somebody gives them.
void Binder::CallBinder::add_numbers() {
  scenario::Step& step = scenario_.steps.front();
  const catalog::Operation* operation = root_.catalog_.find(step.operation);
  for (const std::string& name : numbers_) {
    const auto same = [&](const scenario::Input& input) { return input.name == name; };
    if (operation && operation->facts().input(name) && std::none_of(step.inputs.begin(), step.inputs.end(), same))
      step.inputs.push_back({name, span_, wire_to(name, span_)});
  }
}

bool Binder::CallBinder::bind_call(PlannedCalls::Call& call) {
  Binder binder(scenario_, around_);
  for (const auto& [name, signature] : carried_) binder.declare_state(name + "'", signature);
  for (const std::string& name : numbers_) call.numbers.push_back(binder.declare_state(name + "'", whole_numbers({})));
  binder.bind_all(call.plan.steps);
  const bool sound = binder.errors().empty();
  add(root_.errors_, std::move(binder.errors()));
  if (!sound) return false;
  call.plan.scenario = scenario_;
  call.plan.slot_count = binder.slot_count();
  call.plan.lets = root_.lets().in_order();
  for (const Import& import : binder.imports())
    call.given.push_back({import.around, import.here, before_commit_ && before_commit_(import.reference)});
  for (std::size_t i = 0; i < carried_.size(); ++i)
    made_.carried[i].second = binder.states_.find(carried_[i].first + "'")->second;
  return true;
}

/// Optional inputs that nobody gives, and that are called as outputs are.
void Binder::CallBinder::find_carried() {
  const PlannedStep& step = made_.step();
  const catalog::OperationFacts& facts = made_.facts();
  for (std::size_t output = 0; output < facts.outputs.size(); ++output) {
    const std::string& name = facts.outputs[output].name;
    const auto input = facts.input(name);
    if (!input || facts.inputs[*input].required() || step.inputs[*input].given) continue;
    carried_.emplace_back(name, step.signatures[output]);
    made_.carried.emplace_back(output, Slot());
    scenario_.steps.front().inputs.push_back({name, span_, wire_to(name, span_)});
  }
}

std::optional<PlannedCalls> Binder::CallBinder::bind(
    const std::function<bool(const scenario::Reference&)>& before_commit) {
  before_commit_ = before_commit;
  add_numbers();
  if (!bind_call(made_.first)) return std::nullopt;
  find_carried();
  if (!carried_.empty() && !bind_call(made_.next)) return std::nullopt;
  return std::move(made_);
}

}  // namespace orrery::plan
