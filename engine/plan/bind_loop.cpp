// Binding a loop: its body as a plan of its own, and what goes from pass to pass.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "engine/base/text.hpp"
#include "engine/plan/binder.hpp"
#include "engine/plan/literal.hpp"
#include "engine/plan/wording.hpp"
#include "engine/plan/zeros.hpp"

namespace orrery::plan {

using base::Error;
using base::ErrorCode;
using catalog::Port;
using scenario::Term;
using value::DType;

namespace {

constexpr value::DTypeMask any_dtype = value::mask_of(DType::f64) | value::mask_of(DType::f32) |
                                       value::mask_of(DType::c128) | value::mask_of(DType::i64) |
                                       value::mask_of(DType::boolean);

/// What the steps around a loop see of it. The run has an operation of its own for it.
class LoopFacts final : public catalog::Operation {
 public:
  using Operation::Operation;
  catalog::Outcome run(catalog::Call&) const override {
    return {catalog::Outcome::Kind::failed, "internal", "a loop is run by the executor"};
  }
};

Port port_of(const std::string& name, const Signature& signature) {
  Port port;
  port.name = name;
  port.kind = signature.kind;
  port.dtypes = signature.dtypes;
  port.unit.any = true;
  port.unit.text = "*";
  port.shape.any = true;
  port.shape.text = "*";
  return port;
}

Signature whole(std::vector<Extent> shape) {
  Signature signature;
  signature.dtypes = value::mask_of(DType::i64);
  signature.shape = std::move(shape);
  return signature;
}

Signature rows_of(Signature row) {
  if (row.shape) row.shape->insert(row.shape->begin(), Extent());
  return row;
}

bool all_there(const std::vector<std::optional<Source>>& sources) {
  return std::all_of(sources.begin(), sources.end(), [](const auto& source) { return source.has_value(); });
}

/// Tables that say what a loop does; the rest of the scenario reaches it through its inputs.
std::string text_of(const scenario::Scenario& scenario, const scenario::Loop& loop) {
  std::string text;
  for (const scenario::Member& table : scenario.merged.table()) {
    const scenario::Node* own = table.key == "loop" ? table.node.find(loop.name) : nullptr;
    if (own)
      for (const scenario::Member& member : own->table())
        if (member.key != "passes" && member.key != "checkpoint" && member.key != "doc")
          text += "loop." + member.key + " = " + scenario::inline_toml(member.node) + "\n";
    const bool attached = table.key == "observe" || table.key == "source" || table.key == "probe" || table.key == "let";
    if (attached) text += table.key + " = " + scenario::inline_toml(table.node) + "\n";
  }
  return text + "seed = " + std::to_string(scenario.seed) + "\n";
}

scenario::Scenario body_of(const scenario::Scenario& around, const scenario::Loop& loop) {
  scenario::Scenario body;
  body.name = loop.name;
  body.seed = around.seed;
  body.file = around.file;
  body.folder = around.folder;
  body.steps = loop.steps;
  return body;
}

}  // namespace

/// 1. First values, as values around the loop. 2. The body's steps. 3. What comes next, and the end. 4. Outputs.
class Binder::LoopBinder {
 public:
  LoopBinder(Binder& around, LoopOutputs& outputs) : around_(around), outputs_(outputs), loop_(*outputs.loop) {
    made_->body.scenario = body_of(around.scenario_, loop_);
    made_->on_nan = loop_.on_nan;
  }

