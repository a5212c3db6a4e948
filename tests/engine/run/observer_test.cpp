// Tests of observers: what they see of a loop, what they carry, that they change nothing, and averages in closed form.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <complex>
#include <set>

#include "tests/engine/run/lambdas.hpp"

using namespace orrery;
using namespace test;

namespace {

std::string inner(const std::string& name, const std::string& operation, const std::string& inputs) {
  return "[loop.l.step." + name + "]\nuse = \"test." + operation + "\"\n" + inputs + "\n";
}

/// x -> x + 0.25 from 1.
std::string line(int passes) {
  return "[loop.l]\npasses = " + std::to_string(passes) + "\n[loop.l.state]\nx = 1.0\n" +
         inner("more", "sum", "a = \"@state.x\"\nb = 0.25") + "[loop.l.next]\nx = \"@more.y\"\n";
}

/// x -> rho x from 1.
std::string decay(int passes, const std::string& rho) {
  return "[loop.l]\npasses = " + std::to_string(passes) + "\n[loop.l.state]\nx = 1.0\n" +
         inner("less", "number", "x = \"= " + rho + " * @state.x\"") + "[loop.l.next]\nx = \"@less.y\"\n";
}

std::string observe(const std::string& name, const std::string& keys) {
  return "[observe." + name + "]\n" + keys + "\n";
}
std::string ema(const std::string& keys, const std::string& watch = "@l.x") {
  return "use = \"engine.ema\"\nwatch = \"" + watch + "\"\n" + keys;
}

const std::string record_average = "[record]\na = \"@o.average\"\nn = \"@o.updates\"\n";

}  // namespace

