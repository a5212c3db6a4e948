// A plugin in plain C uses every function of the interface.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/abi/random.h>

#include "tests/engine/host/calling.hpp"

using namespace orrery;
using zoo::Calling;
using zoo::numbers;

namespace {

const std::filesystem::path file = std::filesystem::path(ORRERY_PLUGINS_C_DIR) / "plain.orrery.so";

const zoo::Library& plain() {
  static const zoo::Library library(file);
  return library;
}

value::Value bodies(std::vector<std::string> names, std::vector<double> masses) {
  auto table = std::make_shared<value::Table>();
  table->rows = static_cast<std::int64_t>(masses.size());
  auto mass = std::get<value::Tensor>(numbers(std::move(masses)));
  mass.set_unit(*value::parse_unit("kg"));
  table->columns = {{"mass", std::move(mass)}, {"name", std::move(names)}};
  return std::shared_ptr<const value::Table>(std::move(table));
}

}  // namespace

TEST_SUITE("engine/host/plain_c") {
  TEST_CASE("it passes every check and loads") {
    CHECK(zoo::refusal(file) == "");
    CHECK(plain()["square"].facts().cancellable);
    CHECK(plain()["uniform"].facts().uses_random);
    CHECK(plain()["sum"].facts().inputs[0].type_text() == "list of f64");
  }

  TEST_CASE("parallel parts poll and tap") {
    std::vector<double> x(250);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<double>(i);
    Calling calling(plain()["square"], {{numbers(x)}});
    calling.services.threads = true;
    calling.call.taps_wanted = 1;
    REQUIRE(calling.run() == "done");
    for (std::int64_t i = 0; i < 250; ++i) CHECK(calling.tensor().number(i) == static_cast<double>(i * i));
    auto& taps = calling.services.taps;
    std::sort(taps.begin(), taps.end());
    CHECK(taps == std::vector<std::pair<std::int64_t, double>>{{0, 9801}, {100, 39601}, {200, 62001}});
    CHECK(calling.services.polls == 3);

    calling.call.taps_wanted = 0;
    REQUIRE(calling.run() == "done");
    CHECK(taps.size() == 3);
  }

  TEST_CASE("it stops when it is told to") {
    Calling calling(plain()["square"], {{numbers({1, 2, 3})}});
    calling.services.stop = true;
    CHECK(calling.run() == "stopped");
    CHECK_FALSE(calling.call.outputs[0]);
  }

  TEST_CASE("it works in place when its input is nobody else's") {
    Calling calling(plain()["square"], {{numbers({1, 2, 3})}});
    auto& input = const_cast<value::Tensor&>(std::get<value::Tensor>(*calling.call.inputs[0][0]));
    calling.call.outputs[0].place() = input;
    REQUIRE(calling.run() == "done");
    CHECK(calling.tensor().raw() == input.raw());
    CHECK(calling.tensor().number(2) == 9);
  }

  TEST_CASE("random numbers depend on the key and the index alone") {
    Calling calling(plain()["uniform"], {{value::Tensor::scalar<std::int64_t>(5)}});
    calling.call.random_key = 42;
    REQUIRE(calling.run() == "done");
    for (std::uint64_t i = 0; i < 5; ++i) {
      std::uint64_t words[2];
      orrery_random_words(42, 0, i, words);
      CHECK(calling.tensor().number(static_cast<std::int64_t>(i)) == orrery_random_unit(words[0]));
    }
  }

  TEST_CASE("lists and optional inputs") {
    const auto scalar = [](double x) { return value::Value(value::Tensor::scalar(x)); };
    Calling without(plain()["sum"], {{scalar(1), scalar(2), scalar(4)}, {}});
    REQUIRE(without.run() == "done");
    CHECK(without.number() == 7);
    Calling with(plain()["sum"], {{}, {scalar(100)}});
    REQUIRE(with.run() == "done");
    CHECK(with.number() == 100);
  }

  TEST_CASE("tables and texts go in and out") {
    Calling calling(plain()["weigh"], {{bodies({"Io", "Europa"}, {3, 1})}});
    REQUIRE(calling.run() == "done");
    const auto& shares = *std::get<std::shared_ptr<const value::Table>>(*calling.call.outputs[0]);
    CHECK(shares.rows == 2);
    CHECK(shares.names() == std::vector<std::string>{"name", "share"});
    CHECK(shares.find("name")->texts() == value::Texts{"Io", "Europa"});
    CHECK(shares.find("share")->tensor().number(0) == 0.75);
    CHECK(std::get<std::string>(*calling.call.outputs[1]) == "Io");
    CHECK(calling.services.lines == std::vector<std::string>{"weighed"});
    Calling empty(plain()["weigh"], {{bodies({}, {})}});
    CHECK(empty.run() == "invalid: there are no bodies");
  }

  TEST_CASE("an instance is made once and shared by no two calls") {
    Calling calling(plain()["prepared"]);
    for (int i = 0; i < 3; ++i) {
      REQUIRE(calling.run() == "done");
      CHECK(calling.number() == 1024);
    }
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([] {
        Calling own(plain()["prepared"]);
        for (int i = 0; i < 200; ++i) static_cast<void>(own.run());
      });
    for (std::thread& thread : threads) thread.join();
  }
}
