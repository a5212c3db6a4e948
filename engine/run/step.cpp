// Making one call: inputs, the operation, outputs.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/step.hpp"

#include <algorithm>

#include "engine/plan/fit.hpp"
#include "engine/plan/literal.hpp"

namespace orrery::run {

using base::Error;
using base::ErrorCode;
using catalog::Port;
using value::Tensor;
using value::Value;

Executor::Step::Step(Executor& executor, const plan::PlannedStep& step)
    : planned(step), executor_(executor), services_(executor.shared_, step) {
  const catalog::OperationFacts& facts = step.operation->facts();
  report.name = step.name;
  report.operation = facts.name;
  call_.services = &services_;
  call_.random_key = step.random_key;
  call_.inputs.resize(facts.inputs.size());
  call_.outputs.resize(facts.outputs.size());
  for (std::size_t i = 0; i < facts.outputs.size(); ++i)
    call_.outputs[i].direct_to(executor.slots_[step.outputs[i]]->value);
  for (const plan::Signature& signature : step.signatures) call_.output_units.push_back(signature.unit);
  for (const TapRequest& request : executor.options_.taps)
    for (std::size_t tap = 0; tap < facts.taps.size(); ++tap)
      if (request.step == step.name && request.tap == facts.taps[tap].name)
        call_.taps_wanted |= std::uint64_t{1} << tap;
  for (std::size_t port = 0; port < facts.inputs.size(); ++port) prepare(port);
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
  for (const plan::Source& source : input.elements) {
    const bool direct = is_direct(source, port, input.unit);
    elements_.push_back({&source, index, direct, direct && plan::constrains(port), std::nullopt});
    for (const plan::Slot slot : source.slots())
      if (std::find(reads.begin(), reads.end(), slot) == reads.end()) reads.push_back(slot);
    const bool constant = source.kind == plan::Source::Kind::constant;
    const Value* const at = constant ? &source.constant : direct ? &executor_.slots_[source.wire.slot]->value : nullptr;
    call_.inputs[index].push_back(at);
  }
}

void Executor::Step::reset() {
  report.state = StepState::waiting;
  report.error.reset();
  report.because.clear();
  report.seconds = 0.0;
  blocked_by.store(nullptr, std::memory_order_relaxed);
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
  const auto* tensor = std::get_if<Tensor>(&*computed);
  const bool own_unit = port.unit.any && element.source == &planned.inputs[element.port].elements.front();
  auto fitted = plan::fit(*computed, port, own_unit && tensor ? tensor->unit() : planned.inputs[element.port].unit);
  if (!fitted) return with_step(std::move(fitted).errors());
  element.fitted = std::move(*fitted);
  into = &*element.fitted;
  return std::nullopt;
}

std::optional<Error> Executor::Step::gather() {
  std::size_t at = 0;
  for (auto& port : call_.inputs)
    for (const Value*& into : port) {
      Element& element = elements_[at++];
      if (element.source->kind == plan::Source::Kind::constant) continue;
      if (element.direct && !element.checked && executor_.slots_[element.source->wire.slot]->filled) continue;
      if (auto error = fill(element, into)) return error;
    }
  return shapes_repeat() ? std::nullopt : bind_shapes();
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
      if (!wrong && tensor->rank() == 0 && tensor->dtype() == value::DType::i64)
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

std::optional<Error> Executor::Step::check_output(std::size_t index) {
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
  if (const auto& seen = seen_outputs_[index]; seen && value::same_extents(*seen, tensor->shape())) return std::nullopt;
  if (const auto wrong = shapes_.bind(port.shape, plan::known(tensor->shape()), port.name))
    return broken("made an output of the wrong shape: " + *wrong);
  seen_outputs_[index] = tensor->shape();
  return std::nullopt;
}

std::optional<Error> Executor::Step::deliver() {
  seen_outputs_.resize(call_.outputs.size());
  for (std::size_t i = 0; i < call_.outputs.size(); ++i) {
    if (auto error = check_output(i)) return error;
    Slot& slot = *executor_.slots_[planned.outputs[i]];
    slot.left.store(slot.readers, std::memory_order_relaxed);
    slot.filled = static_cast<bool>(call_.outputs[i]);
  }
  return std::nullopt;
}

void Executor::Step::run() {
  for (catalog::Output& output : call_.outputs) output.reset();
  auto error = gather();
  if (!error) {
    const catalog::Outcome outcome = planned.operation->run(call_);
    if (outcome.kind == catalog::Outcome::Kind::stopped) {
      report.state = StepState::stopped;
      return;
    }
    error = outcome.kind == catalog::Outcome::Kind::failed ? std::optional(failed(outcome)) : deliver();
  }
  for (Element& element : elements_) element.fitted.reset();
  report.state = error ? StepState::failed : StepState::done;
  report.error = std::move(error);
}

}  // namespace orrery::run