  PlannedStep bind() {
    bind_passes();
    if (loop_.checkpoint) {
      made_->checkpoint = around_.bind_checkpoint(loop_);
      sound_ = sound_ && made_->checkpoint;
      made_->text = text_of(around_.scenario_, loop_);
    }
    made_->clock = loop_.clock ? around_.bind_clock(loop_) : std::nullopt;
    sound_ = sound_ && (made_->clock || !loop_.clock);
    if (loop_.record_every) made_->record_every = around_.bind_every(*loop_.record_every, loop_.name);
    bind_until_known();
    for (std::size_t i = 0; i < loop_.state.size(); ++i) check_next(loop_.state[i], i);
    if (loop_.stop_when) bind_stop();
    if (made_->clock) bind_reached();
    if (loop_.solve) bind_solve();
    if (body_->errors().empty() && sound_) bind_observers();
    if (body_->errors().empty() && sound_) bind_batches();
    const bool sound = body_->errors().empty() && sound_;
    add(around_.errors_, std::move(body_->errors()));
    if (!sound) return {};
    add_inputs();
    add_outputs();
    for (PlannedObserver& observer : made_->observers) add_outputs(observer);
    describe();
    keep_what_ends_a_pass();
    made_->body.slot_count = body_->slot_count();
    made_->body.lets = around_.lets().in_order();
    outputs_.bound = true;
    planned_.operation = made_->facts.get();
    planned_.loop = std::move(made_);
    return std::move(planned_);
  }

 private:
  std::optional<Source> free_source(Binder& binder, const Term& term, const std::string& name) {
    if (term.kind == Term::Kind::reference || term.kind == Term::Kind::expression) return binder.free_source(term);
    Port port;
    port.name = name;
    port.kind = term.kind == Term::Kind::text ? catalog::Kind::text : catalog::Kind::tensor;
    port.dtypes = any_dtype;
    port.unit.any = port.shape.any = true;
    if (term.kind != Term::Kind::text) return binder.source(term, {port, std::nullopt, loop_.name});
    // As in [let], text that reads as a quantity is one.
    auto value = free_literal(term, name);
    if (value) return binder.constant(std::move(*value), term.span);
    add(around_.errors_, located(std::move(value).errors(), term.span));
    return std::nullopt;
  }

  void bind_passes() {
    Port port;
    port.name = "passes";
    port.dtypes = value::mask_of(DType::i64);
    port.minimum = 0;
    port.optional = true;
    PlannedInput input;
    if (loop_.passes) {
      auto source = around_.source(*loop_.passes, {port, value::Unit{}, loop_.name});
      sound_ = sound_ && source;
      input.given = true;
      if (source) input.elements.push_back(std::move(*source));
    }
    inputs_.push_back(std::move(port));
    planned_.inputs.push_back(std::move(input));
  }

  /// What a state goes on as may say what it begins as: "x = 0" begins one of real numbers if that is what it becomes,
  /// and "zeros" have the shape and unit of the next value. Then the body is bound again.
  void bind_until_known() {
    const std::size_t errors = around_.errors_.size();
    for (bind_body(); find_real_states() || find_zeros(); bind_body())
      around_.errors_.resize(errors, Error(ErrorCode::step_failed, ""));
    sound_ = sound_ && all_there(first_) && all_there(next_);
    // Whatever else is wrong then is wrong with the guess.
    if (zeros_.has_open_guess()) body_->errors().clear();
    if (zeros_.has_open_guess() || (sound_ && body_->errors().empty())) report_unknown_zeros();
  }

  void bind_body() {
    body_.emplace(made_->body.scenario, around_);
    made_->body.steps.clear();
    first_.clear();
    next_.clear();
    if (loop_.clock) body_->declare_clock(made_->clock ? &*made_->clock : nullptr);
    for (const scenario::Input& state : loop_.state) first_.push_back(first_value(state));
    body_->bind_all(made_->body.steps);
    for (const scenario::Input& state : loop_.state)
      next_.push_back(free_source(*body_, *next_term(state.name), state.name));
  }

  /// Notes the states whose first value is a literal of whole numbers, and which go on as real numbers.
  bool find_real_states() {
    const std::size_t before = real_.size();
    for (std::size_t i = 0; i < first_.size(); ++i) {
      if (!first_[i] || !next_[i] || first_[i]->kind != Source::Kind::constant) continue;
      const value::DTypeMask next = next_[i]->signature.dtypes;
      if (first_[i]->signature.dtypes == value::mask_of(DType::i64) && (next & value::mask_of(DType::f64)) &&
          !(next & value::mask_of(DType::i64)))
        real_.insert(loop_.state[i].name);
    }
    return real_.size() > before;
  }

