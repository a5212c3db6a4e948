// Names, times, hashes and links.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/files.hpp"

#include "tests/engine/store/support.hpp"

using namespace orrery::store;
using test::fs::path;

TEST_SUITE("engine/store/files") {
  TEST_CASE("a safe name is a file name whatever the text") {
    CHECK(safe_name("hodograph") == "hodograph");
    CHECK(safe_name("orbit.velocity") == "orbit.velocity");
    CHECK(safe_name("../../etc/passwd") == "_._.._etc_passwd");
    CHECK(safe_name(".hidden") == "_hidden");
    CHECK(safe_name(std::string("a\nb\0c\x7f", 6)) == "a_b_c_");
    CHECK(safe_name("") == "run");
    CHECK(safe_name("latest") == "latest_");
    CHECK(safe_name("a\xff") == "a_");
  }

  TEST_CASE("a safe name has at most 64 bytes and no half character") {
    CHECK(safe_name(std::string(1000, 'x')).size() == 64);
    std::string umlauts = "x";
    for (int i = 0; i < 100; ++i) umlauts += "ä";
    CHECK(safe_name(umlauts).size() == 63);
  }

  TEST_CASE("the file of a selection is called after it without brackets") {
    CHECK(file_stem("orbit.velocity") == "orbit.velocity");
    CHECK(file_stem("orbit.position[0,:]") == "orbit.position_0_to");
    CHECK(file_stem("orbit.time[1:9:2]") == "orbit.time_1to9by2");
    CHECK(file_stem("orbit.time[::-1][-1]") == "orbit.time_toby-1_-1");
    CHECK(file_stem("a.t.mass[:3]") == "a.t.mass_to3");
  }

  TEST_CASE("run ids sort by time") {
    const auto time = Clock::time_point(std::chrono::seconds(1795478400)) + std::chrono::milliseconds(500);
    CHECK(run_id(time) == "20261124-000000-8000");
    CHECK(iso_time(time) == "2026-11-24T00:00:00.500Z");
    CHECK(run_id(time) < run_id(time + std::chrono::microseconds(16)));
    CHECK(run_id(time + std::chrono::microseconds(499999)) < run_id(time + std::chrono::microseconds(500001)));
  }

  TEST_CASE("run ids are told from other names") {
    CHECK(is_run_id("20261124-001200-7f3a"));
    CHECK_FALSE(is_run_id("latest"));
    CHECK_FALSE(is_run_id("20261124-001200-7F3A"));
    CHECK_FALSE(is_run_id("20261124-001200-7f3a0"));
    CHECK_FALSE(is_run_id("2026112a-001200-7f3a"));
  }

  TEST_CASE("the hash of a file is that of its bytes") {
    const test::TemporaryFolder folder;
    std::ofstream(folder / "abc") << "abc";
    std::ofstream(folder / "empty");
    CHECK(file_sha256(folder / "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(file_sha256(folder / "empty") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(file_sha256(folder / "missing").empty());
    CHECK(file_sha256(folder.path()).empty());
  }

  TEST_CASE("a link is replaced in one step") {
    const test::TemporaryFolder folder;
    REQUIRE(replace_link(folder / "latest", "one"));
    REQUIRE(replace_link(folder / "latest", "two"));
    CHECK(test::fs::read_symlink(folder / "latest") == path("two"));
    CHECK(std::distance(test::fs::directory_iterator(folder.path()), {}) == 1);
  }

  TEST_CASE("a link does not take the place of a folder") {
    const test::TemporaryFolder folder;
    test::fs::create_directory(folder / "latest");
    const auto done = replace_link(folder / "latest", "one");
    REQUIRE_FALSE(done);
    CHECK(done.error().code == orrery::base::ErrorCode::cannot_write);
    CHECK(std::distance(test::fs::directory_iterator(folder.path()), {}) == 1);
  }

  TEST_CASE("folders below a file cannot be made") {
    const test::TemporaryFolder folder;
    std::ofstream(folder / "file");
    const auto made = make_folders(folder / "file" / "below");
    REQUIRE_FALSE(made);
    CHECK(made.error().message == "cannot write '" + (folder / "file/below").string() + "': Not a directory");
  }
}
