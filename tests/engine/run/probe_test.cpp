// Tests of probes: which values of taps are kept, in which order, and that watching changes nothing.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstring>
#include <limits>

#include "tests/engine/run/lambdas.hpp"

using namespace orrery;
using namespace test;

namespace {

/// x -> x/3 + 0.1 four times, as taps "iterate" (a number) and "pair" (two of them).
Outcome iterate(Call& call) {
  double x = in(call, 0).number(0);
  for (int i = 0; i < 4; ++i) {
    x = x / 3 + 0.1;
    if (call.taps_wanted & 2) call.services->tap(1, i, Tensor::scalar(x));
    if (call.taps_wanted & 4) call.services->tap(2, 10 + i, row({x, -x}));
  }
  call.outputs[0] = Tensor::scalar(x);
  return Outcome{};
}

struct Tapped : World {
  Tapped() {
    add("iterate", {tensor_port("x", "")}, {tensor_port("y", "")}, iterate,
        {tensor_port("unused", ""), tensor_port("iterate", ""), tensor_port("pair", "2")});
  }
};

std::string probe(const std::string& name, const std::string& keys) { return "[probe." + name + "]\n" + keys + "\n"; }

/// Passes 1 to n, each of which iterates from the number of the pass.
std::string looped(int passes) {
  return "[loop.l]\npasses = " + std::to_string(passes) + "\n[loop.l.state]\nn = 1.0\n[loop.l.step.a]\n" +
         "use = \"test.iterate\"\nx = \"@state.n\"\n[loop.l.step.more]\nuse = \"test.sum\"\na = \"@state.n\"\nb = 1\n" +
         "[loop.l.next]\nn = \"@more.y\"\n";
}

double first_iterate(double x) { return x / 3 + 0.1; }

std::string failure(const run::RunResult& result, const std::string& name) {
  const auto& error = report(result, name).error;
  return error ? error->message : "none";
}

}  // namespace

