// Computing the names of [let].
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/lets.hpp"

#include <algorithm>
#include <set>

#include "engine/base/text.hpp"
#include "engine/plan/literal.hpp"
#include "engine/plan/wording.hpp"
#include "engine/scenario/settings.hpp"

namespace orrery::plan {

using base::Error;
using base::ErrorCode;
using base::Errors;
using base::Result;
using scenario::Expression;
using scenario::Term;

namespace {

/// So many edges of a cycle are shown, as of one of steps.
constexpr std::size_t most_in_cycle = 24;

}  // namespace

Error reported() { return {ErrorCode::internal, ""}; }

bool is_reported(const Error& error) { return error.message.empty(); }

void add(Errors& to, Errors errors) {
  for (Error& error : errors)
    if (!is_reported(error)) to.push_back(std::move(error));
}

Error unknown_name(const Expression& name, const std::vector<std::string>& known) {
  Error error(ErrorCode::unknown_name, "there is no name '" + base::printable(name.text) + "'");
  const auto near = base::nearest(name.text, known);
  if (near) error.suggestions.push_back({name.span, *near});
  error.at(name.span, near ? "did you mean '" + *near + "'?" : "");
  error.notes.push_back(known.empty() ? "there are no names in [let]" : "names of [let]: " + listed(known));
  return error;
}

Error Lets::unknown(const Expression& name) const {
  if (++unknown_ <= most_advised) return unknown_name(name, order_);
  return Error(ErrorCode::unknown_name, "there is no name '" + base::printable(name.text) + "'").at(name.span);
}

Lets::Lets(const scenario::Scenario& scenario, Errors& errors) {
  for (const scenario::Let& let : scenario.lets) {
    entries_.emplace(let.name, Entry{&let, State::untouched, std::nullopt});
    order_.push_back(let.name);
  }
  for (const std::string& name : order_) compute_all(entries_.find(name)->second, errors);
}

/// Depth first, but on a stack of its own: a chain of names may be as long as the file.
void Lets::compute_all(Entry& first, Errors& errors) {
  struct Frame {
    Entry* entry;
    std::vector<const Expression*> needs;
    std::size_t next = 0;
  };
  std::vector<Frame> frames;
  const auto open = [&](Entry& entry) {
    if (entry.state != State::untouched) return;
    entry.state = State::busy;
    busy_.push_back(entry.let->name);
    frames.push_back({&entry, {}, 0});
    scenario::collect_names(entry.let->value, frames.back().needs);
  };
  open(first);
  while (!frames.empty()) {
    Frame& frame = frames.back();
    if (frame.next < frame.needs.size()) {
      const auto found = entries_.find(frame.needs[frame.next++]->text);
      if (found != entries_.end()) open(found->second);
      continue;
    }
    compute(*frame.entry, errors);
    frame.entry->state = State::done;
    busy_.pop_back();
    frames.pop_back();
  }
}

void Lets::compute(Entry& entry, Errors& errors) {
  const Term& term = entry.let->value;
  std::vector<const scenario::Reference*> wires;
  scenario::collect_references(term, wires);
  for (const scenario::Reference* wire : wires)
    errors.push_back(Error(ErrorCode::bad_reference, "a name of [let] cannot depend on a step")
                         .at(wire->span)
                         .help("write the wire where the name would be used"));
  if (!wires.empty()) return;
  if (term.kind == Term::Kind::file) {
    errors.push_back(Error(ErrorCode::wrong_type, "a name of [let] cannot be a file")
                         .at(term.span)
                         .help("give the file to the input of a step"));
    return;
  }
  if (term.kind != Term::Kind::expression) {
    auto literal = free_literal(term, entry.let->name);
    if (literal) entry.value = std::move(*literal);
    else add(errors, std::move(literal).errors());
    return;
  }
  auto computed = evaluate(term.expression, [&](const Expression& name) { return resolve(name); });
  if (computed) entry.value = std::move(computed->value);
  else {
    const std::size_t before = errors.size();
    add(errors, std::move(computed).errors());
    show_origins(term, std::span(errors).subspan(before));
  }
}

Result<Operand> Lets::resolve(const Expression& name) const {
  const auto found = entries_.find(name.text);
  if (found == entries_.end()) return unknown(name);
  if (found->second.state == State::busy) return cycle(name);
  const auto& value = found->second.value;
  if (!value) return reported();
  return Operand{signature_of(*value), value};
}

/// From the name that closes the cycle along all names in it, with the place of each use.
Error Lets::cycle(const Expression& name) const {
  const auto first = std::find(busy_.begin(), busy_.end(), name.text);
  const auto length = static_cast<std::size_t>(busy_.end() - first);
  if (length == 1) return Error(ErrorCode::cycle, "'" + name.text + "' needs itself").at(name.span);
  std::string path;
  const std::size_t shown = std::min(length, most_in_cycle);
  for (std::size_t i = 0; i < shown; ++i) path += first[static_cast<std::ptrdiff_t>(i)] + " -> ";
  if (shown < length) path += "(" + std::to_string(length - shown) + " more) -> ";
  Error error(ErrorCode::cycle, "names wait for each other: " + path + name.text);
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string& user = first[static_cast<std::ptrdiff_t>(i)];
    const std::string& used = first[static_cast<std::ptrdiff_t>((i + 1) % length)];
    const std::string edge = "'" + user + "' needs '" + used + "'";
    error.labels.push_back({use_of(used, entries_.find(user)->second), i == 0 ? edge + " ..." : "... and " + edge});
  }
  return error;
}

base::Span Lets::use_of(const std::string& name, const Entry& entry) const {
  std::vector<const Expression*> names;
  scenario::collect_names(entry.let->value, names);
  for (const Expression* used : names)
    if (used->text == name) return used->span;
  return entry.let->name_span;
}

namespace {

/// True for errors that another value could mend, unlike those of the expression as it is written.
bool is_about_values(ErrorCode code) {
  using enum ErrorCode;
  constexpr ErrorCode of_values[] = {bad_operands, wrong_type,     wrong_dimension,  out_of_range, not_finite,
                                     missing_unit, unknown_choice, lossy_conversion, wrong_wire,   wrong_shape};
  return std::find(std::begin(of_values), std::end(of_values), code) != std::end(of_values);
}

}  // namespace

void Lets::show_origins(const Term& term, std::span<Error> errors) const {
  if (term.kind != Term::Kind::expression || errors.empty()) return;
  std::vector<const Expression*> names;
  scenario::collect_names(term, names);
  const bool alone = term.expression.kind == Expression::Kind::name;
  std::set<std::string_view> seen;
  for (const Expression* name : names) {
    const auto found = entries_.find(name->text);
    if (found == entries_.end() || !seen.insert(name->text).second) continue;
    const base::Span& place = found->second.let->value.span;
    const bool set = scenario::is_on_command_line(place);
    if (!set && !alone) continue;
    const base::Label label{place, "'" + name->text + "' is set here"};
    // What the user has just typed is most likely what is wrong.
    for (Error& error : errors)
      if (is_about_values(error.code)) error.labels.insert(set ? error.labels.begin() : error.labels.end(), label);
  }
}

Result<std::optional<value::Value>> Lets::find(const Expression& name) const {
  const auto found = entries_.find(name.text);
  if (found == entries_.end()) return unknown(name);
  return found->second.value;
}

std::vector<std::pair<std::string, value::Value>> Lets::in_order() const {
  std::vector<std::pair<std::string, value::Value>> all;
  for (const std::string& name : order_)
    if (const auto& value = entries_.find(name)->second.value) all.emplace_back(name, *value);
  return all;
}

}  // namespace orrery::plan