  /// Notes what is known of next values whose states begin with zeros. False if nothing new is.
  bool find_zeros() {
    bool learnt = false;
    for (std::size_t i = 0; i < next_.size(); ++i)
      if (next_[i] && is_zeros(loop_.state[i].value))
        learnt = zeros_.learn(loop_.state[i].name, next_[i]->signature) || learnt;
    return learnt || zeros_.choose(body_->errors().empty() && all_there(next_));
  }

  void report_unknown_zeros() {
    for (std::size_t i = 0; i < loop_.state.size(); ++i) {
      const scenario::Input& state = loop_.state[i];
      auto unknown = is_zeros(state.value) ? zeros_.problem(state, next_term(state.name)->span) : std::nullopt;
      if (!unknown) continue;
      first_[i].reset();
      sound_ = false;
      around_.errors_.push_back(std::move(*unknown));
    }
  }

  std::optional<Source> zero_value(const scenario::Input& state) {
    const Signature& known = zeros_.of(state.name);
    Source source;
    source.span = state.value.span;
    source.signature = known;
    if (!is_complete(known)) return source;
    auto made = zeros(known);
    if (made) return around_.constant(std::move(*made), state.value.span);
    add(around_.errors_, located(std::move(made).errors(), state.value.span));
    return std::nullopt;
  }

  std::optional<Source> first_value(const scenario::Input& state) {
    auto source = is_zeros(state.value) ? zero_value(state) : free_source(around_, state.value, state.name);
    if (source && real_.contains(state.name)) {
      auto& tensor = std::get<value::Tensor>(source->constant);
      if (auto real = value::convert(tensor, DType::f64, tensor.unit())) tensor = std::move(*real);
      source->signature = signature_of(source->constant);
    }
    body_->declare_state(state.name, source ? std::optional(source->signature) : std::nullopt);
    return source;
  }

  const Term* next_term(const std::string& name) const {
    const auto found = std::find_if(loop_.next.begin(), loop_.next.end(),
                                    [&](const scenario::Input& next) { return next.name == name; });
    return found == loop_.next.end() ? nullptr : &found->value;
  }

  /// "next.time": how far a pass came on the clock.
  void bind_reached() {
    const Term* term = next_term("time");
    if (!term) return;
    Port port;
    port.name = "time";
    port.dtypes = value::mask_of(DType::f64);
    auto source = body_->source(*term, {port, made_->clock->unit, loop_.name});
    if (source) made_->clock->reached = std::move(source);
  }

  void bind_solve() {
    std::vector<const Signature*> states;
    for (const auto& first : first_) states.push_back(first ? &first->signature : nullptr);
    made_->solve = around_.bind_solve(loop_, states);
    sound_ = sound_ && made_->solve;
  }

  bool is_kept(const Source& next) const {
    const auto keeps_it = [&](const PlannedStep& step) {
      return step.every > 1 &&
             std::find(step.outputs.begin(), step.outputs.end(), next.wire.slot) != step.outputs.end();
    };
    return next.kind == Source::Kind::wire && std::any_of(made_->body.steps.begin(), made_->body.steps.end(), keeps_it);
  }

  void check_next(const scenario::Input& state, std::size_t index) {
    if (!first_[index] || !next_[index]) return;
    const Signature& first = first_[index]->signature;
    const Source& next = *next_[index];
    const Slot slot = *body_->find_slot({"state", state.name, {}, {}, {}, {}});
    made_->states.push_back({state.name, slot, next, next.span, is_kept(next)});
    const Signature& after = next.signature;
    std::string wrong;
    ErrorCode code = ErrorCode::wrong_type;
    if (first.kind != after.kind || (first.kind == catalog::Kind::tensor && !(first.dtypes & after.dtypes)))
      wrong = "is " + after.text() + " after the first pass, but begins as " + first.text();
    else if (first.unit_known && after.unit_known && !first.unit.same_dimension(after.unit)) {
      code = ErrorCode::wrong_dimension;
      wrong =
          "begins as " + a_value_of(first.unit.dimension()) + ", but goes on as " + a_value_of(after.unit.dimension());
    } else if (!shapes_may_agree(first, after)) {
      code = ErrorCode::wrong_shape;
      wrong = "begins as " + first.text() + ", but goes on as " + after.text();
    }
    if (wrong.empty()) return;
    sound_ = false;
    Error error = Error(code, "state '" + state.name + "' " + wrong).at(next.span, "this is " + after.text());
    error.labels.push_back({state.value.span, "this is " + first.text()});
    around_.errors_.push_back(std::move(error));
  }

