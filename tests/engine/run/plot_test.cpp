// Plots as a run leaves them: units, columns, labels, and what only the run can find wrong.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/plot.hpp"

#include "tests/engine/run/lambdas.hpp"

using namespace orrery;
using namespace test;

namespace {

/// first: 3 numbers in m; second: 3 in km; rows: as many as x says, which no plan knows; table: 2 x 3.
World world_of_lists() {
  World world;
  world.add("lists", {tensor_port("x", "")},
            {tensor_port("first", "3", "m"), tensor_port("second", "3", "km"), tensor_port("some", "n", "m"),
             tensor_port("grid", "2 x k", "m")},
            [](Call& call) {
              call.outputs[0] = row({1, 2, 3}, "m");
              call.outputs[1] = row({1, 2, 3}, "km");
              call.outputs[2] = row(std::vector<double>(static_cast<std::size_t>(in(call, 0).number(0)), 7.0), "m");
              call.outputs[3] = row({1, 2, 3, 4, 5, 6}, "m").reshaped({2, 3});
              return Outcome{};
            });
  return world;
}

run::RunResult result_of(const std::string& plot, double count = 3) {
  World world = world_of_lists();
  return run::execute(world.plan(step("a", "lists", "x = " + std::to_string(count)) + plot));
}

}  // namespace

TEST_SUITE("engine/run/plot") {
  TEST_CASE("lines are in the unit of the first and know their names") {
    const auto result = result_of("[plot.p]\nx = \"@a.second\"\ny = [\"@a.first\", \"@a.second\", \"= 2*@a.first\"]\n");
    REQUIRE(result.errors.empty());
    REQUIRE(result.plots.size() == 1);
    const run::Plot& plot = result.plots[0];
    REQUIRE(plot.lines.size() == 3);
    CHECK(plot.x_label == "a.second [km]");
    CHECK(plot.y_label == "length [m]");
    CHECK(*plot.lines[0].x == std::vector<double>{1, 2, 3});
    CHECK(plot.lines[0].y == std::vector<double>{1, 2, 3});
    CHECK(plot.lines[1].y == std::vector<double>{1000, 2000, 3000});
    CHECK(plot.lines[2].y == std::vector<double>{2, 4, 6});
    CHECK(plot.lines[1].label == "a.second");
    CHECK(plot.lines[2].label == "2*@a.first");
  }

  TEST_CASE("an array of two axes gives a line a column over the index") {
    const auto result = result_of("[plot.p]\ny = \"@a.grid\"\n");
    REQUIRE(result.plots.size() == 1);
    const run::Plot& plot = result.plots[0];
    REQUIRE(plot.lines.size() == 3);
    CHECK(plot.x_label == "index");
    CHECK(*plot.lines[2].x == std::vector<double>{0, 1});
    CHECK(plot.lines[2].y == std::vector<double>{3, 6});
    CHECK(plot.lines[2].label == "a.grid[:,2]");
  }

  TEST_CASE("equal axes have one unit") {
    const auto result = result_of("[plot.p]\nx = \"@a.second\"\ny = \"@a.first\"\nequal = true\n");
    REQUIRE(result.plots.size() == 1);
    CHECK(result.plots[0].x_label == "a.second [m]");
    CHECK(*result.plots[0].lines[0].x == std::vector<double>{1000, 2000, 3000});
  }

  TEST_CASE("lengths that only the run knows are checked and the rest of the run is kept") {
    const std::string text =
        "[record]\nn = \"= len(@a.some)\"\n[plot.good]\ny = \"@a.first\"\n[plot.bad]\nx = \"@a.first\"\ny = "
        "\"@a.some\"\n";
    CHECK(result_of(text, 3).plots.size() == 2);
    const auto result = result_of(text, 4);
    REQUIRE(result.errors.size() == 1);
    CHECK(result.errors[0].code == base::ErrorCode::wrong_shape);
    CHECK(result.errors[0].message == "plot 'bad': 'x' has 3 numbers, 'y' has 4");
    CHECK(result.all_done());
    CHECK(result.records.size() == 1);
    REQUIRE(result.plots.size() == 1);
    CHECK(result.plots[0].name == "good");
  }

  TEST_CASE("as many labels as lines are wanted also when only the run knows how many there are") {
    const auto result = result_of("[plot.p]\ny = \"@a.grid\"\nlabels = [\"one\"]\n");
    REQUIRE(result.errors.size() == 1);
    CHECK(result.errors[0].message == "plot 'p': there are 3 lines, but 1 labels");
    CHECK(result.plots.empty());
  }

  TEST_CASE("a plot of a step that failed is left out without an error of its own") {
    World world = world_of_lists();
    world.add("fails", {}, {tensor_port("y", "3")}, [](Call&) {
      return Outcome{Outcome::Kind::failed, "numeric", "it diverged"};
    });
    const auto result = run::execute(world.plan(step("a", "fails", "") + "[plot.p]\ny = \"@a.y\"\n"));
    CHECK(result.plots.empty());
    CHECK(result.errors.empty());
  }
}
