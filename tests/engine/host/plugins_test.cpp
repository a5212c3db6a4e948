// Loading folders of plugins: order, refusals, duplicates, unsafe places, and what a second start remembers.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/plugins.hpp"

#include <elf.h>

#include "tests/engine/host/zoo.hpp"

using namespace orrery;
namespace fs = std::filesystem;

namespace {

struct Loaded {
  catalog::Catalog catalog;
  host::LoadReport report;

  /// "file: code: message" of each refusal.
  std::vector<std::string> refusals() const {
    std::vector<std::string> all;
    for (const host::Refusal& refusal : report.refused)
      all.push_back(refusal.path.filename().string() + ": " + zoo::shown(refusal.error));
    return all;
  }
};

std::unique_ptr<Loaded> load(std::vector<host::SearchFolder> folders, const fs::path& cache = {}) {
  auto loaded = std::make_unique<Loaded>();
  host::LoadOptions options = zoo::options(cache);
  options.folders = std::move(folders);
  loaded->report = host::load_all(options, loaded->catalog);
  return loaded;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_SUITE("engine/host/plugins") {
  TEST_CASE("the good ones load and each bad one is refused by a line") {
    const zoo::Folder folder;
    folder.copy("good");
    folder.copy("two_symbols");
    folder.copy("crash");
    folder.write("text.orrery.so", "not a library");
    folder.write("cut.orrery.so", zoo::bytes_of(zoo::file("good")).substr(0, 5000));
    folder.write("notes.txt", "not looked at");
    folder.write(".hidden.orrery.so", "not looked at");
    fs::create_directory(folder.path() / "folder.orrery.so");
    ::mkfifo((folder.path() / "pipe.orrery.so").c_str(), 0644);
    fs::create_symlink("nowhere", folder.path() / "broken_link.orrery.so");
    const auto loaded = load({{folder.path(), true}});
    CHECK(loaded->refusals() ==
          Texts{"broken_link.orrery.so: plugin_not_found: No such file or directory",
                "crash.orrery.so: plugin_crashed: it crashed while it was loaded (SIGSEGV)",
                "cut.orrery.so: plugin_truncated: the file ends after 5000 bytes, but its segments reach up to byte " +
                    loaded->refusals()[2].substr(loaded->refusals()[2].rfind(' ') + 1),
                "folder.orrery.so: plugin_not_library: it is a folder",
                "pipe.orrery.so: plugin_not_library: it is not a regular file",
                "text.orrery.so: plugin_not_library: it is a text file",
                "two_symbols.orrery.so: plugin_two_symbols: it exports more than 'orrery_plugin_0': 'helper_a', "
                "'helper_b', 'helper_c' and 2 more"});
    CHECK(loaded->catalog.names() == Texts{"zoo.scale"});
    CHECK(loaded->report.loaded == 1);
    const auto plugin = loaded->catalog.plugins().front();
    CHECK(plugin->file == (folder.path() / "good.orrery.so").string());
    CHECK(plugin->sha256.size() == 64);
  }

  TEST_CASE("of two plugins of a name the first folder wins") {
    const zoo::Folder first, second;
    first.copy("twin_b");
    second.copy("twin_a");
    const auto loaded = load({{first.path()}, {second.path()}});
    CHECK(loaded->refusals() == Texts{"twin_a.orrery.so: plugin_duplicate: plugin 'twin' is already loaded from " +
                                      (first.path() / "twin_b.orrery.so").string()});
    CHECK(loaded->catalog.plugins().front()->title == "The second");
  }

  TEST_CASE("the same plugin found twice is no trouble") {
    const zoo::Folder first, second;
    first.copy("good");
    second.copy("good", "again");
    const auto loaded = load({{first.path()}, {second.path()}, {first.path() / "."}});
    CHECK(loaded->refusals().empty());
    CHECK(loaded->report.loaded == 1);
  }

  TEST_CASE("folders that others can write to are not used") {
    const zoo::Folder folder;
    folder.copy("good");
    ::chmod(folder.path().c_str(), 01777);
    auto loaded = load({{folder.path()}});
    const std::string name = folder.path().filename().string();
    CHECK(loaded->refusals() ==
          Texts{name + ": plugin_unsafe_folder: everybody can write to this folder, so no plugin is loaded from it"});
    CHECK(loaded->report.refused.front().error.helps == Texts{"chmod o-w " + folder.path().string()});
    CHECK(loaded->catalog.names().empty());
    ::chmod(folder.path().c_str(), 0755);
    ::chmod((folder.path() / "good.orrery.so").c_str(), 0666);
    loaded = load({{folder.path()}});
    CHECK(loaded->refusals() == Texts{"good.orrery.so: plugin_unsafe_folder: everybody can write to this file"});
  }

  TEST_CASE("a folder that is not there matters only when the user named it") {
    CHECK(load({{"/nowhere/plugins", false}})->refusals().empty());
    CHECK(load({{"/nowhere/plugins", true}})->refusals() ==
          Texts{"plugins: plugin_not_found: No such file or directory"});
    CHECK(load({{zoo::file("good"), true}})->refusals() ==
          Texts{"good.orrery.so: plugin_not_found: it is not a folder"});
  }

  TEST_CASE("a second start scans nothing") {
    const zoo::Folder folder;
    const fs::path cache = folder.path() / "cache";
    folder.copy("good");
    folder.copy("bad_default");
    folder.copy("twin_a");
    const auto cold = load({{folder.path()}}, cache), warm = load({{folder.path()}}, cache);
    CHECK(cold->report.scanned == 3);
    CHECK(warm->report.scanned == 0);
    CHECK(cold->refusals() == warm->refusals());
    CHECK(warm->refusals().size() == 1);
    CHECK(warm->catalog.names() == cold->catalog.names());
    CHECK(warm->catalog.plugins().front()->sha256 == cold->catalog.plugins().front()->sha256);
  }

  TEST_CASE("a file that moved is known by its content and a changed one is not") {
    const zoo::Folder folder;
    const fs::path cache = folder.path() / "cache";
    folder.copy("twin_a");
    CHECK(load({{folder.path()}}, cache)->report.scanned == 1);
    fs::rename(folder.path() / "twin_a.orrery.so", folder.path() / "moved.orrery.so");
    CHECK(load({{folder.path()}}, cache)->report.scanned == 0);
    fs::remove(folder.path() / "moved.orrery.so");
    folder.copy("twin_b", "moved");
    CHECK(load({{folder.path()}}, cache)->report.scanned == 1);
  }

  TEST_CASE("a damaged cache and a cache without a place do no harm") {
    const zoo::Folder folder;
    folder.copy("good");
    const fs::path cache = folder.write("cache", "rubbish\n");
    CHECK(load({{folder.path()}}, cache)->report.scanned == 1);
    CHECK(load({{folder.path()}}, cache)->report.scanned == 0);
    const auto nowhere = load({{folder.path()}}, "/proc/nowhere/cache");
    CHECK(nowhere->report.loaded == 1);
    CHECK(nowhere->report.scanned == 1);
  }

  TEST_CASE("crashes are tried again and hangs are remembered") {
    const zoo::Folder folder;
    const fs::path cache = folder.path() / "cache";
    folder.copy("crash");
    folder.copy("hang");
    catalog::Catalog catalog;
    host::LoadOptions options = zoo::options(cache);
    options.folders = {{folder.path()}};
    options.scan_limit = std::chrono::seconds(3);
    CHECK(host::load_all(options, catalog).scanned == 2);
    const host::LoadReport again = host::load_all(options, catalog);
    CHECK(again.scanned == 1);
    REQUIRE(again.refused.size() == 2);
    CHECK(again.refused[1].error.helps == Texts{"this is remembered; to try again, remove " + cache.string()});
  }

  TEST_CASE("one file can be loaded by its path") {
    catalog::Catalog catalog;
    CHECK(host::load_one(zoo::file("good"), zoo::options(), catalog));
    CHECK(catalog.find("zoo.scale"));
    CHECK(zoo::refusal("/nowhere/x.orrery.so") == "plugin_not_found: No such file or directory");
    CHECK(zoo::refusal("/") == "plugin_not_library: it is a folder");
    CHECK(zoo::refusal("/dev/null") == "plugin_not_library: it is not a regular file");
  }

  TEST_CASE("loading leaves the floating-point environment alone") {
    const auto denormal = [] {
      volatile double smallest = 2.2250738585072014e-308;
      return smallest / 2;
    };
    CHECK(denormal() > 0);
    CHECK(zoo::refusal(zoo::file("fast_math")) ==
          "plugin_float_environment: loading it changes how floating-point numbers are computed in the whole process");
    CHECK(denormal() > 0);
  }
}
