// Remembering verdicts between starts, so that a plugin is scanned once and a later start costs one stat a file.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "engine/base/result.hpp"
#include "engine/host/verdict.hpp"

namespace orrery::host {

/// What changes when a file's content does.
struct FileIdentity {
  std::uint64_t device = 0, inode = 0, size = 0, modified_ns = 0, changed_ns = 0;
  bool operator==(const FileIdentity&) const = default;
};

/// 1. Made from a file, which may be missing or damaged: then nothing is known.
/// 2. Asked by path and identity, or by the hash of a content that may have moved.
/// 3. Told what was found out.
/// 4. Saved if there is news; whether that succeeds does not matter. Caches of other builds that nobody has used for a
///    month go then, and so do those that more than eight others are younger than.
/// Any number of processes may do this at once: files are replaced whole, and one that goes costs a scan.
class VerdictCache {
 public:
  struct Known {
    FileIdentity identity;
    std::string sha256;
  };

  /// @param file  empty: nothing is remembered
  /// @param build  of this engine: another one may judge differently
  VerdictCache(std::filesystem::path file, std::string build);

  const std::string* sha256_of(const std::string& path, const FileIdentity& identity) const;
  const Verdict* verdict_of(const std::string& sha256) const;
  void learn_file(const std::string& path, const FileIdentity& identity, const std::string& sha256);
  void learn_verdict(const std::string& sha256, Verdict verdict);
  void save();

 private:
  bool parse(std::string_view text);
  bool parse_line(std::string_view line);
  std::string to_text() const;
  void forget_lost_files();
  void mark_used() const;
  void prune_others() const;

  std::filesystem::path file_;
  std::string build_;
  std::map<std::string, Known, std::less<>> files_;       ///< by path
  std::map<std::string, Verdict, std::less<>> verdicts_;  ///< by SHA-256 of the content
  bool news_ = false;
};

/// `$XDG_CACHE_HOME/orrery/plugins-BUILD.cache`, or the same below ~/.cache; empty if there is no home.
std::filesystem::path default_cache_file(const std::string& build);

/// The linker's identifier of this program, or of its size and time where it has none.
std::string engine_build();

}  // namespace orrery::host
