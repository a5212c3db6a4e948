// Looking at a plugin in a child process first, so that a library that crashes, hangs or exits harms nobody.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "engine/host/verdict.hpp"

namespace orrery::host {

/// The word after which the engine's own program looks at one plugin: `orrery __scan PATH`.
inline constexpr const char* scan_verb = "__scan";

/// Where that program writes its verdict.
inline constexpr int scan_descriptor = 3;

/// The child's side: loads the library, reads its description, writes the verdict. Returns the exit code of main.
int scan_main(const std::filesystem::path& path, int descriptor);

/// The parent's side.
/// @param executable  a program that calls scan_main when its arguments are scan_verb and a path
Verdict scan(const std::filesystem::path& path, const std::filesystem::path& executable,
             std::chrono::milliseconds limit);

/// True if a scan's verdict follows from the file's content alone, or is too costly to find out every time.
bool is_lasting(const Verdict& verdict);

}  // namespace orrery::host
