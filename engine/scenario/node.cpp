// Looking things up in a tree, and the places in the source that its parts came from.
// SPDX-License-Identifier: Apache-2.0
#include "engine/scenario/node.hpp"

#include <algorithm>

#include "engine/scenario/source_lines.hpp"

namespace orrery::scenario {

Node* Node::find(std::string_view key) {
  auto* members = std::get_if<Table>(&value);
  if (!members) return nullptr;
  const auto found = std::find_if(members->begin(), members->end(), [&](const Member& m) { return m.key == key; });
  return found == members->end() ? nullptr : &found->node;
}

const Node* Node::find(std::string_view key) const { return const_cast<Node*>(this)->find(key); }

std::string_view Node::kind_name() const {
  static constexpr std::string_view names[] = {"a truth value", "a whole number", "a number", "a text",
                                               "a date",        "a list",         "a table"};
  return names[value.index()];
}

std::string Node::spelling() const { return std::string(text_of(span)); }

base::Span inside(const Node& text, std::size_t begin, std::size_t end) {
  base::Span part = text.span;
  if (!text.content) return part;
  const std::uint32_t first = part.column + *text.content;
  part.column = std::min(first + static_cast<std::uint32_t>(begin), part.end_column);
  part.end_column = std::clamp(first + static_cast<std::uint32_t>(end), part.column, part.end_column);
  return part;
}

}  // namespace orrery::scenario