TEST_SUITE("engine/run/observer") {
  TEST_CASE("an average that starts at the first value has the lag of the closed form") {
    World world;
    for (const int n : {0, 1, 10, 500}) {
      CAPTURE(n);
      const auto result = run::execute(world.plan(line(n) + observe("o", ema("decay = 0.9")) + record_average));
      const double expected = 1 + 0.25 * (n - 0.9 * (1 - std::pow(0.9, n)) / (1 - 0.9));
      CHECK(record(result, "a") == doctest::Approx(expected).epsilon(1e-14));
      CHECK(record(result, "n") == n);
    }
    const auto result = run::execute(world.plan(line(10) + observe("o", ema("decay = 0.9")) + record_average));
    CHECK(record(result, "a") == doctest::Approx(2.034526490225).epsilon(1e-14));
  }

  TEST_CASE("of a decaying state the average has the value of the closed form and is slower") {
    World world;
    const auto result = run::execute(world.plan(decay(25, "0.8") + observe("o", ema("decay = 0.9")) + record_average));
    CHECK(record(result, "a") == doctest::Approx(0.126199323235496893).epsilon(1e-14));
  }

  TEST_CASE("an average that starts at zero is the weighted mean of what it has seen") {
    World world;
    const double a = 0.9;
    const auto result = run::execute(world.plan(decay(7, "0.5") + observe("o", ema("decay = 0.9\nstart = \"zero\"")) +
                                                "[record]\na = \"@o.average\"\nw = \"@o.weight\"\n"));
    double sum = 0, weight = 0;
    for (int n = 1; n <= 7; ++n) {
      sum += (1 - a) * std::pow(a, 7 - n) * std::pow(0.5, n);
      weight += (1 - a) * std::pow(a, 7 - n);
    }
    CHECK(record(result, "a") == doctest::Approx(sum / weight).epsilon(1e-14));
    CHECK(record(result, "w") == doctest::Approx(1 - std::pow(a, 7)).epsilon(1e-14));
  }

  TEST_CASE("what a step makes is seen from the first pass on") {
    World world;
    const auto result =
        run::execute(world.plan(decay(3, "0.5") + observe("o", ema("decay = 0.5", "@l.less.y")) + record_average));
    // It starts at 1/2 and takes in 1/4 and 1/8.
    CHECK(record(result, "a") == 0.5 * (0.5 * 0.5 + 0.5 * 0.25) + 0.5 * 0.125);
    CHECK(record(result, "n") == 2);
  }

  TEST_CASE("warm-up bounds the decay by (1 + n)/(10 + n)") {
    World world;
    const auto result =
        run::execute(world.plan(line(4) + observe("o", ema("decay = 0.999\nwarmup = true")) + record_average));
    double average = 1;
    for (int n = 0; n < 4; ++n) {
      const double d = (1.0 + n) / (10.0 + n);
      average = d * average + (1 - d) * (1 + 0.25 * (n + 1));
    }
    CHECK(record(result, "a") == doctest::Approx(average).epsilon(1e-15));
  }

  TEST_CASE("an average may take in every k-th pass and others run beside it") {
    World world;
    const auto result =
        run::execute(world.plan(line(10) + observe("o", ema("decay = 0.5\nevery = 4")) +
                                observe("m", "use = \"engine.mean\"\nwatch = \"@l.x\"\nfrom = 7") + record_average +
                                "m = \"@m.average\"\nk = \"@m.updates\"\n"
                                "[save]\nvalues = [\"@o.pass\"]\n"));
    CHECK(record(result, "n") == 2);
    CHECK(record(result, "a") == 0.5 * (0.5 * 1 + 0.5 * 2) + 0.5 * 3);
    CHECK(numbers(saved(result, "o.pass")) == std::vector<double>{0, 4, 8});
    CHECK(record(result, "k") == 4);
    CHECK(record(result, "m") == doctest::Approx(1 + 0.25 * 8.5).epsilon(1e-15));
  }

  TEST_CASE("the path of what is watched is the same to the last bit") {
    World world;
    const std::string loop = decay(200, "0.937") + "[save]\nvalues = [\"@l.less.y\"]\n";
    const auto quiet = run::execute(world.plan(loop));
    const auto watched = run::execute(world.plan(loop + observe("o", ema("")) + observe("p", ema("", "@l.less.y"))));
    CHECK(value::same_bits(saved(quiet, "l.less.y"), saved(watched, "l.less.y")));
  }

  TEST_CASE("a state whose memory is used again goes on being so beside an observer") {
    World world;
    std::set<const void*> places;
    world.add("grow", {tensor_port("x", "n")}, {in_place(tensor_port("y", "n"), "x")}, [&](Call& call) {
      const Tensor& x = in(call, 0);
      auto* left = std::get_if<Tensor>(&call.outputs[0].place());
      const bool offered = left && left->buffer() && left->shape() == x.shape();
      const bool same = offered && left->raw() == x.raw() && left->buffer().use_count() == 2;
      if (!same && !(offered && left->is_sole_owner()))
        call.outputs[0].place() = std::move(*Tensor::allocate(DType::f64, x.shape()));
      auto& y = std::get<Tensor>(call.outputs[0].place());
      for (std::int64_t i = 0; i < y.count(); ++i) y.data<double>()[i] = x.number(i) + 1;
      places.insert(y.raw());
      call.outputs[0].mark_made();
      return Outcome{};
    });
    const auto result = run::execute(
        world.plan(step("zero", "count", "n = 1000") + "[loop.l]\npasses = 50\n[loop.l.state]\nx = \"@zero.y\"\n" +
                   inner("g", "grow", "x = \"@state.x\"") + "[loop.l.next]\nx = \"@g.y\"\n" +
                   observe("o", ema("decay = 0.5")) + "[save]\nvalues = [\"@l.x\", \"@o.average\"]\n"));
    INFO(report(result, "l").error.value_or(base::Error(base::ErrorCode::usage, "none")).message);
    REQUIRE(result.all_done());
    CHECK(saved(result, "l.x").number(7) == 57);
    CHECK(saved(result, "o.average").number(7) == doctest::Approx(56).epsilon(1e-12));
    CHECK(places.size() <= 3);
  }

  TEST_CASE("an observer may read another one in the same pass and expressions of both") {
    World world;
    const auto result = run::execute(
        world.plan(line(10) + observe("gap", "use = \"test.sum\"\na = \"= @l.x - @o.average\"\nb = \"@l.pass\"") +
                   observe("o", ema("decay = 0.9")) +
                   "[record]\ngap = \"@gap.y\"\na = \"@o.average\"\nx = \"@l.x\"\n[save]\nvalues = [\"@l.gap.y\"]\n"));
    REQUIRE(result.all_done());
    CHECK(record(result, "gap") == record(result, "x") - record(result, "a") + 10);
    CHECK(saved(result, "l.gap.y").shape() == value::Shape{11});
    CHECK(saved(result, "l.gap.y").number(0) == 0);
  }

  TEST_CASE("values from around the loop and quantities reach an observer") {
    World world;
    world.add("metres", {tensor_port("x", "", "m")}, {tensor_port("y", "", "m")}, [](Call& call) {
      call.outputs[0] = Tensor::scalar(in(call, 0).number(0), *value::parse_unit("m"));
      return Outcome{};
    });
    const auto result =
        run::execute(world.plan(step("rate", "number", "x = 0.5") +
                                "[let]\nstep = \"1 km\"\n[loop.l]\npasses = 2\n[loop.l.state]\nx = \"1 km\"\n" +
                                inner("go", "metres", "x = \"= @state.x + step\"") + "[loop.l.next]\nx = \"@go.y\"\n" +
                                observe("o", ema("decay = \"@rate.y\"")) + "[record]\na = \"= @o.average / 1 m\"\n"));
    REQUIRE(result.all_done());
    CHECK(record(result, "a") == doctest::Approx(0.5 * (0.5 * 1000 + 0.5 * 2000) + 0.5 * 3000).epsilon(1e-15));
  }

  TEST_CASE("an observer that fails is left out with a warning and the loop goes on") {
    World world;
    world.add("shy", {tensor_port("value", "")}, {tensor_port("y", "")}, [](Call& call) {
      if (in(call, 0).number(0) > 1.5) return Outcome{Outcome::Kind::failed, "numeric", "too much", {}};
      call.outputs[0] = Tensor::scalar(1.0);
      return Outcome{};
    });
    Witness witness;
    run::RunOptions options;
    options.listener = &witness;
    const std::string watch = "use = \"test.shy\"\nwatch = \"@l.x\"\n";
    const auto result =
        run::execute(world.plan(line(10) + observe("o", watch) + "[record]\nx = \"@l.x\"\ny = \"@o.y\"\n"), options);
    CHECK(record(result, "x") == 3.5);
    CHECK(result.all_done());
    CHECK(result.records.size() == 1);
    REQUIRE(witness.lines.size() == 1);
    CHECK(witness.lines[0] == "l: observer 'o' in pass 3: step 'o' failed: too much; it is left out from here on");
    const auto strict = run::execute(world.plan(line(10) + observe("o", watch + "on_error = \"stop\"")));
    CHECK_FALSE(strict.all_done());
    CHECK(report(strict, "l").error->message ==
          "pass 3 of loop 'l': observer 'o' in pass 3: step 'o' failed: too much");
  }

  TEST_CASE("a rejected pass changes no state and no observer sees it") {
    World world;
    world.add("hiccup", {tensor_port("x", "")}, {tensor_port("y", "")}, [calls = std::make_shared<int>(0)](Call& call) {
      const bool bad = ++*calls % 5 == 0;
      call.outputs[0] = Tensor::scalar(bad ? std::nan("") : in(call, 0).number(0) + 1);
      return Outcome{};
    });
    const auto loop = [](const std::string& on_nan) {
      return "[loop.l]\npasses = 12\non_nan = \"" + on_nan + "\"\n[loop.l.state]\nx = 0.0\n" +
             inner("h", "hiccup", "x = \"@state.x\"") + "[loop.l.next]\nx = \"@h.y\"\n";
    };
    Witness witness;
    run::RunOptions options;
    options.listener = &witness;
    const auto result = run::execute(
        world.plan(loop("reject") + observe("m", "use = \"engine.mean\"\nwatch = \"@l.x\"") +
                   "[record]\nx = \"@l.x\"\nn = \"@m.updates\"\n[save]\nvalues = [\"@l.rejected\", \"@m.pass\"]\n"),
        options);
    REQUIRE(result.all_done());
    CHECK(record(result, "x") == 10);
    CHECK(record(result, "n") == 10);
    CHECK(numbers(saved(result, "l.rejected")) == std::vector<double>{5, 10});
    CHECK(numbers(saved(result, "m.pass")) == std::vector<double>{0, 1, 2, 3, 4, 6, 7, 8, 9, 11, 12});
    REQUIRE(witness.lines.size() == 1);
    CHECK(witness.lines[0] == "l: pass 5 is rejected: state 'x' became NaN");
  }

  TEST_CASE("an applied average stands for its state outside of the loop and not within") {
    World world;
    const auto result = run::execute(world.plan(
        line(10) + observe("o", ema("decay = 0.9\napply = \"average\"")) + step("out", "number", "x = \"@l.x\"") +
        "[record]\nx = \"@l.x\"\no = \"@o.average\"\ny = \"@out.y\"\nlast = \"= last(@l.more.y)\"\n"));
    REQUIRE(result.all_done());
    CHECK(record(result, "x") == record(result, "o"));
    CHECK(record(result, "y") == record(result, "o"));
    CHECK(record(result, "last") == 3.5);
  }

  TEST_CASE("whole numbers and truth values are handed on and complex ones averaged") {
    World world;
    world.add("counter", {of_type(tensor_port("n", ""), DType::i64)}, {of_type(tensor_port("m", ""), DType::i64)},
              [](Call& call) {
                call.outputs[0] = Tensor::scalar<std::int64_t>(in(call, 0).data<std::int64_t>()[0] + 1);
                return Outcome{};
              });
    world.add("turn", {of_type(optional(tensor_port("z", "")), DType::c128)},
              {of_type(tensor_port("w", ""), DType::c128)}, [](Call& call) {
                const std::complex<double> z =
                    call.inputs[0].empty() ? 1.0 : std::get<Tensor>(*call.inputs[0][0]).data<std::complex<double>>()[0];
                call.outputs[0] = Tensor::scalar(call.inputs[0].empty() ? z : z * std::polar(1.0, 0.5));
                return Outcome{};
              });
    const auto result = run::execute(
        world.plan(step("one", "turn", "") + "[loop.l]\npasses = 200\n[loop.l.state]\nn = 0\nz = \"@one.w\"\n" +
                   inner("c", "counter", "n = \"@state.n\"") + inner("t", "turn", "z = \"@state.z\"") +
                   "[loop.l.next]\nn = \"@c.m\"\nz = \"@t.w\"\n" + observe("o", ema("decay = 0.9", "@l.z")) +
                   observe("p", ema("decay = 0.9", "@l.n")) + "[save]\nvalues = [\"@o.average\", \"@p.average\"]\n"));
    REQUIRE(result.all_done());
    CHECK(saved(result, "p.average").number(0) == 200);
    // The gain of an oscillation at angular frequency 0.5.
    CHECK(std::abs(saved(result, "o.average").data<std::complex<double>>()[0]) ==
          doctest::Approx(0.20835531462325656).epsilon(1e-8));
  }
}
