// Tests of loops: feedback, ends, series, failures by pass, memory that is used again, random numbers of each pass.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <set>

#include "tests/engine/run/loops.hpp"

using namespace orrery;
using namespace test;

TEST_SUITE("engine/run/loop") {
  TEST_CASE("a state goes from pass to pass and its last value comes out") {
    World world;
    for (const int passes : {0, 1, 2, 1000}) {
      CAPTURE(passes);
      const auto result = run::execute(world.plan(counting("passes = " + std::to_string(passes), "5.0", "0.5") +
                                                  "[record]\nx = \"@l.x\"\nn = \"@l.passes\"\ne = \"@l.stopped\"\n"));
      CHECK(result.all_done());
      CHECK(record(result, "x") == 5 + 0.5 * passes);
      CHECK(record(result, "n") == passes);
      CHECK(record(result, "e") == 0);
    }
  }

  TEST_CASE("stop_when sees the values of the pass and the state before it and that pass is committed") {
    World world;
    const auto plan = world.plan(counting("passes = 100\nstop_when = \"= @more.y >= 7 and @state.x < @more.y\"") +
                                 "[record]\nx = \"@l.x\"\nn = \"@l.passes\"\ne = \"@l.stopped\"\n");
    const auto result = run::execute(plan);
    CHECK(record(result, "x") == 7);
    CHECK(record(result, "n") == 7);
    CHECK(record(result, "e") == 1);
  }

  TEST_CASE("series have a row for each pass and only those that are asked for are kept") {
    World world;
    const auto plan =
        world.plan(counting("passes = 5") + "[save]\nvalues = [\"@l.more.y\", \"@l.pass\", \"@l.more.y[1:3]\"]\n" +
                   "[record]\nsum = \"= sum(@l.more.y) + last(@l.pass)\"\n");
    REQUIRE(plan.steps.front().loop->series.size() == 1);
    const auto result = run::execute(plan);
    CHECK(saved(result, "l.more.y").shape() == value::Shape{5});
    CHECK(saved(result, "l.more.y").number(4) == 5);
    CHECK(saved(result, "l.more.y[1:3]").number(1) == 3);
    CHECK(saved(result, "l.pass").number(4) == 5);
    CHECK(record(result, "sum") == 15 + 5);
  }

  TEST_CASE("a step may work in the memory of a state and the state goes on as it began") {
    World world;
    int in_place_passes = 0;
    world.add("add_one", {tensor_port("x", "n")}, {in_place(tensor_port("y", "n"), "x")}, [&](Call& call) {
      const Tensor& x = in(call, 0);
      auto* left = std::get_if<Tensor>(&call.outputs[0].place());
      const bool same = left && left->buffer() && left->raw() == x.raw() && left->buffer().use_count() == 2;
      if (!same && !(left && left->shape() == x.shape() && left->is_sole_owner()))
        call.outputs[0].place() = std::move(*Tensor::allocate(DType::f64, x.shape()));
      in_place_passes += same;
      auto& y = std::get<Tensor>(call.outputs[0].place());
      for (std::int64_t i = 0; i < y.count(); ++i) y.data<double>()[i] = x.number(i) + 1;
      call.outputs[0].mark_made();
      return Outcome{};
    });
    const auto result = run::execute(
        world.plan(step("zero", "count", "n = 1000") + "[loop.l]\npasses = 50\n[loop.l.state]\nx = \"@zero.y\"\n" +
                   inner("g", "add_one", "x = \"@state.x\"") + inner("h", "add_one", "x = \"@g.y\"") +
                   "[loop.l.next]\nx = \"@h.y\"\n[record]\nfirst = \"@l.x[0]\"\nlast = \"@l.x[-1]\"\n"));
    REQUIRE(result.all_done());
    CHECK(record(result, "first") == 100);
    CHECK(record(result, "last") == 1099);
    CHECK(in_place_passes > 90);
  }

  TEST_CASE("a plot alone is enough to keep a series") {
    World world;
    const auto result =
        run::execute(world.plan(counting("passes = 4") + "[plot.p]\nx = \"@l.pass\"\ny = \"= 2 * @l.more.y\"\n"));
    REQUIRE(result.plots.size() == 1);
    CHECK(result.plots[0].lines[0].y == std::vector<double>{2, 4, 6, 8});
  }

  TEST_CASE("a series of no passes is empty and keeps the shape of its rows") {
    World world;
    world.add("pair", {tensor_port("x", "")}, {tensor_port("y", "2")}, [](Call& call) {
      call.outputs[0] = row({in(call, 0).number(0), 0});
      return Outcome{};
    });
    const auto result = run::execute(world.plan("[loop.l]\npasses = 0\n[loop.l.state]\nx = 1.0\n" +
                                                inner("p", "pair", "x = \"@state.x\"") +
                                                "[loop.l.next]\nx = \"= sum(@p.y)\"\n[save]\nvalues = [\"@l.p.y\"]\n"));
    CHECK(saved(result, "l.p.y").shape() == value::Shape{0, 2});
  }

  TEST_CASE("next values are all made of the old states") {
    World world;
    // The two change places in each pass, one of them through a step.
    const auto plan =
        world.plan("[loop.l]\npasses = 3\n[loop.l.state]\na = 1.0\nb = 2.0\nc = 0.0\n" +
                   inner("copy", "number", "x = \"@state.a\"") +
                   "[loop.l.next]\na = \"@state.b\"\nb = \"@copy.y\"\nc = \"= @state.a + 10 * @state.b\"\n"
                   "[record]\na = \"@l.a\"\nb = \"@l.b\"\nc = \"@l.c\"\n");
    const auto result = run::execute(plan);
    CHECK(record(result, "a") == 2);
    CHECK(record(result, "b") == 1);
    CHECK(record(result, "c") == 21);
  }

  TEST_CASE("two states that read one value both get it") {
    World world;
    const auto plan = world.plan("[loop.l]\npasses = 4\n[loop.l.state]\na = 1.0\nb = 1.0\n" +
                                 inner("s", "sum", "a = \"@state.a\"\nb = \"@state.b\"") +
                                 "[loop.l.next]\na = \"@s.y\"\nb = \"@s.y\"\n[record]\na = \"@l.a\"\nb = \"@l.b\"\n");
    const auto result = run::execute(plan);
    CHECK(record(result, "a") == 16);
    CHECK(record(result, "b") == 16);
  }

  TEST_CASE("steps of the body read lets and values from outside and run before what reads the loop") {
    World world;
    const auto plan = world.plan("[let]\nk = 3.0\n" + step("after", "sum", "a = \"@l.x\"\nb = \"=k\"") +
                                 counting("passes = \"= 2 + 2\"", "\"@before.y\"", "\"= @before.y * k\"") +
                                 step("before", "number", "x = 2") + "[record]\nx = \"@after.y\"\n");
    CHECK(record(run::execute(plan), "x") == 2 + 4 * 6 + 3);
  }

  TEST_CASE("a state keeps the unit and the type of its first value") {
    World world;
    world.add("go", {tensor_port("x", "", "m")}, {tensor_port("y", "", "m")}, [](Call& call) {
      call.outputs[0] = Tensor::scalar(in(call, 0).number(0) + 500, call.output_units[0]);
      return Outcome{};
    });
    world.add("length", {}, {tensor_port("y", "", "km")}, [](Call& call) {
      call.outputs[0] = Tensor::scalar(1.0, call.output_units[0]);
      return Outcome{};
    });
    const auto plan =
        world.plan(step("first", "length", "") + "[loop.l]\npasses = 4\n[loop.l.state]\nx = \"@first.y\"\n" +
                   inner("g", "go", "x = \"@state.x\"") +
                   "[loop.l.next]\nx = \"@g.y\"\n[record]\nx = \"= @l.x / 1 km\"\n[save]\nvalues = [\"@l.x\"]\n");
    const auto result = run::execute(plan);
    CHECK(record(result, "x") == 3);
    CHECK(saved(result, "l.x").unit().symbol() == "km");
  }

  TEST_CASE("whole numbers begin a state of real numbers or one of whole numbers") {
    World world;
    CHECK(record(run::execute(world.plan(counting("passes = 3", "0", "0.5") + "[record]\nx = \"@l.x\"\n")), "x") ==
          1.5);
    const auto whole = world.plan(
        "[loop.l]\npasses = 3\n[loop.l.state]\nx = 9_007_199_254_740_993\n"
        "[loop.l.next]\nx = \"= @state.x + 2\"\n[save]\nvalues = [\"@l.x\"]\n");
    CHECK(saved(run::execute(whole), "l.x").data<std::int64_t>()[0] == 9007199254740999);
  }

  TEST_CASE("texts can be states") {
    World world;
    const auto plan = world.plan(
        "[loop.l]\npasses = 2\n[loop.l.state]\nword = \"first\"\n"
        "[loop.l.next]\nword = \"= if(@state.word == 'first', 'second', 'third')\"\n"
        "[expect.word]\nthat = \"@l.word\"\nequals = \"third\"\n");
    CHECK(run::execute(plan).expectations_met());
  }

  TEST_CASE("a failure names the pass and keeps the error's place") {
    World world;
    world.add("brittle", {tensor_port("x", "")}, {tensor_port("y", "")}, [](Call& call) {
      if (in(call, 0).number(0) >= 3) return Outcome{Outcome::Kind::failed, "numeric", "it diverged"};
      call.outputs[0] = Tensor::scalar(in(call, 0).number(0) + 1);
      return Outcome{};
    });
    const auto plan =
        world.plan("[loop.l]\npasses = 9\n[loop.l.state]\nx = 0.0\n" + inner("b", "brittle", "x = \"@state.x\"") +
                   "[loop.l.next]\nx = \"@b.y\"\n" + step("after", "number", "x = \"@l.x\""));
    const auto result = run::execute(plan);
    CHECK(failure(result) == "pass 4 of loop 'l': step 'b' failed: it diverged");
    CHECK(report(result, "l").error->labels.front().span.line == 6);
    CHECK(report(result, "after").because == "l");
  }

  TEST_CASE("NaN in a state ends the loop at that pass unless it may be recorded") {
    World world;
    const std::string body =
        "[loop.l.state]\nx = 2.0\n[loop.l.next]\nx = \"= sqrt(@state.x - 1) \"\n[record]\nx = \"@l.x\"\n";
    CHECK(failure(run::execute(world.plan("[loop.l]\npasses = 9\n" + body))) ==
          "pass 3 of loop 'l': state 'x' became NaN");
    const auto result = run::execute(world.plan("[loop.l]\npasses = 9\non_nan = \"record\"\n" + body));
    CHECK(result.all_done());
    CHECK(std::isnan(record(result, "x")));
  }

  TEST_CASE("a state that changes its shape fails with both shapes") {
    World world;
    world.add("grow", {tensor_port("x", "n")}, {tensor_port("y", "m")}, [](Call& call) {
      call.outputs[0] = row(std::vector<double>(static_cast<std::size_t>(in(call, 0).count()) + 1));
      return Outcome{};
    });
    const auto plan = world.plan("[loop.l]\npasses = 9\n[loop.l.state]\nx = [1, 2]\n" +
                                 inner("g", "grow", "x = \"@state.x\"") + "[loop.l.next]\nx = \"@g.y\"\n");
    CHECK(failure(run::execute(plan)) == "pass 1 of loop 'l': state 'x' goes on as f64[3], but began as f64[2]");
  }

  TEST_CASE("a condition that never comes names its limit") {
    World world;
    const auto result =
        run::execute(world.plan("[loop.l]\nstop_when = \"= @state.x < 0\"\n[loop.l.state]\nx = 1.0\n"
                                "[loop.l.next]\nx = \"@state.x\"\n"));
    CHECK(failure(result) ==
          "pass 1000000 of loop 'l': 'stop_when' did not come true within 1000000 passes, the limit where 'passes' is "
          "not given");
  }

  TEST_CASE("memory goes round: passes over large states allocate nothing new after the second") {
    World world;
    std::set<const std::byte*> used;
    world.add("shift", {tensor_port("x", "n")}, {tensor_port("y", "n")}, [&](Call& call) {
      auto* left = std::get_if<Tensor>(&call.outputs[0].place());
      if (left && left->is_sole_owner() && left->count() == in(call, 0).count()) call.outputs[0].mark_repeated();
      else call.outputs[0] = std::move(*Tensor::allocate(DType::f64, in(call, 0).shape()));
      auto& made = std::get<Tensor>(call.outputs[0].place());
      for (std::int64_t i = 0; i < made.count(); ++i) made.data<double>()[i] = in(call, 0).number(i) + 1;
      used.insert(made.raw());
      return Outcome{};
    });
    const auto plan =
        world.plan(step("c", "count", "n = 1000") + "[loop.l]\npasses = 50\n[loop.l.state]\nx = \"@c.y\"\n" +
                   inner("s", "shift", "x = \"@state.x\"") + "[loop.l.next]\nx = \"@s.y\"\n" +
                   "[record]\nx = \"= sum(@l.x) / 1000\"\nfirst = \"= sum(@c.y) / 1000\"\n");
    const auto result = run::execute(plan);
    CHECK(used.size() <= 2);
    CHECK(record(result, "x") == record(result, "first") + 50);
  }

  TEST_CASE("random keys differ from pass to pass and are the same in every run") {
    World world;
    std::vector<std::uint64_t> keys;
    world.add("key", {}, {tensor_port("y", "")}, [&](Call& call) {
      keys.push_back(call.random_key);
      call.outputs[0] = Tensor::scalar(1.0);
      return Outcome{};
    });
    const auto plan = world.plan("[loop.l]\npasses = 20\n[loop.l.state]\nx = 0.0\n" + inner("k", "key", "") +
                                 "[loop.l.next]\nx = \"@k.y\"\n");
    CHECK(run::execute(plan).all_done());
    const auto first = std::exchange(keys, {});
    CHECK(std::set<std::uint64_t>(first.begin(), first.end()).size() == 20);
    CHECK(run::execute(plan).all_done());
    CHECK(keys == first);
  }

  TEST_CASE("a loop stops soon when it is asked to and what steps say reaches the listener") {
    World world;
    std::atomic<bool> stop{false};
    int passes = 0;
    world.add("talk", {tensor_port("x", "")}, {tensor_port("y", "")}, [&](Call& call) {
      call.services->log(catalog::LogLevel::info, "here");
      if (++passes == 3) stop = true;
      call.outputs[0] = Tensor::scalar(0.0);
      return Outcome{};
    });
    const auto plan = world.plan("[loop.l]\npasses = 1_000_000\n[loop.l.state]\nx = 0.0\n" +
                                 inner("t", "talk", "x = \"@state.x\"") + "[loop.l.next]\nx = \"@t.y\"\n");
    Witness witness;
    run::RunOptions options;
    options.stop = &stop;
    options.listener = &witness;
    const auto result = run::execute(plan, options);
    CHECK(result.interrupted);
    CHECK(passes == 3);
    CHECK(witness.lines == std::vector<std::string>(3, "l: t: here"));
  }

  TEST_CASE("loops feed each other, the series of one read in the other") {
    World world;
    const auto plan = world.plan(counting("passes = 3") +
                                 "[loop.m]\npasses = 2\n[loop.m.state]\ns = 0.0\n[loop.m.next]\n"
                                 "s = \"= @state.s + sum(@l.more.y) + @l.x\"\n[record]\ns = \"@m.s\"\n");
    CHECK(record(run::execute(plan), "s") == 2 * (6 + 3));
  }

  TEST_CASE("results have the same bits for any number of jobs") {
    World world;
    const auto plan = world.plan(counting("passes = 1000", "0.1", "\"= 0.3 * @state.x\"") + "[record]\nx = \"@l.x\"\n");
    std::set<double> found;
    for (const std::uint32_t jobs : {1u, 2u, 8u}) {
      run::RunOptions options;
      options.jobs = jobs;
      found.insert(record(run::execute(plan, options), "x"));
    }
    CHECK(found.size() == 1);
  }
}
