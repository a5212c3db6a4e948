// Reads the tables of [loop.NAME] that say how it goes: clock, solve, record.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "engine/base/text.hpp"
#include "engine/scenario/reader.hpp"

namespace orrery::scenario {
namespace {

using base::Error;
using base::ErrorCode;

std::string owner_of(const Loop& loop, const Member& member) { return "[loop." + loop.name + "." + member.key + "]"; }

/// Error for each key that the table must have and has not.
void want_keys(const Member& member, const std::string& owner, const Keys& needed, base::Errors& errors) {
  for (const std::string& key : needed)
    if (!member.node.find(key))
      errors.push_back(Error(ErrorCode::missing_key, owner + " needs '" + key + "'").at(member.key_span));
}

void read_method(const Member& member, Solve& solve, base::Errors& errors) {
  static const Keys names{"anderson", "aitken", "fixed_point"};
  const auto choice = want_text(member, errors);
  if (!choice) return;
  const auto found = std::find(names.begin(), names.end(), *choice);
  if (found != names.end()) {
    solve.method = static_cast<Solve::Method>(found - names.begin());
    return;
  }
  Error error(ErrorCode::unknown_choice, "'method' cannot be '" + base::printable(*choice) + "'");
  const auto near = base::nearest(*choice, names);
  if (near) error.suggestions.push_back({member.node.span, "\"" + *near + "\""});
  errors.push_back(std::move(error)
                       .at(member.node.span, near ? "did you mean '" + *near + "'?" : "")
                       .note("choices: " + base::join(names)));
}

void read_over(const Member& member, Solve& solve, base::Errors& errors) {
  const std::size_t before = errors.size();
  for (const Node* text : want_texts(member, errors)) solve.over.emplace_back(text->text(), text->span);
  if (solve.over.empty() && errors.size() == before)
    errors.push_back(Error(ErrorCode::missing_key, "'over' names no state").at(member.node.span));
}

}  // namespace

void read_clock(const Member& member, Loop& loop, base::Errors& errors) {
  const std::string owner = owner_of(loop, member);
  if (!want_table(member, owner, errors)) return;
  Clock& clock = loop.clock.emplace();
  clock.span = member.key_span;
  for (const Member& key : member.node.table()) {
    Term* into = key.key == "from" ? &clock.from : key.key == "to" ? &clock.to : key.key == "by" ? &clock.by : nullptr;
    if (into) want_term(key.node, *into, errors);
    else report_unknown_key(key, owner, clock_keys(), errors);
  }
  want_keys(member, owner, clock_keys(), errors);
}

void read_solve(const Member& member, Loop& loop, base::Errors& errors) {
  const std::string owner = owner_of(loop, member);
  if (!want_table(member, owner, errors)) return;
  Solve& solve = loop.solve.emplace();
  solve.span = member.key_span;
  for (const Member& key : member.node.table()) {
    if (key.key == "over") read_over(key, solve, errors);
    else if (key.key == "method") read_method(key, solve, errors);
    else if (key.key == "tol") want_term(key.node, solve.tol.emplace(), errors);
    else if (key.key == "atol") want_term(key.node, solve.atol.emplace(), errors);
    else if (key.key == "max") want_term(key.node, solve.most.emplace(), errors);
    else report_unknown_key(key, owner, solve_keys(), errors);
  }
  want_keys(member, owner, {"over"}, errors);
}

void read_recording(const Member& member, Loop& loop, base::Errors& errors) {
  const std::string owner = owner_of(loop, member);
  if (!want_table(member, owner, errors)) return;
  for (const Member& key : member.node.table()) {
    if (key.key == "every") want_term(key.node, loop.record_every.emplace(), errors);
    else report_unknown_key(key, owner, recording_keys(), errors);
  }
  want_keys(member, owner, recording_keys(), errors);
}

void check_solve(const Loop& loop, base::Errors& errors) {
  if (!loop.solve) return;
  std::vector<std::string> names, seen;
  for (const Input& state : loop.state) names.push_back(state.name);
  for (const auto& [name, span] : loop.solve->over) {
    if (contains(seen, name))
      errors.push_back(Error(ErrorCode::defined_twice, "'over' names '" + base::printable(name) + "' twice").at(span));
    seen.push_back(name);
    if (contains(names, name)) continue;
    Error error(ErrorCode::unknown_key, "loop '" + loop.name + "' has no state '" + base::printable(name) + "'");
    const auto near = base::nearest(name, names);
    if (near) error.suggestions.push_back({span, "\"" + *near + "\""});
    errors.push_back(std::move(error)
                         .at(span, near ? "did you mean '" + *near + "'?" : "")
                         .note(names.empty() ? "it has no state" : "states: " + base::join(names)));
  }
}

}  // namespace orrery::scenario
