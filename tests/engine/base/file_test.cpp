// Tests of reading whole files, and of writing them so that a name never holds half a file.
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/file.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <random>
#include <thread>

#include "engine/base/file_reader.hpp"

using namespace orrery::base;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("orrery_file_test_" + std::to_string(::getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
  std::size_t entries() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), {})); }
};

/// Files cannot grow beyond a size while this lives: as on a full disk, a write is first short and then fails.
struct FullDisk {
  rlimit before{};
  void (*handler)(int);
  explicit FullDisk(rlim_t bytes) : handler(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before);
    const rlimit limit{bytes, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
  }
};

constexpr std::uint64_t plenty = 1 << 24;

}  // namespace

TEST_SUITE("engine/base/file") {
  TEST_CASE("what is written is read again") {
    const Folder folder;
    std::mt19937 random(1);
    for (const std::size_t size : {0UL, 1UL, 4095UL, 4096UL, 4097UL, 1000000UL}) {
      std::string bytes(size, '\0');
      for (char& c : bytes) c = static_cast<char>(random());
      REQUIRE(write_file(folder.path / "x", bytes));
      const auto again = read_file(folder.path / "x", plenty);
      REQUIRE(again);
      CHECK(*again == bytes);
    }
    CHECK(folder.entries() == 1);
  }

  TEST_CASE("parts are written one after the other") {
    const Folder folder;
    const std::array<std::string_view, 3> parts = {"a", "", "bc"};
    REQUIRE(write_file_parts(folder.path / "x", parts));
    CHECK(*read_file(folder.path / "x", plenty) == "abc");
  }

  TEST_CASE("a relative name without a folder is written where the process is") {
    const Folder folder;
    const fs::path before = fs::current_path();
    fs::current_path(folder.path);
    CHECK(write_file("plain", "x"));
    fs::current_path(before);
    CHECK(*read_file(folder.path / "plain", plenty) == "x");
  }

  TEST_CASE("a new file has the mode that the user's mask gives") {
    const Folder folder;
    const mode_t before = ::umask(027);
    REQUIRE(write_file(folder.path / "x", ""));
    ::umask(before);
    CHECK((fs::status(folder.path / "x").permissions() & fs::perms::mask) == fs::perms(0640));
  }

  TEST_CASE("what cannot be read is told apart") {
    const Folder folder;
    const auto code = [](const fs::path& path) { return read_file(path, plenty).error().code; };
    CHECK(code(folder.path / "none") == ErrorCode::file_not_found);
    CHECK(code(folder.path / "none" / "x") == ErrorCode::file_not_found);
    CHECK(code("") == ErrorCode::file_not_found);
    CHECK(code(folder.path) == ErrorCode::file_unreadable);
    CHECK(code("/dev/zero") == ErrorCode::file_unreadable);
    CHECK(code(folder.path / std::string(300, 'x')) == ErrorCode::file_unreadable);
    REQUIRE(::mkfifo((folder.path / "pipe").c_str(), 0600) == 0);
    CHECK(code(folder.path / "pipe") == ErrorCode::file_unreadable);
    fs::create_symlink("loop", folder.path / "loop");
    CHECK(code(folder.path / "loop") == ErrorCode::file_unreadable);
    CHECK(read_file(folder.path / "none", plenty).error().message ==
          "there is no file '" + (folder.path / "none").string() + "'");
    CHECK(read_file(folder.path, plenty).error().message == "'" + folder.path.string() + "' is a folder, not a file");
  }

  TEST_CASE("files beyond the limit are refused and files at the limit are not") {
    const Folder folder;
    REQUIRE(write_file(folder.path / "x", "12345"));
    CHECK(read_file(folder.path / "x", 5));
    const auto refused = read_file(folder.path / "x", 4);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::file_too_large);
    CHECK(refused.error().message == "'" + (folder.path / "x").string() + "' has 5 bytes; the limit is 4");
  }

  TEST_CASE("files whose size the system does not tell are read to their end") {
    const auto status = read_file("/proc/self/status", plenty);
    REQUIRE(status);
    CHECK(status->find("VmRSS") != std::string::npos);
    CHECK(read_file("/proc/self/status", 10).error().code == ErrorCode::file_too_large);
  }

  TEST_CASE("an unwritable place is an error and leaves nothing") {
    const Folder folder;
    const auto message = [](const fs::path& path) {
      const auto written = write_file(path, "x");
      REQUIRE_FALSE(written);
      CHECK(written.error().code == ErrorCode::cannot_write);
      return written.error().message;
    };
    const fs::path nowhere = folder.path / "none" / "x";
    CHECK(message(nowhere) == "cannot write '" + nowhere.string() + "': No such file or directory");
    REQUIRE(write_file(folder.path / "file", "kept"));
    message(folder.path / "file" / "x");
    message("/proc/self/fdinfo/x");
    message("");
    message(folder.path / "");
    message(folder.path / std::string(300, 'x'));
    // A name that is a folder is found out only by the rename; the temporary file goes away.
    fs::create_directory(folder.path / "taken");
    message(folder.path / "taken");
    CHECK(folder.entries() == 2);
    CHECK(*read_file(folder.path / "file", plenty) == "kept");
  }

  TEST_CASE("a full disk leaves the old file as it was") {
    const Folder folder;
    REQUIRE(write_file(folder.path / "x", "old"));
    {
      const FullDisk full(1000);
      const auto written = write_file(folder.path / "x", std::string(5000, 'y'));
      REQUIRE_FALSE(written);
      CHECK(written.error().code == ErrorCode::cannot_write);
      CHECK(written.error().message == "cannot write '" + (folder.path / "x").string() + "': File too large");
      CHECK(write_file(folder.path / "small", std::string(1000, 'z')));
    }
    CHECK(*read_file(folder.path / "x", plenty) == "old");
    CHECK(folder.entries() == 2);
  }

  TEST_CASE("writers of one name at once leave one whole file") {
    const Folder folder;
    {
      std::vector<std::jthread> writers;
      for (char c = 'a'; c < 'e'; ++c) {
        writers.emplace_back([&folder, c] {
          for (int i = 0; i < 20; ++i) (void)write_file(folder.path / "x", std::string(10000, c));
        });
      }
      for (int i = 0; i < 50; ++i) {
        const auto seen = read_file(folder.path / "x", plenty);
        if (seen) CHECK(*seen == std::string(10000, seen->front()));
      }
    }
    CHECK(folder.entries() == 1);
  }

  TEST_CASE("a file name with a terminal escape does not come out of its error") {
    CHECK(read_file("\x1b[31m", plenty).error().message == "there is no file '\\x1b[31m'");
  }

  TEST_CASE("a reader hands out the bytes in order") {
    const Folder folder;
    REQUIRE(write_file(folder.path / "x", "hello world"));
    auto reader = FileReader::open(folder.path / "x", plenty);
    REQUIRE(reader);
    CHECK(reader->size() == 11);
    std::array<char, 6> begin{};
    CHECK(*reader->read(std::as_writable_bytes(std::span(begin))) == 6);
    FileReader moved = std::move(*reader);
    std::array<char, 10> end{};
    CHECK(*moved.read(std::as_writable_bytes(std::span(end))) == 5);
    CHECK(std::string(end.data(), 5) == "world");
    CHECK(*moved.read(std::as_writable_bytes(std::span(end))) == 0);
  }

  TEST_CASE("the system's reasons are in plain words") {
    CHECK(system_message(ENOSPC) == "No space left on device");
    CHECK(system_message(EACCES) == "Permission denied");
  }
}
