// Values for ports: looking up what wires and names stand for.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/binder.hpp"

#include <algorithm>
#include <utility>

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
    : scenario_(scenario),
      catalog_(catalog),
      own_files_(std::in_place, scenario.folder, options.data_folders),
      own_lets_(std::in_place, scenario, errors_),
      files_(&*own_files_),
      lets_(&*own_lets_) {
  for (const scenario::Step& step : scenario.steps) look_up(step);
  for (const scenario::Loop& loop : scenario.loops) look_up(loop);
  for (const scenario::Observer& observer : scenario.observers) look_up(observer);
  for (const scenario::Probe& probe : scenario.probes) look_up(probe);
  for (const scenario::ItemSource& source : scenario.sources) look_up(source);
  if (options.question)
    for (const scenario::Question::Feed& feed : options.question->feeds) take_feed(feed);
}

Binder::Binder(const scenario::Scenario& body, Binder& around)
    : scenario_(body), catalog_(around.catalog_), around_(&around), files_(around.files_), lets_(around.lets_) {
  for (const scenario::Step& step : body.steps) look_up(step);
}

Slot Binder::add_slot(std::optional<Signature> signature) {
  slots_.push_back(std::move(signature));
  return slots_.size() - 1;
}

Slot Binder::declare_state(const std::string& name, std::optional<Signature> signature) {
  return states_.emplace(name, add_slot(std::move(signature))).first->second;
}

/// Steps, loops, observers and probes share one set of names, since wires begin with them.
bool Binder::take_name(const std::string& name, const base::Span& span, std::size_t index) {
  const bool free = index_.emplace(name, index).second;
  if (!free)
    errors_.push_back(Error(ErrorCode::bad_name, "there are two parts of the name '" + name + "'")
                          .at(span)
                          .note("a wire begins with the name of a step, a loop, an observer or a probe"));
  return free;
}

void Binder::look_up(const scenario::Loop& loop) {
  take_name(loop.name, loop.name_span, operations_.size() + loops_.size());
  loops_.push_back({&loop, false, {}, {}});
}

