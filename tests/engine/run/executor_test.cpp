// Tests of running a plan: order, hand-over, memory, failures, stopping, repetition.
// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <tuple>

#include "tests/engine/run/lambdas.hpp"

using namespace orrery;
using namespace test;
using run::StepState;
using Texts = std::vector<std::string>;

namespace {

/// Lets threads wait for each other, for at most ten seconds.
class Meeting {
 public:
  explicit Meeting(int wanted) : wanted_(wanted) {}
  bool arrive() {
    std::unique_lock lock(mutex_);
    ++here_;
    changed_.notify_all();
    return changed_.wait_for(lock, std::chrono::seconds(10), [this] { return here_ >= wanted_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int wanted_, here_ = 0;
};

/// A diamond of steps over random-looking sums, the same bytes whoever computes them.
std::string diamonds(int depth) {
  std::string text = step("s0", "number", "x = 0.1");
  for (int i = 1; i <= depth; ++i) {
    const std::string before = "s" + std::to_string(i - 1), l = "l" + std::to_string(i), r = "r" + std::to_string(i);
    text += step(l, "sum", "a = \"@" + before + ".y\"\nb = 0.3") +
            step(r, "sum", "a = \"= 1.7 * @" + before + ".y\"\nb = 0.7");
    text += step("s" + std::to_string(i), "sum", "a = \"@" + l + ".y\"\nb = \"@" + r + ".y\"");
  }
  return text + "[record]\nx = \"@s" + std::to_string(depth) + ".y\"\n";
}

}  // namespace

TEST_SUITE("engine/run/executor") {
  TEST_CASE("steps run in an order that their wires allow and their values arrive") {
    World world;
    const auto plan = world.plan(step("c", "sum", "a = \"@a.y\"\nb = \"@b.y\"") + step("a", "number", "x = 1") +
                                 step("b", "sum", "a = \"@a.y\"\nb = 2") + "[record]\nx = \"@c.y\"\n");
    Witness witness;
    run::RunOptions options;
    options.listener = &witness;
    const auto result = run::execute(plan, options);
    CHECK(result.all_done());
    CHECK(record(result, "x") == 4);
    CHECK(witness.started == Texts{"a", "b", "c"});
    CHECK(witness.finished == Texts{"a", "b", "c"});
    CHECK_FALSE(result.interrupted);
    CHECK(report(result, "a").operation == "test.number");
  }

  TEST_CASE("steps that do not need each other run at the same time") {
    World world;
    Meeting meeting(2);
    std::atomic<int> met{0};
    world.add("meet", {}, {tensor_port("y", "")}, [&](Call& call) {
      met += meeting.arrive();
      call.outputs[0] = Tensor::scalar(1.0);
      return Outcome{};
    });
    run::RunOptions options;
    options.jobs = 2;
    CHECK(run::execute(world.plan(step("a", "meet", "") + step("b", "meet", "")), options).all_done());
    CHECK(met == 2);
  }

  TEST_CASE("with one job steps run one at a time") {
    World world;
    std::atomic<int> inside{0}, most{0};
    world.add("alone", {}, {tensor_port("y", "")}, [&](Call& call) {
      const int now = ++inside;
      if (now > most) most = now;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      --inside;
      call.outputs[0] = Tensor::scalar(1.0);
      return Outcome{};
    });
    std::string text;
    for (int i = 0; i < 8; ++i) text += step("s" + std::to_string(i), "alone", "");
    run::RunOptions options;
    options.jobs = 1;
    CHECK(run::execute(world.plan(text), options).all_done());
    CHECK(most == 1);
  }

  TEST_CASE("an empty plan is done at once") {
    World world;
    const auto result = run::execute(world.plan(""));
    CHECK(result.all_done());
    CHECK(result.expectations_met());
  }

  TEST_CASE("the result has the same bytes for any number of jobs") {
    World world;
    const auto plan = world.plan(diamonds(40));
    double first = 0;
    for (const std::uint32_t jobs : {1u, 2u, 4u, 8u}) {
      run::RunOptions options;
      options.jobs = jobs;
      const double found = record(run::execute(plan, options), "x");
      if (jobs == 1) first = found;
      CHECK(found == first);
    }
    CHECK(first > 0);
  }

  TEST_CASE("a value is handed on as the same memory") {
    World world;
    std::mutex mutex;
    std::set<const std::byte*> seen;
    std::atomic<const std::byte*> made{nullptr};
    world.add("make", {}, {tensor_port("y", "n")}, [&](Call& call) {
      Tensor big = std::move(*Tensor::allocate(DType::f64, {1000}));
      made = big.raw();
      call.outputs[0] = std::move(big);
      return Outcome{};
    });
    world.add("look", {tensor_port("x", "n")}, {tensor_port("y", "")}, [&](Call& call) {
      const std::lock_guard lock(mutex);
      seen.insert(in(call, 0).raw());
      call.outputs[0] = Tensor::scalar(0.0);
      return Outcome{};
    });
    CHECK(run::execute(
              world.plan(step("m", "make", "") + step("a", "look", "x = \"@m.y\"") + step("b", "look", "x = \"@m.y\"")))
              .all_done());
    CHECK(seen == std::set<const std::byte*>{made});
  }

  TEST_CASE("a chain over large values holds two of them at most") {
    World world;
    std::atomic<std::uint64_t> most{0};
    world.add("next", {tensor_port("x", "n")}, {tensor_port("y", "n")}, [&most](Call& call) {
      Tensor made = std::move(*Tensor::allocate(DType::f64, in(call, 0).shape()));
      for (std::int64_t i = 0; i < made.count(); ++i) made.data<double>()[i] = in(call, 0).number(i) + 1;
      most = std::max(most.load(), value::memory_use().live);
      call.outputs[0] = std::move(made);
      return Outcome{};
    });
    std::string text = step("s0", "count", "n = 100_000");
    for (int i = 1; i <= 12; ++i)
      text += step("s" + std::to_string(i), "next", "x = \"@s" + std::to_string(i - 1) + ".y\"");
    const auto plan = world.plan(text + "[record]\nx = \"@s12.y[99999]\"\n");
    const std::uint64_t before = value::memory_use().live;
    {
      const auto result = run::execute(plan);
      CHECK(record(result, "x") == 99999 + 12);
      CHECK(most - before <= 2 * 800000 + 20000);
      CHECK(value::memory_use().live - before <= 800000 + 10000);
    }
    CHECK(value::memory_use().live == before);
  }

  TEST_CASE("what nobody needs any more is freed while the run goes on") {
    World world;
    std::atomic<std::uint64_t> live{0};
    world.add("measure", {tensor_port("x", "")}, {tensor_port("y", "")}, [&](Call& call) {
      live = value::memory_use().live;
      call.outputs[0] = Tensor::scalar(in(call, 0).number(0));
      return Outcome{};
    });
    const std::string text = step("big", "count", "n = 100_000") + step("unread", "count", "n = 100_000") +
                             step("head", "number", "x = \"= @big.y[3]\"\nafter = [\"unread\"]") +
                             step("after", "measure", "x = \"@head.y\"");
    const std::uint64_t before = value::memory_use().live;
    CHECK(run::execute(world.plan(text)).all_done());
    CHECK(live - before < 100000);
    // A record keeps what it is taken from.
    CHECK(run::execute(world.plan(text + "[record]\nx = \"@big.y[5]\"\n")).all_done());
    CHECK(live - before > 700000);
  }

  TEST_CASE("records saved values and expectations read what was kept") {
    World world;
    const auto result = run::execute(world.plan(step("a", "count", "n = 4") + R"toml([record]
last = "@a.y[-1]"
twice = "= 2 * sum(@a.y)"
[save]
values = ["@a.y", "@a.y[1:3]"]
[expect.sum]
that = "= sum(@a.y)"
equals = 6
[expect.each]
that = "@a.y"
below = "= first(@a.y) + 3"
)toml"));
    CHECK(record(result, "last") == 3);
    CHECK(record(result, "twice") == 12);
    REQUIRE(result.saved.size() == 2);
    CHECK(result.saved[1].name == "a.y[1:3]");
    CHECK(std::get<Tensor>(result.saved[1].value).count() == 2);
    CHECK(result.verdicts[0].state == run::Verdict::State::met);
    CHECK(result.verdicts[1].state == run::Verdict::State::failed);
    CHECK_FALSE(result.expectations_met());
  }

  TEST_CASE("a failed step keeps its dependents from running and nothing else") {
    World world;
    const auto result = run::execute(world.plan(step("bad", "fail", "") + step("child", "number", "x = \"@bad.y\"") +
                                                step("grandchild", "number", "x = \"@child.y\"") +
                                                step("later", "number", "x = 1\nafter = [\"bad\"]") +
                                                step("other", "number", "x = 5") + R"([record]
lost = "@grandchild.y"
found = "@other.y"
[expect.lost]
that = "@bad.y"
below = 3
)"));
    CHECK(report(result, "bad").state == StepState::failed);
    REQUIRE(report(result, "bad").error);
    CHECK(report(result, "bad").error->code == base::ErrorCode::step_failed);
    CHECK(report(result, "bad").error->message == "step 'bad' failed: it diverged");
    CHECK(report(result, "bad").error->labels.front().span.line == 2);
    for (const char* const name : {"child", "grandchild", "later"}) {
      CHECK(report(result, name).state == StepState::not_run);
      CHECK(report(result, name).because == "bad");
    }
    CHECK(report(result, "other").state == StepState::done);
    CHECK(result.records.size() == 1);
    CHECK(record(result, "found") == 5);
    CHECK(result.verdicts[0].state == run::Verdict::State::not_judged);
    CHECK(result.verdicts[0].detail == "a value it needs was not made");
    CHECK_FALSE(result.all_done());
    CHECK_FALSE(result.interrupted);
    CHECK(result.errors.empty());
  }

  TEST_CASE("of two failures the reason is always the same one for any number of jobs") {
    World world;
    const auto plan = world.plan(step("one", "fail", "") + step("two", "fail", "") +
                                 step("both", "sum", "a = \"@two.y\"\nb = \"@one.y\""));
    for (int round = 0; round < 50; ++round) {
      run::RunOptions options;
      options.jobs = 4;
      CHECK(report(run::execute(plan, options), "both").because == "two");
    }
  }

  TEST_CASE("what a failed step made is let go") {
    World world;
    world.add("waste", {}, {tensor_port("y", "n")}, [](Call& call) {
      call.outputs[0] = std::move(*Tensor::allocate(DType::f64, {100000}));
      return Outcome{Outcome::Kind::failed, "", ""};
    });
    const auto plan = world.plan(step("w", "waste", "") + "[record]\nx = \"@w.y[0]\"\n");
    const std::uint64_t before = value::memory_use().live;
    run::Executor executor(plan, {});
    executor.run_steps();
    CHECK(value::memory_use().live - before < 10000);
    const auto result = executor.result();
    CHECK(result.records.empty());
    CHECK(report(result, "w").error->message == "step 'w' failed: the operation gives no reason");
  }

  TEST_CASE("an operation that breaks its promise fails with what it did") {
    World world;
    const auto broken = [&](const std::string& name, Port port, Body body) {
      world.add(name, {}, {tensor_port("first", ""), std::move(port)}, [body](Call& call) {
        call.outputs[0] = Tensor::scalar(1.0);
        return body(call);
      });
      const auto result = run::execute(world.plan(step("s", name, "") + "[record]\nx = \"@s.first\"\n"));
      CHECK(report(result, "s").state == StepState::failed);
      CHECK(report(result, "s").error->code == base::ErrorCode::broken_promise);
      // Nothing of a step that failed is recorded.
      CHECK(result.records.empty());
      return report(result, "s").error->message;
    };
    CHECK(broken("missing", tensor_port("y", ""), [](Call&) { return Outcome{}; }) ==
          "step 's': 'test.missing' did not make its output 'y'");
    CHECK(broken("dtype", tensor_port("y", ""), [](Call& call) {
            call.outputs[1] = Tensor::scalar(1.5f);
            return Outcome{};
          }) == "step 's': 'test.dtype' made 'y' as f32 instead of f64");
    CHECK(broken("rank", tensor_port("y", "n x 3", "km"), [](Call& call) {
            call.outputs[1] = row({1, 2, 3});
            return Outcome{};
          }) == "step 's': 'test.rank' made an output of the wrong shape: 'y' wants n x 3, but gets an array of 3");
    CHECK(broken("kind", tensor_port("y", ""), [](Call& call) {
            call.outputs[1] = Value(std::string("text"));
            return Outcome{};
          }) == "step 's': 'test.kind' made 'y' of another kind than it promises");
    CHECK(broken("stopped", tensor_port("y", ""), [](Call&) {
            return Outcome{Outcome::Kind::stopped, "", ""};
          }) == "step 's': 'test.stopped' says that it was stopped, but nobody asked it to stop");
  }

  TEST_CASE("letters of inputs bind the shapes of outputs at run time") {
    World world;
    world.add("short", {tensor_port("x", "n")}, {tensor_port("y", "n")}, [](Call& call) {
      call.outputs[0] = row({1, 2});
      return Outcome{};
    });
    const auto result = run::execute(world.plan(step("c", "count", "n = 3") + step("s", "short", "x = \"@c.y\"")));
    CHECK(report(result, "s").error->message ==
          "step 's': 'test.short' made an output of the wrong shape: 'n' is 3 in 'x' but 2 in 'y'");
  }

  TEST_CASE("an optional output may be left out and who needs it fails with its name") {
    World world;
    world.add("maybe", {}, {optional(tensor_port("y", "")), tensor_port("z", "")}, [](Call& call) {
      call.outputs[1] = Tensor::scalar(2.0);
      return Outcome{};
    });
    const auto result = run::execute(world.plan(step("m", "maybe", "") + step("needs", "number", "x = \"@m.y\"") +
                                                step("other", "number", "x = \"@m.z\"") +
                                                "[record]\nlost = \"@m.y\"\nfound = \"@m.z\"\n"));
    CHECK(report(result, "m").state == StepState::done);
    CHECK(report(result, "needs").error->message == "step 'needs': '@m.y' was not made");
    CHECK(report(result, "other").state == StepState::done);
    CHECK(result.records.size() == 1);
  }

  TEST_CASE("values that only the run knows are checked against range and dimension") {
    World world;
    Port positive = tensor_port("x", "n");
    positive.minimum = 0;
    world.add("root", {positive}, {tensor_port("y", "n")}, [](Call& call) {
      call.outputs[0] = in(call, 0);
      return Outcome{};
    });
    const auto result = run::execute(world.plan(
        step("c", "count", "n = 3") + step("r", "root", "x = \"= 1.5 - @c.y\"") + step("d", "root", "x = \"@c.y\"")));
    CHECK(report(result, "r").error->code == base::ErrorCode::out_of_range);
    CHECK(report(result, "r").error->message == "step 'r': x[2] must be at least 0; it is -0.5");
    CHECK(report(result, "d").state == StepState::done);
  }

  TEST_CASE("a record that cannot be computed is told and not dropped") {
    World world;
    world.add("free", {}, {tensor_port("y", "m")}, [](Call& call) {
      call.outputs[0] = row({1, 2});
      return Outcome{};
    });
    const auto result = run::execute(
        world.plan(step("f", "free", "") +
                   "[record]\na = \"@f.y[7]\"\nb = \"@f.y[1]\"\n[expect.x]\nthat = \"@f.y[9]\"\nbelow = 3\n"));
    CHECK(result.records.size() == 1);
    REQUIRE(result.errors.size() == 1);
    CHECK(result.errors[0].message == "index must lie in [-2, 1]; it is 7");
    CHECK(result.verdicts[0].state == run::Verdict::State::not_judged);
    CHECK(result.verdicts[0].detail == "index must lie in [-2, 1]; it is 9");
  }

  TEST_CASE("a raised stop flag stops steps that poll within a tenth of a second") {
    World world;
    Meeting meeting(2);
    world.add("spin", {}, {tensor_port("y", "")}, [&](Call& call) {
      meeting.arrive();
      while (!call.services->poll(1, 0)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return Outcome{Outcome::Kind::stopped, "", ""};
    });
    std::atomic<bool> stop{false};
    run::RunOptions options;
    options.stop = &stop;
    options.jobs = 2;
    const auto plan =
        world.plan(step("a", "spin", "") + step("b", "number", "x = \"@a.y\"") + "[record]\nx = \"@b.y\"\n");
    std::chrono::steady_clock::time_point asked;
    std::thread other([&] {
      meeting.arrive();
      asked = std::chrono::steady_clock::now();
      stop = true;
    });
    const auto result = run::execute(plan, options);
    const auto took = std::chrono::steady_clock::now() - asked;
    other.join();
    CHECK(result.interrupted);
    CHECK(report(result, "a").state == StepState::stopped);
    CHECK(report(result, "b").state == StepState::not_run);
    CHECK(report(result, "b").because == "a");
    CHECK(result.records.empty());
    // Generous, for a machine that does other things too.
    CHECK(took < std::chrono::seconds(2));
  }

  TEST_CASE("steps that have not begun when the flag is raised are not begun") {
    World world;
    std::atomic<bool> stop{false};
    world.add("raise", {}, {tensor_port("y", "")}, [&](Call& call) {
      stop = true;
      call.outputs[0] = Tensor::scalar(1.0);
      return Outcome{};
    });
    run::RunOptions options;
    options.stop = &stop;
    options.jobs = 1;
    const auto result = run::execute(world.plan(step("a", "raise", "") + step("b", "number", "x = \"@a.y\"")), options);
    CHECK(report(result, "a").state == StepState::done);
    CHECK(report(result, "b").state == StepState::stopped);
    CHECK(result.interrupted);
    // A flag that came too late to keep anything from being done interrupted nothing.
    stop = false;
    const auto whole = run::execute(world.plan(step("a", "raise", "")), options);
    CHECK(whole.all_done());
    CHECK_FALSE(whole.interrupted);
  }

  TEST_CASE("logs and progress reach the listener with the step's name") {
    World world;
    world.add("talk", {}, {tensor_port("y", "")}, [](Call& call) {
      call.services->log(catalog::LogLevel::info, "hello");
      call.services->poll(3, 10);
      call.outputs[0] = Tensor::scalar(1.0);
      return Outcome{};
    });
    Witness witness;
    run::RunOptions options;
    options.listener = &witness;
    CHECK(run::execute(world.plan(step("a", "talk", "")), options).all_done());
    CHECK(witness.lines == Texts{"a: hello"});
    CHECK(witness.progress == std::vector<std::uint64_t>{3});
    CHECK(run::execute(world.plan(step("a", "talk", ""))).all_done());
  }

  TEST_CASE("the random key does not depend on order jobs or other steps") {
    World world;
    std::mutex mutex;
    std::map<double, std::uint64_t> keys;
    world.add("draw", {tensor_port("x", "")}, {tensor_port("y", "")}, [&](Call& call) {
      const std::lock_guard lock(mutex);
      keys[in(call, 0).number(0)] = call.random_key;
      call.outputs[0] = Tensor::scalar(1.0);
      return Outcome{};
    });
    const std::string a = step("a", "draw", "x = 1"), b = step("b", "draw", "x = 2"), c = step("c", "draw", "x = 3");
    CHECK(run::execute(world.plan(a + b + c)).all_done());
    const auto first = keys;
    keys.clear();
    run::RunOptions options;
    options.jobs = 1;
    CHECK(run::execute(world.plan(c + b + step("z", "number", "x = 1") + a), options).all_done());
    CHECK(keys == first);
    CHECK(std::set{first.at(1), first.at(2), first.at(3)}.size() == 3);
    CHECK(run::execute(world.plan("[scenario]\nseed = 5\n" + a)).all_done());
    CHECK(keys.at(1) != first.at(1));
  }

  TEST_CASE("a thousand steps that wait for one another in a web are all done") {
    World world;
    std::string text = step("s0", "number", "x = 1") + step("s1", "number", "x = 1");
    for (int i = 2; i < 1000; ++i)
      text += step("s" + std::to_string(i), "sum",
                   "a = \"@s" + std::to_string(i - 1) + ".y\"\nb = \"= @s" + std::to_string(i / 2) + ".y * 1e-3\"");
    run::RunOptions options;
    options.jobs = 4;
    CHECK(run::execute(world.plan(text), options).all_done());
  }
}
