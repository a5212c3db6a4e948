// Laying overrides over a tree, and saying which path was meant when there is none of that name.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/scenario/keys.hpp"
#include "engine/scenario/merge.hpp"
#include "engine/scenario/table_index.hpp"

namespace orrery::scenario {
namespace {

/// Looking for the nearest path costs time in proportion to the tree, which must not add up.
constexpr std::size_t most_suggestions = 20;
constexpr std::size_t most_paths = 50'000;

class Overlay {
 public:
  Overlay(Node& tree, const OverrideRules& rules, base::Errors& errors) : tree_(tree), rules_(rules), errors_(errors) {}

  void visit(Node::Table& target, const Node::Table& from) {
    TableIndex index(target, from.size());
    for (const Member& member : from) {
      path_.push_back(member.key);
      visit_member(index, target, member);
      path_.pop_back();
    }
  }

 private:
  void visit_member(TableIndex& index, const Node::Table& siblings, const Member& member) {
    Member* present = path_.size() == 1 && is_forbidden() ? nullptr : index.find(member.key);
    if (present && present->node.is_table() && member.node.is_table()) {
      visit(present->node.table(), member.node.table());
    } else if (present) {
      if (rules_.apply) present->node = member.node;
    } else if (path_.size() == 1 && always_exists(member.key) && member.node.is_table()) {
      visit_missing_table(index, member);
    } else if (may_be_new(path_)) {
      if (rules_.apply) index.add(member);
    } else {
      report(siblings, member);
    }
  }

  /// What the files of a run consist of is settled before overrides are read.
  bool is_forbidden() const {
    const std::string& key = path_.front();
    return key == "orrery" || key == "include" || key == "override" || key == "profile";
  }

  void visit_missing_table(TableIndex& index, const Member& member) {
    Member empty{member.key, member.key_span, Node{Node::Table{}, member.node.span, {}}};
    visit(empty.node.table(), member.node.table());
    if (rules_.apply && !empty.node.table().empty()) index.add(std::move(empty));
  }

  /// The only path below a member, so that a dotted key is shown whole; the member's own if there are several.
  static std::string path_below(const Node& node) {
    if (!node.is_table() || node.table().size() != 1) return "";
    const Member& only = node.table().front();
    return "." + only.key + path_below(only.node);
  }

  void report(const Node::Table& siblings, const Member& member) {
    if (!rules_.report || contains(rules_.doubtful, path_.front())) return;
    const std::string below = path_below(member.node);
    const std::string path = rules_.full_path.value_or(base::join(path_, ".") + below);
    base::Error error =
        base::Error(base::ErrorCode::unknown_setting, "no value '" + path + "' to set").at(member.key_span);
    if (errors_.size() < most_suggestions) suggest(error, path, below, siblings);
    errors_.push_back(std::move(error));
  }

  std::optional<std::string> nearest_path(const std::string& path, const std::string& below,
                                          const Node::Table& siblings) const {
    std::vector<std::string> names;
    for (const Member& sibling : siblings) names.push_back(sibling.key);
    if (path_.size() == 3 && path_[0] == "expect") names = expectation_keys();
    if (path_.size() == 1) names = top_level_keys();
    if (path_.size() == 1 && contains(names, path_.front())) return std::nullopt;
    const auto parent = base::join(std::span(path_).first(path_.size() - 1), ".");
    if (const auto near = base::nearest(path_.back(), names)) {
      const std::string candidate = (parent.empty() ? "" : parent + ".") + *near + below;
      if (node_at(tree_, candidate) || below.empty()) return candidate;
    }
    const auto paths = leaf_paths(tree_);
    return paths.size() > most_paths ? std::nullopt : base::nearest(path, paths);
  }

  void suggest(base::Error& error, const std::string& path, const std::string& below,
               const Node::Table& siblings) const {
    const auto near = nearest_path(path, below, siblings);
    if (!near) return;
    std::string& label = error.labels.front().text;
    label = "did you mean '" + *near + "'?";
    const Node* present = node_at(tree_, *near);
    if (present && !present->is_table()) label += " " + now_text(*present);
    if (rules_.full_path) error.suggestions.push_back({error.labels.front().span, *near});
  }

  Node& tree_;
  const OverrideRules& rules_;
  base::Errors& errors_;
  std::vector<std::string> path_;
};

}  // namespace

void lay_over(Node& tree, const Node& override_table, const OverrideRules& rules, base::Errors& errors) {
  Overlay(tree, rules, errors).visit(tree.table(), override_table.table());
}

}  // namespace orrery::scenario
