// What the steps around a loop see of it: its inputs, and its outputs with those of its observers.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/plan/literal.hpp"
#include "engine/plan/loop_binder.hpp"
#include "engine/plan/own_parts.hpp"

namespace orrery::plan {

using base::Error;
using base::ErrorCode;
using catalog::Port;
using scenario::Term;
using value::DType;

void Binder::LoopBinder::add_input(const std::string& name, Source source) {
  inputs_.push_back(port_of(name, source.signature));
  PlannedInput input;
  input.unit = source.signature.unit;
  input.unit_known = source.signature.unit_known;
  input.given = true;
  input.elements.push_back(std::move(source));
  planned_.inputs.push_back(std::move(input));
}

void Binder::LoopBinder::add_inputs() {
  for (const Import& import : body_->imports()) {
    Source source;
    source.kind = Source::Kind::wire;
    source.wire = {import.around, around_.of_slot(import.reference)};
    source.wire.reference.selections.clear();
    source.signature = *around_.slots_[import.around];
    source.span = import.reference.span;
    add_input(import.reference.step + "." + import.reference.output, std::move(source));
    made_->given.push_back(import.here);
  }
  for (std::size_t i = 0; i < first_.size(); ++i) {
    add_input(loop_.state[i].name, std::move(*first_[i]));
    made_->given.push_back(made_->states[i].slot);
  }
}

void Binder::LoopBinder::add_output(const std::string& name, Signature signature) {
  ports_.push_back(port_of(name, signature));
  planned_.signatures.push_back(signature);
  planned_.outputs.push_back(around_.add_slot(std::move(signature)));
  outputs_.slots.emplace(name, planned_.outputs.back());
}

/// Every wire of the scenario that asks for a series of this loop.
std::set<std::pair<std::string, std::string>> Binder::LoopBinder::wanted_series() const {
  std::vector<const scenario::Reference*> wires, own;
  scenario::collect_references(around_.scenario_, wires);
  // Its observers see each pass as it is made.
  for (const scenario::Observer* observer : outputs_.observers) scenario::collect_references(observer->step, own);
  std::erase_if(wires, [&](const auto* wire) { return std::find(own.begin(), own.end(), wire) != own.end(); });
  std::set<std::pair<std::string, std::string>> wanted;
  for (const scenario::Reference* wire : wires)
    if (wire->step == loop_.name && around_.is_series(*wire))
      wanted.emplace(wire->output, wire->selections.front().front().column);
  return wanted;
}

void Binder::LoopBinder::add_outputs() {
  for (std::size_t i = 0; i < made_->states.size(); ++i)
    add_output(made_->states[i].name, *body_->signature(made_->states[i].slot));
  add_output("passes", whole_numbers({}));
  add_output("pass", whole_numbers({std::nullopt}));
  Signature truth = whole_numbers({});
  truth.dtypes = value::mask_of(DType::boolean);
  add_output("stopped", std::move(truth));
  if (made_->clock) add_output("time", rows_of(*body_->signature(made_->clock->time)));
  if (made_->solve) add_output("iterations", whole_numbers({std::nullopt}));
  if (made_->on_nan == scenario::Loop::OnNan::reject) add_output("rejected", whole_numbers({std::nullopt}));
  for (const auto& [step, output] : wanted_series()) {
    if (is_observer(step)) continue;
    const auto slot = body_->find_slot({step, output, {}, {}, {}, {}});
    if (!slot || !body_->signature(*slot)) continue;  // reported where it is read
    if (body_->signature(*slot)->kind != catalog::Kind::tensor) continue;
    add_output(step + "." + output, rows_of(*body_->signature(*slot)));
    made_->series.push_back(*slot);
  }
}

bool Binder::LoopBinder::is_observer(const std::string& name) const {
  return std::any_of(made_->observers.begin(), made_->observers.end(),
                     [&](const PlannedObserver& observer) { return observer.name == name; });
}

/// An observer may fail where the loop goes on, so that its values are optional.
void Binder::LoopBinder::add_outputs(PlannedObserver& observer) {
  const PlannedStep& step = observer.calls.step();
  const auto& ports = observer.calls.facts().outputs;
  for (std::size_t i = 0; i < ports.size(); ++i) {
    add_output(observer.name + "." + ports[i].name, step.signatures[i]);
    ports_.back().optional = true;
  }
  add_output(observer.name + ".pass", whole_numbers({std::nullopt}));
  const auto wanted = wanted_series();
  for (std::size_t i = 0; i < ports.size(); ++i) {
    if (!wanted.contains({observer.name, ports[i].name})) continue;
    if (step.signatures[i].kind != catalog::Kind::tensor) continue;
    add_output(observer.name + "." + ports[i].name + " by pass", rows_of(step.signatures[i]));
    outputs_.slots.emplace("series " + observer.name + "." + ports[i].name, planned_.outputs.back());
    observer.series.push_back(i);
  }
  for (const scenario::Observer* given : outputs_.observers)
    if (given->step.name == observer.name && !given->apply.empty()) apply(*given);
}

/// Whoever reads the state that is watched from outside of the loop gets an output of the observer.
void Binder::LoopBinder::apply(const scenario::Observer& observer) {
  const auto value = std::find_if(observer.step.inputs.begin(), observer.step.inputs.end(),
                                  [](const scenario::Input& input) { return input.name == "value"; });
  const bool wire = value != observer.step.inputs.end() && value->value.kind == Term::Kind::reference;
  const scenario::Reference* watched = wire ? &value->value.reference : nullptr;
  const auto same = [&](const scenario::Input& state) { return watched && state.name == watched->output; };
  const auto by = outputs_.slots.find(observer.step.name + "." + observer.apply);
  std::optional<Error> error;
  if (!watched || !watched->selections.empty() || std::none_of(loop_.state.begin(), loop_.state.end(), same))
    error =
        Error(ErrorCode::wrong_wire, "'apply' needs a whole state to stand for: watch = \"@" + loop_.name + ".STATE\"");
  else if (by == outputs_.slots.end())
    error = Error(ErrorCode::unknown_output,
                  "observer '" + observer.step.name + "' has no output '" + base::printable(observer.apply) + "'");
  else if (const auto first = applied_.emplace(watched->output, observer.step.name); !first.second)
    error = Error(ErrorCode::defined_twice, "state '" + watched->output + "' of loop '" + loop_.name +
                                                "' is stood for by observer '" + first.first->second + "' already");
  if (!error) return void(outputs_.slots[watched->output] = by->second);
  sound_ = false;
  around_.errors_.push_back(std::move(*error).at(observer.apply_span));
}

void Binder::LoopBinder::describe() {
  catalog::OperationFacts facts;
  facts.name = "loop";
  facts.title = "Steps that are repeated";
  facts.cancellable = true;
  facts.inputs = std::move(inputs_);
  facts.outputs = std::move(ports_);
  made_->facts = std::make_unique<OwnStepFacts>(std::move(facts));
}

void Binder::LoopBinder::keep(Slot slot) {
  Source source;
  source.kind = Source::Kind::wire;
  source.wire.slot = slot;
  made_->body.records.push_back({"kept", std::move(source)});
}

/// As records of the body, these are there when its steps are through.
void Binder::LoopBinder::keep_what_ends_a_pass() {
  auto& records = made_->body.records;
  for (const PlannedState& state : made_->states) records.push_back({state.name, state.next});
  if (made_->stop_when) records.push_back({"stop_when", *made_->stop_when});
  if (made_->clock && made_->clock->reached) records.push_back({"time", *made_->clock->reached});
  // Who looks at the states of a pass again cannot have a step work in their memory.
  if (made_->solve || made_->on_nan == scenario::Loop::OnNan::reject)
    for (const PlannedState& state : made_->states) keep(state.slot);
  for (const Slot slot : made_->series) keep(slot);
  for (const PlannedObserver& observer : made_->observers)
    for (const PlannedCalls::Given& given : observer.calls.first.given)
      if (given.before_commit) keep(given.around);
}

}  // namespace orrery::plan
