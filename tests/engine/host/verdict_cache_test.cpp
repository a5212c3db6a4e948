// Remembering verdicts, and forgetting them when the cache is not to be trusted.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/verdict_cache.hpp"

#include "engine/base/hash.hpp"
#include "tests/engine/host/zoo.hpp"

using namespace orrery;
using host::FileIdentity;
using host::Verdict;
using host::VerdictCache;

namespace {

const std::string content = base::sha256_hex("content"), other_content = base::sha256_hex("other");
constexpr FileIdentity identity{1, 2, 3, 4, 5};

Verdict refused() {
  base::Error error(base::ErrorCode::plugin_crashed, "a\tb\nc");
  error.notes = {"one", "two"};
  error.helps = {"help"};
  return {"", std::move(error)};
}

/// A cache with two files of the folder, saved.
std::filesystem::path saved(const zoo::Folder& folder) {
  const auto file = folder.path() / "deep" / "er" / "plugins.cache";
  VerdictCache cache(file, "build");
  cache.learn_file(folder.write("a", ""), identity, content);
  cache.learn_file(folder.write("b", ""), identity, other_content);
  cache.learn_verdict(content, {"zoo", {}});
  cache.learn_verdict(other_content, refused());
  cache.save();
  return file;
}

bool knows(const std::filesystem::path& file, const zoo::Folder& folder, const std::string& build = "build") {
  const VerdictCache cache(file, build);
  return cache.sha256_of((folder.path() / "a").string(), identity) && cache.verdict_of(content);
}

}  // namespace

