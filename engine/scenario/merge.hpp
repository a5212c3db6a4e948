// Joins the trees of several files, and lays overrides over the result.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/scenario/node.hpp"

namespace orrery::scenario {

/// Tables merge, arrays of tables append; a value that both have is defined_twice.
void merge(Node& into, Node from, base::Errors& errors);

struct OverrideRules {
  bool apply = true;   ///< false: only check the paths
  bool report = true;  ///< false: unknown paths are skipped in silence, because what should have them could not be read
  std::vector<std::string> doubtful;     ///< first parts of paths that are not reported: their table is misspelt
  std::optional<std::string> full_path;  ///< of a single path: what messages call it
};

/// Lays the leaves of a table over a tree. Error: unknown_setting for a path that neither the tree nor the format has.
void lay_over(Node& tree, const Node& override_table, const OverrideRules& rules, base::Errors& errors);

/// All paths to leaves of a tree, "step.orbit.samples".
std::vector<std::string> leaf_paths(const Node& tree);
/// The node at a path of plain keys; null if there is none.
const Node* node_at(const Node& tree, const std::string& path);

/// "(now 256, 1-chain.toml:21)"
std::string now_text(const Node& node);

}  // namespace orrery::scenario
