// The log: whole lines, folded repetitions, errors kept.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/log_file.hpp"

#include <sstream>

#include "engine/store/json.hpp"
#include "tests/engine/store/support.hpp"

using namespace orrery;
using store::Json;

namespace {

std::vector<Json> lines_of(const test::fs::path& path) {
  std::vector<Json> lines;
  std::istringstream text(test::content_of(path));
  for (std::string line; std::getline(text, line);) lines.push_back(Json::parse(line));
  return lines;
}

std::vector<std::string> texts_of(const test::fs::path& path) {
  std::vector<std::string> texts;
  for (const Json& line : lines_of(path)) texts.push_back(line.value("text", ""));
  return texts;
}

}  // namespace

TEST_SUITE("engine/store/log_file") {
  TEST_CASE("a line is an object with time and level and event and step and text") {
    const test::TemporaryFolder folder;
    store::LogFile log(folder / "log.jsonl");
    REQUIRE(log.open());
    log.event("info", "step_started", "orbit", "");
    log.plugin_line("warn", "orbit", "bad \"quotes\"\nand \xff bytes");
    REQUIRE(log.close());
    const auto lines = lines_of(folder / "log.jsonl");
    REQUIRE(lines.size() == 2);
    CHECK(lines[0]["event"] == "step_started");
    CHECK(lines[0]["step"] == "orbit");
    CHECK_FALSE(lines[0].contains("text"));
    CHECK(lines[1]["level"] == "warn");
    CHECK(lines[1]["event"] == "log");
    CHECK(lines[1]["t"].get<std::string>().size() == 24);
  }

  TEST_CASE("repeated lines of a plugin are folded") {
    const test::TemporaryFolder folder;
    store::LogFile log(folder / "log.jsonl");
    REQUIRE(log.open());
    for (int i = 0; i < 110'000; ++i) log.plugin_line("info", "a", "again");
    log.plugin_line("info", "b", "again");
    log.plugin_line("info", "b", "other");
    REQUIRE(log.close());
    CHECK(texts_of(folder / "log.jsonl") == std::vector<std::string>{"again", "... 109999 more", "again", "other"});
  }

  TEST_CASE("what is folded is told at the end") {
    const test::TemporaryFolder folder;
    store::LogFile log(folder / "log.jsonl");
    REQUIRE(log.open());
    for (int i = 0; i < 3; ++i) log.plugin_line("info", "a", "again");
    REQUIRE(log.close());
    CHECK(texts_of(folder / "log.jsonl") == std::vector<std::string>{"again", "... 2 more"});
  }

  TEST_CASE("a plugin cannot fill the disk with different lines") {
    const test::TemporaryFolder folder;
    store::LogFile log(folder / "log.jsonl");
    REQUIRE(log.open());
    const auto limit = static_cast<int>(store::LogFile::lines_a_step);
    for (int i = 0; i < limit + 5; ++i) log.plugin_line("info", "a", std::to_string(i));
    REQUIRE(log.close());
    const auto texts = texts_of(folder / "log.jsonl");
    REQUIRE(texts.size() == store::LogFile::lines_a_step + 1);
    CHECK(texts.back() == "... 5 more lines of this step were not kept");
  }

  TEST_CASE("lines are appended to those that are there") {
    const test::TemporaryFolder folder;
    for (int i = 0; i < 2; ++i) {
      store::LogFile log(folder / "log.jsonl");
      REQUIRE(log.open());
      log.event("info", "x", "", "");
      REQUIRE(log.close());
    }
    CHECK(lines_of(folder / "log.jsonl").size() == 2);
  }

  TEST_CASE("a full disk is an error at the end and not before") {
    store::LogFile log("/dev/full");
    REQUIRE(log.open());
    log.event("info", "x", "", "");
    log.event("info", "y", "", "");
    const auto closed = log.close();
    REQUIRE_FALSE(closed);
    CHECK(closed.error().message == "cannot write '/dev/full': No space left on device");
    CHECK(closed.error().code == base::ErrorCode::cannot_write);
  }
}
