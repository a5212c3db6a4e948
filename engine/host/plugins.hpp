// The door to plugins: finds libraries, keeps bad ones out, puts the operations of the others into the catalog.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/catalog/catalog.hpp"

namespace orrery::host {

inline constexpr std::string_view plugin_suffix = ".orrery.so";

struct SearchFolder {
  std::filesystem::path path;
  bool must_exist = false;  ///< named by the user, so that its absence is worth a word
};

struct LoadOptions {
  std::vector<SearchFolder> folders;      ///< of plugins of one name the one in the first folder wins
  std::filesystem::path scan_executable;  ///< a program that calls scan_main for the verb `__scan`: the engine itself
  std::filesystem::path cache;            ///< file of verdicts; empty: none
  std::chrono::milliseconds scan_limit{5000};
};

/// The path to default_cache_file of this build; empty where there is no home.
std::filesystem::path default_cache();

struct Refusal {
  std::filesystem::path path;  ///< of the file or folder
  base::Error error;           ///< its message is a sentence about the file, without its path
};

struct LoadReport {
  std::vector<Refusal> refused;  ///< in the order of folders and names
  std::size_t loaded = 0;        ///< plugins that are new in the catalog
  std::size_t scanned = 0;       ///< child processes that this took
};

/// Loads every NAME.orrery.so of the folders (not of folders in them), in the order of their names. A refusal of one
/// does not keep the others out. Errors of a refusal: plugin_not_found, plugin_unsafe_folder, plugin_not_library,
/// plugin_truncated, plugin_wrong_machine, plugin_no_symbol, plugin_two_symbols, plugin_unresolved,
/// plugin_float_environment, plugin_crashed, plugin_threw, plugin_exited, plugin_hung, plugin_wrong_abi,
/// plugin_bad_descriptor, plugin_duplicate.
LoadReport load_all(const LoadOptions& options, catalog::Catalog& catalog);

/// The same for one file, wherever it is. The folders of the options are not looked at.
base::Result<base::Done> load_one(const std::filesystem::path& path, const LoadOptions& options,
                                  catalog::Catalog& catalog);

}  // namespace orrery::host
