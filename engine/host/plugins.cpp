// The door to plugins: search, scan, load.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/plugins.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <set>

#include "engine/base/file.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/text.hpp"
#include "engine/host/descriptor.hpp"
#include "engine/host/elf.hpp"
#include "engine/host/library.hpp"
#include "engine/host/plugin_operation.hpp"
#include "engine/host/scan.hpp"
#include "engine/host/verdict_cache.hpp"

namespace orrery::host {
namespace {

namespace fs = std::filesystem;
using base::Done;
using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::uint64_t max_library_bytes = std::uint64_t{2} << 30;

std::uint64_t nanoseconds(const timespec& time) {
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(time.tv_nsec);
}

Error not_there(int problem) { return {ErrorCode::plugin_not_found, base::system_message(problem)}; }

/// Of a regular file that nobody else can change.
Result<FileIdentity> identify(const fs::path& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return not_there(errno);
  if (S_ISDIR(facts.st_mode)) return Error(ErrorCode::plugin_not_library, "it is a folder");
  if (!S_ISREG(facts.st_mode)) return Error(ErrorCode::plugin_not_library, "it is not a regular file");
  if (facts.st_mode & S_IWOTH)
    return Error(ErrorCode::plugin_unsafe_folder, "everybody can write to this file")
        .help("chmod o-w " + path.string());
  return FileIdentity{facts.st_dev, facts.st_ino, static_cast<std::uint64_t>(facts.st_size), nanoseconds(facts.st_mtim),
                      nanoseconds(facts.st_ctim)};
}

/// Names of the plugin files in a folder, sorted.
Result<std::vector<fs::path>> list_folder(const SearchFolder& folder) {
  struct stat facts {};
  if (::stat(folder.path.c_str(), &facts) != 0) {
    if (!folder.must_exist) return std::vector<fs::path>{};
    return not_there(errno);
  }
  if (!S_ISDIR(facts.st_mode)) return Error(ErrorCode::plugin_not_found, "it is not a folder");
  if (facts.st_mode & S_IWOTH)
    return Error(ErrorCode::plugin_unsafe_folder, "everybody can write to this folder, so no plugin is loaded from it")
        .help("chmod o-w " + folder.path.string());
  std::error_code problem;
  std::vector<fs::path> files;
  for (fs::directory_iterator entry(folder.path, problem), end; !problem && entry != end; entry.increment(problem)) {
    const std::string name = entry->path().filename().string();
    if (name.ends_with(plugin_suffix) && !name.starts_with('.')) files.push_back(fs::absolute(entry->path()));
  }
  if (problem) return Error(ErrorCode::plugin_not_found, problem.message());
  std::sort(files.begin(), files.end());
  return files;
}

class Loader {
 public:
  Loader(const LoadOptions& options, catalog::Catalog& catalog)
      : options_(options), catalog_(catalog), cache_(options.cache, options.cache.empty() ? "" : engine_build()) {}

  void load_folder(const SearchFolder& folder);
  Result<Done> load_file(const fs::path& path);
  LoadReport finish() {
    cache_.save();
    return std::move(report_);
  }

 private:
  struct Judged {
    std::string sha256;
    Verdict verdict;
  };

  Result<Judged> judge(const fs::path& path);
  Verdict look(const fs::path& path, const std::string& bytes, const std::string& sha256);
  Result<Done> open(const fs::path& path, const std::string& sha256);
  std::shared_ptr<const catalog::PluginFacts> loaded(const std::string& name) const;

  const LoadOptions& options_;
  catalog::Catalog& catalog_;
  VerdictCache cache_;
  std::set<fs::path> folders_;
  LoadReport report_;
};

void Loader::load_folder(const SearchFolder& folder) {
  std::error_code ignored;
  if (!folders_.insert(fs::weakly_canonical(folder.path, ignored)).second) return;
  auto files = list_folder(folder);
  if (!files) {
    report_.refused.push_back({folder.path, files.error()});
    return;
  }
  for (const fs::path& file : *files)
    if (auto done = load_file(file); !done) report_.refused.push_back({file, done.error()});
}

Result<Done> Loader::load_file(const fs::path& path) {
  auto judged = judge(path);
  if (!judged) return std::move(judged).errors();
  if (!judged->verdict.good()) return *judged->verdict.error;
  const auto other = loaded(judged->verdict.plugin);
  if (!other) return open(path, judged->sha256);
  if (other->sha256 == judged->sha256) return Done{};
  return Error(ErrorCode::plugin_duplicate,
               "plugin '" + other->name + "' is already loaded from " + base::printable(other->file));
}

/// One stat when the file is known; otherwise it is read, and scanned if its content is new as well.
Result<Loader::Judged> Loader::judge(const fs::path& path) {
  const auto identity = identify(path);
  if (!identity) return identity.errors();
  if (const std::string* sha256 = cache_.sha256_of(path.string(), *identity))
    if (const Verdict* known = cache_.verdict_of(*sha256)) return Judged{*sha256, *known};
  const auto bytes = base::read_file(path, max_library_bytes);
  if (!bytes) return Error(ErrorCode::plugin_not_library, bytes.error().message);
  std::string sha256 = base::sha256_hex(*bytes);
  cache_.learn_file(path.string(), *identity, sha256);
  const Verdict* known = cache_.verdict_of(sha256);
  Verdict verdict = known ? *known : look(path, *bytes, sha256);
  return Judged{std::move(sha256), std::move(verdict)};
}

Verdict Loader::look(const fs::path& path, const std::string& bytes, const std::string& sha256) {
  auto elf = read_elf(bytes);
  auto exports = elf ? check_exports(*elf) : Result<Done>(elf.errors());
  if (!exports) {
    Verdict verdict{"", joined(std::move(exports).errors())};
    cache_.learn_verdict(sha256, verdict);
    return verdict;
  }
  ++report_.scanned;
  Verdict verdict = scan(path, options_.scan_executable, options_.scan_limit);
  if (!verdict.good() && verdict.error->code == ErrorCode::plugin_hung && !options_.cache.empty())
    verdict.error->helps.push_back("this is remembered; to try again, remove " + options_.cache.string());
  if (is_lasting(verdict)) cache_.learn_verdict(sha256, verdict);
  return verdict;
}

Result<Done> Loader::open(const fs::path& path, const std::string& sha256) {
  const auto library = open_library(path);
  if (!library) return library.errors();
  auto description = read_descriptor(library->descriptor);
  if (!description) return joined(std::move(description).errors());
  description->plugin->file = path.string();
  description->plugin->sha256 = sha256;
  std::vector<std::unique_ptr<catalog::Operation>> operations;
  for (OperationDescription& operation : description->operations)
    operations.push_back(std::make_unique<PluginOperation>(std::move(operation)));
  auto added = catalog_.add(description->plugin, std::move(operations));
  report_.loaded += added ? 1 : 0;
  return added;
}

std::shared_ptr<const catalog::PluginFacts> Loader::loaded(const std::string& name) const {
  for (auto& plugin : catalog_.plugins())
    if (plugin->name == name) return plugin;
  return nullptr;
}

}  // namespace

fs::path default_cache() { return default_cache_file(engine_build()); }

LoadReport load_all(const LoadOptions& options, catalog::Catalog& catalog) {
  Loader loader(options, catalog);
  for (const SearchFolder& folder : options.folders) loader.load_folder(folder);
  return loader.finish();
}

Result<Done> load_one(const fs::path& path, const LoadOptions& options, catalog::Catalog& catalog) {
  Loader loader(options, catalog);
  auto done = loader.load_file(fs::absolute(path));
  loader.finish();
  return done;
}

}  // namespace orrery::host