void Binder::look_up(const scenario::Step& step) {
  const std::size_t index = operations_.size();
  index_.emplace(step.name, index);
  const catalog::Operation* operation = catalog_.find(step.operation);
  operations_.push_back(operation);
  outputs_.emplace_back();
  if (operation) {
    for (std::size_t i = 0; i < operation->facts().outputs.size(); ++i) {
      outputs_.back().push_back(add_slot({}));
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

void Binder::bind_all(std::vector<PlannedStep>& into) {
  std::vector<std::string> names;
  for (const scenario::Step& step : scenario_.steps) names.push_back(step.name);
  for (const LoopOutputs& outputs : loops_) names.push_back(outputs.loop->name);
  for (const ProbeOutputs& outputs : probes_) names.push_back(outputs.probe->name);
  for (const SourceOutputs& outputs : sources_) names.push_back(outputs.source->step.name);
  const std::vector<Need> all = needs();
  Order order = order_steps(names, all);
  add(errors_, std::move(order.errors));
  std::vector<std::vector<std::size_t>> needed(names.size());
  for (const Need& need : all) needed[need.needs].push_back(need.made_by);
  std::vector<std::size_t> position(names.size());
  for (const std::size_t step : order.steps) {
    position[step] = into.size();
    into.push_back(bind(step));
    for (const std::size_t made_by : needed[step]) into.back().after.push_back(position[made_by]);
  }
}

PlannedStep Binder::bind(std::size_t index) {
  if (index < operations_.size()) return bind_step(index);
  index -= operations_.size();
  if (index < loops_.size()) return bind_loop(index);
  index -= loops_.size();
  return index < probes_.size() ? bind_probe(index) : bind_source(index - probes_.size());
}

Result<std::size_t> Binder::find_step(const scenario::Reference& reference) const {
  const auto found = index_.find(reference.step);
  if (found != index_.end()) return found->second;
  const auto same = [&](const scenario::Observer& observer) { return observer.step.name == reference.step; };
  if (std::any_of(scenario_.observers.begin(), scenario_.observers.end(), same)) return reported();
  Error error(ErrorCode::unknown_step, "there is no step '" + base::printable(reference.step) + "'");
  if (errors_.size() >= most_advised) return std::move(error).at(reference.span);
  std::vector<std::string> names;
  for (const auto& [name, index] : index_) names.push_back(name);
  if (around_)
    for (const auto& [name, index] : around_->index_) names.push_back(name);
  const auto near = base::nearest(reference.step, names);
  if (near) error.suggestions.push_back({reference.step_span, *near});
  error.at(reference.span, near ? "did you mean '@" + *near + "." + reference.output + "'?" : "");
  if (!names.empty()) error.notes.push_back("steps: " + listed(names));
  add_loop_help(error, reference);
  return error;
}

Result<Slot> Binder::find_slot(const scenario::Reference& reference) {
  if (const auto fed = fed_.find({reference.step, reference.output}); fed != fed_.end()) return fed->second;
  if (around_ && reference.step == "state") return find_state(reference);
  if (const SourceOutputs* source = source_read(reference))
    return around_->around_ ? import(reference) : find_batch(*source, reference);
  if (around_ && reference.step == "clock" && !clock_.empty()) return find_clock(reference);
  if (is_around(reference)) return import(reference);
  auto step = find_step(reference);
  if (!step) return std::move(step).errors();
  const std::size_t probe = *step - operations_.size() - loops_.size();
  if (*step >= operations_.size() + loops_.size() + probes_.size())
    return find_in_source(sources_[probe - probes_.size()], reference);
  if (*step >= operations_.size() + loops_.size()) return find_in_probe(probes_[probe], reference);
  if (*step >= operations_.size()) return find_in_loop(loops_[*step - operations_.size()], reference);
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
  return select({*slots_[*slot], std::nullopt}, of_slot(reference));
}

Result<Operand> Binder::resolve(const scenario::Expression& leaf) {
  if (leaf.kind == scenario::Expression::Kind::reference) return resolve(leaf.reference);
  auto value = lets_->find(leaf);
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

void Binder::add_wire_hints(Error& problem, const scenario::Reference& reference, const Target& target) {
  if (is_around(reference)) return around_->add_wire_hints(problem, reference, target);
  const auto found = index_.find(reference.step);
  if (found == index_.end() || found->second >= operations_.size()) return;
  const std::size_t maker = found->second;
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
  source.wire = {*find_slot(reference), of_slot(reference)};
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

Source Binder::formula(const Term& term, Signature signature) {
  std::vector<const scenario::Reference*> wires;
  scenario::collect_references(term.expression, wires);
  Source source;
  source.kind = Source::Kind::formula;
  source.formula.expression = term.expression;
  for (const scenario::Reference* wire : wires) source.formula.slots.push_back(*find_slot(*wire));
  of_slots(source.formula.expression);
  source.signature = std::move(signature);
  source.span = term.span;
  return source;
}

std::optional<Source> Binder::from_expression(const Term& term, const Target& target) {
  const std::size_t before = errors_.size();
  auto made = from_operand(term, target);
  lets_->show_origins(term, std::span(errors_).subspan(before));
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

std::optional<Source> Binder::free_source(const Term& term) {
  return term.kind == Term::Kind::reference ? source(term.reference) : expression(term);
}

std::optional<Source> Binder::expression(const Term& term) {
  const std::size_t before = errors_.size();
  auto operand = computed(term);
  lets_->show_origins(term, std::span(errors_).subspan(before));
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
    if (auto found = lets_->find(*name); !found) add(errors_, std::move(found).errors());
}

std::optional<Source> Binder::source(const Term& term, const Target& target) {
  if (term.kind == Term::Kind::reference) return from_reference(term.reference, target);
  if (term.kind == Term::Kind::expression) return from_expression(term, target);
  // No choice begins with "file:".
  const bool file = term.kind == Term::Kind::file && target.port.choices.empty();
  const bool text = target.port.kind == catalog::Kind::text;
  auto value = !file ? literal_value(term, target.port, target.unit) : text ? files_->text(term) : files_->value(term);
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
