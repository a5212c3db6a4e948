// Tests of data sources in scenarios: one stream for any number of workers, epochs, shards, memory, failures.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <chrono>
#include <numeric>
#include <thread>

#include "tests/engine/run/lambdas.hpp"

using namespace orrery;
using namespace test;

namespace {

struct Sources : World {
  std::atomic<int> made{0};

  Sources() {
    // y: the index and the low bits of the random key, so that both can be seen.
    add("item",
        {of_type(tensor_port("index", ""), DType::i64), optional(of_type(tensor_port("epoch", ""), DType::i64)),
         optional(tensor_port("shift", ""))},
        {tensor_port("y", "2"), tensor_port("z", "")}, [this](Call& call) {
          const auto index = in(call, 0).data<std::int64_t>()[0];
          // Delays that change the order in which workers are done.
          if (index % 7 == 3) std::this_thread::sleep_for(std::chrono::microseconds(200));
          ++made;
          const double shift = call.inputs[2].empty() ? 0.0 : in(call, 2).number(0);
          call.outputs[0] = row({static_cast<double>(index) + shift, static_cast<double>(call.random_key & 0xfffff)});
          call.outputs[1] = Tensor::scalar(static_cast<double>(in(call, 1).data<std::int64_t>()[0]));
          return Outcome{};
        });
    add("bad", {of_type(tensor_port("index", ""), DType::i64)}, {tensor_port("y", "")}, [](Call& call) {
      const auto index = in(call, 0).data<std::int64_t>()[0];
      if (index == 11) return Outcome{Outcome::Kind::failed, "numeric", "it is broken", {}};
      call.outputs[0] = Tensor::scalar(static_cast<double>(index));
      return Outcome{};
    });
    // A generator that remembers: x -> 3 x + 1 modulo 1009.
    add("generator", {optional(tensor_port("x", "")), tensor_port("seed", "")},
        {tensor_port("x", ""), tensor_port("y", "")}, [](Call& call) {
          const double before = call.inputs[0].empty() ? in(call, 1).number(0) : in(call, 0).number(0);
          const double x = std::fmod(3 * before + 1, 1009);
          call.outputs[0] = Tensor::scalar(x);
          call.outputs[1] = Tensor::scalar(x / 1009);
          return Outcome{};
        });
  }
};

std::string source(const std::string& operation, const std::string& keys) {
  return "[source.data]\nuse = \"test." + operation + "\"\n" + keys + "\n";
}

/// A loop that reads some output of the source in each pass.
std::string reader(const std::string& passes, const std::string& more = "") {
  return "[loop.l]\npasses = " + passes + "\n[loop.l.state]\nn = 0.0\n[loop.l.step.sum]\nuse = \"test.sum\"\n" +
         "a = \"@state.n\"\nb = \"= sum(@data.y)\"\n[loop.l.step.epoch]\nuse = \"test.number\"\nx = \"@data.epoch\"\n" +
         "[loop.l.step.size]\nuse = \"test.number\"\nx = \"= len(@data.y) + 1000 * @data.valid\"\n" + more +
         "[loop.l.next]\nn = \"@sum.y\"\n";
}

run::RunOptions jobs(std::uint32_t threads) {
  run::RunOptions options;
  options.jobs = threads;
  return options;
}

std::string failure(const run::RunResult& result, const std::string& name) {
  const auto& error = report(result, name).error;
  return error ? error->message : "none";
}

}  // namespace

