// Tests of running one plan again and again: equal results, kept buffers, lengths and units that change.
// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/run/lambdas.hpp"

using namespace orrery;
using namespace test;

TEST_SUITE("engine/run/repeat") {
  TEST_CASE("repeated runs give equal results with and without kept buffers") {
    World world;
    const auto plan = world.plan(step("c", "count", "n = 1000") + step("t", "number", "x = \"= sum(@c.y)\"") +
                                 "[record]\nx = \"@t.y\"\n[expect.x]\nthat = \"@t.y\"\nequals = 499500\n");
    for (const bool keep : {false, true}) {
      run::RunOptions options;
      options.keep_buffers = keep;
      run::Executor executor(plan, options);
      for (int round = 0; round < 5; ++round) {
        executor.run_steps();
        const auto result = executor.result();
        CHECK(record(result, "x") == 499500);
        CHECK(result.expectations_met());
      }
    }
  }

  TEST_CASE("kept buffers are offered to the next run and not while somebody holds them") {
    World world;
    std::vector<const std::byte*> used;
    world.add("again", {}, {tensor_port("y", "n")}, [&](Call& call) {
      auto* left = std::get_if<Tensor>(&call.outputs[0].place());
      if (left && left->is_sole_owner() && left->count() == 100) call.outputs[0].mark_made();
      else call.outputs[0] = std::move(*Tensor::allocate(DType::f64, {100}));
      used.push_back(std::get<Tensor>(call.outputs[0].place()).raw());
      return Outcome{};
    });
    const auto plan = world.plan(step("a", "again", "") + "[save]\nvalues = [\"@a.y\"]\n");
    run::RunOptions options;
    options.keep_buffers = true;
    run::Executor executor(plan, options);
    executor.run_steps();
    executor.run_steps();
    CHECK(used[0] == used[1]);
    const auto held = executor.result();
    executor.run_steps();
    CHECK(used[2] != used[1]);
    CHECK(std::get<Tensor>(held.saved[0].value).raw() == used[1]);
  }

  TEST_CASE("what was found wrong is found wrong again though nothing changes") {
    World world;
    int round = 0;
    // Makes the lengths of three rounds, and says so when it leaves the memory of the round before as it is.
    const auto maker = [&](std::vector<std::int64_t> lengths) {
      return [&round, lengths](Call& call) {
        const auto at = static_cast<std::size_t>(round);
        if (at > 0 && lengths[at] == lengths[at - 1]) call.outputs[0].mark_repeated();
        else call.outputs[0] = row(std::vector<double>(static_cast<std::size_t>(lengths[at]), 1.0));
        return Outcome{};
      };
    };
    world.add("two", {}, {tensor_port("y", "n")}, maker({2, 2, 2, 2}));
    world.add("other", {}, {tensor_port("y", "n")}, maker({2, 3, 3, 2}));
    world.add("join", {tensor_port("a", "n"), tensor_port("b", "n")}, {tensor_port("y", "n")}, [](Call& call) {
      call.outputs[0] = row({1, 2});
      return Outcome{};
    });
    const auto plan =
        world.plan(step("a", "two", "") + step("b", "other", "") + step("c", "join", "a = \"@a.y\"\nb = \"@b.y\""));
    run::RunOptions options;
    options.keep_buffers = true;
    run::Executor executor(plan, options);
    std::vector<bool> done;
    for (round = 0; round < 4; ++round) {
      executor.run_steps();
      done.push_back(executor.result().all_done());
    }
    CHECK(done == std::vector<bool>{true, false, false, true});
  }

  TEST_CASE("lengths that only the operation knows may change from run to run") {
    World world;
    std::int64_t length = 5;
    world.add("grow", {tensor_port("x", "")}, {tensor_port("y", "m"), tensor_port("z", "m")}, [&](Call& call) {
      call.outputs[0] = std::move(*Tensor::allocate(DType::f64, {length}));
      call.outputs[1] = std::move(*Tensor::allocate(DType::f64, {length}));
      return Outcome{};
    });
    const auto plan = world.plan(step("g", "grow", "x = \"@n.y\"") + step("n", "number", "x = 1"));
    run::Executor executor(plan, {});
    for (length = 5; length < 8; ++length) {
      executor.run_steps();
      const auto result = executor.result();
      REQUIRE_MESSAGE(result.all_done(), report(result, "g").error->message);
    }
  }

  TEST_CASE("units that only the run knows reach what follows from them") {
    World world;
    std::string unit = "kg";
    Port rows;
    rows.name = "rows";
    rows.kind = catalog::Kind::table;
    world.add("read", {}, {rows}, [&](Call& call) {
      auto table = std::make_shared<value::Table>();
      table->rows = 2;
      table->columns.push_back({"mass", row({1, 2}, unit)});
      call.outputs[0] = Value(std::shared_ptr<const value::Table>(table));
      return Outcome{};
    });
    world.add("square", {tensor_port("x", "n", "*"), tensor_port("offset", "", "x", {"x"})},
              {tensor_port("y", "n", "x^2", {"x"})}, [](Call& call) {
                Tensor made = std::move(*Tensor::allocate(DType::f64, in(call, 0).shape(), call.output_units[0]));
                for (std::int64_t i = 0; i < made.count(); ++i) {
                  const double x = in(call, 0).number(i) + in(call, 1).number(0);
                  made.data<double>()[i] = x * x;
                }
                call.outputs[0] = std::move(made);
                return Outcome{};
              });
    const auto plan =
        world.plan(step("r", "read", "") + step("s", "square", "x = \"@r.rows.mass\"\noffset = \"500 g\"") +
                   "[record]\ny = \"@s.y[1]\"\n");
    run::Executor executor(plan, {});
    for (const auto& [symbol, wanted, in_unit] :
         {std::tuple("kg", 6.25, "kg^2"), std::tuple("g", 502.0 * 502.0, "g^2")}) {
      unit = symbol;
      executor.run_steps();
      const auto result = executor.result();
      REQUIRE_MESSAGE(result.all_done(), report(result, "s").error->message);
      CHECK(record(result, "y") == wanted);
      CHECK(std::get<Tensor>(result.records[0].value).unit().symbol() == in_unit);
    }
    unit = "m";
    executor.run_steps();
    CHECK(report(executor.result(), "s").error->code == base::ErrorCode::wrong_dimension);
  }
}
