// Opening libraries in this process.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/library.hpp"

#include "tests/engine/host/zoo.hpp"

using namespace orrery;

TEST_SUITE("engine/host/library") {
  TEST_CASE("a library stays where it is when it is opened again") {
    const auto first = host::open_library(zoo::file("good")), second = host::open_library(zoo::file("good"));
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->descriptor == second->descriptor);
    CHECK(first->descriptor->magic == ORRERY_MAGIC);
    CHECK_FALSE(first->changed_float_environment);
  }

  TEST_CASE("a change of the floating-point environment is undone and told") {
    const auto library = host::open_library(zoo::file("fast_math"));
    REQUIRE(library);
    CHECK(library->changed_float_environment);
    volatile double smallest = 2.2250738585072014e-308;
    CHECK(smallest / 2 > 0);
  }

  TEST_CASE("the loader's reasons are told without its decorations") {
    const auto reason = [](const std::string& animal) {
      return zoo::shown(host::open_library(zoo::file(animal)).error());
    };
    CHECK(reason("unresolved") ==
          "plugin_unresolved: it needs the symbol 'function_that_nobody_has', which nothing provides");
    CHECK(reason("missing_library") == "plugin_unresolved: it needs the library 'libzoo_gone.so', which is not there");
    CHECK(reason("no_symbol") == "plugin_no_symbol: it does not export 'orrery_plugin_0'");
    const zoo::Folder folder;
    CHECK(zoo::shown(host::open_library(folder.write("text.so", "not a library, but long enough for a header of one"))
                         .error()) == "plugin_not_library: the loader refuses it: file too short");
    CHECK(zoo::shown(host::open_library(folder.path() / "absent.so").error()) ==
          "plugin_not_library: the loader refuses it: cannot open shared object file: No such file or directory");
  }
}
