// Tests of the order of steps and of cycles.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

#include "engine/plan/order.hpp"

using namespace orrery;
using plan::Need;

namespace {

std::vector<std::string> letters(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back(std::string(1, static_cast<char>('a' + i)));
  return names;
}

std::vector<std::size_t> positions(const plan::Order& order) {
  std::vector<std::size_t> at(order.steps.size());
  for (std::size_t i = 0; i < order.steps.size(); ++i) at[order.steps[i]] = i;
  return at;
}

std::vector<std::string> labels(const base::Error& error) {
  std::vector<std::string> texts;
  for (const base::Label& label : error.labels) texts.push_back(label.text);
  return texts;
}

}  // namespace

TEST_SUITE("engine/plan/order") {
  TEST_CASE("steps that do not need each other keep the order of the file") {
    CHECK(plan::order_steps(letters(4), {}).steps == std::vector<std::size_t>{0, 1, 2, 3});
    CHECK(plan::order_steps({}, {}).steps.empty());
    // c before a, nothing else moves.
    CHECK(plan::order_steps(letters(4), {{0, 2, {}}}).steps == std::vector<std::size_t>{1, 2, 0, 3});
  }

  TEST_CASE("every edge of a random graph is kept and every step comes once") {
    std::mt19937 random(20240607);
    for (int round = 0; round < 200; ++round) {
      const std::size_t count = 1 + random() % 40;
      std::vector<std::size_t> shuffled(count);
      for (std::size_t i = 0; i < count; ++i) shuffled[i] = i;
      std::shuffle(shuffled.begin(), shuffled.end(), random);
      std::vector<Need> needs;
      for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = 0; j < i; ++j)
          if (random() % 5 == 0) needs.push_back({shuffled[i], shuffled[j], {}});
      const std::vector<std::string> names(count, "x");
      const auto order = plan::order_steps(names, needs);
      CHECK(order.errors.empty());
      REQUIRE(order.steps.size() == count);
      CHECK(std::set(order.steps.begin(), order.steps.end()).size() == count);
      const auto at = positions(order);
      for (const Need& need : needs) CHECK(at[need.made_by] < at[need.needs]);
    }
  }

  TEST_CASE("a chain of ten thousand steps in reverse is ordered") {
    const std::size_t count = 10000;
    std::vector<Need> needs;
    for (std::size_t i = 0; i + 1 < count; ++i) needs.push_back({i, i + 1, {}});
    const auto order = plan::order_steps(std::vector<std::string>(count, "x"), needs);
    REQUIRE(order.steps.size() == count);
    CHECK(order.steps.front() == count - 1);
    CHECK(order.steps.back() == 0);
  }

  TEST_CASE("a cycle names all its steps and shows each edge once") {
    const auto order = plan::order_steps(letters(3), {{0, 1, {}}, {1, 2, {}}, {2, 0, {}}});
    REQUIRE(order.errors.size() == 1);
    const base::Error& error = order.errors.front();
    CHECK(error.code == base::ErrorCode::cycle);
    CHECK(error.message == "steps wait for each other: a -> b -> c -> a");
    CHECK(labels(error) ==
          std::vector<std::string>{"'a' needs 'b' ...", "... and 'b' needs 'c'", "... and 'c' needs 'a'"});
    CHECK(order.steps.size() == 3);
  }

  TEST_CASE("a step that needs itself is said to wait for itself") {
    const auto order = plan::order_steps(letters(2), {{1, 1, {}}});
    REQUIRE(order.errors.size() == 1);
    CHECK(order.errors.front().message == "step 'b' waits for itself");
    CHECK(labels(order.errors.front()) == std::vector<std::string>{"'b' needs 'b'"});
  }

  TEST_CASE("steps behind a cycle are not part of it") {
    // d and e wait for the cycle of b and c; a comes before it.
    const auto order = plan::order_steps(letters(5), {{1, 2, {}}, {2, 1, {}}, {3, 1, {}}, {4, 3, {}}, {1, 0, {}}});
    REQUIRE(order.errors.size() == 1);
    CHECK(order.errors.front().message == "steps wait for each other: b -> c -> b");
    CHECK(order.steps.front() == 0);
    CHECK(order.steps.size() == 5);
  }

  TEST_CASE("the tail of a cycle that stands first in the file does not hide it") {
    const auto order = plan::order_steps(letters(3), {{0, 1, {}}, {1, 2, {}}, {2, 1, {}}});
    REQUIRE(order.errors.size() == 1);
    CHECK(order.errors.front().message == "steps wait for each other: b -> c -> b");
  }

  TEST_CASE("separate cycles are separate errors") {
    const auto order = plan::order_steps(letters(5), {{0, 2, {}}, {2, 0, {}}, {1, 3, {}}, {3, 1, {}}, {4, 4, {}}});
    REQUIRE(order.errors.size() == 3);
    CHECK(order.errors[0].message == "steps wait for each other: a -> c -> a");
    CHECK(order.errors[1].message == "steps wait for each other: b -> d -> b");
    CHECK(order.errors[2].message == "step 'e' waits for itself");
  }

  TEST_CASE("every error of a random graph with cycles is a closed path of its edges") {
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
      const std::size_t count = 2 + random() % 12;
      const auto names = letters(count);
      std::set<std::pair<std::size_t, std::size_t>> edges;
      std::vector<Need> needs;
      for (std::size_t i = 0; i < count * 2; ++i) {
        const Need need{random() % count, random() % count, {}};
        if (edges.insert({need.needs, need.made_by}).second) needs.push_back(need);
      }
      const auto order = plan::order_steps(names, needs);
      CHECK(order.steps.size() == count);
      for (const base::Error& error : order.errors) {
        const std::string path = error.message.substr(error.message.find(": ") + 2);
        if (error.labels.size() == 1) continue;
        std::set<std::size_t> seen;
        for (std::size_t i = 0; i + 5 < path.size() + 1; i += 5) {
          const auto from = static_cast<std::size_t>(path[i] - 'a'), to = static_cast<std::size_t>(path[i + 5] - 'a');
          CHECK(edges.count({from, to}) == 1);
          CHECK(seen.insert(from).second);
          if (i + 6 >= path.size()) break;
        }
        CHECK(path.front() == path.back());
        CHECK(seen.size() == error.labels.size());
      }
    }
  }
}