  void bind_stop() {
    auto source = body_->free_source(*loop_.stop_when);
    if (!source) return void(sound_ = false);
    const auto& shape = source->signature.shape;
    if (is_truth(source->signature) && (!shape || shape->empty())) return void(made_->stop_when = std::move(source));
    sound_ = false;
    around_.errors_.push_back(
        Error(ErrorCode::wrong_type, "'stop_when' is a truth value, not " + source->signature.text())
            .at(loop_.stop_when->span));
  }

  /// Those that read others come after them.
  void bind_observers() {
    std::vector<std::string> names;
    std::vector<Need> needs;
    for (const scenario::Observer* observer : outputs_.observers) names.push_back(observer->step.name);
    for (std::size_t i = 0; i < names.size(); ++i) {
      std::vector<const scenario::Reference*> wires;
      scenario::collect_references(outputs_.observers[i]->step, wires);
      for (const scenario::Reference* wire : wires)
        for (std::size_t j = 0; j < names.size(); ++j)
          if (wire->step == names[j]) needs.push_back({i, j, wire->span});
    }
    Order order = order_steps(names, needs);
    sound_ = sound_ && order.errors.empty();
    add(around_.errors_, std::move(order.errors));
    if (!sound_) return;
    for (const std::size_t index : order.steps) {
      auto observer = around_.bind_observer(*body_, outputs_, *outputs_.observers[index]);
      sound_ = sound_ && observer;
      if (observer) made_->observers.push_back(std::move(*observer));
    }
  }

  void bind_batches() {
    auto batches = around_.bind_batches(*body_);
    sound_ = sound_ && batches;
    if (batches) made_->sources = std::move(*batches);
  }

  void add_input(const std::string& name, Source source) {
    inputs_.push_back(port_of(name, source.signature));
    PlannedInput input;
    input.unit = source.signature.unit;
    input.unit_known = source.signature.unit_known;
    input.given = true;
    input.elements.push_back(std::move(source));
    planned_.inputs.push_back(std::move(input));
  }

