// Plugins that are bad while they are loaded, looked at in a child process.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/scan.hpp"

#include "engine/host/child_process.hpp"
#include "tests/engine/host/zoo.hpp"

using namespace orrery;
using namespace std::chrono_literals;

namespace {

std::string verdict(const std::string& animal, std::chrono::milliseconds limit = 20s) {
  const host::Verdict found = host::scan(zoo::file(animal), ORRERY_SCAN_CHILD, limit);
  return found.good() ? "good: " + found.plugin : zoo::shown(*found.error);
}

host::ChildEnd shell(const std::string& script, std::chrono::milliseconds limit = 20s) {
  auto end = host::run_child("/bin/sh", {"-c", script}, limit);
  REQUIRE(end);
  return *end;
}

}  // namespace

TEST_SUITE("engine/host/scan") {
  TEST_CASE("a good plugin tells its name") { CHECK(verdict("good") == "good: zoo"); }

  TEST_CASE("a crash names the signal") {
    CHECK(verdict("crash") == "plugin_crashed: it crashed while it was loaded (SIGSEGV)");
    CHECK(verdict("wild_pointer") == "plugin_crashed: it crashed while it was loaded (SIGSEGV)");
    CHECK(verdict("abort") ==
          "plugin_crashed: it crashed while it was loaded (SIGABRT) | the last that it said: no device");
    CHECK(verdict("crash_at_exit") == "plugin_crashed: it crashed when the process ended (SIGSEGV)");
  }

  TEST_CASE("an exception at load is told from other aborts") {
    CHECK(verdict("throw") ==
          "plugin_threw: it threw an exception while it was loaded | its message: no configuration file");
  }

  TEST_CASE("a silent exit is noticed") {
    CHECK(verdict("leave") == "plugin_exited: it ended the process with exit code 0 while it was loaded");
  }

  TEST_CASE("a hang is ended in time") {
    CHECK(verdict("hang", 3s) ==
          "plugin_hung: it did not finish loading within 3 s | the last that it said: waiting for a licence server");
  }

  TEST_CASE("a change of the floating-point environment is noticed") {
    CHECK(verdict("fast_math") ==
          "plugin_float_environment: loading it changes how floating-point numbers are computed in the whole process");
  }

  TEST_CASE("what is missing is named") {
    CHECK(verdict("unresolved") ==
          "plugin_unresolved: it needs the symbol 'function_that_nobody_has', which nothing provides");
    CHECK(verdict("missing_library") == "plugin_unresolved: it needs the library 'libzoo_gone.so', which is not there");
  }

  TEST_CASE("a program that cannot be started is our own problem") {
    const host::Verdict found = host::scan(zoo::file("good"), "/nowhere/orrery", 1s);
    REQUIRE(found.error);
    CHECK(zoo::shown(*found.error) ==
          "internal: cannot start '/nowhere/orrery' to look at it: No such file or directory");
  }

  TEST_CASE("only what follows from the content is worth remembering") {
    const auto lasting = [](base::ErrorCode code) { return host::is_lasting({"", base::Error(code, "")}); };
    CHECK(host::is_lasting({"zoo", {}}));
    CHECK(lasting(base::ErrorCode::plugin_bad_descriptor));
    CHECK(lasting(base::ErrorCode::plugin_hung));
    CHECK_FALSE(lasting(base::ErrorCode::plugin_unresolved));
    CHECK_FALSE(lasting(base::ErrorCode::plugin_crashed));
    CHECK_FALSE(lasting(base::ErrorCode::internal));
  }

  TEST_CASE("a child has no input and its outputs are kept apart from its answer") {
    const auto end = shell("cat; echo said; echo cried >&2; echo answered >&3; exit 3");
    CHECK(end.kind == host::ChildEnd::Kind::exited);
    CHECK(end.code == 3);
    CHECK(end.answer == "answered\n");
    CHECK(end.output == "said\ncried\n");
  }

  TEST_CASE("a child that writes without end is bounded in time and memory") {
    const auto end = shell("while :; do echo yes yes yes yes yes yes yes yes; done", 2s);
    CHECK(end.kind == host::ChildEnd::Kind::timed_out);
    CHECK(end.output.size() <= 16384);
    CHECK(end.output.find("yes") != std::string::npos);
  }

  TEST_CASE("what a child leaves behind does not hold up the parent") {
    const auto begin = std::chrono::steady_clock::now();
    const auto end = shell("sleep 100 & echo gone");
    CHECK(end.kind == host::ChildEnd::Kind::exited);
    CHECK(end.output == "gone\n");
    CHECK(std::chrono::steady_clock::now() - begin < 60s);
  }

  TEST_CASE("a child inherits no open file") {
    const int open = ::dup2(STDERR_FILENO, 57);
    REQUIRE(open == 57);
    CHECK(shell("test -e /proc/self/fd/57").code == 1);
    CHECK(shell("test -e /proc/self/fd/3").code == 0);
    ::close(open);
  }
}
