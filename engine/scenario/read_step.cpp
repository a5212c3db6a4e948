// Reads [step.NAME].
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/text.hpp"
#include "engine/scenario/reader.hpp"

namespace orrery::scenario {
namespace {

using base::ErrorCode;

/// @param owner  the table that holds the step
void read_every(const Member& member, const std::string& owner, Step& step, base::Errors& errors) {
  if (owner != "step") return void(want_term(member.node, step.every.emplace(), errors));
  errors.push_back(
      base::Error(ErrorCode::unknown_key, "[step." + step.name + "] is no step of a loop, so it has no 'every'")
          .at(member.key_span)
          .note("a step of a loop, [loop.NAME.step.X], runs in every so many passes; other steps run once"));
}

void read_reserved(const Member& member, const std::string& owner, Step& step, base::Errors& errors) {
  if (contains(later_step_keys(), member.key))
    return report_later(member.key_span, "'" + member.key + "' of a step", errors);
  if (member.key == "use") {
    step.operation = want_text(member, errors).value_or("");
    step.operation_span = member.node.span;
  } else if (member.key == "stream") {
    step.stream = want_text(member, errors).value_or("");
  } else if (member.key == "every") {
    read_every(member, owner, step, errors);
  } else if (member.key == "doc") {
    step.doc = want_text(member, errors).value_or("");
  } else if (member.key == "after") {
    for (const Node* text : want_texts(member, errors)) step.after.emplace_back(text->text(), text->span);
  }
}

void report_no_use(const Step& step, const std::string& owner, const Node& table, base::Errors& errors) {
  base::Error error =
      base::Error(ErrorCode::missing_key, owner + " does not say which operation it uses").at(step.name_span);
  std::vector<std::string> keys;
  for (const Member& member : table.table()) keys.push_back(member.key);
  const auto near = base::nearest("use", keys);
  if (near) {
    const Member* found = nullptr;
    for (const Member& member : table.table()) found = member.key == *near ? &member : found;
    error.labels = {{found->key_span, "did you mean 'use'?"}};
    error.suggestions.push_back({found->key_span, "use"});
  } else {
    error.helps.push_back("add: use = \"PLUGIN.OPERATION\"");
  }
  errors.push_back(std::move(error));
}

}  // namespace

bool is_kept_name(const Member& member, const std::string& what, base::Errors& errors) {
  const bool state = member.key == "state", clock = member.key == "clock";
  if (!state && !clock && member.key != "points") return false;
  errors.push_back(base::Error(ErrorCode::bad_name, "'" + member.key + "' cannot be the name of " + what)
                       .at(member.key_span)
                       .note(state   ? "'@state.x' is the value of a loop's last pass"
                             : clock ? "'@clock.time' is the time of a loop's pass"
                                     : "'@points.x' is a column of the table of points"));
  return true;
}

void read_step(const Member& member, const std::string& holder, std::vector<Step>& into, base::Errors& errors) {
  if (!want_name(member, "a step", true, errors) || is_kept_name(member, "a step", errors)) return;
  const std::string owner = "[" + holder + "." + member.key + "]";
  if (!want_table(member, owner, errors)) return;
  Step step;
  step.name = member.key;
  step.name_span = member.key_span;
  // One of the keys is 'use', and inputs are large.
  step.inputs.reserve(member.node.table().size() - !member.node.table().empty());
  bool has_use = false;
  for (const Member& input : member.node.table()) {
    has_use = has_use || input.key == "use";
    if (contains(reserved_step_keys(), input.key)) {
      read_reserved(input, holder, step, errors);
    } else {
      step.inputs.push_back({input.key, input.key_span, {}});
      if (!want_term(input.node, step.inputs.back().value, errors)) step.inputs.pop_back();
    }
  }
  if (!has_use) report_no_use(step, owner, member.node, errors);
  into.push_back(std::move(step));
}

}  // namespace orrery::scenario
