// Binding the inputs of a step, and what follows of them for its outputs.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/base/hash.hpp"
#include "engine/base/text.hpp"
#include "engine/plan/binder.hpp"
#include "engine/plan/literal.hpp"
#include "engine/plan/units.hpp"
#include "engine/plan/wording.hpp"

namespace orrery::plan {

using base::Error;
using base::ErrorCode;
using catalog::Port;
using scenario::Term;
using value::Unit;

struct Binder::Bound {
  const scenario::Step& step;
  const catalog::OperationFacts& facts;
  PlannedStep planned;
  ShapeScope shapes;
  bool sound = true;               // false: an input is wrong, so the outputs are not known
  bool misspelt = false;           // an input is given that does not exist, so a default may be the wrong one
  std::vector<std::string> meant;  // the inputs that were probably meant

  /// The first value that was given to an input whose shape has a letter or the batch in common with a port's.
  const Source* sharer(const Port& port) const {
    const auto in_port = [&](const catalog::Axis& axis) {
      const auto same = [&](const catalog::Axis& other) { return !axis.letter.empty() && axis.letter == other.letter; };
      return std::any_of(port.shape.axes.begin(), port.shape.axes.end(), same);
    };
    for (std::size_t i = 0; i < facts.inputs.size(); ++i) {
      const Port& other = facts.inputs[i];
      const PlannedInput& input = planned.inputs[i];
      if (other.name == port.name || !input.given || input.elements.empty()) continue;
      const bool axis = std::any_of(other.shape.axes.begin(), other.shape.axes.end(), in_port);
      const bool letter = in_port({other.name, 0});
      if (axis || letter || (other.shape.batch && port.shape.batch)) return &input.elements.front();
    }
    return nullptr;
  }