TEST_SUITE("engine/run/probe") {
  TEST_CASE("all values come as rows with the numbers that the operation gives them") {
    Tapped world;
    const auto result = run::execute(
        world.plan(step("a", "iterate", "x = 1") + probe("p", "at = \"a/iterate\"") + probe("q", "at = \"a/pair\"")));
    REQUIRE(result.all_done());
    CHECK(saved(result, "p.value").shape() == value::Shape{4});
    CHECK(saved(result, "p.value").number(0) == first_iterate(1));
    CHECK(numbers(saved(result, "p.index")) == std::vector<double>{0, 1, 2, 3});
    CHECK(numbers(saved(result, "p.pass")) == std::vector<double>{0, 0, 0, 0});
    CHECK(saved(result, "q.value").shape() == value::Shape{4, 2});
    CHECK(saved(result, "q.value").number(1) == -first_iterate(1));
    CHECK(numbers(saved(result, "q.index")) == std::vector<double>{10, 11, 12, 13});
  }

  TEST_CASE("watching changes no bit of what is watched") {
    Tapped world;
    const std::string text = step("a", "iterate", "x = 1.7") + "[record]\ny = \"@a.y\"\n";
    const double quiet = record(run::execute(world.plan(text)), "y");
    const double watched = record(run::execute(world.plan(text + probe("p", "at = \"**\""))), "y");
    CHECK(std::memcmp(&quiet, &watched, sizeof quiet) == 0);
  }

  TEST_CASE("a tap that nobody watches is not wanted") {
    Tapped world;
    std::uint64_t wanted = 99;
    world.add("look", {}, {tensor_port("y", "")},
              [&](Call& call) {
                wanted = call.taps_wanted;
                call.outputs[0] = Tensor::scalar(1.0);
                return Outcome{};
              },
              {tensor_port("a", ""), tensor_port("b", "")});
    run::execute(world.plan(step("s", "look", "")));
    CHECK(wanted == 0);
    run::execute(world.plan(step("s", "look", "") + probe("p", "at = \"s/b\"")));
    CHECK(wanted == 2);
  }

  TEST_CASE("reductions keep one number and where it was") {
    Tapped world;
    std::string text = step("a", "iterate", "x = 1") + "[record]\n";
    for (const char* keep : {"min", "max", "mean", "last"}) text += std::string(keep) + " = \"@" + keep + ".value\"\n";
    text += "where = \"@max.index\"\ncount = \"@mean.count\"\n";
    for (const char* keep : {"min", "max", "mean", "last"})
      text += probe(keep, std::string("at = \"a/iterate\"\nkeep = \"") + keep + "\"");
    const auto result = run::execute(world.plan(text));
    std::vector<double> x{1};
    for (int i = 0; i < 4; ++i) x.push_back(first_iterate(x.back()));
    CHECK(record(result, "min") == x[4]);
    CHECK(record(result, "max") == x[1]);
    CHECK(record(result, "where") == 0);
    CHECK(record(result, "last") == x[4]);
    CHECK(record(result, "count") == 4);
    CHECK(record(result, "mean") == doctest::Approx((x[1] + x[2] + x[3] + x[4]) / 4).epsilon(1e-15));
  }

  TEST_CASE("a histogram counts every finite number once and its edges span them") {
    World world;
    world.add("spread", {}, {tensor_port("y", "")},
              [](Call& call) {
                for (int i = 0; i <= 100; ++i) call.services->tap(0, i, Tensor::scalar<double>(i % 11));
                call.services->tap(0, 101, Tensor::scalar(std::numeric_limits<double>::infinity()));
                call.outputs[0] = Tensor::scalar(1.0);
                return Outcome{};
              },
              {tensor_port("t", "")});
    const auto result =
        run::execute(world.plan(step("s", "spread", "") + probe("p", "at = \"s/t\"\nkeep = \"histogram\"\nbins = 5")));
    CHECK(numbers(saved(result, "p.edges")) == std::vector<double>{0, 2, 4, 6, 8, 10});
    // 101 numbers: 0 and 1 ten times (0 once more), and so on; 10 lies in the last bin, whose upper edge belongs to it.
    CHECK(numbers(saved(result, "p.counts")) == std::vector<double>{20, 18, 18, 18, 27});
  }

  TEST_CASE("every and window count passes in a loop and values elsewhere") {
    Tapped world;
    const auto result = run::execute(world.plan(looped(10) + step("a", "iterate", "x = 1") +
                                                probe("p", "at = \"l/a/iterate\"\nevery = 3\nwindow = [2, 9]") +
                                                probe("q", "at = \"a/iterate\"\nevery = 2\nwindow = [1, 9]")));
    REQUIRE(result.all_done());
    CHECK(numbers(saved(result, "p.pass")) == std::vector<double>{4, 4, 4, 4, 7, 7, 7, 7});
    CHECK(saved(result, "p.value").number(4) == first_iterate(7));
    CHECK(numbers(saved(result, "q.index")) == std::vector<double>{2});
  }

  TEST_CASE("a pass that no probe wants costs no value") {
    World world;
    std::vector<std::uint64_t> wanted;
    world.add("look", {tensor_port("x", "")}, {tensor_port("y", "")},
              [&](Call& call) {
                wanted.push_back(call.taps_wanted);
                call.services->tap(0, 0, Tensor::scalar(1.0));
                call.outputs[0] = Tensor::scalar(in(call, 0).number(0));
                return Outcome{};
              },
              {tensor_port("t", "")});
    const auto result = run::execute(world.plan(
        "[loop.l]\npasses = 5\n[loop.l.state]\nx = 0.0\n[loop.l.step.s]\nuse = \"test.look\"\nx = \"@state.x\"\n"
        "[loop.l.next]\nx = \"@s.y\"\n" +
        probe("p", "at = \"l/s/t\"\nevery = 2")));
    CHECK(wanted == std::vector<std::uint64_t>{1, 0, 1, 0, 1});
    CHECK(numbers(saved(result, "p.pass")) == std::vector<double>{1, 3, 5});
  }

  TEST_CASE("one probe may watch taps of several steps which stand in the order of the file") {
    Tapped world;
    const auto result = run::execute(world.plan(step("b", "iterate", "x = 2") + step("a", "iterate", "x = 1") +
                                                looped(2) + probe("p", "at = \"*/iterate\"") +
                                                probe("q", "at = [\"**/iterate\"]\nkeep = \"max\"")));
    REQUIRE(result.all_done());
    CHECK(numbers(saved(result, "p.tap")) == std::vector<double>{0, 0, 0, 0, 1, 1, 1, 1});
    CHECK(saved(result, "p.value").number(0) == first_iterate(2));
    CHECK(saved(result, "p.value").number(4) == first_iterate(1));
    CHECK(saved(result, "q.value").number(0) == first_iterate(2));
  }

  TEST_CASE("values from parallel loops stand in the order of their indices for any number of threads") {
    World world;
    world.add("wide", {}, {tensor_port("y", "")},
              [](Call& call) {
                const auto part = [](void* user, std::uint64_t begin, std::uint64_t end) -> std::int32_t {
                  auto& services = *static_cast<catalog::Services*>(user);
                  for (std::uint64_t i = begin; i < end; ++i) {
                    services.tap(0, static_cast<std::int64_t>(i / 10), Tensor::scalar(static_cast<double>(i)));
                    services.tap(1, 0, Tensor::scalar(static_cast<double>(i)));
                  }
                  return 0;
                };
                call.services->tap(0, 5, Tensor::scalar(-1.0));
                call.services->parallel_for(1000, 7, part, call.services);
                call.services->tap(0, -3, Tensor::scalar(-2.0));
                call.outputs[0] = Tensor::scalar(1.0);
                return Outcome{};
              },
              {tensor_port("numbered", ""), tensor_port("unnumbered", "")});
    const auto plan =
        world.plan(step("s", "wide", "") + probe("p", "at = \"s/numbered\"") + probe("q", "at = \"s/unnumbered\""));
    std::vector<double> expected{-1}, in_order;
    for (int i = 0; i < 1000; ++i) in_order.push_back(i);
    expected.insert(expected.end(), in_order.begin(), in_order.end());
    expected.push_back(-2);
    for (const std::uint32_t jobs : {1u, 2u, 4u, 8u}) {
      CAPTURE(jobs);
      run::RunOptions options;
      options.jobs = jobs;
      const auto result = run::execute(plan, options);
      CHECK(numbers(saved(result, "p.value")) == expected);
      CHECK(numbers(saved(result, "q.value")) == in_order);
    }
  }

  TEST_CASE("a step or a plot can read what a probe keeps") {
    Tapped world;
    const auto result = run::execute(
        world.plan(step("a", "iterate", "x = 1") + probe("p", "at = \"a/iterate\"\nkeep = \"last\"") +
                   probe("q", "at = \"a/iterate\"") + step("b", "sum", "a = \"@p.value\"\nb = \"= max(@q.value)\"") +
                   "[record]\ny = \"@b.y\"\nz = \"@a.y\"\n[plot.path]\nx = \"@q.index\"\ny = \"@q.value\"\n"));
    REQUIRE(result.all_done());
    CHECK(record(result, "y") == record(result, "z") + first_iterate(1));
    REQUIRE(result.plots.size() == 1);
    CHECK(result.plots[0].lines[0].y.size() == 4);
  }

  TEST_CASE("what was seen before a step failed is kept") {
    World world;
    world.add("diverge", {}, {tensor_port("y", "")},
              [](Call& call) {
                for (int i = 0; i < 3; ++i) call.services->tap(0, i, Tensor::scalar(std::pow(10.0, i)));
                return Outcome{Outcome::Kind::failed, "numeric", "it diverged", {}};
              },
              {tensor_port("t", "")});
    const auto result = run::execute(world.plan(step("s", "diverge", "") + probe("p", "at = \"s/t\"")));
    CHECK_FALSE(result.all_done());
    CHECK(numbers(saved(result, "p.value")) == std::vector<double>{1, 10, 100});
  }

  TEST_CASE("NaN is the largest and the smallest value since it is what one looks for") {
    World world;
    world.add("nan", {}, {tensor_port("y", "")},
              [](Call& call) {
                for (const double x : {1.0, std::nan(""), 5.0, std::nan("")}) {
                  static std::int64_t index = 0;
                  call.services->tap(0, index++ % 4, Tensor::scalar(x));
                }
                call.outputs[0] = Tensor::scalar(1.0);
                return Outcome{};
              },
              {tensor_port("t", "")});
    for (const char* keep : {"min", "max"}) {
      const auto result = run::execute(
          world.plan(step("s", "nan", "") + probe("p", std::string("at = \"s/t\"\nkeep = \"") + keep + "\"")));
      CHECK(std::isnan(saved(result, "p.value").number(0)));
      CHECK(saved(result, "p.index").number(0) == 1);
    }
  }

  TEST_CASE("a tap that makes nothing gives no rows and is an error where one value is wanted") {
    World world;
    world.add("silent", {}, {tensor_port("y", "")},
              [](Call& call) {
                call.outputs[0] = Tensor::scalar(1.0);
                return Outcome{};
              },
              {tensor_port("t", "")});
    const auto result = run::execute(
        world.plan(step("s", "silent", "") + probe("p", "at = \"s/t\"") + probe("q", "at = \"s/t\"\nkeep = \"max\"")));
    CHECK(saved(result, "p.value").count() == 0);
    CHECK(failure(result, "q") == "probe 'q': no value was made of 's/t'");
  }

  TEST_CASE("values of different shapes cannot be rows") {
    World world;
    world.add("grow", {}, {tensor_port("y", "")},
              [](Call& call) {
                call.services->tap(0, 0, row({1}));
                call.services->tap(0, 1, row({1, 2}));
                call.outputs[0] = Tensor::scalar(1.0);
                return Outcome{};
              },
              {tensor_port("t", "n")});
    const auto result = run::execute(
        world.plan(step("s", "grow", "") + probe("p", "at = \"s/t\"") + probe("q", "at = \"s/t\"\nkeep = \"last\"")));
    CHECK(failure(result, "p") == "probe 'p': the value of 's/t' cannot be a row: it changes from 1 to 2");
    CHECK(saved(result, "q.value").shape() == value::Shape{2});
  }

  TEST_CASE("an executor that runs again begins its probes anew") {
    Tapped world;
    const auto plan = world.plan(step("a", "iterate", "x = 1") + probe("p", "at = \"a/iterate\""));
    run::Executor executor(plan, {});
    for (int i = 0; i < 3; ++i) {
      executor.run_steps();
      CHECK(saved(executor.result(), "p.value").count() == 4);
    }
  }
}
