// Names, times, hashes and links of a run directory.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.hpp"

namespace orrery::store {

using Clock = std::chrono::system_clock;

/// A file name made of any text: no slashes, control characters or leading dots; at most 64 bytes; never empty.
std::string safe_name(std::string_view text);

/// What the file of a saved value is called, without its ending: "orbit.velocity[1:3,0]" becomes
/// "orbit.velocity_1to3_0".
std::string file_stem(std::string_view saved);

/// "2026-11-24T00:12:00.123Z"
std::string iso_time(Clock::time_point time);
/// "20261124-001200-7f3a" in UTC. The four digits are the fraction of the second, so names sort by time.
std::string run_id(Clock::time_point time);
/// True for a text of the form that run_id makes.
bool is_run_id(std::string_view text);

/// SHA-256 of a file's bytes; empty if it cannot be read.
std::string file_sha256(const std::filesystem::path& path);

/// The error for a path that could not be written, with the system's reason.
base::Error cannot_write(const std::filesystem::path& path, int error_number);

/// Makes a folder and its parents. Error: cannot_write.
base::Result<base::Done> make_folders(const std::filesystem::path& path);

/// Points a symbolic link elsewhere in one step. A file system without links is no error: readers then take the newest.
base::Result<base::Done> replace_link(const std::filesystem::path& link, const std::filesystem::path& target);

/// Renames a finished temporary file and makes the new name last. Error: cannot_write.
base::Result<base::Done> move_into_place(const std::filesystem::path& temporary, const std::filesystem::path& path);

}  // namespace orrery::store
