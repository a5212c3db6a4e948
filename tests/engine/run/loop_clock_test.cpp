// Tests of clocks: times that do not drift, the last pass, passes that come short, and scenarios over them.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/loop_clock.hpp"

#include <cmath>

#include "tests/engine/run/loops.hpp"

using namespace orrery;
using namespace test;

namespace {

plan::PlannedClock clock_of(double from, double to, double by) {
  plan::PlannedClock clock;
  clock.from = from;
  clock.to = to;
  clock.by = by;
  return clock;
}

/// A loop over a clock that adds the length of each pass to x.
std::string clocked(const std::string& clock, const std::string& more = "", const std::string& next = "") {
  return "[loop.l]\nclock = " + clock + "\n" + more + "\n[loop.l.state]\nx = \"0 s\"\n" +
         "[loop.l.next]\nx = \"= @state.x + @clock.step\"\n" + next + "\n";
}

const std::string seen =
    "[record]\nn = \"@l.passes\"\nx = \"= @l.x / 1 s\"\ne = \"@l.stopped\"\n[save]\nvalues = [\"@l.time\", "
    "\"@l.pass\"]\n";

}  // namespace

TEST_SUITE("engine/run/loop_clock") {
  TEST_CASE("times are multiples of the step and the last pass ends where the clock does") {
    for (const double by : {0.1, 0.3, 1.0 / 3.0, 0.7, 1.0, 2.5, 1e300}) {
      CAPTURE(by);
      const auto planned = clock_of(1.0, 2.0, by);
      run::LoopClock clock(planned);
      std::int64_t passes = 0;
      double length = 0.0;
      for (; !clock.is_over(); clock.advance(), ++passes) {
        CHECK(clock.time() == doctest::Approx(1.0 + static_cast<double>(passes) * by).epsilon(1e-15));
        CHECK((clock.step() == by || clock.end() == 2.0));
        length += clock.step();
      }
      CHECK(clock.time() == 2.0);
      CHECK(passes == clock.count());
      CHECK(length == doctest::Approx(1.0));
    }
  }

  TEST_CASE("a million steps end exactly and each is as long as it should be") {
    const auto planned = clock_of(0.0, 100000.0, 0.1);
    run::LoopClock clock(planned);
    std::int64_t passes = 0;
    for (; !clock.is_over(); clock.advance(), ++passes) {
      REQUIRE(clock.time() == 0.1 * static_cast<double>(passes));
      REQUIRE(clock.step() == 0.1);
    }
    CHECK(passes == 1000000);
  }

  TEST_CASE("a pass that comes short moves those after it and the end stays where it is") {
    const auto planned = clock_of(0.0, 10.0, 4.0);
    run::LoopClock clock(planned);
    CHECK(clock.advance_to(1.5));
    CHECK(clock.time() == 1.5);
    CHECK(clock.end() == 5.5);
    CHECK(clock.advance_to(5.5));
    CHECK(clock.end() == 9.5);
    CHECK(clock.advance_to(9.5));
    CHECK(clock.end() == 10.0);
    CHECK(clock.step() == 0.5);
    for (const double outside : {9.5, 9.0, 10.1, -1.0, 1e300, std::nan("")}) CHECK_FALSE(clock.advance_to(outside));
    CHECK(clock.advance_to(std::nextafter(10.0, 11.0)));
    CHECK(clock.is_over());
  }

  TEST_CASE("clocks run backward and stand still") {
    const auto backward = clock_of(3.0, 0.0, -2.0), still = clock_of(3.0, 3.0, 1.0);
    run::LoopClock clock(backward);
    CHECK(clock.end() == 1.0);
    CHECK(clock.advance_to(2.5));
    CHECK(clock.end() == 0.5);
    clock.advance();
    CHECK(clock.step() == -0.5);
    clock.advance();
    CHECK(clock.is_over());
    CHECK(run::LoopClock(still).is_over());
    CHECK(run::LoopClock(still).count() == 0);
  }

  TEST_CASE("a clock ends a loop and its times come out in its unit") {
    World world;
    const auto result = run::execute(world.plan("[let]\nstep = \"0.4 min\"\n" +
                                                clocked("{ from = \"0 min\", to = \"60 s\", by = \"=step\" }") + seen));
    REQUIRE(result.all_done());
    CHECK(record(result, "n") == 3);
    CHECK(record(result, "x") == doctest::Approx(60).epsilon(1e-14));
    const Tensor& times = saved(result, "l.time");
    CHECK(times.unit().symbol() == "min");
    CHECK(times.shape() == value::Shape{3});
    CHECK(times.number(0) == doctest::Approx(0.4));
    CHECK(times.number(2) == 1.0);
  }

  TEST_CASE("steps and conditions see the time of the pass and the first end counts") {
    World world;
    const std::string clock = "{ from = \"0 s\", to = \"10 s\", by = \"1 s\" }";
    const auto stopped = run::execute(world.plan(clocked(clock, "stop_when = \"= @clock.time >= 4 s\"") + seen));
    CHECK(record(stopped, "n") == 5);
    CHECK(record(stopped, "e") == 1);
    CHECK(record(run::execute(world.plan(clocked(clock, "passes = 3") + seen)), "n") == 3);
    CHECK(record(run::execute(world.plan(clocked(clock, "passes = 30") + seen)), "n") == 10);
    CHECK(record(run::execute(world.plan(clocked("{ from = \"1 s\", to = \"1 s\", by = \"1 s\" }") + seen)), "n") == 0);
    const auto steps =
        run::execute(world.plan("[loop.l]\nclock = { from = 0, to = 1, by = 0.25 }\n[loop.l.state]\nx = 0.0\n" +
                                inner("s", "sum", "a = \"@clock.time\"\nb = \"@clock.step\"") +
                                "[loop.l.next]\nx = \"@s.y\"\n[save]\nvalues = [\"@l.s.y\"]\n"));
    REQUIRE(steps.all_done());
    for (std::int64_t i = 0; i < 4; ++i) CHECK(saved(steps, "l.s.y").number(i) == 0.25 * static_cast<double>(i + 1));
  }

  TEST_CASE("a pass that comes short begins the next one where it came to") {
    World world;
    // Each pass comes half as far as it should, until the step is shorter than 1 s.
    const std::string half =
        "time = \"= if(@clock.step > 1 s, @clock.time + @clock.step / 2, @clock.time + @clock.step)\"";
    const auto result =
        run::execute(world.plan(clocked("{ from = \"0 s\", to = \"7 s\", by = \"4 s\" }", "", half) + seen));
    REQUIRE_MESSAGE(result.all_done(), failure(result));
    const Tensor& times = saved(result, "l.time");
    const double expected[] = {2, 4, 5.5, 6.25, 7};
    REQUIRE(times.count() == 5);
    for (std::int64_t i = 0; i < 5; ++i) CHECK(times.number(i) == expected[i]);
  }

  TEST_CASE("a time outside its pass is an error that names the pass") {
    World world;
    const std::string clock = "{ from = \"0 s\", to = \"7 s\", by = \"4 s\" }";
    const auto failing = [&](const std::string& time) {
      return failure(run::execute(world.plan(clocked(clock, "", "time = \"= " + time + "\"") + seen)));
    };
    CHECK(failing("@clock.time") ==
          "pass 1 of loop 'l': 'time' must lie after the begin of the pass at 0 and not after its end at 4; it is 0 "
          "(in s)");
    CHECK(failing("@clock.time + 5 s").find("it is 5 (in s)") != std::string::npos);
    CHECK(failing("@clock.time + nan * 1 s").find("it is nan (in s)") != std::string::npos);
    CHECK(failing("if(@clock.time > 3 s, -1 s, 4 s)").starts_with("pass 2 of loop 'l': 'time' must lie after"));
  }

  TEST_CASE("passes that come short again and again have a limit") {
    World world;
    const auto result = run::execute(world.plan(
        "[loop.l]\nclock = { from = 0, to = 1, by = 1 }\n[loop.l.state]\nx = 0.0\n[loop.l.next]\nx = \"@state.x\"\n"
        "time = \"= @clock.time + 1e-9\"\n"));
    CHECK(failure(result) ==
          "pass 1000001 of loop 'l': the clock did not come to its end within 1000001 passes, the limit where 'passes' "
          "is not given");
  }

  TEST_CASE("progress of a loop has a total only where the number of passes is known") {
    World world;
    struct Totals : Witness {
      void step_progress(const std::string&, std::uint64_t, std::uint64_t of) override { total = of; }
      std::uint64_t total = 77;
    };
    const auto total_of = [&](const std::string& body) {
      Totals totals;
      run::RunOptions options;
      options.listener = &totals;
      CHECK(run::execute(world.plan(body), options).all_done());
      return totals.total;
    };
    CHECK(total_of(counting("passes = 5")) == 5);
    CHECK(total_of(counting("stop_when = \"= @more.y > 3\"")) == 0);
    CHECK(total_of(clocked("{ from = \"0 s\", to = \"7 s\", by = \"4 s\" }")) == 2);
    CHECK(total_of(clocked("{ from = \"0 s\", to = \"7 s\", by = \"1 s\" }", "passes = 4")) == 4);
  }
}