  void add_inputs() {
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

  void add_output(const std::string& name, Signature signature) {
    ports_.push_back(port_of(name, signature));
    planned_.signatures.push_back(signature);
    planned_.outputs.push_back(around_.add_slot(std::move(signature)));
    outputs_.slots.emplace(name, planned_.outputs.back());
  }

  /// Every wire of the scenario that asks for a series of this loop.
  std::set<std::pair<std::string, std::string>> wanted_series() const {
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

  void add_outputs() {
    for (std::size_t i = 0; i < made_->states.size(); ++i)
      add_output(made_->states[i].name, *body_->signature(made_->states[i].slot));
    add_output("passes", whole({}));
    add_output("pass", whole({std::nullopt}));
    Signature truth = whole({});
    truth.dtypes = value::mask_of(DType::boolean);
    add_output("stopped", std::move(truth));
    if (made_->clock) add_output("time", rows_of(*body_->signature(made_->clock->time)));
    if (made_->solve) add_output("iterations", whole({std::nullopt}));
    if (made_->on_nan == scenario::Loop::OnNan::reject) add_output("rejected", whole({std::nullopt}));
    for (const auto& [step, output] : wanted_series()) {
      if (is_observer(step)) continue;
      const auto slot = body_->find_slot({step, output, {}, {}, {}, {}});
      if (!slot || !body_->signature(*slot)) continue;  // reported where it is read
      if (body_->signature(*slot)->kind != catalog::Kind::tensor) continue;
      add_output(step + "." + output, rows_of(*body_->signature(*slot)));
      made_->series.push_back(*slot);
    }
  }

  bool is_observer(const std::string& name) const {
    return std::any_of(made_->observers.begin(), made_->observers.end(),
                       [&](const PlannedObserver& observer) { return observer.name == name; });
  }

  /// An observer may fail where the loop goes on, so that its values are optional.
  void add_outputs(PlannedObserver& observer) {
    const PlannedStep& step = observer.calls.step();
    const auto& ports = observer.calls.facts().outputs;
    for (std::size_t i = 0; i < ports.size(); ++i) {
      add_output(observer.name + "." + ports[i].name, step.signatures[i]);
      ports_.back().optional = true;
    }
    add_output(observer.name + ".pass", whole({std::nullopt}));
    const auto wanted = wanted_series();
    for (std::size_t i = 0; i < ports.size(); ++i) {
      if (!wanted.contains({observer.name, ports[i].name})) continue;
      Signature signature = step.signatures[i];
      if (signature.kind != catalog::Kind::tensor) continue;
      if (signature.shape) signature.shape->insert(signature.shape->begin(), Extent());
      add_output(observer.name + "." + ports[i].name + "'", std::move(signature));
      outputs_.slots.emplace("series " + observer.name + "." + ports[i].name, planned_.outputs.back());
      observer.series.push_back(i);
    }
    for (const scenario::Observer* given : outputs_.observers)
      if (given->step.name == observer.name && !given->apply.empty()) apply(*given);
  }

  /// Whoever reads the state that is watched from outside of the loop gets an output of the observer.
  void apply(const scenario::Observer& observer) {
    const auto value = std::find_if(observer.step.inputs.begin(), observer.step.inputs.end(),
                                    [](const scenario::Input& input) { return input.name == "value"; });
    const bool wire = value != observer.step.inputs.end() && value->value.kind == Term::Kind::reference;
    const scenario::Reference* watched = wire ? &value->value.reference : nullptr;
    const auto same = [&](const scenario::Input& state) { return watched && state.name == watched->output; };
    const auto by = outputs_.slots.find(observer.step.name + "." + observer.apply);
    std::optional<Error> error;
    if (!watched || !watched->selections.empty() || std::none_of(loop_.state.begin(), loop_.state.end(), same))
      error = Error(ErrorCode::wrong_wire,
                    "'apply' needs a whole state to stand for: watch = \"@" + loop_.name + ".STATE\"");
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

  void describe() {
    catalog::OperationFacts facts;
    facts.name = "loop";
    facts.title = "Steps that are repeated";
    facts.cancellable = true;
    facts.inputs = std::move(inputs_);
    facts.outputs = std::move(ports_);
    made_->facts = std::make_unique<LoopFacts>(std::move(facts));
  }

  void keep(Slot slot) {
    Source source;
    source.kind = Source::Kind::wire;
    source.wire.slot = slot;
    made_->body.records.push_back({"kept", std::move(source)});
  }

  /// As records of the body, these are there when its steps are through.
  void keep_what_ends_a_pass() {
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

  Binder& around_;
  LoopOutputs& outputs_;
  const scenario::Loop& loop_;
  std::shared_ptr<PlannedLoop> made_ = std::make_shared<PlannedLoop>();
  std::optional<Binder> body_;
  std::vector<std::optional<Source>> first_, next_;
  Zeros zeros_;
  std::set<std::string> real_;                  // states whose first value is converted to real numbers
  std::map<std::string, std::string> applied_;  // states, and the observers that stand for them
  std::vector<Port> inputs_, ports_;
  PlannedStep planned_;
  bool sound_ = true;
};

PlannedStep Binder::bind_loop(std::size_t index) {
  LoopBinder binder(*this, loops_[index]);
  PlannedStep planned = binder.bind();
  planned.name = loops_[index].loop->name;
  planned.span = loops_[index].loop->name_span;
  return planned;
}

}  // namespace orrery::plan
