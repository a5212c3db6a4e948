// Binding an observer of a loop: its wires as the body of the loop sees them.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/plan/call_binder.hpp"
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

/// 1. Wires to the loop are rewritten: "@fit.x" is "@state.x" in the body, "@fit.residual.loss" is "@residual.loss".
/// 2. The operation is bound beside the body's steps.
class Binder::ObserverBinder {
 public:
  ObserverBinder(Binder& around, Binder& body, const LoopOutputs& outputs, const scenario::Observer& observer)
      : around_(around), body_(body), outputs_(outputs), observer_(observer), step_(observer.step) {}

  std::optional<PlannedObserver> bind() {
    for (scenario::Input& input : step_.inputs) rewrite(input.value);
    if (!sound_) return std::nullopt;
    const auto made_in_pass = [&](const Reference& wire) { return has_name(outputs_.loop->steps, wire.step); };
    auto calls = CallBinder(around_, body_, step_, {"pass"}).bind(made_in_pass);
    if (!calls) return std::nullopt;
    PlannedObserver made;
    made.name = observer_.step.name;
    made.span = observer_.step.name_span;
    made.every = observer_.every;
    made.must_work = observer_.must_work;
    made.calls = std::move(*calls);
    const auto& given = made.calls.first.given;
    made.from_start = std::none_of(given.begin(), given.end(), [](const auto& one) { return one.before_commit; });
    share_outputs(made);
    return made;
  }

 private:
  void rewrite(Reference& reference) {
    const auto watches = [&](const scenario::Observer* other) { return other->step.name == reference.step; };
    if (std::any_of(outputs_.observers.begin(), outputs_.observers.end(), watches)) {
      reference.output = shared_name(reference.step, reference.output);
      reference.step = "state";
    } else if (reference.step == outputs_.loop->name) {
      rewrite_own(reference);
    }
  }

  void rewrite_own(Reference& reference) {
    if (around_.is_series(reference)) {
      reference.step = reference.output;
      reference.output = reference.selections.front().front().column;
      reference.selections.erase(reference.selections.begin());
    } else if (has_name(outputs_.loop->state, reference.output)) {
      reference.step = "state";
    } else if (reference.output == "pass") {
      reference.step = "state";
      reference.output = "pass'";  // as the call has it
    } else {
      report_unseen(reference);
    }
  }

  void report_unseen(const Reference& reference) {
    const scenario::Loop& loop = *outputs_.loop;
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

  void rewrite(scenario::Expression& expression) {
    if (expression.kind == scenario::Expression::Kind::reference) rewrite(expression.reference);
    for (scenario::Expression& operand : expression.operands) rewrite(operand);
  }

  void rewrite(scenario::Term& term) {
    if (term.kind == scenario::Term::Kind::reference) rewrite(term.reference);
    if (term.kind == scenario::Term::Kind::expression) rewrite(term.expression);
    for (scenario::Term& element : term.list) rewrite(element);
  }

  bool others_read(const std::string& output) const {
    Wires wires;
    for (const scenario::Observer* other : outputs_.observers) scenario::collect_references(other->step, wires);
    return std::any_of(wires.begin(), wires.end(), [&](const Reference* wire) {
      return wire->step == observer_.step.name && wire->output == output;
    });
  }

  void share_outputs(PlannedObserver& made) {
    const auto& ports = made.calls.facts().outputs;
    for (std::size_t i = 0; i < ports.size(); ++i)
      if (others_read(ports[i].name))
        made.shown.emplace_back(
            i, body_.declare_state(shared_name(made.name, ports[i].name), made.calls.step().signatures[i]));
  }

  Binder& around_;
  Binder& body_;
  const LoopOutputs& outputs_;
  const scenario::Observer& observer_;
  scenario::Step step_;
  bool sound_ = true;
};

std::optional<PlannedObserver> Binder::bind_observer(Binder& body, const LoopOutputs& outputs,
                                                     const scenario::Observer& observer) {
  return ObserverBinder(*this, body, outputs, observer).bind();
}

}  // namespace orrery::plan
