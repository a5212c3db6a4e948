// Binding an observer of a loop: an operation with plans of its own, of its first call and of those that follow.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/plan/observer_binder.hpp"
#include "engine/plan/wording.hpp"

namespace orrery::plan {

using base::Error;
using base::ErrorCode;
using scenario::Reference;

namespace {

using Wires = std::vector<const Reference*>;

template <class All>
bool has_name(const All& all, const std::string& name) {
  return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
}

/// How the body calls an output of an observer. No state has a dot in its name.
std::string shared_name(const std::string& observer, const std::string& output) { return observer + "." + output; }

Reference state(const std::string& name) {
  Reference reference;
  reference.step = "state";
  reference.output = name;
  return reference;
}

scenario::Term wire(Reference reference) {
  scenario::Term term;
  term.kind = scenario::Term::Kind::reference;
  term.span = reference.span;
  term.reference = std::move(reference);
  return term;
}

Signature pass_number() {
  Signature signature;
  signature.dtypes = value::mask_of(value::DType::i64);
  signature.shape = std::vector<Extent>{};
  return signature;
}

}  // namespace

/// The loop whose values an observer reads: that of its first wire to one.
const scenario::Loop* Binder::loop_watched_by(const scenario::Observer& observer) const {
  Wires wires;
  scenario::collect_references(observer.step, wires);
  for (const Reference* wire : wires) {
    const auto found = index_.find(wire->step);
    const bool loop = found != index_.end() && found->second >= operations_.size();
    if (loop && found->second < operations_.size() + loops_.size())
      return loops_[found->second - operations_.size()].loop;
  }
  return nullptr;
}

void Binder::look_up(const scenario::Observer& observer) {
  const scenario::Step& step = observer.step;
  const scenario::Loop* loop = loop_watched_by(observer);
  if (!loop) {
    errors_.push_back(Error(ErrorCode::wrong_wire, "observer '" + step.name + "' watches no value of a loop")
                          .at(step.name_span)
                          .help("watch = \"@LOOP.STATE\", or \"@LOOP.STEP.OUTPUT\""));
    for (const scenario::Input& input : step.inputs) check(input.value);
    return;
  }
  const std::size_t index = index_.find(loop->name)->second;
  if (has_name(loop->steps, step.name) || has_name(loop->state, step.name))
    errors_.push_back(Error(ErrorCode::bad_name, "'" + step.name + "' cannot be the name of an observer of '" +
                                                     loop->name + "', which has a part of this name")
                          .at(step.name_span));
  else if (take_name(step.name, step.name_span, index))
    loops_[index - operations_.size()].observers.push_back(&observer);
}

std::optional<PlannedObserver> Binder::bind_observer(Binder& body, const LoopOutputs& outputs,
                                                     const scenario::Observer& observer) {
  return ObserverBinder(*this, body, outputs, observer).bind();
}

bool Binder::ObserverBinder::is_made_in_pass(const Reference& reference) const {
  return has_name(outputs_.loop->steps, reference.step);
}

void Binder::ObserverBinder::rewrite(Reference& reference) {
  const scenario::Loop& loop = *outputs_.loop;
  const auto watches = [&](const scenario::Observer* other) { return other->step.name == reference.step; };
  if (std::any_of(outputs_.observers.begin(), outputs_.observers.end(), watches)) {
    reference.output = shared_name(reference.step, reference.output);
    reference.step = "state";
  } else if (reference.step != loop.name) {
    return;
  } else if (around_.is_series(reference)) {
    reference.step = reference.output;
    reference.output = reference.selections.front().front().column;
    reference.selections.erase(reference.selections.begin());
  } else if (has_name(loop.state, reference.output) || reference.output == "pass") {
    reference.step = "state";
  } else {
    std::vector<std::string> names;
    for (const scenario::Input& one : loop.state) names.push_back(one.name);
    for (const scenario::Step& step : loop.steps) names.push_back(step.name + ".OUTPUT");
    sound_ = false;
    around_.errors_.push_back(
        Error(ErrorCode::unknown_output,
              "an observer cannot see '" + base::printable(reference.output) + "' of loop '" + loop.name + "'")
            .at(reference.span)
            .note("it sees states and what steps make: " + listed(names) + ", pass"));
  }
}

void Binder::ObserverBinder::rewrite(scenario::Expression& expression) {
  if (expression.kind == scenario::Expression::Kind::reference) rewrite(expression.reference);
  for (scenario::Expression& operand : expression.operands) rewrite(operand);
}

void Binder::ObserverBinder::rewrite(scenario::Term& term) {
  if (term.kind == scenario::Term::Kind::reference) rewrite(term.reference);
  if (term.kind == scenario::Term::Kind::expression) rewrite(term.expression);
  for (scenario::Term& element : term.list) rewrite(element);
}

bool Binder::ObserverBinder::rewrite() {
  scenario_.name = observer_.step.name;
  scenario_.seed = around_.scenario_.seed;
  scenario_.file = around_.scenario_.file;
  scenario_.folder = around_.scenario_.folder;
  scenario_.steps = {observer_.step};
  for (scenario::Input& input : scenario_.steps.front().inputs) rewrite(input.value);
  return sound_;
}

/// Leaves errors in the binder around the loop.
bool Binder::ObserverBinder::bind_call(PlannedObserver::Call& call) {
  Binder binder(scenario_, body_);
  for (const auto& [name, signature] : carried_) binder.declare_state(name + "'", signature);
  const Slot pass = binder.declare_state("pass", pass_number());
  binder.bind_all(call.plan.steps);
  const bool sound = binder.errors().empty();
  add(around_.errors_, std::move(binder.errors()));
  if (!sound) return false;
  call.plan.scenario = scenario_;
  call.plan.slot_count = binder.slot_count();
  call.plan.lets = around_.lets().in_order();
  call.pass = pass;
  for (const Import& import : binder.imports())
    call.given.push_back({import.around, import.here, is_made_in_pass(import.reference)});
  if (!carried_.empty())
    for (auto& [output, slot] : made_.carried)
      slot = binder.states_.find(call.plan.steps.front().operation->facts().outputs[output].name + "'")->second;
  return true;
}

/// Optional inputs that nobody gives, and that are called as outputs are.
void Binder::ObserverBinder::find_carried() {
  const PlannedStep& step = made_.first.plan.steps.front();
  const catalog::OperationFacts& facts = step.operation->facts();
  for (std::size_t output = 0; output < facts.outputs.size(); ++output) {
    const std::string& name = facts.outputs[output].name;
    const auto input = facts.input(name);
    if (!input || facts.inputs[*input].required() || step.inputs[*input].given) continue;
    carried_.emplace_back(name, step.signatures[output]);
    made_.carried.emplace_back(output, Slot());
    scenario_.steps.front().inputs.push_back({name, observer_.step.name_span, wire(state(name + "'"))});
  }
}

bool Binder::ObserverBinder::others_read(const std::string& output) const {
  Wires wires;
  for (const scenario::Observer* other : outputs_.observers) scenario::collect_references(other->step, wires);
  return std::any_of(wires.begin(), wires.end(), [&](const Reference* wire) {
    return wire->step == observer_.step.name && wire->output == output;
  });
}

void Binder::ObserverBinder::share_outputs() {
  const PlannedStep& step = made_.first.plan.steps.front();
  const auto& ports = step.operation->facts().outputs;
  for (std::size_t i = 0; i < ports.size(); ++i) {
    made_.outputs.push_back(i);
    if (!others_read(ports[i].name)) continue;
    const Slot slot = body_.declare_state(shared_name(observer_.step.name, ports[i].name), step.signatures[i]);
    made_.shown.emplace_back(i, slot);
  }
}

std::optional<PlannedObserver> Binder::ObserverBinder::bind() {
  made_.name = observer_.step.name;
  made_.span = observer_.step.name_span;
  made_.every = observer_.every;
  made_.must_work = observer_.must_work;
  if (!rewrite()) return std::nullopt;
  // An operation with an input for the number of the pass gets it.
  const catalog::Operation* operation = around_.catalog_.find(observer_.step.operation);
  auto& inputs = scenario_.steps.front().inputs;
  if (operation && operation->facts().input("pass") && !has_name(inputs, "pass"))
    inputs.push_back({"pass", observer_.step.name_span, wire(state("pass"))});
  if (!bind_call(made_.first)) return std::nullopt;
  find_carried();
  if (!bind_call(made_.next)) return std::nullopt;
  const auto& given = made_.first.given;
  made_.from_start =
      std::none_of(given.begin(), given.end(), [](const PlannedObserver::Given& one) { return one.before_commit; });
  share_outputs();
  return std::move(made_);
}

}  // namespace orrery::plan
