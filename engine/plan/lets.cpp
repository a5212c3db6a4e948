// Computing the names of [let].
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/lets.hpp"

#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/plan/literal.hpp"
#include "engine/plan/wording.hpp"

namespace orrery::plan {

using base::Error;
using base::ErrorCode;
using base::Errors;
using base::Result;
using scenario::Expression;
using scenario::Term;

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

Lets::Lets(const scenario::Scenario& scenario, Errors& errors) {
  for (const scenario::Let& let : scenario.lets) {
    entries_.emplace(let.name, Entry{&let, State::untouched, std::nullopt});
    order_.push_back(let.name);
  }
  for (const std::string& name : order_) value_of(entries_.find(name)->second, errors);
}

std::optional<value::Value> Lets::value_of(Entry& entry, Errors& errors) {
  if (entry.state == State::untouched) {
    entry.state = State::busy;
    busy_.push_back(entry.let->name);
    compute(entry, errors);
    busy_.pop_back();
    entry.state = State::done;
  }
  return entry.value;
}

void Lets::compute(Entry& entry, Errors& errors) {
  const Term& term = entry.let->value;
  std::vector<const scenario::Reference*> wires;
  scenario::collect_references(term, wires);
  for (const scenario::Reference* wire : wires)
    errors.push_back(Error(ErrorCode::bad_reference, "a name of [let] cannot depend on a step").at(wire->span));
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
  auto computed = evaluate(term.expression, [&](const Expression& name) { return resolve(name, errors); });
  if (computed) entry.value = std::move(computed->value);
  else add(errors, std::move(computed).errors());
}

Result<Operand> Lets::resolve(const Expression& name, Errors& errors) {
  const auto found = entries_.find(name.text);
  if (found == entries_.end()) return unknown_name(name, order_);
  if (found->second.state == State::busy) return cycle(name);
  auto value = value_of(found->second, errors);
  if (!value) return reported();
  return Operand{signature_of(*value), std::move(value)};
}

/// From the name that closes the cycle along all names in it, with the place of each use.
Error Lets::cycle(const Expression& name) const {
  const auto first = std::find(busy_.begin(), busy_.end(), name.text);
  const auto length = static_cast<std::size_t>(busy_.end() - first);
  if (length == 1) return Error(ErrorCode::cycle, "'" + name.text + "' needs itself").at(name.span);
  std::string path;
  for (auto at = first; at != busy_.end(); ++at) path += *at + " -> ";
  Error error(ErrorCode::cycle, "names wait for each other: " + path + name.text);
  for (std::size_t i = 0; i < length; ++i) {
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

Result<std::optional<value::Value>> Lets::find(const Expression& name) const {
  const auto found = entries_.find(name.text);
  if (found == entries_.end()) return unknown_name(name, order_);
  return found->second.value;
}

std::vector<std::pair<std::string, value::Value>> Lets::in_order() const {
  std::vector<std::pair<std::string, value::Value>> all;
  for (const std::string& name : order_)
    if (const auto& value = entries_.find(name)->second.value) all.emplace_back(name, *value);
  return all;
}

}  // namespace orrery::plan
