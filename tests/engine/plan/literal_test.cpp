// Tests of literals and defaults as values for ports.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/literal.hpp"

#include <cmath>

#include "engine/report/diagnostic.hpp"
#include "tests/engine/plan/test_catalog.hpp"

using namespace orrery;
using base::ErrorCode;
using value::Tensor;
using value::Value;

namespace {

scenario::Term term(const std::string& toml) {
  auto source = std::make_shared<base::Source>();
  source->name = "test.toml";
  source->text = "x = " + toml;
  const auto root = scenario::parse_toml(source);
  REQUIRE_MESSAGE(root, toml);
  auto parsed = scenario::parse_term(*root->find("x"));
  REQUIRE_MESSAGE(parsed, toml);
  return std::move(*parsed);
}

base::Result<Value> literal(const std::string& toml, const catalog::Port& port) {
  const auto unit = port.unit.any ? std::nullopt : std::optional(port.unit.fixed);
  return plan::literal_value(term(toml), port, unit);
}

Tensor tensor(const std::string& toml, const catalog::Port& port) {
  auto value = literal(toml, port);
  REQUIRE_MESSAGE(value, toml << ": " << value.error().message);
  return std::get<Tensor>(*value);
}

double number(const std::string& toml, const std::string& unit) {
  return tensor(toml, test::tensor("x", test::f64, "", unit)).number(0);
}

base::Error refusal(const std::string& toml, const catalog::Port& port) {
  const auto value = literal(toml, port);
  REQUIRE_FALSE_MESSAGE(value, toml);
  CHECK_FALSE(value.error().labels.empty());
  CHECK(value.error().labels.front().span);
  return value.error();
}

const catalog::Port km = test::tensor("axis", test::f64, "*", "km");
const catalog::Port pure = test::tensor("count", test::f64 | test::i64, "*");
const catalog::Port flag = test::tensor("closed", test::truth, "*");
const catalog::Port anything = test::tensor("points", test::f64 | test::i64 | test::truth, "*", "*");

std::string shape(const Tensor& tensor) { return value::to_text(tensor.shape()); }

}  // namespace

