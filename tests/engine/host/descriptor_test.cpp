// Descriptions that are not valid, each with the words that come out; and what of a good one reaches the catalog.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/descriptor.hpp"

#include "engine/host/default_text.hpp"
#include "engine/host/library.hpp"
#include "tests/engine/host/zoo.hpp"

using namespace orrery;

namespace {

std::string refusal(const std::string& animal) {
  const auto library = host::open_library(zoo::file(animal));
  if (!library) return zoo::shown(library.error());
  const auto description = host::read_descriptor(library->descriptor);
  if (description) return "";
  std::string text(name_of(description.error().code));
  for (const base::Error& error : description.errors()) text += ": " + error.message;
  return text;
}

std::string bad(const std::string& what) { return "plugin_bad_descriptor: " + what; }

const std::string scale = "plugin 'zoo', operation 'scale'", factor = scale + ", input 'factor': ";

struct Settings {
  value::DTypeMask dtypes = 1;
  std::string shape, unit = "1";
  catalog::Kind kind = catalog::Kind::tensor;
  bool list = false;
};

/// What is said of a default; "" if it is good.
std::string fault(std::string text, const Settings& settings) {
  catalog::Port port;
  port.kind = settings.kind;
  port.dtypes = settings.dtypes;
  port.shape = *catalog::parse_shape_pattern(settings.shape);
  port.unit = *catalog::parse_unit_pattern(settings.unit, {"points"});
  port.list = settings.list;
  port.finite = true;
  port.default_text = std::move(text);
  return host::problem_of_default(port).value_or("");
}

}  // namespace

