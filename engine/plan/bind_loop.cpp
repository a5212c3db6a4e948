// Binding a loop: its body as a plan of its own, and what goes from pass to pass.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "engine/base/text.hpp"
#include "engine/plan/literal.hpp"
#include "engine/plan/loop_binder.hpp"
#include "engine/plan/own_parts.hpp"
#include "engine/plan/wording.hpp"
#include "engine/plan/zeros.hpp"

namespace orrery::plan {

using base::Error;
using base::ErrorCode;
using catalog::Port;
using scenario::Term;
using value::DType;

namespace {

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

Binder::LoopBinder::LoopBinder(Binder& around, LoopOutputs& outputs)
    : around_(around), outputs_(outputs), loop_(*outputs.loop) {
  made_->body.scenario = body_of(around.scenario_, loop_);
  made_->on_nan = loop_.on_nan;
}

PlannedStep Binder::LoopBinder::bind() {
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

std::optional<Source> Binder::LoopBinder::free_source(Binder& binder, const Term& term, const std::string& name) {
  if (term.kind == Term::Kind::reference || term.kind == Term::Kind::expression) return binder.free_source(term);
  Port port;
  port.name = name;
  port.kind = term.kind == Term::Kind::text ? catalog::Kind::text : catalog::Kind::tensor;
  port.dtypes = any_dtype();
  port.unit.any = port.shape.any = true;
  if (term.kind != Term::Kind::text) return binder.source(term, {port, std::nullopt, loop_.name});
  // As in [let], text that reads as a quantity is one.
  auto value = free_literal(term, name);
  if (value) return binder.constant(std::move(*value), term.span);
  add(around_.errors_, located(std::move(value).errors(), term.span));
  return std::nullopt;
}

void Binder::LoopBinder::bind_passes() {
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
void Binder::LoopBinder::bind_until_known() {
  const std::size_t errors = around_.errors_.size();
  for (bind_body(); find_real_states() || find_zeros(); bind_body())
    around_.errors_.resize(errors, Error(ErrorCode::step_failed, ""));
  sound_ = sound_ && all_there(first_) && all_there(next_);
  // Whatever else is wrong then is wrong with the guess.
  if (zeros_.has_open_guess()) body_->errors().clear();
  if (zeros_.has_open_guess() || (sound_ && body_->errors().empty())) report_unknown_zeros();
}

void Binder::LoopBinder::bind_body() {
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
bool Binder::LoopBinder::find_real_states() {
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
bool Binder::LoopBinder::find_zeros() {
  bool learnt = false;
  for (std::size_t i = 0; i < next_.size(); ++i)
    if (next_[i] && is_zeros(loop_.state[i].value))
      learnt = zeros_.learn(loop_.state[i].name, next_[i]->signature) || learnt;
  return learnt || zeros_.choose(body_->errors().empty() && all_there(next_));
}

void Binder::LoopBinder::report_unknown_zeros() {
  for (std::size_t i = 0; i < loop_.state.size(); ++i) {
    const scenario::Input& state = loop_.state[i];
    auto unknown = is_zeros(state.value) ? zeros_.problem(state, next_term(state.name)->span) : std::nullopt;
    if (!unknown) continue;
    first_[i].reset();
    sound_ = false;
    around_.errors_.push_back(std::move(*unknown));
  }
}

std::optional<Source> Binder::LoopBinder::zero_value(const scenario::Input& state) {
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

std::optional<Source> Binder::LoopBinder::first_value(const scenario::Input& state) {
  auto source = is_zeros(state.value) ? zero_value(state) : free_source(around_, state.value, state.name);
  if (source && real_.contains(state.name)) {
    auto& tensor = std::get<value::Tensor>(source->constant);
    if (auto real = value::convert(tensor, DType::f64, tensor.unit())) tensor = std::move(*real);
    source->signature = signature_of(source->constant);
  }
  body_->declare_state(state.name, source ? std::optional(source->signature) : std::nullopt);
  return source;
}

const Term* Binder::LoopBinder::next_term(const std::string& name) const {
  const auto found = std::find_if(loop_.next.begin(), loop_.next.end(),
                                  [&](const scenario::Input& next) { return next.name == name; });
  return found == loop_.next.end() ? nullptr : &found->value;
}

/// "next.time": how far a pass came on the clock.
void Binder::LoopBinder::bind_reached() {
  const Term* term = next_term("time");
  if (!term) return;
  Port port;
  port.name = "time";
  port.dtypes = value::mask_of(DType::f64);
  auto source = body_->source(*term, {port, made_->clock->unit, loop_.name});
  if (source) made_->clock->reached = std::move(source);
}

void Binder::LoopBinder::bind_solve() {
  std::vector<const Signature*> states;
  for (const auto& first : first_) states.push_back(first ? &first->signature : nullptr);
  made_->solve = around_.bind_solve(loop_, states);
  sound_ = sound_ && made_->solve;
}

bool Binder::LoopBinder::is_kept(const Source& next) const {
  const auto keeps_it = [&](const PlannedStep& step) {
    return step.every > 1 && std::find(step.outputs.begin(), step.outputs.end(), next.wire.slot) != step.outputs.end();
  };
  return next.kind == Source::Kind::wire && std::any_of(made_->body.steps.begin(), made_->body.steps.end(), keeps_it);
}

void Binder::LoopBinder::check_next(const scenario::Input& state, std::size_t index) {
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

void Binder::LoopBinder::bind_stop() {
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
void Binder::LoopBinder::bind_observers() {
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

void Binder::LoopBinder::bind_batches() {
  auto batches = around_.bind_batches(*body_);
  sound_ = sound_ && batches;
  if (batches) made_->sources = std::move(*batches);
}

PlannedStep Binder::bind_loop(std::size_t index) {
  LoopBinder binder(*this, loops_[index]);
  PlannedStep planned = binder.bind();
  planned.name = loops_[index].loop->name;
  planned.span = loops_[index].loop->name_span;
  return planned;
}

}  // namespace orrery::plan
