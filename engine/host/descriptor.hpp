// A plugin's description of itself, checked and turned into facts of the catalog.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include <orrery/abi/plugin.h>

#include "engine/base/result.hpp"
#include "engine/catalog/operation.hpp"

namespace orrery::host {

struct OperationDescription {
  catalog::OperationFacts facts;  ///< its name with the plugin's before it; its plugin is set
  const orrery_operation* raw;    ///< lives as long as the process
};

struct PluginDescription {
  std::shared_ptr<catalog::PluginFacts> plugin;  ///< shared with every operation's facts; file and sha256 are empty
  std::vector<OperationDescription> operations;
};

/// Checks everything that is said about the plugin, its operations and their ports. Structs are read by their own size,
/// so longer ones of the future are fine. Only pointers are trusted: a wild one crashes, which is why this runs in a
/// child process first.
/// Errors: plugin_wrong_abi, plugin_bad_descriptor: one for each problem, naming plugin, operation and port.
base::Result<PluginDescription> read_descriptor(const orrery_plugin* plugin);

}  // namespace orrery::host