TEST_SUITE("engine/run/item_source") {
  TEST_CASE("an epoch read as a whole has each item once in an order of the seed") {
    Sources world;
    const std::string text = source("item", "items = 50") + "[save]\nvalues = [\"@data.y\", \"@data.index\"]\n";
    const auto result = run::execute(world.plan(text));
    REQUIRE(result.all_done());
    auto order = numbers(saved(result, "data.index"));
    for (std::size_t i = 0; i < order.size(); ++i)
      CHECK(saved(result, "data.y").number(static_cast<std::int64_t>(2 * i)) == order[i]);
    CHECK_FALSE(std::is_sorted(order.begin(), order.end()));
    const auto other = run::execute(world.plan("[scenario]\nseed = 1\n" + text));
    CHECK(numbers(saved(other, "data.index")) != order);
    std::sort(order.begin(), order.end());
    std::vector<double> all(50);
    std::iota(all.begin(), all.end(), 0.0);
    CHECK(order == all);
    const auto plain = run::execute(
        world.plan(source("item", "items = 50\nshuffle = false") + "[save]\nvalues = [\"@data.index\"]\n"));
    CHECK(numbers(saved(plain, "data.index")) == all);
  }

  TEST_CASE("10,007 items in batches of 32 are 313 batches and the last has 23") {
    Sources world;
    const auto result =
        run::execute(world.plan(source("item", "items = 10007\nbatch = 32") + reader("\"= @data.batches\"") +
                                "[record]\nb = \"@data.batches\"\n[save]\nvalues = [\"@l.size.y\"]\n"));
    REQUIRE(result.all_done());
    CHECK(record(result, "b") == 313);
    CHECK(saved(result, "l.size.y").number(0) == 32 + 32000);
    CHECK(saved(result, "l.size.y").number(312) == 23 + 23000);
    CHECK(world.made == 10007);  // nothing is made for an epoch that nobody begins
  }

  TEST_CASE("the stream is the same to the last bit for any number of workers and threads") {
    Sources world;
    const std::string text = reader("30") + "[save]\nvalues = [\"@l.sum.y\", \"@l.epoch.y\"]\n";
    const auto one = run::execute(world.plan(source("item", "items = 40\nbatch = 6\nworkers = 1") + text), jobs(1));
    REQUIRE(one.all_done());
    CHECK(saved(one, "l.epoch.y").number(6) == 0);
    CHECK(saved(one, "l.epoch.y").number(7) == 1);
    for (const int workers : {1, 2, 4, 8})
      for (const std::uint32_t threads : {1u, 2u, 8u}) {
        CAPTURE(workers);
        CAPTURE(threads);
        const auto other = run::execute(
            world.plan(source("item", "items = 40\nbatch = 6\nworkers = " + std::to_string(workers)) + text),
            jobs(threads));
        REQUIRE(other.all_done());
        CHECK(value::same_bits(saved(one, "l.sum.y"), saved(other, "l.sum.y")));
      }
  }

  TEST_CASE("what does not fill a batch is kept or dropped or padded") {
    Sources world;
    const auto sizes = [&](const std::string& last) {
      const auto result =
          run::execute(world.plan(source("item", "items = 10\nbatch = 4\nlast = \"" + last + "\"") +
                                  reader("\"= @data.batches\"") + "[save]\nvalues = [\"@l.size.y\"]\n"));
      REQUIRE(result.all_done());
      return numbers(saved(result, "l.size.y"));
    };
    CHECK(sizes("keep") == std::vector<double>{4004, 4004, 2002});
    CHECK(sizes("drop") == std::vector<double>{4004, 4004});
    CHECK(sizes("pad") == std::vector<double>{4004, 4004, 2004});
  }

  TEST_CASE("shards are the epoch between them") {
    Sources world;
    std::vector<double> all;
    for (int rank = 1; rank <= 3; ++rank) {
      const auto result =
          run::execute(world.plan(source("item", "items = 20\nshard = \"" + std::to_string(rank) + "/3\"") +
                                  "[save]\nvalues = [\"@data.index\"]\n"));
      const auto part = numbers(saved(result, "data.index"));
      all.insert(all.end(), part.begin(), part.end());
    }
    std::sort(all.begin(), all.end());
    std::vector<double> expected(20);
    std::iota(expected.begin(), expected.end(), 0.0);
    CHECK(all == expected);
  }

  TEST_CASE("two loops that read one source see the same stream") {
    Sources world;
    std::string second = reader("5");
    for (std::size_t at = 0; (at = second.find("loop.l", at)) != std::string::npos;) second.replace(at, 6, "loop.m");
    const auto result = run::execute(world.plan(source("item", "items = 40\nbatch = 6") + reader("5") + second +
                                                "[record]\na = \"@l.n\"\nb = \"@m.n\"\n"));
    REQUIRE(result.all_done());
    CHECK(record(result, "a") == record(result, "b"));
  }

  TEST_CASE("a source reads values from around the loop") {
    Sources world;
    const auto result = run::execute(world.plan(
        step("by", "number", "x = 1000") + source("item", "items = 4\nbatch = 4\nshuffle = false\nshift = \"@by.y\"") +
        reader("1", "[loop.l.step.first]\nuse = \"test.number\"\nx = \"@data.y[0, 0]\"\n") +
        "[save]\nvalues = [\"@l.first.y\"]\n"));
    REQUIRE(result.all_done());
    CHECK(saved(result, "l.first.y").number(0) == 1000);
  }

  TEST_CASE("an item that fails ends the loop in the pass of its batch and is named") {
    Sources world;
    const auto result = run::execute(world.plan(source("bad", "items = 100\nbatch = 4\nshuffle = false") +
                                                "[loop.l]\npasses = 9\n[loop.l.state]\nn = 0.0\n[loop.l.step.sum]\n"
                                                "use = \"test.sum\"\na = \"@state.n\"\nb = \"= sum(@data.y)\"\n"
                                                "[loop.l.next]\nn = \"@sum.y\"\n"),
                                     jobs(4));
    CHECK_FALSE(result.all_done());
    CHECK(failure(result, "l").starts_with("pass 3 of loop 'l': source 'data': "));
    CHECK(failure(result, "l").find("11") != std::string::npos);
    CHECK(failure(result, "l").find("it is broken") != std::string::npos);
    // A loop that ends before that item never hears of it.
    const auto early = run::execute(world.plan(source("bad", "items = 100\nbatch = 4\nshuffle = false") +
                                               "[loop.l]\npasses = 2\n[loop.l.state]\nn = 0.0\n[loop.l.step.sum]\n"
                                               "use = \"test.sum\"\na = \"@state.n\"\nb = \"= sum(@data.y)\"\n"
                                               "[loop.l.next]\nn = \"@sum.y\"\n"),
                                    jobs(4));
    CHECK(early.all_done());
  }

  TEST_CASE("a source that has an end says so when more is asked for") {
    Sources world;
    const auto result = run::execute(world.plan(source("item", "items = 10\nbatch = 5\nepochs = 2") + reader("5")));
    CHECK(failure(result, "l").starts_with("pass 5 of loop 'l': source 'data': "));
  }

  TEST_CASE("a generator that remembers makes its items one after the other") {
    Sources world;
    const auto result = run::execute(
        world.plan(source("generator", "items = 8\nbatch = 3\nseed = 5\nworkers = 8\nshuffle = false") +
                   "[loop.l]\npasses = 3\n[loop.l.state]\nn = 0.0\n[loop.l.step.last]\nuse = \"test.number\"\n"
                   "x = \"= last(@data.x)\"\n[loop.l.next]\nn = \"@last.y\"\n[save]\nvalues = [\"@l.last.y\"]\n"),
        jobs(4));
    REQUIRE(result.all_done());
    double x = 5;
    std::vector<double> lasts;
    for (int i = 1; i <= 8; ++i) {
      x = std::fmod(3 * x + 1, 1009);
      if (i % 3 == 0 || i == 8) lasts.push_back(x);
    }
    CHECK(numbers(saved(result, "l.last.y")) == lasts);
  }

  TEST_CASE("more items at once than memory could hold are refused") {
    Sources world;
    const auto padded = run::execute(world.plan(source("item", "items = 10\nbatch = 1000000000000\nlast = \"pad\"") +
                                                "[record]\nn = \"@data.batches\"\n"));
    CHECK(failure(padded, "data").find("more than 16,777,216 items") != std::string::npos);
    const auto ahead =
        run::execute(world.plan(source("item", "items = 10000\nbatch = 1000\nwindow = 1000000000") + reader("1")));
    CHECK(failure(ahead, "data").find("more than 16,777,216 items") != std::string::npos);
    const auto many =
        run::execute(world.plan(source("item", "items = 2_000_000_000_000") + "[record]\nn = \"@data.batches\"\n"));
    CHECK(failure(many, "data") == "source 'data' has at most 2^40 items; this has 2000000000000");
    // A batch that is larger than the epoch is the epoch.
    const auto large = run::execute(world.plan(source("item", "items = 10\nbatch = 1000000000000") + reader("1") +
                                               "[save]\nvalues = [\"@l.size.y\"]\n"));
    REQUIRE(large.all_done());
    CHECK(saved(large, "l.size.y").number(0) == 10010);
  }

  TEST_CASE("only what somebody reads is made") {
    Sources world;
    REQUIRE(run::execute(world.plan(source("item", "items = 10") + "[record]\nn = \"@data.items\"\n")).all_done());
    CHECK(world.made == 0);
  }

  TEST_CASE("a run that is stopped in the middle of a stream ends") {
    Sources world;
    std::atomic<bool> stop{false};
    world.add("halt", {tensor_port("x", "")}, {tensor_port("y", "")}, [&](Call& call) {
      if (in(call, 0).number(0) > 100) stop = true;
      call.outputs[0] = Tensor::scalar(in(call, 0).number(0));
      return Outcome{};
    });
    auto options = jobs(4);
    options.stop = &stop;
    const auto result = run::execute(
        world.plan(source("item", "items = 1000\nbatch = 2\nwindow = 50") +
                   "[loop.l]\npasses = 100000\n[loop.l.state]\nn = 0.0\n[loop.l.step.h]\nuse = \"test.halt\"\n"
                   "x = \"= @state.n + len(@data.y)\"\n[loop.l.next]\nn = \"@h.y\"\n"),
        options);
    CHECK(result.interrupted);
  }
}
