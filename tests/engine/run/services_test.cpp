// Tests of the loop over parts that a run lends to its steps.
// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "tests/engine/run/lambdas.hpp"

using namespace orrery;
using namespace test;

namespace {

using Part = std::pair<std::uint64_t, std::uint64_t>;

/// Runs one step with a body that gets the services, on so many threads.
void with_services(std::uint32_t jobs, const std::function<void(catalog::Services&)>& body) {
  World world;
  world.add("loop", {}, {tensor_port("y", "")}, [&](Call& call) {
    body(*call.services);
    call.outputs[0] = Tensor::scalar(1.0);
    return Outcome{};
  });
  run::RunOptions options;
  options.jobs = jobs;
  const auto result = run::execute(world.plan(step("s", "loop", "")), options);
  CHECK(result.all_done());
}

/// What a part does, as a C callback.
struct Job {
  std::function<std::int32_t(std::uint64_t, std::uint64_t)> work;
  static std::int32_t call(void* user, std::uint64_t begin, std::uint64_t end) {
    return static_cast<Job*>(user)->work(begin, end);
  }
};

std::int32_t loop(catalog::Services& services, std::uint64_t n, std::uint64_t grain,
                  std::function<std::int32_t(std::uint64_t, std::uint64_t)> work) {
  Job job{std::move(work)};
  return services.parallel_for(n, grain, Job::call, &job);
}

}  // namespace

TEST_SUITE("engine/run/services") {
  TEST_CASE("the cuts depend on the size and the grain alone") {
    for (const std::uint32_t jobs : {1u, 2u, 4u, 8u})
      with_services(jobs, [](catalog::Services& services) {
        std::mutex mutex;
        std::set<Part> parts;
        const auto note = [&](std::uint64_t begin, std::uint64_t end) {
          const std::lock_guard lock(mutex);
          CHECK(parts.insert({begin, end}).second);
          return 0;
        };
        CHECK(loop(services, 10, 4, note) == 0);
        CHECK(parts == std::set<Part>{{0, 4}, {4, 8}, {8, 10}});
        parts.clear();
        CHECK(loop(services, 8, 4, note) == 0);
        CHECK(parts == std::set<Part>{{0, 4}, {4, 8}});
        parts.clear();
        CHECK(loop(services, 3, 100, note) == 0);
        CHECK(parts == std::set<Part>{{0, 3}});
        parts.clear();
        CHECK(loop(services, 2, 0, note) == 0);
        CHECK(parts == std::set<Part>{{0, 1}, {1, 2}});
        parts.clear();
        CHECK(loop(services, 0, 4, note) == 0);
        CHECK(parts.empty());
      });
  }

  TEST_CASE("huge ranges do not overflow") {
    with_services(2, [](catalog::Services& services) {
      std::atomic<int> parts{0};
      const std::uint64_t n = UINT64_MAX, grain = UINT64_MAX / 2;
      CHECK(loop(services, n, grain, [&](std::uint64_t begin, std::uint64_t end) {
              ++parts;
              CHECK(begin < end);
              CHECK(end <= n);
              return 0;
            }) == 0);
      CHECK(parts == 3);
    });
  }

  TEST_CASE("the status is that of the first failing part by position") {
    for (const std::uint32_t jobs : {1u, 2u, 4u})
      with_services(jobs, [](catalog::Services& services) {
        for (int round = 0; round < 50; ++round) {
          const auto status = loop(services, 100, 1, [](std::uint64_t begin, std::uint64_t) {
            if (begin == 20) std::this_thread::yield();
            return begin == 20 || begin == 21 || begin == 99 ? static_cast<std::int32_t>(begin) : 0;
          });
          CHECK(status == 20);
        }
      });
  }

  TEST_CASE("parts before the failing one all run") {
    with_services(2, [](catalog::Services& services) {
      std::atomic<int> before{0};
      CHECK(loop(services, 64, 1, [&](std::uint64_t begin, std::uint64_t) {
              before += begin < 40;
              return begin == 40 ? -7 : 0;
            }) == -7);
      CHECK(before == 40);
    });
  }

  TEST_CASE("loops nest") {
    for (const std::uint32_t jobs : {1u, 2u, 4u})
      with_services(jobs, [](catalog::Services& services) {
        std::vector<std::atomic<int>> counts(30 * 20);
        CHECK(loop(services, 30, 1, [&](std::uint64_t outer, std::uint64_t) {
                return loop(services, 20, 3, [&](std::uint64_t begin, std::uint64_t end) {
                  for (std::uint64_t inner = begin; inner < end; ++inner) ++counts[outer * 20 + inner];
                  return 0;
                });
              }) == 0);
        for (const auto& count : counts) CHECK(count == 1);
      });
  }

  TEST_CASE("an inner loop that fails makes the outer one fail by position") {
    with_services(4, [](catalog::Services& services) {
      for (int round = 0; round < 20; ++round)
        CHECK(loop(services, 10, 1, [&](std::uint64_t outer, std::uint64_t) {
                return loop(services, 10, 1, [&](std::uint64_t inner, std::uint64_t) {
                  return outer >= 3 && inner >= 5 ? static_cast<std::int32_t>(100 * outer + inner) : 0;
                });
              }) == 305);
    });
  }

  TEST_CASE("a step that waits for its loop is not made to run another step meanwhile") {
    World world;
    std::atomic<int> inside{0}, wrong{0};
    thread_local int depth = 0;
    world.add("wait", {}, {tensor_port("y", "")}, [&](Call& call) {
      if (++depth > 1) ++wrong;
      ++inside;
      loop(*call.services, 64, 1, [](std::uint64_t, std::uint64_t) {
        std::this_thread::yield();
        return 0;
      });
      --depth;
      call.outputs[0] = Tensor::scalar(1.0);
      return Outcome{};
    });
    std::string text;
    for (int i = 0; i < 40; ++i) text += step("s" + std::to_string(i), "wait", "");
    run::RunOptions options;
    options.jobs = 4;
    CHECK(run::execute(world.plan(text), options).all_done());
    CHECK(inside == 40);
    CHECK(wrong == 0);
  }

  TEST_CASE("a sum over fixed parts has the same bytes for any number of jobs") {
    double first = 0;
    for (const std::uint32_t jobs : {1u, 2u, 4u, 8u})
      with_services(jobs, [&](catalog::Services& services) {
        std::vector<double> parts(100);
        loop(services, 100000, 1000, [&](std::uint64_t begin, std::uint64_t end) {
          for (std::uint64_t i = begin; i < end; ++i) parts[begin / 1000] += 1.0 / static_cast<double>(i + 1);
          return 0;
        });
        double sum = 0;
        for (const double part : parts) sum += part;
        if (jobs == 1) first = sum;
        CHECK(sum == first);
      });
    CHECK(first == doctest::Approx(12.0901461298634).epsilon(1e-12));  // harmonic number of 100,000
  }

  TEST_CASE("the number of threads is the number of jobs") {
    with_services(3, [](catalog::Services& services) { CHECK(services.max_threads() == 3); });
  }
}
