// Tests of the names of [let]: their order, their chains, and where they are shown to be wrong.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/lets.hpp"

#include "tests/engine/plan/test_catalog.hpp"

using namespace orrery;
using base::ErrorCode;
using plan::Plan;
using plan::Source;
using test::errors_of;
using test::orbit;
using test::plan_of;
using value::Tensor;

TEST_SUITE("engine/plan/lets") {
  TEST_CASE("a name may be used above the line that defines it") {
    const Plan plan = plan_of("[let]\na = \"= b + 1\"\nb = \"= c * 2\"\nc = 3\n[record]\nx = \"=a\"\n");
    REQUIRE(plan.lets.size() == 3);
    CHECK(std::get<Tensor>(plan.lets[0].second).data<std::int64_t>()[0] == 7);
    CHECK(plan.records[0].source.kind == Source::Kind::constant);
  }

  TEST_CASE("a chain of names may be as long as a file") {
    std::string lets = "[let]\n";
    for (int i = 0; i < 50000; ++i) lets += "n" + std::to_string(i) + " = \"=n" + std::to_string(i + 1) + " + 1\"\n";
    const Plan plan = plan_of(lets + "n50000 = 1\n");
    CHECK(std::get<Tensor>(plan.lets[0].second).data<std::int64_t>()[0] == 50001);
    const auto errors = errors_of(lets + "n50000 = \"=n0\"\n");
    CHECK(errors.size() == 1);
    CHECK(errors.front().code == ErrorCode::cycle);
    CHECK(errors.front().labels.size() == 24);
    CHECK(errors.front().message.ends_with("n22 -> n23 -> (49977 more) -> n0"));
  }

  TEST_CASE("a text of let can be recorded") {
    const Plan plan = plan_of("[let]\nmethod = \"newton\"\n[record]\nused = \"=method\"\n");
    REQUIRE(plan.records.size() == 1);
    CHECK(std::get<std::string>(plan.records[0].source.constant) == "newton");
  }

  TEST_CASE("names that the command line has set are shown where they are wrong") {
    const auto refused = [](const std::string& value, const std::string& use) {
      const std::string text = "orrery = 1\n[let]\nsize = 4\n" + std::string(orbit) + "samples = \"" + use + "\"\n";
      auto scenario = scenario::parse(text, "test.toml", "/tmp", {{{"size", value}}, {}});
      REQUIRE(scenario);
      auto plan = plan::make_plan(std::move(*scenario), test::test_catalog());
      REQUIRE_FALSE(plan);
      return plan.errors().front();
    };
    for (const char* const use : {"=size", "= 2 * size"}) {
      const base::Error error = refused("x", use);
      REQUIRE(error.labels.size() == 2);
      CHECK(error.labels[0].span.source->name == "<command line>");
      CHECK(error.labels[0].text == "'size' is set here");
      CHECK(error.labels[1].span.source->name == "test.toml");
    }
    CHECK(refused("x", "= size + @no.step").labels.size() == 1);
  }
}
