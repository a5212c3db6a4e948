// The plugins that a command works with: where they are looked for, and what is said of those that were refused.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/catalog/catalog.hpp"
#include "engine/cli/session.hpp"
#include "engine/host/plugins.hpp"

namespace orrery::cli {

struct Plugins {
  catalog::Catalog catalog;
  std::vector<host::Refusal> refused;
};

/// --plugin-path, ORRERY_PLUGIN_PATH, $XDG_DATA_HOME/orrery/plugins, and lib/orrery/plugins beside the program's bin.
/// The current folder is never among them unless it is named.
std::vector<host::SearchFolder> plugin_folders(const Arguments& arguments);

/// Loads all of them; a warning tells of each that was refused.
Plugins load_plugins(const Session& session);
/// The same without a word.
Plugins load_plugins_silently(const Arguments& arguments);

/// Adds to "unknown operation" which file would have offered it and why it was refused.
void explain_unknown(base::Errors& errors, const std::vector<host::Refusal>& refused);

/// The program's own file.
std::filesystem::path own_executable();

}  // namespace orrery::cli
