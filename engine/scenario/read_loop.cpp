// Reads [loop.NAME].
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/scenario/reader.hpp"

namespace orrery::scenario {
namespace {

using base::Error;
using base::ErrorCode;

class LoopReader {
 public:
  LoopReader(const Member& member, base::Errors& errors) : member_(member), errors_(errors) {
    loop_.name = member.key;
    loop_.name_span = member.key_span;
  }

  std::optional<Loop> read() {
    const std::size_t before = errors_.size();
    for (const Member& member : member_.node.table()) read_key(member);
    check_ending();
    check_states();
    check_solve(loop_, errors_);
    return errors_.size() == before ? std::optional(std::move(loop_)) : std::nullopt;
  }

 private:
  std::string owner(const std::string& part = "") const {
    return "[loop." + loop_.name + (part.empty() ? "" : "." + part) + "]";
  }

  void read_key(const Member& member) {
    if (member.key == "passes") return read_term(member, loop_.passes);
    if (member.key == "stop_when") return read_term(member, loop_.stop_when);
    if (member.key == "checkpoint") return read_term(member, loop_.checkpoint);
    if (member.key == "doc") return void(loop_.doc = want_text(member, errors_).value_or(""));
    if (member.key == "on_nan") return read_on_nan(member);
    if (member.key == "state") return read_values(member, loop_.state);
    if (member.key == "next") return read_values(member, loop_.next);
    if (member.key == "step") return read_steps(member);
    if (member.key == "clock") return read_clock(member, loop_, errors_);
    if (member.key == "solve") return read_solve(member, loop_, errors_);
    if (member.key == "record") return read_recording(member, loop_, errors_);
    report_unknown_key(member, owner(), loop_keys(), errors_);
  }

  void read_term(const Member& member, std::optional<Term>& into) {
    into.emplace();
    want_term(member.node, *into, errors_);
  }

  void read_on_nan(const Member& member) {
    if (!member.node.is_text()) return report_wrong_type(member, "a text", errors_);
    const auto choice = want_choice(member.node, "'on_nan' of a loop", {"stop", "record", "reject"}, errors_);
    loop_.on_nan = static_cast<Loop::OnNan>(choice.value_or(0));
  }

  void read_values(const Member& member, std::vector<Input>& into) {
    if (!want_table(member, owner(member.key), errors_)) return;
    for (const Member& value : member.node.table()) {
      if (!want_name(value, "a state", false, errors_)) continue;
      Input input{value.key, value.key_span, {}};
      if (want_term(value.node, input.value, errors_)) into.push_back(std::move(input));
    }
  }

  void read_steps(const Member& member) {
    if (!want_table(member, owner("step.NAME"), errors_)) return;
    for (const Member& step : member.node.table())
      read_step(step, "loop." + loop_.name + ".step", loop_.steps, errors_);
  }

  void check_ending() {
    if (loop_.passes || loop_.stop_when || loop_.clock) return;
    errors_.push_back(Error(ErrorCode::missing_key, owner() + " does not say when it ends")
                          .at(loop_.name_span)
                          .help("add 'passes', 'stop_when' or 'clock'; the first end that comes counts"));
  }

  static const Input* find(const std::vector<Input>& all, const std::string& name) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Input& input) { return input.name == name; });
    return found == all.end() ? nullptr : &*found;
  }

  void check_states() {
    std::vector<std::string> names;
    for (const Input& state : loop_.state) names.push_back(state.name);
    for (const Input& next : loop_.next) {
      if (find(loop_.state, next.name) || (loop_.clock && next.name == "time")) continue;
      Error error(ErrorCode::unknown_key, "loop '" + loop_.name + "' has no state '" + next.name + "'");
      const auto near = base::nearest(next.name, names);
      if (near) error.suggestions.push_back({next.name_span, *near});
      errors_.push_back(std::move(error)
                            .at(next.name_span, near ? "did you mean '" + *near + "'?" : "")
                            .note(names.empty() ? "it has no state" : "states: " + base::join(names)));
    }
    for (const Input& state : loop_.state) check_state(state);
  }

  void check_state(const Input& state) {
    if (!find(loop_.next, state.name))
      errors_.push_back(Error(ErrorCode::missing_key, owner("next") + " does not say how '" + state.name + "' goes on")
                            .at(state.name_span, "first value of a state without a next one")
                            .help("a value that stays the same is no state: name it in [let], or wire it"));
    const bool taken = state.name == "pass" || state.name == "passes" || state.name == "stopped" ||
                       state.name == "rejected" || (loop_.clock && state.name == "time") ||
                       (loop_.solve && state.name == "iterations");
    const auto same = [&](const Step& step) { return step.name == state.name; };
    if (taken || std::any_of(loop_.steps.begin(), loop_.steps.end(), same))
      errors_.push_back(Error(ErrorCode::bad_name, "'" + state.name + "' cannot be the name of a state")
                            .at(state.name_span, taken ? "the loop has an output of its own of this name"
                                                       : "one of the loop's steps has this name"));
  }

  const Member& member_;
  base::Errors& errors_;
  Loop loop_;
};

}  // namespace

void read_loop(const Member& member, Reading& reading) {
  if (!want_name(member, "a loop", true, reading.errors) || is_kept_name(member, "a loop", reading.errors)) return;
  if (!want_table(member, "[loop." + member.key + "]", reading.errors)) return;
  if (auto loop = LoopReader(member, reading.errors).read()) reading.scenario.loops.push_back(std::move(*loop));
}

}  // namespace orrery::scenario
