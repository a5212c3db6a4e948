// Joining trees.
// SPDX-License-Identifier: Apache-2.0
#include "engine/scenario/merge.hpp"

#include <algorithm>
#include <iterator>

#include "engine/base/text.hpp"
#include "engine/scenario/table_index.hpp"

namespace orrery::scenario {
namespace {

bool is_table_list(const Node& node) {
  return node.is_array() && !node.array().empty() &&
         std::all_of(node.array().begin(), node.array().end(), [](const Node& item) { return item.is_table(); });
}

void report_twice(const Member& again, const Member& first, base::Errors& errors) {
  errors.push_back(base::Error(base::ErrorCode::defined_twice, "'" + again.key + "' is set twice")
                       .at(again.key_span, "set again here")
                       .at(first.key_span, "first set here")
                       .help("to replace a value of an included file, put it below [override]"));
}

void merge_member(Member& into, Member from, base::Errors& errors) {
  if (into.node.is_table() && from.node.is_table()) {
    merge(into.node, std::move(from.node), errors);
  } else if (is_table_list(into.node) && is_table_list(from.node)) {
    auto& items = into.node.array();
    std::move(from.node.array().begin(), from.node.array().end(), std::back_inserter(items));
  } else {
    report_twice(from, into, errors);
  }
}

void collect_paths(const Node& node, const std::string& path, std::vector<std::string>& into) {
  if (!node.is_table()) {
    into.push_back(path);
    return;
  }
  for (const Member& member : node.table()) {
    collect_paths(member.node, path.empty() ? member.key : path + "." + member.key, into);
  }
}

constexpr std::size_t longest_shown = 40;

}  // namespace

void merge(Node& into, Node from, base::Errors& errors) {
  TableIndex index(into.table(), from.table().size());
  for (Member& member : from.table()) {
    if (Member* present = index.find(member.key)) {
      merge_member(*present, std::move(member), errors);
    } else {
      index.add(std::move(member));
    }
  }
}

std::vector<std::string> leaf_paths(const Node& tree) {
  std::vector<std::string> paths;
  collect_paths(tree, "", paths);
  return paths;
}

const Node* node_at(const Node& tree, const std::string& path) {
  const Node* node = &tree;
  for (std::size_t begin = 0; node && begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    node = node->find(std::string_view(path).substr(begin, end - begin));
    begin = end + 1;
  }
  return node;
}

std::string now_text(const Node& node) {
  std::string spelling = node.spelling();
  if (spelling.size() > longest_shown) spelling = spelling.substr(0, longest_shown) + "...";
  return "(now " + spelling + ", " + node.span.source->name + ":" + std::to_string(node.span.line) + ")";
}

}  // namespace orrery::scenario
