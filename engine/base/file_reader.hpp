// A regular file open for reading, for those who fill their own memory.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "engine/base/result.hpp"

namespace orrery::base {

class FileReader {
 public:
  /// Errors: file_not_found, file_unreadable (also for folders and devices), file_too_large.
  static Result<FileReader> open(const std::filesystem::path& path, std::uint64_t limit_bytes);

  FileReader(FileReader&& other) noexcept;
  FileReader& operator=(FileReader&& other) noexcept;
  ~FileReader();

  /// Bytes of the file when it was opened; 0 for files whose size the system does not know, such as those in /proc.
  std::uint64_t size() const { return size_; }

  /// Reads until the memory is full or the file ends, and returns the number of bytes read. Error: file_unreadable.
  Result<std::size_t> read(std::span<std::byte> into);

 private:
  FileReader(int descriptor, std::uint64_t size, std::filesystem::path path)
      : descriptor_(descriptor), size_(size), path_(std::move(path)) {}

  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  std::filesystem::path path_;
};

}  // namespace orrery::base
