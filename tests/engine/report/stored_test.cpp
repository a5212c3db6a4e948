// Values of a stored run, whole and in part.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/stored.hpp"

#include "engine/store/json.hpp"
#include "tests/engine/store/support.hpp"

using namespace orrery;
using base::ErrorCode;

namespace {

/// A run that kept a record, a tensor and a table.
class Kept {
 public:
  Kept() {
    const plan::Plan plan = test::plan_of();
    auto directory = store::RunDirectory::create(plan, {}, {folder_ / "runs", {}});
    REQUIRE(directory);
    const double numbers[] = {0, 1, 2, 3, 4, 5};
    const auto table = std::make_shared<const value::Table>(value::Table{
        2, {{"x", value::Tensor::of<double>(std::span(numbers).first(2), {2}, *value::parse_unit("km"))}}});
    run::RunResult result;
    result.records = {{"radius", value::Tensor::scalar(2.5)}};
    const auto part = value::Tensor::of<double>(numbers, {3, 2}, *value::parse_unit("s"));
    result.saved = {{"a.v", value::Tensor::of<double>(numbers, {3, 2}, *value::parse_unit("m"))},
                    {"a.t", table},
                    {"a.y[1:4]", part},
                    {"a.y[1:4][0]", value::Tensor::scalar(7.0)},
                    {"a.y[1:4,0]", value::Tensor::scalar(8.0)},
                    {"a.z.mass", part}};
    REQUIRE((*directory)->finish(result, 0));
    auto opened = store::open_run("latest", folder_ / "runs");
    REQUIRE(opened);
    run = std::move(*opened);
  }
  store::StoredRun run;

  std::string text(const std::string& wanted) const {
    const auto value = report::stored_value(run, wanted);
    return value ? value::preview(*value) : std::string(base::name_of(value.error().code));
  }

 private:
  test::TemporaryFolder folder_;
};

}  // namespace

TEST_SUITE("engine/report/stored") {
  TEST_CASE("records and saved values are found with and without marker") {
    const Kept kept;
    CHECK(kept.text("radius") == "2.5");
    CHECK(kept.text("@radius") == "2.5");
    CHECK(kept.text("a.v") == kept.text("@a.v"));
    CHECK(kept.text("@a.v").find("m") != std::string::npos);
  }

  TEST_CASE("a selection is that of a wire") {
    const Kept kept;
    CHECK(kept.text("@a.v[2, 1]") == "5 m");
    CHECK(kept.text("@a.v[-1][0]") == "4 m");
    CHECK(kept.text("a.t.x[1]") == "1 km");
  }

  TEST_CASE("what was saved in part is found by its selection however it is spelt") {
    const Kept kept;
    CHECK(kept.text("@a.y[1:4]") == kept.text("a.y[ 1 : 4 : 1 ]"));
    CHECK(kept.text("@a.y[1:4][2, 1]") == "5 s");
    CHECK(kept.text("@a.y[1:4][0]") == "7");
    CHECK(kept.text("@a.y[1:4, 0]") == "8");
    CHECK(kept.text("@a.y_1to4") == kept.text("@a.y[1:4]"));
    CHECK(kept.text("@a.z.mass[0, 1]") == "1 s");
    CHECK(kept.text("@a.y[1:4][0][0]") == "bad_selector");
    CHECK(kept.text("@a.y[0:4]") == "unknown_output");
  }

  TEST_CASE("of an output that was saved in part the parts are listed") {
    const Kept kept;
    const std::vector<std::string> parts{"a.y[1:4]", "a.y[1:4][0]", "a.y[1:4,0]"};
    CHECK(report::stored_parts(kept.run, "@a.y") == parts);
    CHECK(report::stored_parts(kept.run, "a.y") == parts);
    CHECK(report::stored_parts(kept.run, "@a.z") == std::vector<std::string>{"a.z.mass"});
    CHECK(report::stored_parts(kept.run, "@a") == kept.run.saved);
    for (const char* const other : {"@a.v", "@a.y[1:4]", "@b", "radius", "@b.y", ""})
      CHECK(report::stored_parts(kept.run, other).empty());
    const auto text = report::stored_parts_text(kept.run, parts);
    REQUIRE(text);
    CHECK(text->starts_with("@a.y[1:4]     ["));
    CHECK(text->find("@a.y[1:4][0]  7\n") != std::string::npos);
    CHECK(store::Json::parse(report::stored_parts_json(kept.run, "@a.y", parts))["saved"] == parts);
    const auto other = report::stored_value(kept.run, "@a.y[0]");
    REQUIRE_FALSE(other);
    CHECK(other.error().message == "this run did not save 'a.y[0]'");
    CHECK(other.error().notes.front() == "saved of 'a.y': a.y[1:4], a.y[1:4][0], a.y[1:4,0]");
  }

  TEST_CASE("what does not fit is an error and never a crash") {
    const Kept kept;
    CHECK(kept.text("@a.v[0, 0, 0]") == "bad_selector");
    CHECK(kept.text("@a.v[7]") == "bad_selector");
    CHECK(kept.text("@a.v[0") == "bad_reference");
    CHECK(kept.text("@a.v.x") == "bad_selector");
    CHECK(kept.text("@a.t.y") == "bad_selector");
    CHECK(kept.text("radius[0]") == "bad_selector");
    CHECK(kept.text("@") == "unknown_output");
    CHECK(kept.text("\x1b[2J") == "unknown_output");
  }

  TEST_CASE("an unknown value is told with the nearest name") {
    const auto value = report::stored_value(Kept().run, "radus");
    REQUIRE_FALSE(value);
    CHECK(value.error().helps.front() == "did you mean 'radius'?");
    CHECK(value.error().notes.front() == "kept: a.v, a.t, a.y[1:4], a.y[1:4][0], a.y[1:4,0], a.z.mass, radius");
  }

  TEST_CASE("JSON names the run") {
    const Kept kept;
    const auto json =
        store::Json::parse(report::stored_value_json(kept.run, "radius", *report::stored_value(kept.run, "radius")));
    CHECK(json["name"] == "radius");
    CHECK(json["data"] == 2.5);
    CHECK(json["run"] == kept.run.path.string());
  }
}
