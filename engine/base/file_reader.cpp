// Reading of regular files; folders, devices and pipes are refused, since they block or never end.
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/file_reader.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "engine/base/file.hpp"
#include "engine/base/text.hpp"

namespace orrery::base {
namespace {

std::string quoted(const std::filesystem::path& path) { return "'" + printable(path.native()) + "'"; }

Error cannot_read(const std::filesystem::path& path, int error_number) {
  return {ErrorCode::file_unreadable, "cannot read " + quoted(path) + ": " + system_message(error_number)};
}

Error cannot_open(const std::filesystem::path& path, int error_number) {
  const bool missing = error_number == ENOENT || error_number == ENOTDIR;
  return missing ? Error{ErrorCode::file_not_found, "there is no file " + quoted(path)}
                 : cannot_read(path, error_number);
}

std::optional<Error> refusal(const std::filesystem::path& path, const struct stat& status, std::uint64_t limit) {
  if (S_ISDIR(status.st_mode)) return Error{ErrorCode::file_unreadable, quoted(path) + " is a folder, not a file"};
  if (!S_ISREG(status.st_mode)) return Error{ErrorCode::file_unreadable, quoted(path) + " is not a regular file"};
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size <= limit) return std::nullopt;
  return Error{ErrorCode::file_too_large,
               quoted(path) + " has " + std::to_string(size) + " bytes; the limit is " + std::to_string(limit)};
}

}  // namespace

Result<FileReader> FileReader::open(const std::filesystem::path& path, std::uint64_t limit_bytes) {
  // Non-blocking, because opening a pipe that nobody writes to would wait for ever.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) return cannot_open(path, errno);
  FileReader reader(descriptor, 0, path);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return cannot_read(path, errno);
  if (auto refused = refusal(path, status, limit_bytes)) return std::move(*refused);
  reader.size_ = static_cast<std::uint64_t>(status.st_size);
  return reader;
}

FileReader::FileReader(FileReader&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_), path_(std::move(other.path_)) {}

FileReader& FileReader::operator=(FileReader&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  std::swap(path_, other.path_);
  return *this;
}

FileReader::~FileReader() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::size_t> FileReader::read(std::span<std::byte> into) {
  std::size_t done = 0;
  while (done < into.size()) {
    const ssize_t got = ::read(descriptor_, into.data() + done, into.size() - done);
    if (got == 0) break;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return cannot_read(path_, errno);
    done += static_cast<std::size_t>(got);
  }
  return done;
}

}  // namespace orrery::base
