// Which build of the engine this is, and where it keeps what it remembers.
// SPDX-License-Identifier: Apache-2.0
#include <elf.h>
#include <link.h>
#include <sys/stat.h>

#include <cstdlib>
#include <cstring>
#include <span>

#include "engine/base/hash.hpp"
#include "engine/host/verdict_cache.hpp"

namespace orrery::host {
namespace {

std::string hex(std::span<const unsigned char> bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

constexpr std::size_t padded(std::size_t size) { return (size + 3) / 4 * 4; }

/// The build identifier among the notes of a segment.
std::string build_id_of(std::span<const unsigned char> notes) {
  while (notes.size() >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) note;
    std::memcpy(&note, notes.data(), sizeof(note));
    const std::size_t name = sizeof(note), description = name + padded(note.n_namesz);
    const std::size_t end = description + padded(note.n_descsz);
    if (end > notes.size()) break;
    const bool is_build_id =
        note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && !std::memcmp(&notes[name], "GNU", 4);
    if (is_build_id) return hex(notes.subspan(description, note.n_descsz));
    notes = notes.subspan(end);
  }
  return "";
}

/// For dl_iterate_phdr, which begins with the program itself.
int take_program(dl_phdr_info* program, std::size_t, void* found) {
  for (std::size_t i = 0; i < program->dlpi_phnum; ++i) {
    const auto& segment = program->dlpi_phdr[i];
    if (segment.p_type != PT_NOTE) continue;
    const auto* bytes = reinterpret_cast<const unsigned char*>(program->dlpi_addr + segment.p_vaddr);
    std::string id = build_id_of({bytes, segment.p_memsz});
    if (id.empty()) continue;
    *static_cast<std::string*>(found) = std::move(id);
    break;
  }
  return 1;
}

std::string from_file() {
  struct stat facts {};
  ::stat("/proc/self/exe", &facts);
  const auto& time = facts.st_mtim;
  return base::xxh3_128_hex(std::to_string(facts.st_size) + " " + std::to_string(facts.st_ino) + " " +
                            std::to_string(time.tv_sec) + " " + std::to_string(time.tv_nsec));
}

}  // namespace

std::string engine_build() {
  std::string id;
  ::dl_iterate_phdr(&take_program, &id);
  return id.empty() ? from_file() : id;
}

std::filesystem::path default_cache_file(const std::string& build) {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  std::filesystem::path folder;
  // The XDG rules: a relative path is to be ignored.
  if (cache && *cache == '/') folder = cache;
  else if (home && *home == '/') folder = std::filesystem::path(home) / ".cache";
  return folder.empty() ? folder : folder / "orrery" / ("plugins-" + build + ".cache");
}

}  // namespace orrery::host