  const scenario::Input* given(std::string_view name) const {
    for (const scenario::Input& input : step.inputs)
      if (input.name == name) return &input;
    return nullptr;
  }
};

void Binder::check_after(const scenario::Step& step) {
  if (std::all_of(step.after.begin(), step.after.end(), [&](const auto& one) { return index_.contains(one.first); }))
    return;
  std::vector<std::string> names;
  if (errors_.size() < most_advised)
    for (const auto& [name, index] : index_) names.push_back(name);
  for (const auto& [name, span] : step.after) {
    if (index_.contains(name)) continue;  // of a loop's body: another of its steps
    Error error(ErrorCode::unknown_step, "there is no step '" + base::printable(name) + "'");
    const auto near = base::nearest(name, names);
    if (near) error.suggestions.push_back({span, "\"" + *near + "\""});
    errors_.push_back(
        std::move(error).at(span, near ? "did you mean '" + *near + "'?" : "").note("steps: " + listed(names)));
  }
}

void Binder::check_names(Bound& bound) {
  std::vector<std::string> names;
  for (const Port& port : bound.facts.inputs) names.push_back(port.name);
  for (const scenario::Input& input : bound.step.inputs) {
    if (bound.facts.input(input.name)) continue;
    const std::string& operation = bound.facts.name;
    Error error(ErrorCode::unknown_input, "'" + operation + "' has no input '" + base::printable(input.name) + "'");
    const auto near = base::nearest(input.name, names);
    if (near) error.suggestions.push_back({input.name_span, *near});
    errors_.push_back(std::move(error)
                          .at(input.name_span, near ? "did you mean '" + *near + "'?" : "")
                          .note(names.empty() ? "'" + operation + "' takes no inputs"
                                              : "inputs of '" + operation + "': " + listed(names)));
    check(input.value);
    bound.misspelt = true;
    if (near) bound.meant.push_back(*near);
  }
}

/// The unit in which a port is wanted; empty: any, or not known before the run.
std::optional<Unit> Binder::unit_for(const Bound& bound, const Port& port) const {
  if (port.unit.any) return std::nullopt;
  for (const catalog::UnitPattern::Factor& factor : port.unit.factors)
    if (!bound.planned.inputs[*bound.facts.input(factor.input)].unit_known) return std::nullopt;
  std::vector<Unit> units;
  for (const PlannedInput& input : bound.planned.inputs) units.push_back(input.unit);
  return unit_from(port.unit, bound.facts, units);
}

void Binder::check_shape(Bound& bound, const Port& port, const Source& source) {
  if (port.kind != catalog::Kind::tensor) return;
  std::optional<std::string> wrong;
  if (source.signature.shape) wrong = bound.shapes.bind(port.shape, *source.signature.shape, port.name);
  else bound.shapes.leave_open(port.shape);
  const auto* tensor = source.kind == Source::Kind::constant ? std::get_if<value::Tensor>(&source.constant) : nullptr;
  const bool counts = tensor && tensor->rank() == 0 && tensor->dtype() == value::DType::i64 && !port.list;
  if (!wrong && counts) wrong = bound.shapes.bind_letter(port.name, tensor->data<std::int64_t>()[0], port.name);
  if (!wrong) return;
  Error error = Error(ErrorCode::wrong_shape, *wrong).at(source.span, "this is " + source.signature.text());
  // A shape that is right by itself is in conflict with that of another input.
  const bool alone = source.signature.shape && ShapeScope().bind(port.shape, *source.signature.shape, port.name);
  if (const Source* other = alone ? nullptr : bound.sharer(port))
    error.labels.push_back({other->span, "this is " + other->signature.text()});
  errors_.push_back(
      std::move(error).note("'" + bound.facts.name + "' wants '" + port.name + "' as " + port.type_text()));
  bound.sound = false;
}

void Binder::missing_input(Bound& bound, const Port& port) {
  bound.sound = false;
  const bool meant = std::find(bound.meant.begin(), bound.meant.end(), port.name) != bound.meant.end();
  if (meant) return;
  errors_.push_back(Error(ErrorCode::missing_input, "step '" + bound.step.name + "' needs '" + port.name + "'")
                        .at(bound.step.name_span, port.name + " = ... is missing")
                        .note("'" + bound.facts.name + "' wants '" + port.name + "' as " + port.type_text() +
                              (port.doc.empty() ? "" : ": " + port.doc)));
}

void Binder::bind_default(Bound& bound, std::size_t index) {
  const Port& port = bound.facts.inputs[index];
  PlannedInput& input = bound.planned.inputs[index];
  const auto unit = unit_for(bound, port);
  input.unit = unit.value_or(Unit{});
  input.unit_known = unit || !port.required();
  if (port.required()) return missing_input(bound, port);
  if (!port.default_text) return;
  auto value = default_value(port, unit);
  if (!value) return add(errors_, located(std::move(value).errors(), bound.step.operation_span));
  if (const auto* tensor = std::get_if<value::Tensor>(&*value)) input.unit = tensor->unit();
  input.elements.push_back(constant(std::move(*value), bound.step.operation_span));
  check_shape(bound, port, input.elements.back());
}

namespace {

/// Literals of whole numbers beside real ones in one list are real numbers too.
void harmonise(PlannedInput& input, const Port& port) {
  constexpr auto whole = static_cast<value::DTypeMask>(value::DType::i64);
  const auto is_whole = [](const Source& element) { return element.signature.dtypes == whole; };
  if (!port.list || std::all_of(input.elements.begin(), input.elements.end(), is_whole)) return;
  for (Source& element : input.elements) {
    if (!is_whole(element) || element.kind != Source::Kind::constant) continue;
    auto& tensor = std::get<value::Tensor>(element.constant);
    auto real = value::convert(tensor, value::DType::f64, tensor.unit());
    if (!real || !value::accepts(port.dtypes, value::DType::f64)) continue;
    tensor = std::move(*real);
    element.signature = signature_of(element.constant);
  }
}

}  // namespace

void Binder::bind_elements(Bound& bound, std::size_t index, const Term& term) {
  const Port& port = bound.facts.inputs[index];
  PlannedInput& input = bound.planned.inputs[index];
  auto unit = unit_for(bound, port);
  const bool list = port.list && term.kind == Term::Kind::list;
  const std::size_t count = list ? term.list.size() : 1;
  bool known = unit.has_value();
  for (std::size_t i = 0; i < count; ++i) {
    auto element = source(list ? term.list[i] : term, {port, unit, bound.facts.name});
    bound.sound = bound.sound && element.has_value();
    if (!element) continue;
    // All elements of a list come in the unit of the first.
    if (!unit && element->signature.unit_known && port.kind == catalog::Kind::tensor) {
      unit = element->signature.unit;
      known = port.unit.any;
    }
    check_shape(bound, port, *element);
    input.elements.push_back(std::move(*element));
  }
  harmonise(input, port);
  if (unit) input.unit = *unit;
  input.unit_known = known;
}

void Binder::bind_input(Bound& bound, std::size_t index) {
  const Port& port = bound.facts.inputs[index];
  const scenario::Input* given = bound.given(port.name);
  if (!given) return bind_default(bound, index);
  PlannedInput& input = bound.planned.inputs[index];
  input.given = true;
  bind_elements(bound, index, given->value);
  const bool nothing = given->value.kind == Term::Kind::list && given->value.list.empty();
  if (!port.list || !nothing || !port.required()) return;
  bound.sound = false;
  errors_.push_back(
      Error(ErrorCode::missing_input, "'" + port.name + "' needs at least one value").at(given->value.span));
}

void Binder::sign_outputs(Bound& bound) {
  for (std::size_t i = 0; i < bound.facts.outputs.size(); ++i) {
    const Port& port = bound.facts.outputs[i];
    Signature signature;
    signature.kind = port.kind;
    signature.dtypes = port.dtypes;
    signature.columns = port.columns;
    if (const auto like = bound.facts.input(port.dtype_like)) {
      const auto& elements = bound.planned.inputs[*like].elements;
      const value::DTypeMask accepted = bound.facts.inputs[*like].dtypes;
      if (!elements.empty()) signature.dtypes = elements.front().signature.dtypes & accepted;
      if (!signature.dtypes) signature.dtypes = port.dtypes;
    }
    if (const auto unit = unit_for(bound, port)) signature.unit = *unit;
    else signature.unit_known = false;
    if (port.kind == catalog::Kind::tensor) signature.shape = bound.shapes.resolve(port.shape);
    if (bound.misspelt && signature.shape) std::fill(signature.shape->begin(), signature.shape->end(), Extent());
    bound.planned.signatures.push_back(signature);
    if (bound.sound) slots_[bound.planned.outputs[i]] = std::move(signature);
  }
}

PlannedStep Binder::bind_step(std::size_t index) {
  const scenario::Step& step = scenario_.steps[index];
  check_after(step);
  if (!operations_[index]) {
    for (const scenario::Input& input : step.inputs) check(input.value);
    return {};
  }
  Bound bound{step, operations_[index]->facts(), {}, {}, true, false, {}};
  bound.planned.name = step.name;
  bound.planned.span = step.name_span;
  bound.planned.operation = operations_[index];
  bound.planned.outputs = outputs_[index];
  bound.planned.inputs.resize(bound.facts.inputs.size());
  const std::string& stream = step.stream.empty() ? step.name : step.stream;
  bound.planned.random_key = base::sha256_prefix("orrery-stream-1\n" + std::to_string(scenario_.seed) + "\n" + stream);
  if (step.every) bound.planned.every = bind_every(*step.every, step.name);
  check_names(bound);
  // Units that are built from those of other inputs come after them.
  for (const bool derived : {false, true})
    for (std::size_t port = 0; port < bound.facts.inputs.size(); ++port)
      if (bound.facts.inputs[port].unit.factors.empty() != derived) bind_input(bound, port);
  sign_outputs(bound);
  return std::move(bound.planned);
}

}  // namespace orrery::plan