TEST_SUITE("engine/plan/literal") {
  TEST_CASE("quantities come out exact to the bit where the units differ by a power of ten") {
    CHECK(number("\"7000 km\"", "km") == 7000);
    CHECK(number("\"0.1 km\"", "m") == 100);
    CHECK(number("\"100 m\"", "km") == 0.1);
    CHECK(number("\"0.3 m\"", "mm") == 300);
    CHECK(number("\"1.1e3 mm\"", "m") == 1.1);
    CHECK(number("\"398600.4418 km^3/s^2\"", "m^3/s^2") == 398600441800000.0);
    CHECK(number("\"8.7 km\"", "m") == 8700);  // 8.7 * 1000 is not
    CHECK(number("\"-0.7 km/s\"", "m/s") == -700);
  }

  TEST_CASE("other units are one multiplication away") {
    CHECK(number("\"1 h\"", "s") == 3600);
    CHECK(number("\"180 deg\"", "rad") == doctest::Approx(3.14159265358979).epsilon(1e-15));
    CHECK(number("\"0 degC\"", "K") == 273.15);
  }

  TEST_CASE("the value has the unit of the port or its own where the port takes any") {
    CHECK(tensor("\"5 m\"", km).unit().symbol() == "km");
    CHECK(tensor("\"5 m\"", anything).unit().symbol() == "m");
    CHECK(tensor("5", anything).unit().symbol() == "1");
    const Tensor mixed = tensor("[\"1 km\", \"500 m\"]", anything);
    CHECK(mixed.unit().symbol() == "km");
    CHECK(mixed.number(1) == 0.5);
  }

  TEST_CASE("a bare number for a unit is refused with the text that would do") {
    const base::Error error = refusal("398600.4418", km);
    CHECK(error.code == ErrorCode::missing_unit);
    CHECK(error.message == "'axis' needs a unit");
    CHECK(error.labels.front().text == "write \"398600.4418 km\"");
    CHECK(error.suggestions.front().replacement == "\"398600.4418 km\"");
    CHECK(refusal("7_000", km).suggestions.front().replacement == "\"7_000 km\"");
    CHECK(refusal("\"7000\"", km).message == "'axis' needs a unit");
    CHECK(refusal("[\"1 km\", 2]", anything).code == ErrorCode::missing_unit);
  }

  TEST_CASE("another dimension is named with its article") {
    CHECK(refusal("\"10000 kg\"", km).message == "'axis' is a length, but '10000 kg' is a mass");
    CHECK(refusal("\"3 1/m\"", km).message == "'axis' is a length, but '3 1/m' is an inverse length");
    CHECK(refusal("\"3 deg\"", pure).message == "'count' is a number, but '3 deg' is an angle");
    CHECK(refusal("\"3 kg^2/m\"", km).message == "'axis' is a length, but '3 kg^2/m' is a value in kg^2/m");
    CHECK(refusal("\"3 km\"", pure).labels.front().text == "expected a number without a unit");
  }

  TEST_CASE("what is no quantity is refused as it stands") {
    CHECK(refusal("\"soon\"", km).code == ErrorCode::bad_quantity);
    CHECK(refusal("\"3 kmm\"", km).code == ErrorCode::unknown_unit);
    CHECK(refusal("\"\"", km).code == ErrorCode::bad_quantity);
  }

  TEST_CASE("dates are seconds past J2000 where a time is wanted") {
    const catalog::Port start = test::tensor("start", test::f64, "", "s");
    CHECK(tensor("\"2000-01-01T12:00:00 TT\"", start).number(0) == 0);
    CHECK(tensor("\"2000-01-02T12:00:00 TT\"", start).number(0) == 86400);
    CHECK(number("\"2000-01-02T12:00:00 TT\"", "d") == 1);
    CHECK(tensor("\"2000-01-01T12:00:01 TT\"", anything).unit().symbol() == "s");
    CHECK(refusal("\"2000-01-01T12:00:00 TT\"", km).message == "'axis' is a length, but this is a date");
    CHECK(refusal("2000-01-01", km).message == "'axis' is a length, but this is a date");
    CHECK(refusal("2000-01-01T12:00:00", km).message == "'axis' is a length, but this is a date");
    CHECK(refusal("2000-01-01T12:00:00", flag).message == "'closed' wants true or false, not a date");
    CHECK(refusal("2000-01-01T12:00:00", test::text("method")).message == "'method' wants a text, not a date");
  }

  TEST_CASE("dates of TOML are the epochs that they spell in terrestrial time") {
    const catalog::Port start = test::tensor("start", test::f64, "*", "s");
    for (const char* const date : {"2000-01-01T12:00:00", "2026-11-24 00:12:00.125", "1999-12-31t23:59:59.5"}) {
      std::string text(date);
      text[10] = 'T';
      CAPTURE(text);
      CHECK(tensor(date, start).number(0) == tensor("\"" + text + " TT\"", start).number(0));
    }
    CHECK(tensor("[2000-01-01T12:00:00, 2000-01-02T12:00:00]", start).number(1) == 86400);
    const auto reason = [&](const char* date) { return refusal(date, start).message; };
    CHECK(reason("2000-01-01") == "'start': '2000-01-01' is not an epoch: the time of day is missing");
    CHECK(refusal("[2000-01-01]", start).notes.empty());
    CHECK(reason("12:00:00") == "'start': '12:00:00' is not an epoch: the day is missing");
    for (const char* const date : {"2000-01-01T12:00:00Z", "2000-01-01T12:00:00+01:00", "2000-01-01T12:00:00-01:00"})
      CHECK(reason(date).ends_with("it has an offset, which counts from UTC; only terrestrial time is supported"));
  }

  TEST_CASE("lists nest into arrays of their shape") {
    CHECK(shape(tensor("[[1, 2, 3], [4, 5, 6]]", pure)) == "2 x 3");
    CHECK(tensor("[[1, 2, 3], [4, 5, 6]]", pure).number(4) == 5);
    CHECK(shape(tensor("[[[1]], [[2]]]", pure)) == "2 x 1 x 1");
    CHECK(shape(tensor("[]", pure)) == "0");
    CHECK(shape(tensor("[[], []]", pure)) == "2 x 0");
    CHECK(tensor("[\"1 km\", \"20 m\"]", km).number(1) == 0.02);
  }

  TEST_CASE("ragged and mixed lists are refused and never read beyond their end") {
    CHECK(refusal("[[1, 2], [3]]", pure).message == "the rows of 'count' have different lengths");
    CHECK(refusal("[[1, 2], [3]]", pure).labels.front().text == "this one has 1, others 2");
    for (const char* const toml :
         {"[[1], 2]", "[1, [2]]", "[[], 1]", "[1, []]", "[[], [1]]", "[[[]], [[1]]]", "[[[]], 1]"}) {
      CAPTURE(toml);
      CHECK(refusal(toml, pure).code == ErrorCode::wrong_shape);
    }
    CHECK(refusal("[true, 1]", anything).message == "'points' mixes numbers and truth values");
    CHECK(refusal("[1.5, true, false]", anything).message == "'points' mixes numbers and truth values");
  }

  TEST_CASE("whole numbers keep all digits where the port takes them") {
    const Tensor whole = tensor("[9007199254740993, 1]", pure);
    CHECK(whole.dtype() == value::DType::i64);
    CHECK(whole.data<std::int64_t>()[0] == 9007199254740993);
    CHECK(tensor("[1, 2.5]", pure).dtype() == value::DType::f64);
    const catalog::Port real = test::tensor("x", test::f64, "*");
    CHECK(tensor("9007199254740992", real).number(0) == 0x1p53);
    CHECK(refusal("9007199254740993", real).code == ErrorCode::lossy_conversion);
    CHECK(refusal("[9007199254740993, 0.5]", pure).code == ErrorCode::lossy_conversion);
    CHECK(tensor("3.0", test::tensor("n", test::i64, "")).dtype() == value::DType::i64);
    CHECK(refusal("3.5", test::tensor("n", test::i64, "")).message == "n must be a whole number; it is 3.5");
  }

  TEST_CASE("truth values go to ports of truth values only") {
    CHECK(tensor("true", flag).number(0) == 1);
    CHECK(shape(tensor("[true, false, true]", flag)) == "3");
    CHECK(tensor("[true, false, true]", flag).number(1) == 0);
    CHECK(tensor("[]", flag).dtype() == value::DType::boolean);
    CHECK(refusal("1", flag).message == "'closed' wants true or false");
    CHECK(refusal("\"yes\"", flag).message == "'closed' wants true or false, not a text");
    CHECK(refusal("true", pure).message == "'count' wants f64|i64[*], not a truth value");
  }

  TEST_CASE("infinities are numbers unless the port wants finite ones") {
    CHECK(std::isinf(tensor("inf", pure).number(0)));
    CHECK(std::isinf(number("\"inf km\"", "km")));
    CHECK(refusal("[1, nan]", test::finite(test::tensor("x", test::f64, "*"))).code == ErrorCode::not_finite);
  }

  TEST_CASE("texts are texts and a near miss of a choice is named") {
    const catalog::Port method = test::text("method", {"adam", "newton"});
    CHECK(std::get<std::string>(*literal("\"newton\"", method)) == "newton");
    CHECK(std::get<std::string>(*literal("\"5 km\"", test::text("title"))) == "5 km");
    const base::Error near = refusal("\"newtn\"", method);
    CHECK(near.code == ErrorCode::unknown_choice);
    CHECK(near.labels.front().text == "did you mean 'newton'?");
    CHECK(near.suggestions.front().replacement == "\"newton\"");
    CHECK(near.suggestions.front().span);
    CHECK(refusal("\"gradient\"", method).labels.front().text == "");
    CHECK(refusal("3", method).message == "'method' wants a text, not a whole number");
    CHECK(refusal("[\"adam\"]", method).message == "'method' wants a text, not a list");
  }

  TEST_CASE("no literal is a table and no list holds wires") {
    CHECK(refusal("3", test::table("rows")).message == "'rows' wants a table");
    const base::Error wires = refusal("[\"@a.x\"]", pure);
    CHECK(wires.message == "the list for 'count' holds numbers and quantities only");
    CHECK(wires.helps == std::vector<std::string>{"a step of tensor.stack joins wires and expressions to one array"});
    CHECK(refusal("[\"=1+1\"]", pure).helps == wires.helps);
    CHECK(refusal("[\"file:a.npy\"]", pure).helps.front().starts_with("one file gives a whole array"));
    CHECK(refusal("[\"x\"]", pure).notes.front() == "a list holds numbers, quantities and truth values, and no texts");
  }

  TEST_CASE("all elements that are wrong are told at once") {
    const auto value = literal("[\"1 kg\", 2, \"3 km\", \"x\"]", km);
    REQUIRE_FALSE(value);
    CHECK(value.errors().size() == 3);
  }

  TEST_CASE("defaults read like literals") {
    const auto value_of = [](catalog::Port port, const std::string& text, std::optional<value::Unit> unit) {
      auto value = plan::default_value(test::with_default(std::move(port), text), unit);
      REQUIRE_MESSAGE(value, value.error().message);
      return *value;
    };
    const value::Unit one, length = *value::parse_unit("km");
    CHECK(std::get<Tensor>(value_of(km, "7000 m", length)).number(0) == 7);
    CHECK(std::get<Tensor>(value_of(pure, "0.5", one)).number(0) == 0.5);
    CHECK(std::get<Tensor>(value_of(flag, "true", one)).number(0) == 1);
    CHECK(shape(std::get<Tensor>(value_of(pure, "[[1, 2], [3, 4]]", one))) == "2 x 2");
    CHECK(std::get<std::string>(value_of(test::text("method"), "true", one)) == "true");
    CHECK(std::get<std::string>(value_of(test::text("method"), "[a]", one)) == "[a]");
    CHECK(std::get<Tensor>(value_of(test::tensor("n", test::i64, ""), "256", one)).dtype() == value::DType::i64);
    CHECK(std::get<Tensor>(value_of(anything, "3 km", std::nullopt)).unit().symbol() == "km");
  }

  TEST_CASE("a bare default counts in the unit that follows another input") {
    const catalog::Port port =
        test::with_default(test::tensor("tolerance", test::f64, "", "points", {"points"}), "0.001");
    const auto value = plan::default_value(port, *value::parse_unit("km"));
    REQUIRE_MESSAGE(value, value.error().message);
    CHECK(std::get<Tensor>(*value).number(0) == 0.001);
    CHECK(std::get<Tensor>(*value).unit().symbol() == "km");
  }

  TEST_CASE("a literal of let is a quantity if it reads like one") {
    const auto value_of = [](const std::string& toml) {
      auto value = plan::free_literal(term(toml));
      REQUIRE_MESSAGE(value, toml << ": " << value.error().message);
      return *value;
    };
    CHECK(std::get<Tensor>(value_of("\"0.1 km\"")).number(0) == 100);
    CHECK(std::get<Tensor>(value_of("\"0.1 km\"")).unit().symbol() == "m");
    CHECK(std::get<Tensor>(value_of("3")).dtype() == value::DType::i64);
    CHECK(std::get<Tensor>(value_of("true")).dtype() == value::DType::boolean);
    CHECK(std::get<Tensor>(value_of("[\"1 km\", \"2 km\"]")).unit().symbol() == "km");
    CHECK(std::get<std::string>(value_of("\"adam\"")) == "adam");
    CHECK(std::get<std::string>(value_of("\"3rd run\"")) == "3rd run");
    CHECK(std::get<std::string>(value_of("{ text = \"5 m\" }")) == "5 m");
    CHECK(std::get<Tensor>(value_of("\"2000-01-01T12:00:00 TT\"")).unit().symbol() == "s");
    const auto misspelt = plan::free_literal(term("\"400 killometres\""), "height");
    REQUIRE_FALSE(misspelt);
    CHECK(misspelt.error().code == ErrorCode::unknown_unit);
    const auto mixed = plan::free_literal(term("[1, \"2 km\"]"), "heights");
    REQUIRE_FALSE(mixed);
    CHECK(mixed.error().message == "'heights' is a number, but '2 km' is a length");
    CHECK(mixed.error().notes.front() == "the first element says what all of a list are");
  }

  TEST_CASE("a text of let that is a quantity but for a slip of the pen is refused") {
    const auto slip = plan::free_literal(term("\"7000km\""), "axis");
    REQUIRE_FALSE(slip);
    CHECK(slip.error().code == ErrorCode::bad_quantity);
    CHECK(slip.error().message == "'axis' is neither a quantity nor clearly a text: '7000km'");
    CHECK(slip.error().labels.front().text == "did you mean \"7000 km\"?");
    CHECK(slip.error().suggestions.front().replacement == "\"7000 km\"");
    CHECK(plan::free_literal(term("{ text = \"7000km\" }")));
    const auto date = plan::free_literal(term("2000-01-02T12:00:00"), "start");
    REQUIRE(date);
    CHECK(std::get<Tensor>(*date).number(0) == 86400);
    CHECK(std::get<Tensor>(*date).unit().symbol() == "s");
  }
}
