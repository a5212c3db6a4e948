// Reads a scenario's file and all that it includes, each once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/scenario/node.hpp"

namespace orrery::scenario {

inline constexpr std::uint64_t max_file_bytes = 16ull << 20;
inline constexpr std::size_t max_files = 64;

struct LoadedFile {
  std::filesystem::path path;
  std::shared_ptr<const base::Source> source;
  Node root;
};

struct LoadedFiles {
  std::vector<LoadedFile> files;  ///< in the order of merging: an included file before the one that includes it
  bool complete = true;           ///< false if a file could not be read: what it would have set is unknown
  bool unknown_format = false;    ///< written for another format version: nothing in it can be judged
  base::Errors errors;
};

/// Names of includes are relative to the file that has them. An included file need not state a format version.
/// @param name  what messages call the outermost file   @param folder  where it lies
LoadedFiles load_files(std::string text, const std::string& name, const std::filesystem::path& folder);

}  // namespace orrery::scenario
