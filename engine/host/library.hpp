// Opening a plugin's shared library. The only file that knows how libraries are loaded.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include <orrery/abi/plugin.h>

#include "engine/base/result.hpp"

namespace orrery::host {

struct OpenLibrary {
  const orrery_plugin* descriptor = nullptr;
  bool changed_float_environment = false;  ///< while it was loaded; it has been put right again in this thread
};

/// Loads the library with all its symbols resolved and none of them visible to others. It stays loaded until the
/// process ends: what plugins leave behind (threads, destructors, unique symbols) makes unloading unsafe. Runs the
/// library's constructors, so that a bad one may crash: scan first.
/// @param path  absolute, or it is made so: a bare name would be searched for elsewhere
/// Errors: plugin_unresolved, plugin_no_symbol, plugin_threw, plugin_not_library.
base::Result<OpenLibrary> open_library(const std::filesystem::path& path);

}  // namespace orrery::host
