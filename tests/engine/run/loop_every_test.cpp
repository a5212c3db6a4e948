// Tests of steps that run in some passes of a loop only.
// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "tests/engine/run/loops.hpp"

using namespace orrery;
using namespace test;

TEST_SUITE("engine/run/loop_every") {
  TEST_CASE("a step with every runs in some passes and its outputs stand in between") {
    World world;
    int runs = 0;
    world.add("seen", {tensor_port("x", "")}, {tensor_port("y", "n")}, [&](Call& call) {
      ++runs;
      call.outputs[0] = row({in(call, 0).number(0), -1});
      return Outcome{};
    });
    for (const auto& [every, expected] :
         std::vector<std::pair<std::string, std::vector<double>>>{{"1", {0, 1, 2, 3, 4, 5, 6}},
                                                                  {"3", {0, 0, 0, 3, 3, 3, 6}},
                                                                  {"\"=n + 4\"", {0, 0, 0, 0, 0, 0, 6}},
                                                                  {"1_000_000_000_000", {0, 0, 0, 0, 0, 0, 0}}}) {
      CAPTURE(every);
      runs = 0;
      const auto result = run::execute(world.plan("[let]\nn = 2\n" + counting("passes = 7") +
                                                  inner("s", "seen", "every = " + every + "\nx = \"@state.x\"") +
                                                  "[save]\nvalues = [\"@l.s.y\"]\n"));
      REQUIRE(result.all_done());
      CHECK(saved(result, "l.s.y").shape() == value::Shape{7, 2});
      for (std::size_t i = 0; i < 7; ++i)
        CHECK(saved(result, "l.s.y").number(2 * static_cast<std::int64_t>(i)) == expected[i]);
      CHECK(static_cast<std::size_t>(runs) == std::set<double>(expected.begin(), expected.end()).size());
    }
  }

  TEST_CASE("what a step with every keeps is not taken as memory by a state or by a step in place") {
    World world;
    world.add("up", {tensor_port("x", "n")}, {in_place(tensor_port("y", "n"), "x")}, [&](Call& call) {
      const Tensor& x = in(call, 0);
      auto* there = std::get_if<Tensor>(&call.outputs[0].place());
      const bool same = there && there->buffer() && there->raw() == x.raw() && there->buffer().use_count() == 2;
      const bool own = there && there->is_sole_owner() && there->shape() == x.shape();
      if (!same && !own) call.outputs[0].place() = std::move(*Tensor::allocate(DType::f64, x.shape()));
      auto& y = std::get<Tensor>(call.outputs[0].place());
      for (std::int64_t i = 0; i < x.count(); ++i) y.data<double>()[i] = x.number(i) + 1;
      call.outputs[0].mark_made();
      return Outcome{};
    });
    // kept = state + 1 in passes 1, 4, 7; over = kept + 1 in each; the state goes on as kept.
    const auto plan =
        world.plan("[loop.l]\npasses = 8\n[loop.l.state]\nx = [0.0, 0.0]\n" +
                   inner("kept", "up", "every = 3\nx = \"@state.x\"") + inner("over", "up", "x = \"@kept.y\"") +
                   "[loop.l.next]\nx = \"@kept.y\"\n[save]\nvalues = [\"@l.kept.y\", \"@l.over.y\", \"@l.x\"]\n");
    const auto result = run::execute(plan);
    REQUIRE(result.all_done());
    const double expected[] = {1, 1, 1, 2, 2, 2, 3, 3};
    for (std::int64_t i = 0; i < 8; ++i) {
      CHECK(saved(result, "l.kept.y").number(2 * i) == expected[i]);
      CHECK(saved(result, "l.over.y").number(2 * i + 1) == expected[i] + 1);
    }
    CHECK(saved(result, "l.x").number(0) == 3);
  }
}