TEST_SUITE("engine/host/descriptor") {
  TEST_CASE("the version of the interface comes first") {
    const std::string ours =
        std::to_string(ORRERY_ABI_MAJOR) + "." + std::to_string(ORRERY_ABI_MINOR) + " (fingerprint 0x";
    CHECK(refusal("wrong_fingerprint")
              .starts_with(
                  "plugin_wrong_abi: it was built against interface 0.0 (fingerprint 0xfeed), but this engine has " +
                  ours));
    CHECK(refusal("wrong_epoch").starts_with("plugin_wrong_abi: it was built against interface 7.3 (fingerprint 0x"));
    CHECK(refusal("wrong_magic") == bad("its descriptor does not begin with ORRERY_MAGIC"));
    CHECK(refusal("short_struct") == bad("its descriptor has 40 bytes; 88 are needed"));
  }

  TEST_CASE("longer structs of a later version are read as far as they are known") {
    CHECK(refusal("good") == "");
    CHECK(refusal("good_longer") == "");
  }

  TEST_CASE("names and versions are checked") {
    CHECK(refusal("null_name") == bad("plugin: it has no name (NULL)"));
    CHECK(refusal("bad_name") ==
          bad("plugin: the name 'Zoo\\x1b[31m' is not allowed; a name is [a-z][a-z0-9_]*, at most 64 characters"));
    CHECK(refusal("bad_version") == bad("plugin 'zoo': the version '1.0' is not a semantic version such as 1.2.0"));
    CHECK(refusal("bad_doc") == bad(factor + "its doc contains control characters"));
  }

  TEST_CASE("operations are there once and can be run") {
    CHECK(refusal("twin_operation") == bad("plugin 'zoo': it has two operations named 'scale'"));
    CHECK(refusal("null_operation") == bad("plugin 'zoo', operation number 1: there is no description (NULL)"));
    CHECK(refusal("null_run") == bad(scale + ": it has no run function (NULL)"));
    CHECK(refusal("many_taps") == bad(scale + ": it has more than 64 taps"));
  }

  TEST_CASE("ports have known types and names of their own") {
    CHECK(refusal("bad_kind") == bad(factor + "its kind 9 is not known"));
    CHECK(refusal("bad_dtype") == bad(scale + ", input 'x': it names an element type that is not known"));
    CHECK(refusal("bad_shape") ==
          bad(scale + ", input 'x': shape 'n by 3': 'n by 3' is not an axis such as 3, n, n+1 or n-1"));
    CHECK(refusal("bad_unit") ==
          bad(scale + ", output 'y': unit 'furlong/fortnight': unknown unit 'furlong' in 'furlong/fortnight'"));
    CHECK(refusal("twin_input") == bad(scale + ": it has two inputs named 'x'"));
    CHECK(refusal("reserved_input") ==
          bad(scale + ", input 'after': this name is taken: a step of a scenario has a key 'after'"));
    CHECK(refusal("unit_input") == bad(scale + ", input 'h': it takes any unit, so it must not be named like a unit"));
    CHECK(refusal("like_nothing") ==
          bad(scale + ", output 'y': dtype_like names 'z', which is not a tensor input of this operation"));
  }

  TEST_CASE("ranges and choices and defaults fit each other") {
    CHECK(refusal("bad_range") == bad(factor + "its minimum 3 is above its maximum 2"));
    CHECK(refusal("zero_range") == bad(factor + "its minimum and maximum are both 0; an unbounded limit is NAN"));
    CHECK(refusal("bad_default") == bad(factor + "its default '2' is outside of its range [0, 1]"));
    CHECK(refusal("bad_default_type") == bad(factor + "its default 'much': 'much' does not begin with a number"));
    CHECK(refusal("bad_choice") == bad(factor + "its default 'medium' is none of its choices: slow, fast"));
  }

  TEST_CASE("all faults are reported at once") {
    CHECK(refusal("many_faults") ==
          bad("plugin 'zoo': the version 'one' is not a semantic version such as 1.2.0: " + scale +
              ", input 'x': shape 'n x': 'n x' is not an axis such as 3, n, n+1 or n-1: " + factor +
              "its default '-1' is outside of its range [0, 1]"));
  }

  TEST_CASE("a good description reaches the catalog in full") {
    const auto library = host::open_library(zoo::file("good"));
    REQUIRE(library);
    const auto description = host::read_descriptor(library->descriptor);
    REQUIRE(description);
    CHECK(description->plugin->license == "Apache-2.0");
    REQUIRE(description->operations.size() == 1);
    const catalog::OperationFacts& facts = description->operations[0].facts;
    CHECK(facts.name == "zoo.scale");
    CHECK(facts.deterministic);
    CHECK_FALSE(facts.uses_random);
    REQUIRE(facts.inputs.size() == 2);
    CHECK(facts.inputs[0].range_text() == "[0, 1]");
    CHECK(facts.inputs[0].default_text == "0.5");
    CHECK(facts.inputs[1].type_text() == "f64[n] in any unit");
    CHECK(facts.outputs[0].type_text() == "f64[n] in x");
    CHECK(facts.plugin == description->plugin);
  }

  TEST_CASE("defaults of numbers") {
    CHECK(fault("0.5", {}) == "");
    CHECK(fault("7000 km", {.unit = "m"}) == "");
    CHECK(fault("7000 km", {.unit = "points"}) == "");
    CHECK(fault("12", {.dtypes = 8}) == "");
    CHECK(fault("true", {.dtypes = 16}) == "");
    CHECK(fault("1.5", {.dtypes = 8}) == "its default '1.5' is not a whole number");
    CHECK(fault("1", {.dtypes = 16}) == "its default '1' is neither true nor false");
    CHECK(fault("inf", {}) == "its default 'inf' is not finite");
    CHECK(fault("7000", {.unit = "km"}).starts_with("its default '7000': "));
    CHECK(fault("7000 s", {.unit = "km"}).starts_with("its default '7000 s': "));
    CHECK(fault("", {}).starts_with("its default '': "));
  }

  TEST_CASE("defaults of arrays") {
    CHECK(fault("[1, 2, 3]", {.shape = "n"}) == "");
    CHECK(fault("[1, 2, 3]", {.shape = "3"}) == "");
    CHECK(fault("[\"1 km\", \"2 m\"]", {.shape = "n", .unit = "km"}) == "");
    CHECK(fault("[[1, 2], [3, 4], ]", {.shape = "n x 2"}) == "");
    CHECK(fault("[]", {.shape = "n x 3"}) == "");
    CHECK(fault("2", {.shape = "*"}) == "");
    CHECK(fault("2", {.shape = "..."}) == "");
    CHECK(fault("[1, 2]", {.shape = "3"}) == "its default '[1, 2]' does not have the shape '3'");
    CHECK(fault("[1, 2]", {}) == "its default '[1, 2]' does not have the shape ''");
    CHECK(fault("1", {.shape = "n"}) == "its default '1' does not have the shape 'n'");
    CHECK(fault("[[1, 2], [3]]", {.shape = "n x m"}) == "its default '[[1, 2], [3]]' has rows of different lengths");
    CHECK(fault("[1, [2]]", {.shape = "n"}) == "its default '[1, [2]]' cannot be read as a list");
    for (const char* broken : {"[", "[1", "[1,", "[1 2]", "[,]", "[1]]", "[\"1]", "[1] x"})
      CHECK(fault(broken, {.shape = "n"}) == "its default '" + std::string(broken) + "' cannot be read as a list");
    CHECK(fault(std::string(100'000, '['), {.shape = "n"}).ends_with("cannot be read as a list"));
  }

  TEST_CASE("defaults of texts and lists and tables") {
    CHECK(fault("[any text", {.kind = catalog::Kind::text}) == "");
    CHECK(fault("[\"a\", \"b\"]", {.kind = catalog::Kind::text, .list = true}) == "");
    CHECK(fault("[a]", {.kind = catalog::Kind::text, .list = true}) == "its default '[a]' cannot be read as a list");
    CHECK(fault("[1, 2]", {.list = true}) == "");
    CHECK(fault("[[1, 2], [3]]", {.shape = "n", .list = true}) == "");
    CHECK(fault("1", {.list = true}) == "its default '1' is not a list");
    CHECK(fault("x", {.kind = catalog::Kind::table}) == "a table input cannot have a default");
  }
}
