// The text of a wire, in the one spelling that serves as its name.
// SPDX-License-Identifier: Apache-2.0
#include "engine/scenario/expression.hpp"

namespace orrery::scenario {
namespace {

std::string number(const std::optional<std::int64_t>& index) { return index ? std::to_string(*index) : ""; }

std::string to_text(const Selector& selector) {
  if (selector.kind == Selector::Kind::index) return number(selector.begin);
  const bool steps = selector.step && *selector.step != 1;
  return number(selector.begin) + ":" + number(selector.end) + (steps ? ":" + number(selector.step) : "");
}

}  // namespace

std::string to_text(const std::vector<Selector>& group) {
  if (!group.empty() && group.front().kind == Selector::Kind::column) return "." + group.front().column;
  std::string text = "[";
  for (const Selector& selector : group) {
    if (text.size() > 1) text += ',';
    text += to_text(selector);
  }
  return text + "]";
}

std::string to_text(const Reference& reference) {
  std::string text = reference.step + "." + reference.output;
  for (const auto& group : reference.selections) text += to_text(group);
  return text;
}

}  // namespace orrery::scenario
