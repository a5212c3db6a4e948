// The command line's share of a scenario.
// SPDX-License-Identifier: Apache-2.0
#include "engine/scenario/settings.hpp"

#include "engine/base/text.hpp"
#include "engine/scenario/merge.hpp"

namespace orrery::scenario {
namespace {

using SourcePointer = std::shared_ptr<const base::Source>;

constexpr const char* source_name = "<command line>";

std::uint32_t width(const std::string& text) { return static_cast<std::uint32_t>(text.size()); }

void move_to(Node& node, const SourcePointer& source) {
  node.span.source = source;
  if (node.is_array()) {
    for (Node& item : node.array()) move_to(item, source);
  } else if (node.is_table()) {
    for (Member& member : node.table()) {
      member.key_span.source = source;
      move_to(member.node, source);
    }
  }
}

/// The value as TOML, read from a text in which it stands at the same column as on the command line.
std::optional<Node> toml_value(const std::string& value, std::uint32_t column) {
  const std::string text = "v" + std::string(column - 3, ' ') + "=" + value;
  auto tree = parse_toml(std::make_shared<const base::Source>(base::Source{source_name, text}));
  if (!tree || tree->table().size() != 1 || tree->table().front().key != "v") return std::nullopt;
  return std::move(tree->table().front().node);
}

Node plain_text(const std::string& value, const base::Span& span) {
  Node node{value, span, {}};
  if (value.find('\n') == value.npos) node.content = 0;
  return node;
}

std::vector<std::string> split_path(const std::string& path) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    parts.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::vector<std::string> let_names(const Node& tree) {
  std::vector<std::string> names;
  const Node* lets = tree.find("let");
  if (lets && lets->is_table()) {
    for (const Member& member : lets->table()) names.push_back(member.key);
  }
  return names;
}

base::Error unknown_let(const Node& tree, const std::string& name, const base::Span& place) {
  const auto names = let_names(tree);
  base::Error error = base::Error(base::ErrorCode::unknown_setting, "no value '" + name + "' to set").at(place);
  if (const auto near = base::nearest(name, names)) {
    const Node* present = node_at(tree, "let." + *near);
    error.labels.front().text = "did you mean '" + *near + "'?";
    if (present && !present->is_table()) error.labels.front().text += " " + now_text(*present);
    error.suggestions.push_back({place, *near});
  }
  if (!names.empty()) error.notes.push_back("names of [let]: " + base::join(names));
  error.helps.push_back("other values are set by their path: --set step.NAME.INPUT=VALUE");
  return error;
}

/// Tables around a value, so that it stands at its path. Each key's place is the whole path.
Node wrapped(Node value, const std::vector<std::string>& path, const base::Span& place) {
  for (auto key = path.rbegin(); key != path.rend(); ++key) {
    Node::Table table;
    table.push_back({*key, place, std::move(value)});
    value = Node{std::move(table), place, {}};
  }
  return value;
}

}  // namespace

base::Span command_line_span(const std::string& before, const std::string& word) {
  auto source = std::make_shared<const base::Source>(base::Source{source_name, before + word});
  return {std::move(source), 1, width(before) + 1, width(before) + width(word) + 1};
}

bool is_on_command_line(const base::Span& span) { return span && span.source->name == source_name; }

Node command_line_node(const std::string& before, const std::string& text) {
  return plain_text(text, command_line_span(before, base::printable(text)));
}

Node command_line_value(const std::string& before, const std::string& value) {
  auto source = std::make_shared<const base::Source>(base::Source{source_name, before + value});
  auto node = toml_value(value, width(before) + 1);
  if (node) {
    move_to(*node, source);
    return *std::move(node);
  }
  const std::string first_line = value.substr(0, value.find('\n'));
  return plain_text(value, {source, 1, width(before) + 1, width(before) + width(first_line) + 1});
}

void lay_setting(Node& tree, const Setting& setting, bool report, base::Errors& errors) {
  const std::string option = "--set ";
  // A line break in the path would make another line of what has to be one.
  const std::string path = base::printable(setting.path);
  const std::string before = option + path + "=";
  auto source = std::make_shared<const base::Source>(base::Source{source_name, before + setting.value});
  const base::Span place{source, 1, width(option) + 1, width(before)};
  auto parts = split_path(setting.path);
  if (parts.size() == 1) {
    const Node* lets = tree.find("let");
    if (!lets || !lets->find(parts.front())) {
      if (report) errors.push_back(unknown_let(tree, path, place));
      return;
    }
    parts.insert(parts.begin(), "let");
  }
  OverrideRules rules;
  rules.report = report;
  rules.full_path = path;
  lay_over(tree, wrapped(command_line_value(before, setting.value), parts, place), rules, errors);
}

}  // namespace orrery::scenario
