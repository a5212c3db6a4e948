// Making one call: inputs, the operation, outputs.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/step.hpp"

#include <algorithm>

#include "engine/plan/fit.hpp"
#include "engine/plan/literal.hpp"
#include "engine/plan/units.hpp"
#include "engine/run/item_source.hpp"
#include "engine/run/loop_operation.hpp"
#include "engine/run/probe.hpp"

namespace orrery::run {

using base::Error;
using base::ErrorCode;
using catalog::Port;
using value::Tensor;
using value::Value;

Executor::Step::Step(Executor& executor, const plan::PlannedStep& step)
    : planned(step), operation_(step.operation), executor_(executor), services_(executor.shared_, step) {
  if (step.loop) operation_ = (own_ = std::make_unique<LoopOperation>(step, executor.options_)).get();
  if (step.source) operation_ = (own_ = std::make_unique<SourceOperation>(step, executor.options_)).get();
  if (step.probe) operation_ = (own_ = std::make_unique<ProbeOperation>(step, *executor.sinks_.at(&step))).get();
  const catalog::OperationFacts& facts = step.operation->facts();
  report.name = step.name;
  report.operation = facts.name;
  call_.services = &services_;
  call_.random_key = step.random_key;
  call_.inputs.resize(facts.inputs.size());
  call_.outputs.resize(facts.outputs.size());
  for (std::size_t i = 0; i < facts.outputs.size(); ++i) {
    slots_.push_back(executor.slots_[step.outputs[i]].get());
    call_.outputs[i].direct_to(slots_[i]->value);
  }
  for (const plan::Signature& signature : step.signatures) call_.output_units.push_back(signature.unit);
  for (const TapRequest& request : executor.options_.taps)
    if (request.loop.empty() && request.step == step.name) services_.listen(request.tap, *request.keeper);
  call_.taps_wanted = services_.begin_pass(0);
  for (std::size_t port = 0; port < facts.inputs.size(); ++port) prepare(port);
  // What a step keeps between its turns cannot lie in memory that others fill meanwhile.
  if (step.every == 1) prepare_in_place();
}

bool Executor::Step::is_direct(const plan::Source& source, const Port& port, const value::Unit& unit) const {
  if (source.kind != plan::Source::Kind::wire || !source.wire.reference.selections.empty()) return false;
  if (port.kind == catalog::Kind::text) return true;
  if (port.kind == catalog::Kind::table) return port.columns.empty();
  const plan::Signature& signature = source.signature;
  return (signature.dtypes & ~port.dtypes) == 0 && signature.unit_known && signature.unit.same_scale(unit);
}

void Executor::Step::prepare(std::size_t index) {
  const Port& port = planned.operation->facts().inputs[index];
  const plan::PlannedInput& input = planned.inputs[index];
  units_.push_back(input.unit);
  units_open_ = units_open_ || !input.unit_known;
  for (const plan::Source& source : input.elements) {
    const bool direct = input.unit_known && is_direct(source, port, input.unit);
    elements_.push_back({&source, index, direct, direct && plan::constrains(port), std::nullopt});
    for (const plan::Slot slot : source.slots())
      if (Slot* read = executor_.slots_[slot].get(); std::find(reads.begin(), reads.end(), read) == reads.end())
        reads.push_back(read);
    const bool constant = source.kind == plan::Source::Kind::constant;
    note_plain(elements_.back(), port);
    const Value* const at = constant ? &source.constant : direct ? &executor_.slots_[source.wire.slot]->value : nullptr;
    call_.inputs[index].push_back(at);
  }
}

/// A whole number may be the length of an axis, so that its value counts; an output that is optional may be missing.
void Executor::Step::note_plain(const Element& element, const Port& port) {
  const plan::Source& source = *element.source;
  if (source.kind == plan::Source::Kind::constant && planned.inputs[element.port].unit_known) return;
  const bool may_be_length = !port.list && value::accepts(source.signature.dtypes, value::DType::i64) &&
                             (!source.signature.shape || source.signature.shape->empty());
  if (!element.direct || element.checked || may_be_length) all_plain_ = false;
  else plain_.push_back({executor_.slots_[source.wire.slot].get(), 0});
}

/// One output at most for each input, since two cannot lie in the same memory.
void Executor::Step::prepare_in_place() {
  const catalog::OperationFacts& facts = planned.operation->facts();
  for (std::size_t output = 0; output < facts.outputs.size(); ++output) {
    const auto input = facts.input(facts.outputs[output].in_place);
    if (!input || planned.inputs[*input].elements.size() != 1) continue;
    const auto of_input = [&](const Element& element) { return element.port == *input; };
    const auto found = std::find_if(elements_.begin(), elements_.end(), of_input);
    const auto index = static_cast<std::size_t>(found - elements_.begin());
    const auto taken = [&](const InPlace& other) { return other.element == index; };
    if (std::any_of(in_place_.begin(), in_place_.end(), taken)) continue;
    if (found->source->kind != plan::Source::Kind::constant) in_place_.push_back({output, index});
  }
  if (!in_place_.empty()) executor_.lends_ = true;
}

/// True if this step is the last that reads the memory of an element, and reads it once.
bool Executor::Step::may_overwrite(const Element& element) const {
  if (!element.direct) return true;  // a conversion of its own; where it is none, the memory has other owners
  const plan::Slot index = element.source->wire.slot;
  const Slot& slot = *executor_.slots_[index];
  if (slot.keep || slot.left.load(std::memory_order_acquire) != 1) return false;
  const auto reads_it = [&](const Element& other) {
    const std::vector<plan::Slot> slots = other.source->slots();
    return other.source->kind != plan::Source::Kind::constant &&
           std::find(slots.begin(), slots.end(), index) != slots.end();
  };
  return std::count_if(elements_.begin(), elements_.end(), reads_it) == 1;
}

/// Lays the input where the output will be. The operation takes that memory if it can see that nobody else has it.
void Executor::Step::offer_in_place() {
  for (const InPlace& pair : in_place_) {
    const Element& element = elements_[pair.element];
    if (!may_overwrite(element)) continue;
    const auto* tensor = std::get_if<Tensor>(call_.inputs[element.port].front());
    if (tensor && tensor->buffer()) call_.outputs[pair.output].place() = *tensor;
  }
}

/// Of a run before: memory that was made over to an output in place comes back for the next pass along the chain.
void Executor::Step::take_back() {
  for (std::size_t i = 0; i < planned.outputs.size(); ++i) {
    Slot& slot = *slots_[i];
    if (!slot.lent) continue;
    Slot* last = &slot;
    while (last->lent) last = executor_.slots_[*std::exchange(last->lent, std::nullopt)].get();
    slot.value = std::exchange(last->value, Value{});
    call_.outputs[i].forget();
    if (auto* tensor = std::get_if<Tensor>(&slot.value)) tensor->set_unit(call_.output_units[i]);
  }
}

/// What was made in the memory of an input now belongs to the output alone.
void Executor::Step::hand_over() {
  for (const InPlace& pair : in_place_) {
    const Element& element = elements_[pair.element];
    const auto* made = std::get_if<Tensor>(&call_.outputs[pair.output].place());
    auto* read = element.direct ? std::get_if<Tensor>(&executor_.slots_[element.source->wire.slot]->value) : nullptr;
    if (!made || !read || !made->buffer() || made->buffer() != read->buffer()) continue;
    *read = Tensor();
    executor_.slots_[element.source->wire.slot]->lent = planned.outputs[pair.output];
  }
}

void Executor::Step::hold(std::span<const Value> outputs) {
  for (std::size_t i = 0; i < outputs.size(); ++i) call_.outputs[i] = outputs[i];
}

void Executor::Step::forget_outputs() {
  for (catalog::Output& output : call_.outputs) {
    output.reset();
    output.place() = Value{};
  }
}

/// Each pass has random numbers of its own, the same ones whoever makes them.
void Executor::Step::set_pass(std::uint64_t pass) {
  std::uint64_t mixed = planned.random_key + pass * 0x9e3779b97f4a7c15u;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
  call_.random_key = mixed ^ (mixed >> 31);
  call_.taps_wanted = services_.begin_pass(pass);
  rests_ = planned.every > 1 && (pass - 1) % static_cast<std::uint64_t>(planned.every) != 0;
}

void Executor::Step::reset() {
  waiting.store(after.size(), std::memory_order_relaxed);
  const bool clean = report.state == StepState::done;
  report.state = StepState::waiting;
  if (clean) return;
  report.error.reset();
  report.because.clear();
  report.seconds = 0.0;
}

std::optional<Error> Executor::Step::fill(Element& element, const Value*& into) {
  const Port& port = planned.operation->facts().inputs[element.port];
  const auto with_step = [&](base::Errors errors) {
    Error error = plan::located(std::move(errors), element.source->span).front();
    error.message = "step '" + planned.name + "': " + error.message;
    return error;
  };
  if (element.direct && executor_.slots_[element.source->wire.slot]->filled) {
    if (!element.checked) return std::nullopt;
    auto checked = plan::check_values(*into, port);
    return checked ? std::nullopt : std::optional(with_step(std::move(checked).errors()));
  }
  auto computed = executor_.compute(*element.source);
  if (!computed) return with_step(std::move(computed).errors());
  auto fitted = plan::fit(*computed, port, units_[element.port]);
  if (!fitted) return with_step(std::move(fitted).errors());
  element.fitted = std::move(*fitted);
  into = &*element.fitted;
  return std::nullopt;
}

/// Units that only values tell: first those of inputs that take any, then those that follow.
std::optional<Error> Executor::Step::find_units() {
  const catalog::OperationFacts& facts = planned.operation->facts();
  for (std::size_t i = 0; i < facts.inputs.size(); ++i) {
    const plan::PlannedInput& input = planned.inputs[i];
    if (input.unit_known || !facts.inputs[i].unit.any || input.elements.empty()) continue;
    auto first = executor_.compute(input.elements.front());
    if (!first) return plan::located(std::move(first).errors(), input.elements.front().span).front();
    if (const auto* tensor = std::get_if<Tensor>(&*first)) units_[i] = tensor->unit();
  }
  for (std::size_t i = 0; i < facts.inputs.size(); ++i)
    if (!planned.inputs[i].unit_known && !facts.inputs[i].unit.any)
      units_[i] = plan::unit_from(facts.inputs[i].unit, facts, units_);
  for (std::size_t i = 0; i < facts.outputs.size(); ++i) {
    if (facts.outputs[i].unit.any) continue;
    call_.output_units[i] = plan::unit_from(facts.outputs[i].unit, facts, units_);
    // Memory that waits to be used again must not keep the unit of an earlier run.
    if (auto* left = std::get_if<Tensor>(&call_.outputs[i].place())) left->set_unit(call_.output_units[i]);
  }
  return std::nullopt;
}

std::optional<Error> Executor::Step::gather() {
  if (units_open_)
    if (auto error = find_units()) return error;
  std::size_t at = 0;
  for (auto& port : call_.inputs)
    for (const Value*& into : port) {
      Element& element = elements_[at++];
      if (element.source->kind == plan::Source::Kind::constant && planned.inputs[element.port].unit_known) continue;
      if (element.direct && !element.checked && executor_.slots_[element.source->wire.slot]->filled) continue;
      if (auto error = fill(element, into)) return error;
    }
  return shapes_repeat() ? std::nullopt : bind_shapes();
}

/// True if no input differs from those of the last run in anything but its numbers.
bool Executor::Step::inputs_repeat() {
  bool same = all_plain_;
  for (Plain& input : plain_) {
    same = same && input.slot->filled && input.form == input.slot->form;
    input.form = input.slot->form;
  }
  return same;
}

bool Executor::Step::shapes_repeat() const {
  std::size_t at = 0;
  for (const auto& port : call_.inputs)
    for (const Value* value : port) {
      const auto* tensor = std::get_if<Tensor>(value);
      if (!tensor) continue;
      // A scalar whole number may be a letter of a shape, so its value counts too.
      const bool letter = tensor->rank() == 0 && tensor->dtype() == value::DType::i64;
      if (letter || at >= seen_inputs_.size() || !value::same_extents(seen_inputs_[at], tensor->shape())) return false;
      ++at;
    }
  return at == seen_inputs_.size() && !seen_outputs_.empty();
}

std::optional<Error> Executor::Step::bind_shapes() {
  shapes_ = {};
  seen_inputs_.clear();
  seen_outputs_.clear();
  std::size_t at = 0;
  for (const auto& port : call_.inputs)
    for (const Value* value : port) {
      const Element& element = elements_[at++];
      const auto* tensor = std::get_if<Tensor>(value);
      if (!tensor) continue;
      const Port& described = planned.operation->facts().inputs[element.port];
      seen_inputs_.push_back(tensor->shape());
      auto wrong = shapes_.bind(described.shape, plan::known(tensor->shape()), described.name);
      if (!wrong && tensor->rank() == 0 && tensor->dtype() == value::DType::i64 && !described.list)
        wrong = shapes_.bind_letter(described.name, tensor->data<std::int64_t>()[0], described.name);
      if (wrong)
        return Error(ErrorCode::wrong_shape, "step '" + planned.name + "': " + *wrong).at(element.source->span);
    }
  return std::nullopt;
}

Error Executor::Step::broken(const std::string& what) const {
  return Error(ErrorCode::broken_promise,
               "step '" + planned.name + "': '" + planned.operation->facts().name + "' " + what)
      .at(planned.span);
}

Error Executor::Step::failed(const catalog::Outcome& outcome) const {
  const catalog::OperationFacts& facts = planned.operation->facts();
  if (!outcome.errors.empty()) return outcome.errors.front();
  const bool promise = outcome.status == "broken_promise";
  Error error(promise ? ErrorCode::broken_promise : ErrorCode::step_failed,
              "step '" + planned.name +
                  "' failed: " + (outcome.message.empty() ? "the operation gives no reason" : outcome.message));
  error.at(planned.span);
  if (facts.plugin)
    error.notes.push_back("plugin " + facts.plugin->name + " " + facts.plugin->version + ", " + facts.name +
                          (outcome.status.empty() ? "" : ": " + outcome.status));
  return error;
}

std::optional<Error> Executor::Step::check_output(std::size_t index) const {
  const Port& port = planned.operation->facts().outputs[index];
  const auto& output = call_.outputs[index];
  if (!output)
    return port.optional ? std::nullopt : std::optional(broken("did not make its output '" + port.name + "'"));
  const auto* tensor = std::get_if<Tensor>(&*output);
  if ((*output).index() != static_cast<std::size_t>(port.kind))
    return broken("made '" + port.name + "' of another kind than it promises");
  if (!tensor) return std::nullopt;
  if (!value::accepts(port.dtypes, tensor->dtype()))
    return broken("made '" + port.name + "' as " + std::string(value::name_of(tensor->dtype())) + " instead of " +
                  port.type_text());
  return std::nullopt;
}

bool Executor::Step::outputs_repeat() const {
  if (seen_outputs_.size() != call_.outputs.size()) return false;
  for (std::size_t i = 0; i < call_.outputs.size(); ++i) {
    const auto* tensor = call_.outputs[i] ? std::get_if<Tensor>(&*call_.outputs[i]) : nullptr;
    if (!tensor) continue;
    if (!seen_outputs_[i] || !value::same_extents(*seen_outputs_[i], tensor->shape())) return false;
  }
  return true;
}

/// Letters that only outputs bind may have other values in each run, so all are bound anew when one shape changes.
std::optional<Error> Executor::Step::bind_outputs() {
  if (!seen_outputs_.empty())
    if (auto error = bind_shapes()) return error;
  seen_outputs_.assign(call_.outputs.size(), std::nullopt);
  for (std::size_t i = 0; i < call_.outputs.size(); ++i) {
    const auto* tensor = call_.outputs[i] ? std::get_if<Tensor>(&*call_.outputs[i]) : nullptr;
    if (!tensor) continue;
    const Port& port = planned.operation->facts().outputs[i];
    if (const auto wrong = shapes_.bind(port.shape, plan::known(tensor->shape()), port.name)) {
      seen_outputs_.clear();
      return broken("made an output of the wrong shape: " + *wrong);
    }
    seen_outputs_[i] = tensor->shape();
  }
  return std::nullopt;
}

bool Executor::Step::outputs_are_repeated() const {
  for (const catalog::Output& output : call_.outputs)
    if (!output.is_repeated()) return false;
  return true;
}

void Executor::Step::fill_slots() {
  for (std::size_t i = 0; i < call_.outputs.size(); ++i) {
    slots_[i]->left.store(slots_[i]->readers, std::memory_order_relaxed);
    slots_[i]->filled = static_cast<bool>(call_.outputs[i]);
  }
}

std::optional<Error> Executor::Step::deliver() {
  for (std::size_t i = 0; i < call_.outputs.size(); ++i)
    if (auto error = check_output(i)) return error;
  if (!outputs_repeat())
    if (auto error = bind_outputs()) return error;
  fill_slots();
  for (Slot* slot : slots_) {
    ++slot->form;
    if (!slot->filled) slot->value = Value{};
  }
  if (!in_place_.empty()) hand_over();
  return std::nullopt;
}

/// Inputs, the call, outputs. Leaves the state to run() unless the step was stopped.
std::optional<Error> Executor::Step::make() {
  const bool repeats = inputs_repeat() && checked_;
  if (!repeats)
    if (auto error = gather()) return error;
  if (!in_place_.empty()) offer_in_place();
  const catalog::Outcome outcome = operation_->run(call_);
  if (outcome.kind == catalog::Outcome::Kind::done) {
    if (!repeats || !outputs_are_repeated()) return deliver();
    fill_slots();
    return std::nullopt;
  }
  if (outcome.kind == catalog::Outcome::Kind::failed) return failed(outcome);
  if (!executor_.shared_.stopping()) return broken("says that it was stopped, but nobody asked it to stop");
  report.state = StepState::stopped;
  return std::nullopt;
}

void Executor::Step::run() {
  if (rests_) {
    report.state = StepState::done;
    return fill_slots();
  }
  for (catalog::Output& output : call_.outputs) output.reset();
  if (executor_.lends_ && executor_.options_.keep_buffers) take_back();
  report.state = StepState::done;
  report.error = make();
  if (report.error) report.state = StepState::failed;
  if (!all_plain_)
    for (Element& element : elements_) element.fitted.reset();
  checked_ = report.state == StepState::done;
  if (!checked_) forget_outputs();
}

}  // namespace orrery::run
