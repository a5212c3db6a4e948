// Tests of passes that are solved: closed forms, divergence, what stays as it is meanwhile, and failures.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <complex>
#include <set>

#include "tests/engine/run/loops.hpp"

using namespace orrery;
using namespace test;

namespace {

std::string solved(const std::string& solve, const std::string& state, const std::string& next,
                   const std::string& ends = "passes = 1") {
  return "[loop.l]\n" + ends + "\nsolve = { " + solve + " }\n[loop.l.state]\n" + state + "\n[loop.l.next]\n" + next +
         "\n";
}

const std::string cosine = solved("over = [\"x\"], tol = 1e-14", "x = 1.0", "x = \"= cos(@state.x)\"");

}  // namespace

TEST_SUITE("engine/run/loop_solver") {
  TEST_CASE("a pass ends where the cosine is its argument") {
    World world;
    for (const std::string method :
         {"", ", method = \"anderson\"", ", method = \"aitken\"", ", method = \"fixed_point\", max = 200"}) {
      CAPTURE(method);
      const auto result =
          run::execute(world.plan(solved("over = [\"x\"], tol = 1e-14" + method, "x = 1.0", "x = \"= cos(@state.x)\"") +
                                  "[record]\nx = \"@l.x\"\nn = \"= last(@l.iterations)\"\np = \"@l.passes\"\n"));
      REQUIRE_MESSAGE(result.all_done(), failure(result));
      CHECK(record(result, "x") == doctest::Approx(0.7390851332151607).epsilon(1e-14));
      CHECK(record(result, "p") == 1);
      CHECK(record(result, "n") <= (method.find("fixed") == std::string::npos ? 12 : 100));
    }
  }

  TEST_CASE("two coupled states are found together where the plain step runs away") {
    World world;
    const auto body = [](const std::string& method) {
      return solved("over = [\"x\", \"y\"], tol = 1e-12, method = \"" + method + "\"", "x = 1.0\ny = \"1 km\"",
                    "x = \"= 2 + 1.5 * (@state.x - 2) + (@state.y - 3 km) / 8 km\"\n"
                    "y = \"= 3 km - 2 * (@state.y - 3 km) + (@state.x - 2) * 0.25 km\"") +
             "[record]\nx = \"@l.x\"\ny = \"= @l.y / 1 km\"\nn = \"= last(@l.iterations)\"\n";
    };
    const auto plain = run::execute(world.plan(body("fixed_point")));
    CHECK(failure(plain).find("'solve' did not converge within 50 iterations: state '") != std::string::npos);
    const auto mixed = run::execute(world.plan(body("anderson")));
    REQUIRE_MESSAGE(mixed.all_done(), failure(mixed));
    CHECK(record(mixed, "x") == doctest::Approx(2).epsilon(1e-11));
    CHECK(record(mixed, "y") == doctest::Approx(3).epsilon(1e-11));
    CHECK(record(mixed, "n") <= 8);
  }

  TEST_CASE("implicit Euler over a clock has its closed form with steps far beyond the explicit limit") {
    World world;
    // x' = -k x: after each pass x is old / (1 + k h), also in the shorter last one.
    const std::string body =
        "[let]\nk = \"50 1/s\"\n" +
        solved("over = [\"x\"], tol = 1e-13", "x = \"1 m\"\nold = \"1 m\"",
               "x = \"= @state.old - k * @clock.step * @state.x\"\nold = \"= @state.old - k * @clock.step * @state.x\"",
               "clock = { from = \"0 s\", to = \"3.5 s\", by = \"1 s\" }") +
        "[record]\nx = \"= @l.x / 1 m\"\nn = \"@l.passes\"\n[save]\nvalues = [\"@l.iterations\", \"@l.time\"]\n";
    const auto result = run::execute(world.plan(body));
    REQUIRE_MESSAGE(result.all_done(), failure(result));
    CHECK(record(result, "n") == 4);
    CHECK(record(result, "x") == doctest::Approx(1 / (51.0 * 51 * 51 * 26)).epsilon(1e-11));
    CHECK(saved(result, "l.iterations").shape() == value::Shape{4});
    CHECK(saved(result, "l.time").number(3) == 3.5);
  }

  TEST_CASE("other states keep the values of the pass's begin and random numbers stay the same within a pass") {
    World world;
    std::set<std::uint64_t> keys;
    std::set<double> counts;
    int calls = 0;
    world.add("look", {tensor_port("x", ""), tensor_port("count", "")}, {tensor_port("y", "")}, [&](Call& call) {
      ++calls;
      keys.insert(call.random_key);
      counts.insert(in(call, 1).number(0));
      call.outputs[0] = Tensor::scalar(std::cos(in(call, 0).number(0)) + in(call, 1).number(0));
      return Outcome{};
    });
    const auto result = run::execute(world.plan(
        "[loop.l]\npasses = 3\nsolve = { over = \"x\" }\n[loop.l.state]\nx = 1.0\ncount = 0.0\n" +
        inner("s", "look", "x = \"@state.x\"\ncount = \"@state.count\"") +
        "[loop.l.next]\nx = \"@s.y\"\ncount = \"= @state.count + 1\"\n[record]\nx = \"@l.x\"\nc = \"@l.count\"\n"
        "n = \"= sum(@l.iterations)\"\n[save]\nvalues = [\"@l.s.y\"]\n"));
    REQUIRE_MESSAGE(result.all_done(), failure(result));
    CHECK(keys.size() == 3);
    CHECK(counts == std::set<double>{0, 1, 2});
    CHECK(record(result, "n") == calls);
    CHECK(calls > 6);
    CHECK(record(result, "c") == 3);
    const Tensor& rows = saved(result, "l.s.y");
    REQUIRE(rows.count() == 3);
    for (std::int64_t i = 0; i < 3; ++i)
      CHECK(rows.number(i) == doctest::Approx(std::cos(rows.number(i)) + static_cast<double>(i)).epsilon(1e-9));
  }

  TEST_CASE("large arrays are solved by a step that may work in place") {
    World world;
    world.add("pull", {tensor_port("x", "n")}, {in_place(tensor_port("y", "n"), "x")}, [](Call& call) {
      Tensor made = std::move(*Tensor::allocate(DType::f64, in(call, 0).shape()));
      for (std::int64_t i = 0; i < made.count(); ++i)
        made.data<double>()[i] = 0.5 * std::cos(in(call, 0).number(i)) + static_cast<double>(i % 7);
      call.outputs[0] = std::move(made);
      return Outcome{};
    });
    const auto plan = world.plan(step("c", "count", "n = 1000") +
                                 "[loop.l]\npasses = 2\nsolve = { over = [\"x\"], tol = 1e-13 }\n[loop.l.state]\n"
                                 "x = \"@c.y\"\n" +
                                 inner("p", "pull", "x = \"@state.x\"") +
                                 "[loop.l.next]\nx = \"@p.y\"\n[save]\nvalues = [\"@l.x\", \"@c.y\"]\n");
    const auto result = run::execute(plan);
    REQUIRE_MESSAGE(result.all_done(), failure(result));
    const Tensor& x = saved(result, "l.x");
    for (std::int64_t i = 0; i < 1000; ++i)
      CHECK(x.number(i) == doctest::Approx(0.5 * std::cos(x.number(i)) + static_cast<double>(i % 7)).epsilon(1e-11));
    CHECK(saved(result, "c.y").number(999) == 999);
  }

  TEST_CASE("a solution at zero is found with an absolute tolerance") {
    World world;
    const auto body = [](const std::string& more) {
      return solved("over = [\"x\"], method = \"fixed_point\", max = 40" + more, "x = \"1 km\"",
                    "x = \"= 0.1 * @state.x\"");
    };
    CHECK(failure(run::execute(world.plan(body("")))).find("did not converge within 40") != std::string::npos);
    const auto result =
        run::execute(world.plan(body(", atol = \"1 m\"") + "[record]\nn = \"= last(@l.iterations)\"\n"));
    REQUIRE(result.all_done());
    CHECK(record(result, "n") == 4);
  }

  TEST_CASE("what does not converge names pass and residual and what runs to infinity names the state") {
    World world;
    CHECK(failure(run::execute(world.plan(solved("over = [\"x\"], method = \"fixed_point\", max = 3", "x = 1.0",
                                                 "x = \"= cos(@state.x)\"", "passes = 9")))) ==
          "pass 1 of loop 'l': 'solve' did not converge within 3 iterations: state 'x' still changes by 0.237 of its "
          "size, and 'tol' is 1e-10");
    CHECK(failure(run::execute(world.plan(
              solved("over = [\"x\"], method = \"fixed_point\"", "x = 1e300", "x = \"= @state.x * 1e300\"")))) ==
          "pass 1 of loop 'l': state 'x' is not finite in iteration 1 of 'solve'");
    CHECK(failure(run::execute(world.plan(solved("over = [\"x\"]", "x = 1.0", "x = \"= sqrt(@state.x - 3)\"")))) ==
          "pass 1 of loop 'l': state 'x' is not finite in iteration 1 of 'solve'");
    CHECK(run::execute(world.plan(cosine)).all_done());
  }

  TEST_CASE("a step that fails or rests in a solved pass") {
    World world;
    CHECK(
        failure(run::execute(world.plan("[loop.l]\npasses = 1\nsolve = { over = [\"x\"] }\n[loop.l.state]\nx = 1.0\n" +
                                        inner("f", "fail", "x = \"@state.x\"") + "[loop.l.next]\nx = \"@f.y\"\n"))) ==
        "pass 1 of loop 'l': step 'f' failed: it diverged");
    // In a pass in which the step rests its output does not move, so that the second run confirms the first.
    const auto result = run::execute(
        world.plan("[loop.l]\npasses = 2\nsolve = { over = [\"x\"] }\n[loop.l.state]\nx = 1.0\n" +
                   inner("s", "number", "every = 2\nx = \"= cos(@state.x)\"") +
                   "[loop.l.next]\nx = \"@s.y\"\n[record]\nx = \"@l.x\"\n[save]\nvalues = [\"@l.iterations\"]\n"));
    REQUIRE(result.all_done());
    CHECK(record(result, "x") == doctest::Approx(0.7390851332151607).epsilon(1e-9));
    CHECK(saved(result, "l.iterations").number(1) <= 2);
  }

  TEST_CASE("a pass that is stopped between iterations is none") {
    World world;
    std::atomic<bool> stop{false};
    int calls = 0;
    world.add("slow", {tensor_port("x", "")}, {tensor_port("y", "")}, [&](Call& call) {
      if (++calls == 5) stop = true;
      call.outputs[0] = Tensor::scalar(in(call, 0).number(0) + 1);
      return Outcome{};
    });
    run::RunOptions options;
    options.stop = &stop;
    const auto result = run::execute(
        world.plan("[loop.l]\npasses = 1\nsolve = { over = [\"x\"], max = 1_000_000, method = \"fixed_point\" }\n"
                   "[loop.l.state]\nx = 1.0\n" +
                   inner("s", "slow", "x = \"@state.x\"") + "[loop.l.next]\nx = \"@s.y\"\n"),
        options);
    CHECK(result.interrupted);
    CHECK(calls == 5);
  }

  TEST_CASE("complex states are solved with both their parts") {
    using Complex = std::complex<double>;
    World world;
    // z = 1 + 2i z, which runs away from 1/(1 - 2i) if it is only repeated.
    world.add("turn", {of_type(tensor_port("z", ""), DType::c128)}, {of_type(tensor_port("y", ""), DType::c128)},
              [](Call& call) {
                call.outputs[0] = Tensor::scalar(Complex(1, 0) + Complex(0, 2) * *in(call, 0).data<Complex>());
                return Outcome{};
              });
    const auto plan = world.plan(
        "[step.one]\nuse = \"test.turn\"\nz = 1.0\n[loop.l]\npasses = 1\n"
        "solve = { over = [\"z\"], tol = 1e-13 }\n[loop.l.state]\nz = \"@one.y\"\n" +
        inner("t", "turn", "z = \"@state.z\"") + "[loop.l.next]\nz = \"@t.y\"\n[save]\nvalues = [\"@l.z\"]\n");
    const auto result = run::execute(plan);
    REQUIRE_MESSAGE(result.all_done(), failure(result));
    CHECK(std::abs(*saved(result, "l.z").data<Complex>() - 1.0 / Complex(1, -2)) < 1e-12);
  }
}
