// Tests of judging expectations: kinds, tolerances, edges, and the exact texts.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/judge.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <complex>
#include <limits>

using namespace orrery;
using run::Verdict;
using value::Tensor;
using value::Value;
using Kind = scenario::Expectation::Kind;

namespace {

value::Unit unit(const std::string& text) { return *value::parse_unit(text); }

Value number(double x, const std::string& symbol = "1") { return Tensor::scalar(x, unit(symbol)); }
Value row(std::vector<double> numbers, const std::string& symbol = "1") {
  const auto count = static_cast<std::int64_t>(numbers.size());
  return Tensor::of<double>(numbers, {count}, unit(symbol));
}
Value whole(std::int64_t x) { return Tensor::scalar(x); }
Value truths(std::initializer_list<bool> all) {
  return Tensor::of<bool>(std::span(all.begin(), all.size()), {static_cast<std::int64_t>(all.size())});
}
Value complex(double re, double im) { return Tensor::scalar(std::complex<double>(re, im)); }

struct Wanted {
  Kind kind = Kind::equals;
  std::optional<Value> bound = std::nullopt, upper = std::nullopt, rtol = std::nullopt, atol = std::nullopt;
  std::optional<std::int64_t> ulps = std::nullopt;
};

Verdict judged(const std::optional<Value>& that, const Wanted& wanted) {
  plan::PlannedExpectation expectation;
  expectation.name = "it";
  expectation.why = "because";
  expectation.kind = wanted.kind;
  expectation.ulps = wanted.ulps;
  if (wanted.bound) expectation.bound.emplace();
  if (wanted.upper) expectation.upper.emplace();
  if (wanted.rtol) expectation.rtol.emplace();
  if (wanted.atol) expectation.atol.emplace();
  Verdict verdict = run::judge(expectation, {that, wanted.bound, wanted.upper, wanted.rtol, wanted.atol});
  CHECK(verdict.name == "it");
  CHECK(verdict.why == "because");
  return verdict;
}

bool met(const Value& that, const Wanted& wanted) {
  const Verdict verdict = judged(that, wanted);
  CHECK(verdict.state != Verdict::State::not_judged);
  return verdict.state == Verdict::State::met;
}

Wanted equals(Value bound) { return {.bound = std::move(bound)}; }
Wanted within(Value bound, double rtol) { return {.bound = std::move(bound), .rtol = number(rtol)}; }
Wanted below(Value bound) { return {.kind = Kind::below, .bound = std::move(bound)}; }
Wanted above(Value bound) { return {.kind = Kind::above, .bound = std::move(bound)}; }
Wanted between(Value low, Value high) {
  return {.kind = Kind::between, .bound = std::move(low), .upper = std::move(high)};
}
Wanted in_ulps(Value bound, std::int64_t ulps) { return {.bound = std::move(bound), .ulps = ulps}; }
Wanted holds() { return {.kind = Kind::holds}; }

std::string text(const Verdict& verdict) {
  return verdict.value + " | " + verdict.limit + (verdict.detail.empty() ? "" : " | " + verdict.detail);
}

constexpr double inf = std::numeric_limits<double>::infinity();

}  // namespace

