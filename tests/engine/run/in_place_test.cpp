// Tests of outputs that are made in the memory of an input.
// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <mutex>

#include "tests/engine/run/lambdas.hpp"

using namespace orrery;
using namespace test;

namespace {

/// y = x + 1, in the memory of x where the run offers it and nobody else has it. Takes what the host takes: memory
/// that it alone can see but for the input it belongs to.
struct AddOne {
  std::atomic<int> in_place{0}, copied{0};

  Outcome operator()(Call& call) {
    const Tensor& x = in(call, 0);
    auto* there = std::get_if<Tensor>(&call.outputs[0].place());
    const bool offered = there && there->buffer() && there->shape() == x.shape();
    const bool same = offered && there->raw() == x.raw() && there->buffer().use_count() == 2;
    const bool own = offered && there->is_sole_owner();
    (same ? in_place : copied) += 1;
    if (!same && !own) call.outputs[0].place() = std::move(*Tensor::allocate(DType::f64, x.shape()));
    auto& y = std::get<Tensor>(call.outputs[0].place());
    for (std::int64_t i = 0; i < x.count(); ++i) y.data<double>()[i] = x.number(i) + 1;
    y.set_unit(call.output_units[0]);
    call.outputs[0].mark_made();
    return {};
  }
};

struct Fixture {
  World world;
  std::shared_ptr<AddOne> add_one = std::make_shared<AddOne>();

  Fixture() {
    world.add("add_one", {tensor_port("x", "n")}, {in_place(tensor_port("y", "n"), "x")},
              [body = add_one](Call& call) { return (*body)(call); });
    world.add("add_both", {tensor_port("x", "n"), tensor_port("z", "n")}, {in_place(tensor_port("y", "n"), "x")},
              [body = add_one](Call& call) { return (*body)(call); });
  }
};

std::string chain(int length) {
  std::string text = step("s0", "count", "n = 100_000");
  for (int i = 1; i <= length; ++i)
    text += step("s" + std::to_string(i), "add_one", "x = \"@s" + std::to_string(i - 1) + ".y\"");
  return text + "[record]\nx = \"@s" + std::to_string(length) + ".y[7]\"\n";
}

}  // namespace

