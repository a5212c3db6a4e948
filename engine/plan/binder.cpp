// Values for ports: looking up what wires and names stand for.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/binder.hpp"

#include "engine/base/text.hpp"
#include "engine/plan/fit.hpp"
#include "engine/plan/literal.hpp"
#include "engine/plan/wording.hpp"

namespace orrery::plan {

using base::Error;
using base::ErrorCode;
using base::Result;
using catalog::Port;
using scenario::Term;
using value::Unit;

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
  Error error(ErrorCode::unknown_step, "there is no step '" + base::printable(reference.step) + "'");
  if (errors_.size() >= most_advised) return std::move(error).at(reference.span);
  std::vector<std::string> names;
  for (const auto& [name, index] : index_) names.push_back(name);
  const auto near = base::nearest(reference.step, names);
  if (near) error.suggestions.push_back({reference.step_span, *near});
  error.at(reference.span, near ? "did you mean '@" + *near + "." + reference.output + "'?" : "");
  if (!names.empty()) error.notes.push_back("steps: " + listed(names));
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
  Error error(ErrorCode::unknown_output,
              "'" + facts.name + "' has no output '" + base::printable(reference.output) + "'");
  const auto near = base::nearest(reference.output, names);
  if (near) error.suggestions.push_back({reference.output_span, *near});
  return std::move(error)
      .at(reference.span, near ? "did you mean '@" + reference.step + "." + *near + "'?" : "")
      .note("outputs of '" + facts.name + "': " + listed(names));
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
  if (!reference.selections.empty()) return;
  for (std::size_t i = 0; i < facts.outputs.size(); ++i) {
    const auto& other = slots_[outputs_[maker][i]];
    const bool fits = other && !wire_problem(*other, target);
    if (fits && (!other->shape || !ShapeScope().bind(target.port.shape, *other->shape, target.port.name)))
      problem.helps.push_back("'@" + reference.step + "." + facts.outputs[i].name + "' has the right type" +
                              (target.unit ? " and unit" : ""));
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
      error.message = "'" + target.port.name + "' is " + a_value_of(target.unit->dimension()) +
                      ", but this expression is " + a_value_of(signature.unit.dimension());
  add(errors_, located(std::move(errors), expression.span));
  return std::nullopt;
}

std::optional<Operand> Binder::computed(const Term& term) {
  auto operand = evaluate(term.expression, [this](const scenario::Expression& leaf) { return resolve(leaf); });
  if (operand) return std::move(*operand);
  add(errors_, located(std::move(operand).errors(), term.span));
  return std::nullopt;
}

Source Binder::formula(const Term& term, Signature signature) const {
  std::vector<const scenario::Reference*> wires;
  scenario::collect_references(term.expression, wires);
  Source source;
  source.kind = Source::Kind::formula;
  source.formula.expression = term.expression;
  for (const scenario::Reference* wire : wires) source.formula.slots.push_back(*find_slot(*wire));
  source.signature = std::move(signature);
  source.span = term.span;
  return source;
}

std::optional<Source> Binder::from_expression(const Term& term, const Target& target) {
  const std::size_t before = errors_.size();
  auto made = from_operand(term, target);
  lets_.show_origins(term, std::span(errors_).subspan(before));
  return made;
}

std::optional<Source> Binder::from_operand(const Term& term, const Target& target) {
  auto operand = computed(term);
  if (!operand) return std::nullopt;
  if (operand->value) return from_constants(term.expression, std::move(*operand->value), target);
  if (auto problem = wire_problem(operand->signature, target)) {
    errors_.push_back(std::move(*problem).at(term.span, "this is " + operand->signature.text()));
    return std::nullopt;
  }
  return formula(term, std::move(operand->signature));
}

std::optional<Source> Binder::expression(const Term& term) {
  const std::size_t before = errors_.size();
  auto operand = computed(term);
  lets_.show_origins(term, std::span(errors_).subspan(before));
  if (!operand) return std::nullopt;
  if (operand->value) return constant(std::move(*operand->value), term.span);
  return formula(term, std::move(operand->signature));
}

void Binder::check(const Term& term) {
  std::vector<const scenario::Reference*> wires;
  scenario::collect_references(term, wires);
  for (const scenario::Reference* wire : wires)
    if (auto found = resolve(*wire); !found) add(errors_, located(std::move(found).errors(), wire->span));
  std::vector<const scenario::Expression*> names;
  scenario::collect_names(term, names);
  for (const scenario::Expression* name : names)
    if (auto found = lets_.find(*name); !found) add(errors_, std::move(found).errors());
}

std::optional<Source> Binder::source(const Term& term, const Target& target) {
  if (term.kind == Term::Kind::reference) return from_reference(term.reference, target);
  if (term.kind == Term::Kind::expression) return from_expression(term, target);
  const bool file = term.kind == Term::Kind::file && target.port.kind != catalog::Kind::text;
  auto value = file ? files_.value(term) : literal_value(term, target.port, target.unit);
  if (value && file) value = fit(*value, target.port, target.unit.value_or(signature_of(*value).unit));
  if (value) return constant(std::move(*value), term.span);
  base::Errors errors = located(std::move(value).errors(), term.span);
  if (file && target.port.kind == catalog::Kind::tensor && term.file_column.empty() &&
      errors.front().code == ErrorCode::wrong_type)
    errors.front().help("name a column of the file: \"file:" + base::printable(term.file) + "#COLUMN\"");
  add(errors_, std::move(errors));
  return std::nullopt;
}

}  // namespace orrery::plan
