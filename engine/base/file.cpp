// Whole files: read with a limit, written under a temporary name first.
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <system_error>

#include "engine/base/file_reader.hpp"
#include "engine/base/text.hpp"

namespace orrery::base {
namespace {

/// A file under a name that nobody else uses, which goes away unless it is renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::filesystem::path& folder) {
    static std::atomic<std::uint64_t> counter{0};
    const std::string stem = ".orrery-" + std::to_string(::getpid()) + "-";
    // Exclusive creation, because a process on another host may have the same id and the same network disk.
    do {
      path_ = folder / (stem + std::to_string(counter++) + ".tmp");
      descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (descriptor_ < 0 && (errno == EEXIST || errno == EINTR));
    exists_ = descriptor_ >= 0;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (exists_) ::unlink(path_.c_str());
  }

  bool is_open() const { return exists_; }

  bool write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t put = ::write(descriptor_, bytes.data(), bytes.size());
      if (put < 0 && errno != EINTR) return false;
      if (put > 0) bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return true;
  }

  bool finish() {
    // Some file systems cannot sync; the data are then as safe as they can be there.
    if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != ENOTSUP) return false;
    return ::close(std::exchange(descriptor_, -1)) == 0 || errno == EINTR;
  }

  bool rename_to(const std::filesystem::path& target) {
    if (::rename(path_.c_str(), target.c_str()) != 0) return false;
    exists_ = false;
    return true;
  }

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
  bool exists_ = false;
};

Error cannot_write(const std::filesystem::path& path, int error_number) {
  return {ErrorCode::cannot_write, "cannot write '" + printable(path.native()) + "': " + system_message(error_number)};
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit_bytes) {
  Result<FileReader> reader = FileReader::open(path, limit_bytes);
  if (!reader) return std::move(reader).errors();
  std::string bytes;
  std::size_t done = 0;
  // The size is only a hint: the file may grow while it is read, and files in /proc have none.
  for (std::size_t room = static_cast<std::size_t>(reader->size()) + 1;; room = std::max<std::size_t>(room, 4096)) {
    bytes.resize(done + room);
    Result<std::size_t> got = reader->read(std::as_writable_bytes(std::span(bytes).subspan(done)));
    if (!got) return std::move(got).errors();
    done += *got;
    if (done > limit_bytes) {
      return Error{ErrorCode::file_too_large,
                   "'" + printable(path.native()) + "' has more than " + std::to_string(limit_bytes) + " bytes"};
    }
    if (*got < room) break;
  }
  bytes.resize(done);
  return bytes;
}

Result<Done> write_file(const std::filesystem::path& path, std::string_view bytes) {
  return write_file_parts(path, std::array{bytes});
}

Result<Done> write_file_parts(const std::filesystem::path& path, std::span<const std::string_view> parts) {
  if (!path.has_filename()) return cannot_write(path, EISDIR);
  TemporaryFile file(path.has_parent_path() ? path.parent_path() : ".");
  if (!file.is_open()) return cannot_write(path, errno);
  for (const std::string_view part : parts) {
    if (!file.write(part)) return cannot_write(path, errno);
  }
  if (!file.finish() || !file.rename_to(path)) return cannot_write(path, errno);
  return Done{};
}

std::string system_message(int error_number) { return std::generic_category().message(error_number); }

}  // namespace orrery::base
