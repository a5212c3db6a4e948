// Files: reading whole ones, writing so that a name never holds half a file.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/result.hpp"

namespace orrery::base {

/// Errors: file_not_found, file_unreadable (also for folders and devices), file_too_large.
Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit_bytes);

/// Temporary file beside it, fsync, rename. Error: cannot_write, with the system's reason.
Result<Done> write_file(const std::filesystem::path& path, std::string_view bytes);

/// The same for parts that are written one after the other, so that nobody has to join them in memory.
Result<Done> write_file_parts(const std::filesystem::path& path, std::span<const std::string_view> parts);

/// "No space left on device" for an errno value.
std::string system_message(int error_number);

}  // namespace orrery::base