TEST_SUITE("engine/run/in_place") {
  TEST_CASE("a chain of steps in place works in one buffer") {
    Fixture f;
    const auto plan = f.world.plan(chain(10));
    const std::uint64_t before = value::memory_use().live;
    const auto result = run::execute(plan);
    CHECK(result.all_done());
    CHECK(record(result, "x") == 17);
    CHECK(f.add_one->in_place == 10);
    CHECK(f.add_one->copied == 0);
    CHECK(value::memory_use().live - before < 900000);
  }

  TEST_CASE("memory that somebody else still reads is not overwritten") {
    Fixture f;
    // Both readers need the input: at most the last of them may overwrite it.
    const auto plan =
        f.world.plan(step("c", "count", "n = 4") + step("a", "add_one", "x = \"@c.y\"") +
                     step("b", "add_one", "x = \"@c.y\"") + "[record]\na = \"@a.y[3]\"\nb = \"@b.y[3]\"\n");
    for (const std::uint32_t jobs : {1u, 2u, 4u})
      for (int round = 0; round < 30; ++round) {
        run::RunOptions options;
        options.jobs = jobs;
        const auto result = run::execute(plan, options);
        CHECK(record(result, "a") == 4);
        CHECK(record(result, "b") == 4);
      }
    CHECK(f.add_one->copied >= 90);
  }

  TEST_CASE("memory that is recorded saved or judged is not overwritten") {
    Fixture f;
    for (const std::string keep :
         {"[record]\nx = \"@c.y[3]\"\n", "[save]\nvalues = [\"@c.y\"]\n", "[expect.x]\nthat = \"@c.y\"\nbelow = 4\n",
          "[expect.x]\nthat = \"@a.y\"\nabove = \"@c.y\"\n"}) {
      CAPTURE(keep);
      const auto result =
          run::execute(f.world.plan(step("c", "count", "n = 4") + step("a", "add_one", "x = \"@c.y\"") + keep));
      CHECK(result.all_done());
      CHECK(result.expectations_met());
      for (const auto& record : result.records) CHECK(std::get<Tensor>(record.value).number(0) == 3);
      for (const auto& saved : result.saved) CHECK(std::get<Tensor>(saved.value).number(3) == 3);
    }
    CHECK(f.add_one->in_place == 0);
  }

  TEST_CASE("an input that the same step reads twice is not overwritten") {
    Fixture f;
    const auto result = run::execute(
        f.world.plan(step("c", "count", "n = 4") + step("a", "add_both", "x = \"@c.y\"\nz = \"@c.y\"") +
                     step("b", "add_both", "x = \"@a.y\"\nz = \"= 2 * @a.y\"") + "[record]\nx = \"@b.y[3]\"\n"));
    CHECK(record(result, "x") == 5);
    CHECK(f.add_one->in_place == 0);
  }

  TEST_CASE("constants of the plan are never overwritten") {
    Fixture f;
    const auto plan = f.world.plan(step("a", "add_one", "x = [1, 2]") + "[record]\nx = \"@a.y[1]\"\n");
    for (int round = 0; round < 3; ++round) CHECK(record(run::execute(plan), "x") == 3);
    CHECK(f.add_one->in_place == 0);
  }

  TEST_CASE("a converted copy may be overwritten since it belongs to the step") {
    Fixture f;
    const auto result =
        run::execute(f.world.plan(step("c", "count", "n = 4") + step("a", "add_one", "x = \"= 2 * @c.y\"") +
                                  "[record]\nx = \"@a.y[3]\"\nc = \"@c.y[3]\"\n"));
    CHECK(record(result, "x") == 7);
    CHECK(record(result, "c") == 3);
    CHECK(f.add_one->in_place == 1);
  }

  TEST_CASE("a selection that is only a view of kept memory is not overwritten") {
    Fixture f;
    f.world.add("matrix", {}, {tensor_port("y", "n x 2")}, [](Call& call) {
      call.outputs[0] = Tensor::of<double>(std::vector<double>{1, 2, 3, 4}, {2, 2});
      return Outcome{};
    });
    const auto result = run::execute(f.world.plan(step("m", "matrix", "") + step("a", "add_one", "x = \"@m.y[1]\"") +
                                                  "[record]\nx = \"@a.y[1]\"\nm = \"@m.y[1,1]\"\n"));
    CHECK(record(result, "x") == 5);
    CHECK(record(result, "m") == 4);
    CHECK(f.add_one->in_place == 0);
  }

  TEST_CASE("repeated runs with kept buffers give equal results in the same memory") {
    Fixture f;
    const auto plan = f.world.plan(chain(3));
    run::RunOptions options;
    options.keep_buffers = true;
    run::Executor executor(plan, options);
    std::uint64_t live = 0;
    for (int round = 0; round < 6; ++round) {
      executor.run_steps();
      CHECK(record(executor.result(), "x") == 10);
      if (round > 0) CHECK(value::memory_use().live == live);
      live = value::memory_use().live;
    }
    CHECK(f.add_one->in_place == 18);
  }

  TEST_CASE("memory that comes back has the unit of the output that it comes back to") {
    World world;
    std::vector<std::string> units;
    world.add("lengths", {}, {tensor_port("y", "n", "km")}, [&](Call& call) {
      auto* left = std::get_if<Tensor>(&call.outputs[0].place());
      if (left && left->is_sole_owner()) call.outputs[0].mark_made();
      else call.outputs[0] = row({1, 2, 3}, "km");
      units.push_back(std::get<Tensor>(call.outputs[0].place()).unit().symbol());
      return Outcome{};
    });
    world.add("speeds", {tensor_port("x", "n", "km")}, {in_place(tensor_port("y", "n", "km/s"), "x")}, [](Call& call) {
      auto& there = std::get<Tensor>(call.outputs[0].place());
      CHECK(there.raw() == in(call, 0).raw());
      there.set_unit(call.output_units[0]);
      call.outputs[0].mark_made();
      return Outcome{};
    });
    const auto plan = world.plan(step("a", "lengths", "") + step("b", "speeds", "x = \"@a.y\""));
    run::RunOptions options;
    options.keep_buffers = true;
    run::Executor executor(plan, options);
    for (int round = 0; round < 3; ++round) executor.run_steps();
    CHECK(executor.result().all_done());
    CHECK(units == std::vector<std::string>{"km", "km", "km"});
  }

  TEST_CASE("an optional output that is not made does not keep the input") {
    World world;
    world.add("none", {tensor_port("x", "n")}, {in_place(optional(tensor_port("y", "n")), "x")},
              [](Call&) { return Outcome{}; });
    const auto plan = world.plan(step("c", "count", "n = 100_000") + step("a", "none", "x = \"@c.y\""));
    const std::uint64_t before = value::memory_use().live;
    run::Executor executor(plan, {});
    executor.run_steps();
    CHECK(executor.result().all_done());
    CHECK(value::memory_use().live - before < 10000);
  }

  TEST_CASE("a step in place over the only reader of a state keeps the state's value for the end of the pass") {
    Fixture f;
    const auto plan =
        f.world.plan(step("c", "count", "n = 4") +
                     "[loop.l]\npasses = 6\n[loop.l.state]\nx = \"@c.y\"\n[loop.l.step.a]\nuse = \"test.add_one\"\nx = "
                     "\"@state.x\"\n[loop.l.next]\nx = \"@a.y\"\n[record]\nx = \"@l.x[3]\"\nc = \"@c.y[3]\"\n");
    const auto result = run::execute(plan);
    CHECK(result.all_done());
    if (!result.all_done()) MESSAGE(report(result, "l").error->message);
    CHECK(record(result, "x") == 9);
    CHECK(record(result, "c") == 3);
  }
}
