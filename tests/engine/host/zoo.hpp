// Getting at the plugins of the zoo: their files, and copies of them with some bytes changed.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "engine/base/file.hpp"
#include "engine/host/plugins.hpp"

namespace zoo {

namespace fs = std::filesystem;

inline fs::path file(const std::string& name) { return fs::path(ORRERY_ZOO_DIR) / (name + ".orrery.so"); }

inline std::string bytes_of(const fs::path& path) { return *orrery::base::read_file(path, 1u << 30); }

/// A folder that only this user can write to, gone at the end of the test.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "orrery-host-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()));
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

  fs::path write(const std::string& name, std::string_view bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    ::chmod((path_ / name).c_str(), 0644);
    return path_ / name;
  }
  fs::path copy(const std::string& animal, const std::string& as = "") const {
    const fs::path target = path_ / ((as.empty() ? animal : as) + ".orrery.so");
    fs::copy_file(file(animal), target, fs::copy_options::overwrite_existing);
    return target;
  }

 private:
  fs::path path_;
};

inline orrery::host::LoadOptions options(fs::path cache = {}) {
  orrery::host::LoadOptions options;
  options.scan_executable = ORRERY_SCAN_CHILD;
  options.cache = std::move(cache);
  return options;
}

inline std::string shown(const orrery::base::Error& error) {
  std::string text = std::string(name_of(error.code)) + ": " + error.message;
  for (const std::string& note : error.notes) text += " | " + note;
  return text;
}

/// "code: message | note", or "" if the file loads.
inline std::string refusal(const fs::path& path) {
  orrery::catalog::Catalog catalog;
  const auto done = orrery::host::load_one(path, options(), catalog);
  return done ? "" : shown(done.error());
}

}  // namespace zoo
