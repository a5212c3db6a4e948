// A plan as text and as JSON.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/plan_text.hpp"

#include "engine/store/json.hpp"
#include "tests/engine/store/support.hpp"

using namespace orrery;

TEST_SUITE("engine/report/plan_text") {
  TEST_CASE("each input says where it comes from and each output what it is") {
    CHECK(report::plan_text(test::plan_of()) ==
          "small: 2 steps, 1 record, 1 saved, 2 expectations\n"
          "\n"
          "let\n"
          "  length  2 m\n"
          "\n"
          "steps\n"
          "  first   test.double  1.2.3\n"
          "    in    x            = length  2 m\n"
          "    out   y                      f64 in m\n"
          "  second  test.double  1.2.3\n"
          "    in    x            @first.y  f64 in m\n"
          "    out   y                      f64 in m\n"
          "\n"
          "record\n"
          "  result  @second.y  f64 in m\n"
          "\n"
          "save\n"
          "  second.y  f64 in m\n"
          "\n"
          "expect\n"
          "  eight  @second.y  equals 8 m\n"
          "  small  @second.y  below 1 m\n");
  }

  TEST_CASE("a scenario without steps has a warning") {
    CHECK(store::Json::parse(report::check_json(test::plan_of(), 0.0))["warnings"].empty());
    const plan::Plan plan = test::plan_of("orrery = 1\n[record]\nx = \"= 1 + 1\"\n");
    REQUIRE(plan.warnings.size() == 1);
    CHECK(plan.warnings[0].labels.front().span.line == 1);
    const auto json = store::Json::parse(report::check_json(plan, 0.0));
    CHECK(json["warnings"][0]["code"] == "no_steps");
    CHECK(json["warnings"][0]["message"] == "there are no steps, so nothing is run");
  }

  TEST_CASE("JSON names the steps that a step waits for") {
    const auto json = store::Json::parse(report::plan_json(test::plan_of()));
    CHECK(json["seed"] == 7);
    CHECK(json["steps"][0]["name"] == "first");
    CHECK(json["steps"][0]["plugin"] == "test");
    CHECK(json["steps"][0]["inputs"][0]["from"][0]["value"]["data"] == 2.0);
    CHECK(json["steps"][1]["inputs"][0]["from"][0]["kind"] == "wire");
    CHECK(json["steps"][1]["outputs"][0]["type"] == "f64 in m");
    CHECK(json["expectations"][0]["why"] == "2 * 2 * 2");
  }

  TEST_CASE("check is one line") {
    CHECK(report::check_text(test::plan_of(), 0.002) ==
          "ok  small: 2 steps, 1 record, 1 saved, 2 expectations  (2.00 ms)\n");
    const auto json = store::Json::parse(report::check_json(test::plan_of(), 0.002));
    CHECK(json["ok"] == true);
    CHECK(json["steps"] == 2);
  }
}
