// Names, times, hashes and links of a run directory.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/files.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <ctime>

#include "engine/base/file.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/text.hpp"

namespace orrery::store {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t name_limit = 64;

std::tm utc(Clock::time_point time) {
  const std::time_t seconds = Clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return parts;
}

std::int64_t microseconds(Clock::time_point time) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(time);
  return std::chrono::duration_cast<std::chrono::microseconds>(time - whole).count();
}

std::string formatted(const char* format, const std::tm& parts) {
  char text[64];
  return {text, std::strftime(text, sizeof text, format, &parts)};
}

/// Cuts a UTF-8 text to at most `limit` bytes without halving a character.
std::string cut(std::string text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  text.resize(limit);
  return text;
}

void sync_folder(const fs::path& folder) {
  const int fd = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  ::fsync(fd);
  ::close(fd);
}

}  // namespace

std::string safe_name(std::string_view text) {
  std::string name;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool unsafe = byte < 0x20 || byte == 0x7F || c == '/' || c == '\\' || (c == '.' && name.empty());
    name += unsafe ? '_' : c;
  }
  if (base::first_invalid_utf8(name)) {
    std::replace_if(
        name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '_');
  }
  name = cut(std::move(name), name_limit);
  // "latest" is a name that every folder of runs uses itself.
  if (name == "latest") name += '_';
  return name.empty() ? "run" : name;
}

std::string file_stem(std::string_view saved) {
  std::string stem;
  int colons = 0;
  for (const char c : saved) {
    if (c == '[' || c == ',') colons = 0;
    if (c == '[' || c == ',') stem += '_';
    else if (c == ':') stem += colons++ == 0 ? "to" : "by";
    else if (c != ']') stem += c;
  }
  return safe_name(stem);
}

std::string iso_time(Clock::time_point time) {
  char fraction[16];
  std::snprintf(fraction, sizeof fraction, ".%03dZ", static_cast<int>(microseconds(time) / 1000));
  return formatted("%Y-%m-%dT%H:%M:%S", utc(time)) + fraction;
}

std::string run_id(Clock::time_point time) {
  char fraction[8];
  std::snprintf(fraction, sizeof fraction, "-%04x", static_cast<unsigned>(microseconds(time) * 65536 / 1000000));
  return formatted("%Y%m%d-%H%M%S", utc(time)) + fraction;
}

bool is_run_id(std::string_view text) {
  constexpr std::string_view form = "dddddddd-dddddd-xxxx";
  const auto fits = [](char c, char kind) {
    const bool digit = c >= '0' && c <= '9';
    return kind == '-' ? c == '-' : digit || (kind == 'x' && c >= 'a' && c <= 'f');
  };
  return text.size() == form.size() && std::equal(text.begin(), text.end(), form.begin(), fits);
}

std::string file_sha256(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat facts {};
  if (fd < 0 || ::fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode)) {
    if (fd >= 0) ::close(fd);
    return {};
  }
  const auto size = static_cast<std::size_t>(facts.st_size);
  // Mapped, because a saved value may be larger than the memory that is left.
  void* const bytes = size ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0) : nullptr;
  ::close(fd);
  if (bytes == MAP_FAILED) return {};
  std::string hash = base::sha256_hex({static_cast<const char*>(bytes), size});
  if (bytes) ::munmap(bytes, size);
  return hash;
}

base::Error cannot_write(const fs::path& path, int error_number) {
  base::Error error(base::ErrorCode::cannot_write,
                    "cannot write '" + base::printable(path.native()) + "': " + base::system_message(error_number));
  const bool full = error_number == ENOSPC || error_number == EDQUOT;
  return std::move(error).help(full ? "free some space, or choose another folder with --out DIR"
                                    : "choose another folder with --out DIR");
}

base::Result<base::Done> make_folders(const fs::path& path) {
  std::error_code reason;
  fs::create_directories(path, reason);
  if (reason) return cannot_write(path, reason.value());
  if (!fs::is_directory(path, reason)) return cannot_write(path, ENOTDIR);
  return base::Done{};
}

base::Result<base::Done> replace_link(const fs::path& link, const fs::path& target) {
  const fs::path temporary = link.parent_path() / ("." + link.filename().string() + "." + std::to_string(::getpid()));
  ::unlink(temporary.c_str());
  if (::symlink(target.c_str(), temporary.c_str()) != 0) {
    if (errno == EPERM || errno == EOPNOTSUPP) return base::Done{};
    return cannot_write(link, errno);
  }
  return move_into_place(temporary, link);
}

base::Result<base::Done> move_into_place(const fs::path& temporary, const fs::path& path) {
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    const int reason = errno;
    ::unlink(temporary.c_str());
    return cannot_write(path, reason);
  }
  sync_folder(path.parent_path());
  return base::Done{};
}

}  // namespace orrery::store