TEST_SUITE("engine/run/judge") {
  TEST_CASE("without a tolerance equality is exact") {
    CHECK(met(number(0.1), equals(number(0.1))));
    CHECK_FALSE(met(number(std::nextafter(0.1, 1)), equals(number(0.1))));
    CHECK(met(number(-0.0), equals(number(0.0))));
    CHECK(met(whole(3), equals(number(3))));
    CHECK(met(number(3), equals(whole(3))));
  }

  TEST_CASE("whole numbers are equal only with all their digits") {
    constexpr std::int64_t big = (1LL << 53) + 1;
    CHECK(met(whole(big), equals(whole(big))));
    CHECK_FALSE(met(whole(big), equals(whole(big - 1))));
    CHECK(met(whole(big), within(whole(big - 1), 1e-10)));
    CHECK(text(judged(whole(big), equals(whole(big - 1)))) == "9007199254740993 | equals 9007199254740992");
  }

  TEST_CASE("the tolerance is the larger of the absolute and the relative one") {
    CHECK(met(number(1001), within(number(1000), 1e-3)));
    CHECK_FALSE(met(number(1001.1), within(number(1000), 1e-3)));
    CHECK(met(number(-1001), within(number(-1000), 1e-3)));
    CHECK(met(number(1.5), {.bound = number(1), .atol = number(0.5)}));
    CHECK_FALSE(met(number(1.5000001), {.bound = number(1), .atol = number(0.5)}));
    CHECK(met(number(1001), {.bound = number(1000), .rtol = number(1e-9), .atol = number(2)}));
    CHECK(met(number(1001), {.bound = number(1000), .rtol = number(1e-2), .atol = number(1e-9)}));
    CHECK_FALSE(met(number(1e-300), within(number(0), 0.5)));
  }

  TEST_CASE("units in the last place are counted exactly") {
    double x = 1000.1;
    for (int ulps = 0; ulps <= 5; ++ulps) {
      for (int allowed = 0; allowed <= 5; ++allowed)
        CHECK(met(number(x), in_ulps(number(1000.1), allowed)) == (ulps <= allowed));
      x = std::nextafter(x, inf);
    }
    const double tiny = std::numeric_limits<double>::denorm_min();
    CHECK(met(number(-tiny), in_ulps(number(tiny), 2)));
    CHECK_FALSE(met(number(-tiny), in_ulps(number(tiny), 1)));
    CHECK(met(number(-0.0), in_ulps(number(0.0), 0)));
    CHECK_FALSE(met(number(NAN), in_ulps(number(NAN), 1000)));
    CHECK_FALSE(met(number(-1e308), in_ulps(number(1e308), std::numeric_limits<std::int64_t>::max())));
  }

  TEST_CASE("units in the last place of an f32 are those of f32") {
    const Value single = Tensor::scalar(0.1f);
    CHECK(met(single, in_ulps(number(0.1), 0)));
    CHECK(met(Value(Tensor::scalar(std::nextafter(0.1f, 1.0f))), in_ulps(number(0.1), 1)));
    CHECK_FALSE(met(Value(Tensor::scalar(std::nextafter(0.1f, 1.0f))), in_ulps(number(0.1), 0)));
    CHECK_FALSE(met(single, equals(number(0.1))));
  }

  TEST_CASE("units in the last place and tolerances are alternatives") {
    CHECK(met(number(1.1), {.bound = number(1), .atol = number(0.2), .ulps = 1}));
    CHECK(met(number(std::nextafter(1.0, 2)), {.bound = number(1), .atol = number(0), .ulps = 1}));
    CHECK_FALSE(met(number(1.3), {.bound = number(1), .atol = number(0.2), .ulps = 1}));
  }

  TEST_CASE("infinities equal themselves and no tolerance reaches them") {
    CHECK(met(number(inf), equals(number(inf))));
    CHECK(met(number(inf), within(number(inf), 1e-3)));
    CHECK_FALSE(met(number(5), within(number(inf), 1e-3)));
    CHECK_FALSE(met(number(-inf), within(number(inf), 1e-3)));
    CHECK_FALSE(met(number(inf), {.bound = number(5), .atol = number(1e300)}));
  }

  TEST_CASE("NaN meets nothing") {
    CHECK_FALSE(met(number(NAN), equals(number(NAN))));
    CHECK_FALSE(met(number(NAN), within(number(1), 1e300)));
    CHECK_FALSE(met(number(NAN), below(number(inf))));
    CHECK_FALSE(met(number(NAN), above(number(-inf))));
    CHECK_FALSE(met(number(NAN), between(number(-inf), number(inf))));
    CHECK_FALSE(met(number(1), below(number(NAN))));
    CHECK_FALSE(met(number(1), between(number(0), number(NAN))));
    CHECK_FALSE(met(number(1), within(number(1.5), NAN)));
    CHECK(text(judged(row({1, NAN, 3}), below(number(10)))) ==
          "nan | below 10 | 1 of 3 fail; first at [1], worst at [1]");
  }

  TEST_CASE("below and above exclude the bound and between includes both ends") {
    CHECK(met(number(std::nextafter(3.0, 0)), below(number(3))));
    CHECK_FALSE(met(number(3), below(number(3))));
    CHECK(met(number(std::nextafter(3.0, 4)), above(number(3))));
    CHECK_FALSE(met(number(3), above(number(3))));
    CHECK(met(number(3), between(number(3), number(4))));
    CHECK(met(number(4), between(number(3), number(4))));
    CHECK_FALSE(met(number(std::nextafter(4.0, 5)), between(number(3), number(4))));
    CHECK_FALSE(met(number(3.5), between(number(4), number(3))));
  }

  TEST_CASE("every element must meet and of no elements nothing is proved") {
    CHECK(met(row({1, 2}), below(number(3))));
    CHECK_FALSE(met(row({1, 3}), below(number(3))));
    CHECK_FALSE(met(row({}), below(number(3))));
    CHECK_FALSE(met(row({}), equals(row({}))));
    CHECK_FALSE(met(truths({}), holds()));
    CHECK(text(judged(row({}), below(number(3)))) == "no elements | below 3");
    CHECK(text(judged(row({}), equals(row({})))) == "no elements | equals nothing");
  }

  TEST_CASE("a single bound serves all elements and others go element by element") {
    CHECK(met(row({1, 2}), equals(row({1, 2}))));
    CHECK_FALSE(met(row({1, 2}), equals(row({2, 1}))));
    CHECK(met(row({1, 2}), below(row({1.5, 2.5}))));
    CHECK(met(row({2, 2}), equals(row({2}))));
    CHECK(met(row({1, 5}), between(row({0, 4}), number(6))));
  }

  TEST_CASE("shapes that do not fit are a failure and not a crash") {
    CHECK(text(judged(row({1, 2}), equals(row({1, 2, 3})))) ==
          "[1, 2] | [1, 2, 3] | the shapes or dimensions do not fit each other");
    CHECK_FALSE(met(number(1), equals(row({1, 2}))));
    CHECK_FALSE(met(row({1, 2}), below(row({}))));
    CHECK_FALSE(met(number(1), {.bound = number(1), .rtol = row({})}));
    CHECK_FALSE(met(number(1), {.bound = number(1), .atol = row({1, 2})}));
    CHECK_FALSE(met(number(1, "km"), equals(number(1, "s"))));
    CHECK_FALSE(met(number(1), equals(Value(std::string("one")))));
  }

  TEST_CASE("units are converted and the text has the unit of what was found") {
    CHECK(met(number(1.5, "km"), equals(number(1500, "m"))));
    CHECK(met(number(1.5, "km"), below(number(1501, "m"))));
    CHECK(met(number(1.5, "km"), {.bound = number(1, "km"), .atol = number(500, "m")}));
    CHECK_FALSE(met(number(1.5, "km"), {.bound = number(1, "km"), .atol = number(499, "m")}));
    CHECK(met(number(1.5, "km"), equals(Value(Tensor::scalar<std::int64_t>(1500, unit("m"))))));
    CHECK(text(judged(number(1.5, "km"), below(number(1000, "m")))) == "1.5 km | below 1 km");
    CHECK(text(judged(number(2, "km"), {.bound = number(1500, "m"), .rtol = number(0.01), .atol = number(3, "m")})) ==
          "2 km | equals 1.5 km within 0.01 relative or 0.003 km");
  }

  TEST_CASE("a tolerance of temperatures is a difference") {
    CHECK(met(number(20.5, "degC"), {.bound = number(20, "degC"), .atol = number(1, "K")}));
    CHECK_FALSE(met(number(22, "degC"), {.bound = number(20, "degC"), .atol = number(1, "K")}));
    CHECK(met(number(20, "degC"), {.bound = number(293.15, "K"), .atol = number(1e-9, "K")}));
  }

  TEST_CASE("truth values are held against true or each other") {
    CHECK(met(truths({true, true}), holds()));
    CHECK_FALSE(met(truths({true, false}), holds()));
    CHECK(met(truths({false}), equals(Value(Tensor::scalar(false)))));
    CHECK(text(judged(Value(Tensor::scalar(false)), holds())) == "false | true");
    CHECK(text(judged(truths({true, false, false}), holds())) ==
          "false | true | 2 of 3 fail; first at [1], worst at [1]");
    CHECK(text(judged(truths({true, true}), holds())) == "true | true | all of 2");
    CHECK(text(judged(Value(Tensor::scalar(true)), equals(Value(Tensor::scalar(false))))) == "true | equals false");
  }

  TEST_CASE("texts are equal or not") {
    const Value adam = std::string("adam");
    CHECK(met(adam, equals(Value(std::string("adam")))));
    CHECK_FALSE(met(adam, equals(Value(std::string("Adam")))));
    CHECK(text(judged(adam, equals(Value(std::string("newton"))))) == "'adam' | equals 'newton'");
    CHECK(text(judged(Value(std::string("a\x1b[1m")), equals(adam))).find('\x1b') == std::string::npos);
    CHECK_FALSE(met(adam, equals(number(3))));
  }

  TEST_CASE("complex numbers are compared by the size of their difference") {
    CHECK(met(complex(3, 4), equals(complex(3, 4))));
    CHECK_FALSE(met(complex(3, 4), equals(complex(3, -4))));
    CHECK(met(complex(3, 4.1), {.bound = complex(3, 4), .atol = number(0.11)}));
    CHECK_FALSE(met(complex(3.1, 4.1), {.bound = complex(3, 4), .atol = number(0.11)}));
    CHECK(met(complex(3, 4.04), within(complex(3, 4), 0.01)));
    CHECK(met(complex(0, 0), equals(number(0))));
    CHECK(met(complex(2, 0), equals(whole(2))));
    CHECK_FALSE(met(complex(NAN, 0), within(complex(0, 0), 1)));
    CHECK(met(complex(std::nextafter(3.0, 4), 4), in_ulps(complex(3, 4), 1)));
    CHECK_FALSE(met(complex(3, std::nextafter(std::nextafter(4.0, 5), 5)), in_ulps(complex(3, 4), 1)));
    CHECK_FALSE(met(complex(1, 0), below(number(2))));
    const std::complex<double> both[] = {{1, 0}, {0, 2}};
    const Value pair = Tensor::of<std::complex<double>>(both, {2});
    CHECK(judged(pair, equals(complex(1, 0))).detail == "1 of 2 fail; first at [1], worst at [1]");
    CHECK(judged(pair, {.bound = complex(1, 0), .atol = number(5)}).detail == "largest difference at [1], of 2");
  }

  TEST_CASE("the verdict names the value the limit and the worst place") {
    CHECK(text(judged(number(3.2e-15), below(number(1e-13)))) == "3.2e-15 | below 1e-13");
    CHECK(text(judged(number(5), above(number(7)))) == "5 | above 7");
    CHECK(text(judged(number(5, "s"), between(number(1, "s"), number(2, "s")))) == "5 s | between 1 s and 2 s");
    CHECK(text(judged(number(5), in_ulps(number(6), 4))) == "5 | equals 6 within 4 ulp");
    CHECK(text(judged(row({1, 5, 9, 2}), below(number(3)))) == "9 | below 3 | 2 of 4 fail; first at [1], worst at [2]");
    CHECK(text(judged(row({1, 2.5, 2}), below(number(3)))) == "2.5 | below 3 | nearest to the limit at [1], of 3");
    CHECK(text(judged(row({1, 2.5, 2}), between(number(0), number(10)))) ==
          "1 | between 0 and 10 | nearest to the limit at [0], of 3");
    CHECK(text(judged(row({1, 2.2, 3}), {.bound = row({1, 2, 3}), .atol = number(0.5)})) ==
          "2.2 | equals 2 within 0.5 | largest difference at [1], of 3");
    const Value matrix = Tensor::of<double>(std::vector<double>{1, 2, 3, 4}, {2, 2});
    CHECK(text(judged(matrix, below(number(3.5)))) == "4 | below 3.5 | 1 of 4 fail; first at [1, 1], worst at [1, 1]");
  }

  TEST_CASE("what was not made is not judged") {
    const Verdict lost = judged(std::nullopt, below(number(3)));
    CHECK(lost.state == Verdict::State::not_judged);
    CHECK(lost.detail == "a value it needs was not made");
    plan::PlannedExpectation expectation;
    expectation.kind = Kind::below;
    expectation.bound.emplace();
    CHECK(run::judge(expectation, {number(3), {}, {}, {}, {}}).state == Verdict::State::not_judged);
  }

  TEST_CASE("states print as they are spelled") {
    CHECK(run::name_of(Verdict::State::met) == "met");
    CHECK(run::name_of(Verdict::State::failed) == "failed");
    CHECK(run::name_of(Verdict::State::not_judged) == "not_judged");
    CHECK(run::name_of(run::StepState::not_run) == "not_run");
    CHECK(run::name_of(run::StepState::stopped) == "stopped");
  }
}
