// The typed scenario: what the tables become.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <filesystem>

#include "engine/scenario/scenario.hpp"

using namespace orrery;
using scenario::Expectation;
using scenario::Scenario;
using scenario::Term;

namespace {

base::Result<Scenario> parse(const std::string& text, const scenario::ReadOptions& options = {}) {
  return scenario::parse(text, "test.toml", ORRERY_TEST_DATA, options);
}

Scenario good(const std::string& text) {
  auto result = parse(text);
  REQUIRE(result);
  return *std::move(result);
}

}  // namespace

TEST_SUITE("engine/scenario/scenario") {
  TEST_CASE("the least scenario has the name of its file and seed 0") {
    const Scenario scenario = good("orrery = 1\n");
    CHECK(scenario.name == "test");
    CHECK(scenario.seed == 0);
    CHECK(scenario.files.size() == 1);
    CHECK(scenario.merged.find("orrery"));
  }

  TEST_CASE("head and lets and steps are read in the order of the file") {
    const Scenario scenario = good(R"toml(orrery = 1
[scenario]
name = "hodograph"
title = "A title"
doc = "More"
seed = 42
[let]
ecc = 0.5
a = "10000 km"
[step.orbit]
use = "orbital.propagate"
ecc = "=ecc"
after = ["curve", "b"]
stream = "s"
doc = "d"
samples = 256
[step.curve]
use = "curve.curvature"
points = "@orbit.velocity"
)toml");
    CHECK(scenario.name == "hodograph");
    CHECK(scenario.title == "A title");
    CHECK(scenario.doc == "More");
    CHECK(scenario.seed == 42);
    REQUIRE(scenario.lets.size() == 2);
    CHECK(scenario.lets[1].name == "a");
    REQUIRE(scenario.steps.size() == 2);
    const auto& orbit = scenario.steps[0];
    CHECK(orbit.name == "orbit");
    CHECK(orbit.operation == "orbital.propagate");
    REQUIRE(orbit.inputs.size() == 2);
    CHECK(orbit.inputs[0].name == "ecc");
    CHECK(orbit.inputs[1].value.kind == Term::Kind::literal);
    REQUIRE(orbit.after.size() == 2);
    CHECK(orbit.after[1].first == "b");
    CHECK(orbit.stream == "s");
    CHECK(orbit.doc == "d");
    CHECK(scenario.steps[1].inputs[0].value.reference.step == "orbit");
  }

  TEST_CASE("each kind of expectation is read") {
    const Scenario scenario = good(R"toml(orrery = 1
[expect.a]
that = "@x.y"
equals = "= 2*pi"
rtol = 1e-10
atol = "1 km"
ulps = 4
why = "because"
[expect.b]
that = "@x.y"
below = 1
[expect.c]
that = "= max(@x.y)"
above = "3 km"
[expect.d]
that = "@x.y"
between = [1, "= 2"]
[expect.e]
that = "= @x.y < 3 and @x.z > 2"
)toml");
    REQUIRE(scenario.expectations.size() == 5);
    const auto& first = scenario.expectations[0];
    CHECK(first.kind == Expectation::Kind::equals);
    CHECK(first.bound.kind == Term::Kind::expression);
    CHECK(first.rtol->kind == Term::Kind::literal);
    CHECK(first.atol->node.text() == "1 km");
    CHECK(first.ulps == 4);
    CHECK(first.why == "because");
    CHECK(scenario.expectations[1].kind == Expectation::Kind::below);
    CHECK(scenario.expectations[2].kind == Expectation::Kind::above);
    CHECK(scenario.expectations[3].kind == Expectation::Kind::between);
    CHECK(scenario.expectations[3].upper.kind == Term::Kind::expression);
    CHECK(scenario.expectations[4].kind == Expectation::Kind::holds);
  }

  TEST_CASE("records and saved values are read") {
    const Scenario scenario = good(R"toml(orrery = 1
[record]
radius = "@shape.radius"
error = "= abs(@shape.radius - 1)"
[save]
values = "@a.b"
tables = ["@c.d[0:3]", "@e.f"]
)toml");
    REQUIRE(scenario.records.size() == 2);
    CHECK(scenario.records[1].name == "error");
    REQUIRE(scenario.saves.size() == 3);
    CHECK(scenario.saves[1].reference.selections.size() == 1);
  }

  TEST_CASE("errors are sorted by place and none hides another") {
    const auto result = parse("orrery = 1\n[step.b]\nuse = \"= 1\"\nx = \"@\"\n[lett]\n[let]\npi = 1\nq = \"= (\"\n");
    REQUIRE_FALSE(result);
    std::vector<std::uint32_t> lines;
    for (const auto& error : result.errors()) lines.push_back(error.labels.front().span.line);
    CHECK(lines == std::vector<std::uint32_t>{4, 5, 7, 8});
  }

  TEST_CASE("a scenario can be read from a file and a missing one is an error") {
    namespace fs = std::filesystem;
    const auto missing = scenario::read(fs::path(ORRERY_TEST_DATA) / "no_such_file.toml");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == base::ErrorCode::file_not_found);
    const auto present = scenario::read(fs::path(ORRERY_TEST_DATA) / "refused/parse/files/lets.toml");
    CHECK_FALSE(present);
    CHECK(scenario::read(fs::path(ORRERY_TEST_DATA)).error().code == base::ErrorCode::file_unreadable);
  }

  TEST_CASE("a byte order mark is no part of the text") {
    const Scenario scenario = good("\xEF\xBB\xBForrery = 1\n[let]\na = 1\n");
    CHECK(scenario.lets[0].name_span.column == 1);
    CHECK(scenario.merged.find("orrery")->span.column == 10);
  }

  TEST_CASE("names of files that are no names of runs are mended") {
    const auto named = [](const std::string& name) {
      return scenario::parse("orrery = 1\n", name, ORRERY_TEST_DATA)->name;
    };
    CHECK(named("a b\xC3\xA9.toml") == "a-b--");
    CHECK(named(".hidden") == "scenario");
    CHECK(named("standard input") == "stdin");
    CHECK(named("dir/1-chain.toml") == "1-chain");
  }
}
