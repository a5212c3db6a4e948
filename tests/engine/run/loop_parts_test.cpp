// Tests of first values "zeros" and of series that keep some passes only.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "tests/engine/run/loops.hpp"

using namespace orrery;
using namespace test;

namespace {

/// Operations whose shapes the plan knows from their inputs.
struct Fixture {
  World world;
  Fixture() {
    world.add("add", {tensor_port("a", "n", "*"), tensor_port("b", "n", "a", {"a"})},
              {tensor_port("y", "n", "a", {"a"})}, [](Call& call) {
                Tensor made = std::move(*Tensor::allocate(DType::f64, in(call, 0).shape(), call.output_units[0]));
                for (std::int64_t i = 0; i < made.count(); ++i)
                  made.data<double>()[i] = in(call, 0).number(i) + in(call, 1).number(i);
                call.outputs[0] = std::move(made);
                return Outcome{};
              });
    world.add("some", {}, {tensor_port("y", "*")}, [](Call& call) {
      call.outputs[0] = row({1, 2, 3});
      return Outcome{};
    });
  }
};

const std::string counts = step("c", "count", "n = 3");

}  // namespace

TEST_SUITE("engine/run/loop_parts") {
  TEST_CASE("zeros have the shape and the type of the next value") {
    Fixture f;
    const auto result = run::execute(f.world.plan(
        counts + "[loop.l]\npasses = 4\n[loop.l.state]\nsum = \"zeros\"\nflag = \"zeros\"\nn = \"zeros\"\n" +
        inner("s", "add", "a = \"@c.y\"\nb = \"@state.sum\"") +
        "[loop.l.next]\nsum = \"@s.y\"\nflag = \"= @state.n > 1\"\nn = \"= @state.n + 1\"\n"
        "[save]\nvalues = [\"@l.sum\", \"@l.flag\", \"@l.n\"]\n"));
    REQUIRE_MESSAGE(result.all_done(), failure(result));
    CHECK(saved(result, "l.sum").shape() == value::Shape{3});
    CHECK(saved(result, "l.sum").number(2) == 8);
    CHECK(saved(result, "l.flag").number(0) == 1);
    CHECK(saved(result, "l.n").number(0) == 4);
  }

  TEST_CASE("zeros take the unit of the next value and may hang on other zeros") {
    Fixture f;
    const auto result = run::execute(
        f.world.plan(counts + "[loop.l]\npasses = 3\n[loop.l.state]\na = \"zeros\"\nb = \"zeros\"\nc = \"zeros\"\n"
                              "[loop.l.next]\na = \"@state.b\"\nb = \"@state.c\"\nc = \"= @state.c + 2 km * @c.y\"\n"
                              "[save]\nvalues = [\"@l.a\", \"@l.c\"]\n"));
    REQUIRE_MESSAGE(result.all_done(), failure(result));
    CHECK(saved(result, "l.a").shape() == value::Shape{3});
    CHECK(saved(result, "l.a").unit().same_dimension(saved(result, "l.c").unit()));
    CHECK(saved(result, "l.a").number(2) == 4000);
    CHECK(saved(result, "l.c").number(2) == 12000);
  }

  TEST_CASE("zeros that are added to take the shape of what is added") {
    Fixture f;
    const auto result = run::execute(
        f.world.plan(counts + "[loop.l]\npasses = 2\n[loop.l.state]\nm = \"zeros\"\n"
                              "[loop.l.next]\nm = \"= 0.5 * @state.m + @c.y\"\n[save]\nvalues = [\"@l.m\"]\n"));
    REQUIRE_MESSAGE(result.all_done(), failure(result));
    CHECK(saved(result, "l.m").shape() == value::Shape{3});
    CHECK(saved(result, "l.m").number(2) == 3);
  }

  TEST_CASE("the word zeros can be a text") {
    World world;
    const auto plan = world.plan(
        "[loop.l]\npasses = 1\n[loop.l.state]\nword = { text = \"zeros\" }\n[loop.l.next]\nword = \"@state.word\"\n"
        "[expect.word]\nthat = \"@l.word\"\nequals = { text = \"zeros\" }\n");
    CHECK(run::execute(plan).expectations_met());
  }

  TEST_CASE("series keep every so many passes and the last one") {
    World world;
    const auto rows = [&](const std::string& passes, const std::string& every) {
      const auto result =
          run::execute(world.plan(counting("passes = " + passes + "\nrecord = { every = " + every + " }") +
                                  "[save]\nvalues = [\"@l.more.y\", \"@l.pass\"]\n[record]\nx = \"@l.x\"\n"));
      REQUIRE(result.all_done());
      CHECK(record(result, "x") == std::stod(passes));
      CHECK(saved(result, "l.more.y").shape() == saved(result, "l.pass").shape());
      std::vector<double> numbers;
      for (std::int64_t i = 0; i < saved(result, "l.pass").count(); ++i) {
        numbers.push_back(saved(result, "l.pass").number(i));
        CHECK(saved(result, "l.more.y").number(i) == numbers.back());
      }
      return numbers;
    };
    CHECK(rows("7", "3") == std::vector<double>{3, 6, 7});
    CHECK(rows("6", "3") == std::vector<double>{3, 6});
    CHECK(rows("2", "\"= 2 + 3\"") == std::vector<double>{2});
    CHECK(rows("3", "1") == std::vector<double>{1, 2, 3});
    CHECK(rows("0", "4").empty());
    CHECK(rows("5", "9_000_000_000_000_000_000") == std::vector<double>{5});
  }

  TEST_CASE("the pass in which a condition or a clock ends the loop is recorded too") {
    World world;
    const auto stopped =
        run::execute(world.plan(counting("passes = 90\nstop_when = \"= @more.y >= 5\"\nrecord = { every = 3 }") +
                                "[save]\nvalues = [\"@l.pass\", \"@l.more.y\"]\n"));
    CHECK(saved(stopped, "l.more.y").count() == 2);
    CHECK(saved(stopped, "l.pass").number(1) == 5);
    const auto timed = run::execute(world.plan(
        "[loop.l]\nclock = { from = 0, to = 1, by = 0.25 }\nrecord = { every = 3 }\nsolve = { over = \"x\" }\n"
        "[loop.l.state]\nx = 1.0\n[loop.l.next]\nx = \"= cos(@state.x)\"\n"
        "[save]\nvalues = [\"@l.pass\", \"@l.time\", \"@l.iterations\"]\n"));
    REQUIRE_MESSAGE(timed.all_done(), failure(timed));
    CHECK(saved(timed, "l.time").shape() == value::Shape{2});
    CHECK(saved(timed, "l.time").number(0) == 0.75);
    CHECK(saved(timed, "l.time").number(1) == 1);
    CHECK(saved(timed, "l.iterations").shape() == value::Shape{2});
    CHECK(saved(timed, "l.pass").number(1) == 4);
  }
}
