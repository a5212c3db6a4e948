// Binding steps.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/binder.hpp"

#include "engine/base/hash.hpp"
#include "engine/base/text.hpp"
#include "engine/plan/fit.hpp"
#include "engine/plan/literal.hpp"

namespace orrery::plan {

using base::Error;
using base::ErrorCode;
using base::Result;
using catalog::Port;
using scenario::Term;
using value::Unit;

struct Binder::Bound {
  const scenario::Step& step;
  const catalog::OperationFacts& facts;
  PlannedStep planned;
  ShapeScope shapes;
  bool sound = true;  // false: an input is wrong, so the outputs are not known

  const scenario::Input* given(std::string_view name) const {
    for (const scenario::Input& input : step.inputs)
      if (input.name == name) return &input;
    return nullptr;
  }
};

namespace {

/// The nearest operation; of a plugin that exists the nearest of its own, by the part of the name behind the dot.
std::optional<std::string> nearest_operation(std::string_view name, const std::vector<std::string>& names) {
  const std::string prefix(name.substr(0, name.find('.') + 1));
  std::vector<std::string> own;
  for (const std::string& candidate : names)
    if (!prefix.empty() && candidate.starts_with(prefix)) own.push_back(candidate.substr(prefix.size()));
  if (own.empty()) return base::nearest(name, names);
  const auto near = base::nearest(name.substr(prefix.size()), own);
  return near ? std::optional(prefix + *near) : std::nullopt;
}

}  // namespace

std::vector<Slot> Source::slots() const {
  if (kind == Kind::wire) return {wire.slot};
  return formula.slots;
}

Binder::Binder(const scenario::Scenario& scenario, const catalog::Catalog& catalog, const PlanOptions& options)
    : scenario_(scenario), catalog_(catalog), files_(scenario.folder, options.data_folders), lets_(scenario, errors_) {
  for (const scenario::Step& step : scenario.steps) look_up(step);
}

void Binder::look_up(const scenario::Step& step) {
  const std::size_t index = operations_.size();
  index_.emplace(step.name, index);
  const catalog::Operation* operation = catalog_.find(step.operation);
  operations_.push_back(operation);
  outputs_.emplace_back();
  if (operation) {
    for (std::size_t i = 0; i < operation->facts().outputs.size(); ++i) {
      outputs_.back().push_back(slots_.size());
      slots_.emplace_back();
      makers_.push_back(index);
    }
    return;
  }
  Error error(ErrorCode::unknown_operation, "there is no operation '" + base::printable(step.operation) + "'");
  const auto names = catalog_.names();
  const auto near = nearest_operation(step.operation, names);
  if (near) error.suggestions.push_back({step.operation_span, "\"" + *near + "\""});
  errors_.push_back(std::move(error)
                        .at(step.operation_span, near ? "did you mean '" + *near + "'?" : "")
                        .help("orrery ls shows the operations of all plugins"));
}

std::vector<Need> Binder::needs() const {
  std::vector<Need> all;
  for (std::size_t step = 0; step < scenario_.steps.size(); ++step) {
    std::vector<const scenario::Reference*> wires;
    for (const scenario::Input& input : scenario_.steps[step].inputs) scenario::collect_references(input.value, wires);
    std::vector<bool> seen(operations_.size(), false);
    const auto need = [&](const std::string& name, const base::Span& span) {
      const auto found = index_.find(name);
      if (found == index_.end() || seen[found->second]) return;
      seen[found->second] = true;
      all.push_back({step, found->second, span});
    };
    for (const scenario::Reference* wire : wires) need(wire->step, wire->span);
    for (const auto& [name, span] : scenario_.steps[step].after) need(name, span);
  }
  return all;
}

Result<std::size_t> Binder::find_step(const scenario::Reference& reference) const {
  const auto found = index_.find(reference.step);
  if (found != index_.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& [name, index] : index_) names.push_back(name);
  Error error(ErrorCode::unknown_step, "there is no step '" + base::printable(reference.step) + "'");
  const auto near = base::nearest(reference.step, names);
  if (near) error.suggestions.push_back({reference.step_span, *near});
  error.at(reference.span, near ? "did you mean '@" + *near + "." + reference.output + "'?" : "");
  if (!names.empty()) error.notes.push_back("steps: " + base::join(names));
  return error;
}

Result<Slot> Binder::find_slot(const scenario::Reference& reference) const {
  auto step = find_step(reference);
  if (!step) return std::move(step).errors();
  if (!operations_[*step]) return reported();
  const catalog::OperationFacts& facts = operations_[*step]->facts();
  if (const auto output = facts.output(reference.output)) return outputs_[*step][*output];
  std::vector<std::string> names;
  for (const Port& port : facts.outputs) names.push_back(port.name);
  Error error(ErrorCode::unknown_output, "'" + facts.name + "' has no output '" + base::printable(reference.output) + "'");
  const auto near = base::nearest(reference.output, names);
  if (near) error.suggestions.push_back({reference.output_span, *near});
  return std::move(error)
      .at(reference.span, near ? "did you mean '@" + reference.step + "." + *near + "'?" : "")
      .note("outputs of '" + facts.name + "': " + base::join(names));
}

Result<Operand> Binder::resolve(const scenario::Reference& reference) {
  auto slot = find_slot(reference);
  if (!slot) return std::move(slot).errors();
  if (!slots_[*slot]) return reported();
  return select({*slots_[*slot], std::nullopt}, reference);
}

Result<Operand> Binder::resolve(const scenario::Expression& leaf) {
  if (leaf.kind == scenario::Expression::Kind::reference) return resolve(leaf.reference);
  auto value = lets_.find(leaf);
  if (!value) return std::move(value).errors();
  if (!*value) return reported();
  return Operand{signature_of(**value), std::move(*value)};
}

Source Binder::constant(value::Value value, const base::Span& span) const {
  Source source;
  source.signature = signature_of(value);
  source.constant = std::move(value);
  source.span = span;
  return source;
}

void Binder::add_wire_hints(Error& problem, const scenario::Reference& reference, const Target& target) const {
  const std::size_t maker = *find_step(reference);
  const catalog::OperationFacts& facts = operations_[maker]->facts();
  problem.labels.push_back({scenario_.steps[maker].name_span, "made here by '" + facts.name + "'"});
  if (!target.unit || target.port.kind != catalog::Kind::tensor) return;
  for (std::size_t i = 0; i < facts.outputs.size(); ++i) {
    const auto& other = slots_[outputs_[maker][i]];
    if (other && other->kind == catalog::Kind::tensor && other->unit.same_dimension(*target.unit))
      problem.helps.push_back("'@" + reference.step + "." + facts.outputs[i].name + "' has the right unit");
  }
}

std::optional<Source> Binder::source(const scenario::Reference& reference) {
  auto operand = resolve(reference);
  if (!operand) {
    add(errors_, located(std::move(operand).errors(), reference.span));
    return std::nullopt;
  }
  Source source;
  source.kind = Source::Kind::wire;
  source.wire = {*find_slot(reference), reference};
  source.signature = std::move(operand->signature);
  source.span = reference.span;
  return source;
}

std::optional<Source> Binder::from_reference(const scenario::Reference& reference, const Target& target) {
  auto wire = source(reference);
  if (!wire) return std::nullopt;
  auto problem = wire_problem(wire->signature, target);
  if (!problem) return wire;
  problem->labels.push_back({reference.span, "this is " + wire->signature.text()});
  add_wire_hints(*problem, reference, target);
  errors_.push_back(std::move(*problem));
  return std::nullopt;
}

std::optional<Source> Binder::from_constants(const scenario::Expression& expression, value::Value value,
                                             const Target& target) {
  const Signature signature = signature_of(value);
  auto fitted = fit(value, target.port, target.unit.value_or(signature.unit));
  if (fitted) return constant(std::move(*fitted), expression.span);
  base::Errors errors = std::move(fitted).errors();
  for (Error& error : errors)
    if (error.code == ErrorCode::wrong_dimension)
      error.message = "'" + target.port.name + "' is a " + value::dimension_name(target.unit->dimension()) +
                      ", but this expression is a " + value::dimension_name(signature.unit.dimension());
  add(errors_, located(std::move(errors), expression.span));
  return std::nullopt;
}

std::optional<Source> Binder::from_expression(const Term& term, const Target& target) {
  auto operand = evaluate(term.expression, [this](const scenario::Expression& leaf) { return resolve(leaf); });
  if (!operand) {
    add(errors_, located(std::move(operand).errors(), term.span));
    return std::nullopt;
  }
  if (operand->value) return from_constants(term.expression, std::move(*operand->value), target);
  if (auto problem = wire_problem(operand->signature, target)) {
    errors_.push_back(std::move(*problem).at(term.span, "this is " + operand->signature.text()));
    return std::nullopt;
  }
  std::vector<const scenario::Reference*> wires;
  scenario::collect_references(term.expression, wires);
  Source source;
  source.kind = Source::Kind::formula;
  source.formula.expression = term.expression;
  for (const scenario::Reference* wire : wires) source.formula.slots.push_back(*find_slot(*wire));
  source.signature = operand->signature;
  source.span = term.span;
  return source;
}

std::optional<Source> Binder::source(const Term& term, const Target& target) {
  if (term.kind == Term::Kind::reference) return from_reference(term.reference, target);
  if (term.kind == Term::Kind::expression) return from_expression(term, target);
  const bool file = term.kind == Term::Kind::file && target.port.kind != catalog::Kind::text;
  auto value = file ? files_.value(term) : literal_value(term, target.port, target.unit);
  if (value && file) value = fit(*value, target.port, target.unit.value_or(signature_of(*value).unit));
  if (value) return constant(std::move(*value), term.span);
  add(errors_, located(std::move(value).errors(), term.span));
  return std::nullopt;
}

void Binder::check_names(const scenario::Step& step, const catalog::OperationFacts& facts) {
  std::vector<std::string> names;
  for (const Port& port : facts.inputs) names.push_back(port.name);
  for (const scenario::Input& input : step.inputs) {
    if (facts.input(input.name)) continue;
    Error error(ErrorCode::unknown_input, "'" + facts.name + "' has no input '" + base::printable(input.name) + "'");
    const auto near = base::nearest(input.name, names);
    if (near) error.suggestions.push_back({input.name_span, *near});
    errors_.push_back(std::move(error)
                          .at(input.name_span, near ? "did you mean '" + *near + "'?" : "")
                          .note("inputs of '" + facts.name + "': " + base::join(names)));
  }
  for (const auto& [name, span] : step.after)
    if (!index_.contains(name)) errors_.push_back(Error(ErrorCode::unknown_step, "there is no step '" + base::printable(name) + "'").at(span));
}

std::optional<Unit> Binder::unit_for(const Bound& bound, const Port& port) const {
  if (port.unit.any) return std::nullopt;
  Unit unit = port.unit.fixed;
  for (const catalog::UnitPattern::Factor& factor : port.unit.factors) {
    const PlannedInput& input = bound.planned.inputs[*bound.facts.input(factor.input)];
    unit = unit * value::pow(input.unit, factor.sixth_parts);
  }
  return unit;
}

void Binder::check_shape(Bound& bound, const Port& port, const Source& source) {
  if (port.kind != catalog::Kind::tensor) return;
  std::optional<std::string> wrong;
  if (source.signature.shape) wrong = bound.shapes.bind(port.shape, *source.signature.shape, port.name);
  const auto* tensor = source.kind == Source::Kind::constant ? std::get_if<value::Tensor>(&source.constant) : nullptr;
  const bool counts = tensor && tensor->rank() == 0 && tensor->dtype() == value::DType::i64;
  if (!wrong && counts) wrong = bound.shapes.bind_letter(port.name, tensor->data<std::int64_t>()[0], port.name);
  if (!wrong) return;
  errors_.push_back(Error(ErrorCode::wrong_shape, *wrong).at(source.span, "this is " + source.signature.text()));
  bound.sound = false;
}

void Binder::bind_default(Bound& bound, std::size_t index) {
  const Port& port = bound.facts.inputs[index];
  PlannedInput& input = bound.planned.inputs[index];
  if (port.required()) {
    bound.sound = false;
    errors_.push_back(Error(ErrorCode::missing_input, "step '" + bound.step.name + "' needs '" + port.name + "'")
                          .at(bound.step.name_span, port.name + " = ... is missing")
                          .note("'" + bound.facts.name + "' wants '" + port.name + "' as " + port.type_text() +
                                (port.doc.empty() ? "" : ": " + port.doc)));
    return;
  }
  const auto unit = unit_for(bound, port);
  input.unit = unit.value_or(Unit{});
  if (!port.default_text) return;
  auto value = default_value(port, unit);
  if (!value) return add(errors_, located(std::move(value).errors(), bound.step.operation_span));
  if (const auto* tensor = std::get_if<value::Tensor>(&*value)) input.unit = tensor->unit();
  input.elements.push_back(constant(std::move(*value), bound.step.operation_span));
  check_shape(bound, port, input.elements.back());
}

void Binder::bind_input(Bound& bound, std::size_t index) {
  const Port& port = bound.facts.inputs[index];
  const scenario::Input* given = bound.given(port.name);
  if (!given) return bind_default(bound, index);
  PlannedInput& input = bound.planned.inputs[index];
  input.given = true;
  auto unit = unit_for(bound, port);
  const bool list = port.list && given->value.kind == Term::Kind::list;
  const std::size_t count = list ? given->value.list.size() : 1;
  for (std::size_t i = 0; i < count; ++i) {
    auto element = source(list ? given->value.list[i] : given->value, {port, unit, bound.facts.name});
    bound.sound = bound.sound && element.has_value();
    if (!element) continue;
    // All elements of a list come in the unit of the first.
    if (!unit && port.kind == catalog::Kind::tensor) unit = element->signature.unit;
    check_shape(bound, port, *element);
    input.elements.push_back(std::move(*element));
  }
  if (unit) input.unit = *unit;
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
    signature.shape = bound.shapes.resolve(port.shape);
    bound.planned.signatures.push_back(signature);
    if (bound.sound) slots_[bound.planned.outputs[i]] = std::move(signature);
  }
}

PlannedStep Binder::bind(std::size_t index) {
  const scenario::Step& step = scenario_.steps[index];
  if (!operations_[index]) return {};
  Bound bound{step, operations_[index]->facts(), {}, {}, true};
  bound.planned.name = step.name;
  bound.planned.span = step.name_span;
  bound.planned.operation = operations_[index];
  bound.planned.outputs = outputs_[index];
  bound.planned.inputs.resize(bound.facts.inputs.size());
  const std::string& stream = step.stream.empty() ? step.name : step.stream;
  bound.planned.random_key = base::sha256_prefix("orrery-stream-1\n" + std::to_string(scenario_.seed) + "\n" + stream);
  check_names(step, bound.facts);
  // Units that are built from those of other inputs come after them.
  for (const bool derived : {false, true})
    for (std::size_t port = 0; port < bound.facts.inputs.size(); ++port)
      if (bound.facts.inputs[port].unit.factors.empty() != derived) bind_input(bound, port);
  sign_outputs(bound);
  return std::move(bound.planned);
}

}  // namespace orrery::plan
