// What comes out of an operation that throws: a status and a message for each kind.
// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <system_error>

#include "tests/sdk/fake_host.hpp"

using namespace orrery::sdk;
using fake::Host;

namespace {

std::function<void()> what_happens;

struct Plain {
  static constexpr Info info{.name = "plain", .version = "1.0.0", .title = "Throws"};
  static constexpr std::tuple ports{out<"y", f64>{}};
  static void run(Call<Plain>&) { what_happens(); }
};

/// The same in the second and the third part of a loop within a loop.
struct Nested {
  static constexpr Info info{.name = "nested", .version = "1.0.0", .title = "Throws within loops"};
  static constexpr std::tuple ports{out<"y", f64>{}};
  static inline bool went_on = false;
  static void run(Call<Nested>& call) {
    went_on = false;
    call.parallel_for(1, 1, [&](std::uint64_t, std::uint64_t) {
      call.parallel_for(3, 1, [&](std::uint64_t begin, std::uint64_t) {
        if (begin > 0) what_happens();
      });
      went_on = true;
    });
    went_on = true;
  }
};

struct Poll {
  static constexpr Info info{.name = "poll", .version = "1.0.0", .title = "Polls", .cancellable = true};
  static constexpr std::tuple ports{in<"parallel", bool>{}, out<"y", f64>{}};
  static void run(Call<Poll>& call) {
    if (!call.in<"parallel">()) call.poll(1, 0);
    call.parallel_for(2, 1, [&](std::uint64_t begin, std::uint64_t) { call.poll(begin, 2); });
    call.set<"y">(1);
  }
};

template <class Op>
std::string outcome() {
  Host host;
  const orrery_status status = host.run<Op>();
  return std::to_string(status) + " " + host.message;
}

/// Thrown at once and within nested loops it must be the same.
std::string thrown(std::function<void()> what) {
  what_happens = std::move(what);
  const std::string plain = outcome<Plain>();
  CHECK(outcome<Nested>() == plain);
  CHECK_FALSE(Nested::went_on);
  return plain;
}

std::string text(orrery_status status, const std::string& message) { return std::to_string(status) + " " + message; }

}  // namespace

TEST_SUITE("sdk/error") {
  TEST_CASE("errors of the SDK keep their status") {
    CHECK(thrown([] { throw Error(ORRERY_E_UNSUPPORTED, "not here"); }) == text(ORRERY_E_UNSUPPORTED, "not here"));
    CHECK(thrown([] { throw NumericError("no convergence"); }) == text(ORRERY_E_NUMERIC, "no convergence"));
    CHECK(thrown([] { throw ShapeError("no fit"); }) == text(ORRERY_E_SHAPE, "no fit"));
    CHECK(thrown([] { throw Error(ORRERY_E_IO, ""); }) == text(ORRERY_E_IO, ""));
  }

  TEST_CASE("standard exceptions have the status of their kind") {
    CHECK(thrown([] { throw std::domain_error("a"); }) == text(ORRERY_E_RANGE, "a"));
    CHECK(thrown([] { throw std::out_of_range("b"); }) == text(ORRERY_E_RANGE, "b"));
    CHECK(thrown([] { throw std::invalid_argument("c"); }) == text(ORRERY_E_INVALID, "c"));
    CHECK(thrown([] { throw std::range_error("d"); }) == text(ORRERY_E_NUMERIC, "d"));
    CHECK(thrown([] { throw std::overflow_error("e"); }) == text(ORRERY_E_NUMERIC, "e"));
    CHECK(thrown([] { throw std::bad_alloc(); }) == text(ORRERY_E_MEMORY, "out of memory"));
    CHECK(thrown([] { throw std::length_error("f"); }) == text(ORRERY_E_INTERNAL, "f"));
    CHECK(thrown([] { throw std::logic_error("g"); }) == text(ORRERY_E_INTERNAL, "g"));
    CHECK(thrown([] { throw std::runtime_error("h"); }) == text(ORRERY_E_INTERNAL, "h"));
  }

  TEST_CASE("a system error is one of reading or writing") {
    const auto lost = [] {
      throw std::system_error(std::make_error_code(std::errc::no_such_file_or_directory), "data.npy");
    };
    CHECK(thrown(lost).starts_with(text(ORRERY_E_IO, "data.npy: ")));
  }

  TEST_CASE("what is no exception is caught as well") {
    const std::string strange = "the operation threw something that is not a std::exception";
    CHECK(thrown([] { throw 7; }) == text(ORRERY_E_INTERNAL, strange));
    CHECK(thrown([] { throw "text"; }) == text(ORRERY_E_INTERNAL, strange));
  }

  TEST_CASE("an operation that is asked to stop leaves with that status and no message") {
    for (const bool parallel : {false, true}) {
      Host host({{fake::array<bool>({}, {parallel})}});
      host.stop = true;
      CHECK(host.run<Poll>() == ORRERY_STOPPED);
      CHECK(host.failures == 0);
      CHECK(host.outputs.empty());
    }
  }

  TEST_CASE("an operation that is not asked to stop goes on") {
    Host host({{fake::array<bool>({}, {false})}});
    CHECK(host.run<Poll>() == ORRERY_OK);
    CHECK(host.polled.size() == 3);
    CHECK(host.out<double>(0) == std::vector<double>{1});
  }
}