TEST_SUITE("engine/host/verdict_cache") {
  TEST_CASE("what is saved is known again") {
    const zoo::Folder folder;
    const VerdictCache cache(saved(folder), "build");
    const std::string a = (folder.path() / "a").string();
    REQUIRE(cache.sha256_of(a, identity));
    CHECK(*cache.sha256_of(a, identity) == content);
    CHECK(cache.verdict_of(content)->plugin == "zoo");
    REQUIRE(cache.verdict_of(other_content));
    CHECK(zoo::shown(*cache.verdict_of(other_content)->error) == "plugin_crashed: a\\x09b\\x0ac | one | two");
    CHECK(cache.verdict_of(other_content)->error->helps == std::vector<std::string>{"help"});
  }

  TEST_CASE("a file that changed in any way is not known") {
    const zoo::Folder folder;
    const VerdictCache cache(saved(folder), "build");
    const std::string a = (folder.path() / "a").string();
    for (const FileIdentity changed :
         {FileIdentity{9, 2, 3, 4, 5}, FileIdentity{1, 9, 3, 4, 5}, FileIdentity{1, 2, 9, 4, 5},
          FileIdentity{1, 2, 3, 9, 5}, FileIdentity{1, 2, 3, 4, 9}})
      CHECK_FALSE(cache.sha256_of(a, changed));
    CHECK_FALSE(cache.sha256_of("elsewhere", identity));
  }

  TEST_CASE("another build of the engine knows nothing") {
    const zoo::Folder folder;
    const auto file = saved(folder);
    CHECK(knows(file, folder));
    CHECK_FALSE(knows(file, folder, "another"));
  }

  TEST_CASE("a damaged cache is ignored whatever the damage") {
    const zoo::Folder folder;
    const auto file = saved(folder);
    const std::string good = zoo::bytes_of(file);
    for (std::size_t i = 0; i < good.size(); ++i) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ 1);
      folder.write("cut", good.substr(0, i));
      folder.write("bad", bad);
      CAPTURE(i);
      CHECK_FALSE(knows(folder.path() / "cut", folder));
      CHECK_FALSE(knows(folder.path() / "bad", folder));
    }
    CHECK_FALSE(knows(folder.path(), folder));
  }

  TEST_CASE("files that are gone are forgotten when the cache is saved") {
    const zoo::Folder folder;
    const auto file = saved(folder);
    std::filesystem::remove(folder.path() / "b");
    VerdictCache cache(file, "build");
    cache.learn_verdict(content, {"zoo", {}});
    cache.save();
    const VerdictCache again(file, "build");
    CHECK(again.verdict_of(content));
    CHECK_FALSE(again.verdict_of(other_content));
  }

  TEST_CASE("caches of other builds go when they are old or too many and nothing else does") {
    const zoo::Folder folder;
    const auto now = std::filesystem::file_time_type::clock::now();
    const auto aged = [&](const std::string& name, int days) {
      const std::filesystem::path path = folder.write(name, name);
      std::filesystem::last_write_time(path, now - std::chrono::hours(24 * days));
      return path;
    };
    const auto exists = [](const std::filesystem::path& path) { return std::filesystem::exists(path); };
    const auto old = aged("plugins-aa.cache", 31), young = aged("plugins-bb.cache", 29);
    const auto other = aged("notes.cache", 400), similar = aged("plugins-aa.cache.bak", 400);
    const auto linked = folder.path() / "plugins-link.cache";
    std::filesystem::create_symlink(other, linked);
    std::filesystem::create_directory(folder.path() / "plugins-folder.cache");
    const auto save = [&](const std::string& build) {
      VerdictCache cache(folder.path() / ("plugins-" + build + ".cache"), build);
      cache.learn_file(other.string(), identity, content);
      cache.learn_verdict(content, {"zoo", {}});
      cache.save();
    };
    save("first");
    CHECK_FALSE(exists(old));
    for (const auto& kept : {young, other, similar, linked, folder.path() / "plugins-folder.cache"})
      CHECK(exists(kept));
    for (int build = 0; build < 12; ++build) save("build" + std::to_string(build));
    std::size_t caches = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
      caches += entry.path().extension() == ".cache" && entry.path().filename().string().starts_with("plugins-b");
    CHECK(caches == 9);
    CHECK(exists(folder.path() / "plugins-build11.cache"));
    CHECK_FALSE(exists(young));
  }

  TEST_CASE("a cache that is used stays young") {
    const zoo::Folder folder;
    const auto file = saved(folder);
    const auto old = std::filesystem::file_time_type::clock::now() - std::chrono::hours(24 * 40);
    std::filesystem::last_write_time(file, old);
    CHECK_FALSE(knows(file, folder, "another"));
    CHECK(std::filesystem::last_write_time(file) == old);
    CHECK(knows(file, folder));
    CHECK(std::filesystem::last_write_time(file) > old + std::chrono::hours(24 * 39));
  }

  TEST_CASE("a folder that cannot be written does no harm") {
    VerdictCache cache("/proc/orrery/plugins.cache", "build");
    cache.learn_verdict(content, {"zoo", {}});
    cache.save();
    CHECK(cache.verdict_of(content));
    VerdictCache none("", "build");
    none.learn_verdict(content, {"zoo", {}});
    none.save();
  }

  TEST_CASE("the default place follows the rules of XDG") {
    const auto with = [](const char* cache, const char* home) {
      cache ? ::setenv("XDG_CACHE_HOME", cache, 1) : ::unsetenv("XDG_CACHE_HOME");
      home ? ::setenv("HOME", home, 1) : ::unsetenv("HOME");
      return host::default_cache_file("b1").string();
    };
    const std::string home_before = std::getenv("HOME") ? std::getenv("HOME") : "";
    CHECK(with("/c", "/h") == "/c/orrery/plugins-b1.cache");
    CHECK(with("relative", "/h") == "/h/.cache/orrery/plugins-b1.cache");
    CHECK(with(nullptr, "/h") == "/h/.cache/orrery/plugins-b1.cache");
    CHECK(with(nullptr, nullptr) == "");
    if (!home_before.empty()) ::setenv("HOME", home_before.c_str(), 1);
  }

  TEST_CASE("a build of the engine has an identifier") {
    CHECK(host::engine_build().size() >= 32);
    CHECK(host::engine_build() == host::engine_build());
  }
}
