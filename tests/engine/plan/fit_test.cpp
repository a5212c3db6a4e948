// Tests of fitting values to ports.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/fit.hpp"

#include <cmath>
#include <complex>

#include "tests/engine/plan/test_catalog.hpp"

using namespace orrery;
using base::ErrorCode;
using value::Tensor;
using value::Value;

namespace {

value::Unit unit(const std::string& text) { return *value::parse_unit(text); }

Tensor row(std::vector<double> numbers, const std::string& symbol = "1") {
  const auto count = static_cast<std::int64_t>(numbers.size());
  return Tensor::of<double>(numbers, {count}, unit(symbol));
}

Tensor fitted(const Value& value, const catalog::Port& port, const std::string& symbol = "1") {
  auto result = plan::fit(value, port, unit(symbol));
  REQUIRE_MESSAGE(result, result.error().message);
  return std::get<Tensor>(*result);
}

struct Refusal {
  ErrorCode code;
  std::string message;
};

Refusal refusal(const Value& value, const catalog::Port& port, const std::string& symbol = "1") {
  const auto result = plan::fit(value, port, unit(symbol));
  REQUIRE_FALSE(result);
  CHECK(result.error().labels.empty());
  return {result.error().code, result.error().message};
}

}  // namespace

TEST_SUITE("engine/plan/fit") {
  TEST_CASE("a value that fits as it is keeps its memory") {
    const Tensor tensor = row({1, 2}, "km");
    CHECK(fitted(tensor, test::tensor("x", test::f64, "n", "km"), "km").raw() == tensor.raw());
    CHECK(fitted(tensor, test::finite(test::tensor("x", test::f64, "n", "km")), "km").raw() == tensor.raw());
  }

  TEST_CASE("units are converted and the result has the unit that was asked for") {
    const Tensor metres = fitted(row({1.5, 0.1}, "km"), test::tensor("x", test::f64, "n", "m"), "m");
    CHECK(metres.number(0) == 1500);
    CHECK(metres.number(1) == 100);
    CHECK(metres.unit().symbol() == "m");
    CHECK(refusal(row({1}, "kg"), test::tensor("x", test::f64, "n", "m"), "m").code == ErrorCode::wrong_dimension);
  }

  TEST_CASE("element types are widened where nothing is lost") {
    using test::mask;
    using value::DType;
    CHECK(fitted(Tensor::scalar<std::int64_t>(3), test::tensor("x", test::f64, "")).dtype() == DType::f64);
    CHECK(fitted(Tensor::scalar(1.5f), test::tensor("x", test::f64, "")).number(0) == 1.5);
    CHECK(fitted(Tensor::scalar(1.5), test::tensor("x", mask(DType::c128), "")).dtype() == DType::c128);
    CHECK(refusal(Tensor::scalar<std::int64_t>((1LL << 53) + 1), test::tensor("x", test::f64, "")).code ==
          ErrorCode::lossy_conversion);
    CHECK(refusal(Tensor::scalar(true), test::tensor("x", test::f64, "")).message == "'x' wants f64, not bool");
    CHECK(refusal(Tensor::scalar(std::complex<double>(1, 0)), test::tensor("x", test::f64, "n", "km"), "km").message ==
          "'x' wants f64[n] in km, not c128");
  }

  TEST_CASE("real numbers that are whole fit a port of whole numbers") {
    const catalog::Port port = test::tensor("count", test::i64, "n");
    const Tensor whole = fitted(row({3, -4, 0}), port);
    CHECK(whole.dtype() == value::DType::i64);
    CHECK(whole.data<std::int64_t>()[1] == -4);
    const Refusal half = refusal(row({3, 2.5}), port);
    CHECK(half.code == ErrorCode::wrong_type);
    CHECK(half.message == "count[1] must be a whole number; it is 2.5");
    CHECK(refusal(row({NAN}), port).message == "count[0] must be a whole number; it is nan");
    CHECK(refusal(row({INFINITY}), port).message == "count[0] must be a whole number; it is inf");
    CHECK(refusal(Tensor::scalar(0x1p63), test::tensor("count", test::i64, "")).message ==
          "count must be a whole number; it is 9223372036854775808");
    CHECK(fitted(Tensor::scalar(-0x1p62), test::tensor("count", test::i64, "")).data<std::int64_t>()[0] ==
          -(1LL << 62));
  }

  TEST_CASE("ranges are judged in the unit of the port and every end as it is declared") {
    const catalog::Port ecc = test::ranged(test::tensor("ecc", test::f64, ""), 0, 1, false, true);
    CHECK(fitted(Tensor::scalar(0.0), ecc).number(0) == 0);
    CHECK(fitted(Tensor::scalar(std::nextafter(1.0, 0.0)), ecc).number(0) < 1);
    CHECK(refusal(Tensor::scalar(1.0), ecc).message == "ecc must lie in [0, 1); it is 1");
    CHECK(refusal(Tensor::scalar(1.5), ecc).code == ErrorCode::out_of_range);
    CHECK(refusal(Tensor::scalar(std::nextafter(0.0, -1.0)), ecc).code == ErrorCode::out_of_range);
    const catalog::Port height = test::ranged(test::tensor("height", test::f64, "n x 2", "km"), 100, NAN);
    CHECK(refusal(Tensor::of<double>(std::vector<double>{200000, 100000, 99999, 5e6}, {2, 2}, unit("m")), height, "km")
              .message == "height[1, 0] must be at least 100; it is 99.999 km");
  }

  TEST_CASE("a range that excludes an end says so in words") {
    const auto message = [](catalog::Port port, double x) { return refusal(Tensor::scalar(x), port).message; };
    const catalog::Port x = test::tensor("x", test::f64, "");
    CHECK(message(test::ranged(x, 0, NAN, true), 0) == "x must be > 0; it is 0");
    CHECK(message(test::ranged(x, NAN, 7), 8) == "x must be at most 7; it is 8");
    CHECK(message(test::ranged(x, NAN, 7, false, true), 7) == "x must be < 7; it is 7");
    CHECK(message(test::ranged(x, 0, 10, true), 0) == "x must lie in (0, 10]; it is 0");
  }

  TEST_CASE("NaN lies in no range") {
    CHECK(refusal(Tensor::scalar(NAN), test::ranged(test::tensor("x", test::f64, ""), 0, 1)).message ==
          "x must lie in [0, 1]; it is nan");
  }

  TEST_CASE("a port of finite numbers refuses NaN and infinity with their place") {
    const catalog::Port port = test::finite(test::tensor("x", test::f64, "n"));
    const Refusal hole = refusal(row({1, NAN}), port);
    CHECK(hole.code == ErrorCode::not_finite);
    CHECK(hole.message == "x[1] must be finite; it is nan");
    CHECK(refusal(row({-INFINITY}), port).message == "x[0] must be finite; it is -inf");
    CHECK(fitted(row({1, NAN}), test::tensor("x", test::f64, "n")).count() == 2);
  }

  TEST_CASE("texts are held against the choices") {
    const catalog::Port port = test::text("method", {"adam", "newton"});
    CHECK(plan::fit(std::string("adam"), port, {}));
    const auto wrong = plan::fit(std::string("adamm"), port, {});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code == ErrorCode::unknown_choice);
    CHECK(wrong.error().message == "'method' has no choice 'adamm'");
    CHECK(wrong.error().suggestions.front().replacement == "adam");
    CHECK(wrong.error().notes == std::vector<std::string>{"choices: adam, newton"});
    CHECK(plan::fit(std::string("anything"), test::text("name"), {}));
  }

  TEST_CASE("kinds do not mix") {
    CHECK(refusal(std::string("5"), test::tensor("x", test::f64, "")).message == "'x' wants f64, not a text");
    CHECK(refusal(Tensor::scalar(1.0), test::text("method")).message == "'method' wants text, not a tensor");
    CHECK(refusal(Tensor::scalar(1.0), test::table("rows")).message == "'rows' wants table, not a tensor");
  }

  TEST_CASE("columns of a table are converted to those that the port names") {
    value::Table table;
    table.rows = 2;
    table.columns.push_back({"name", value::Texts{"a", "b"}});
    table.columns.push_back({"mass", row({1000, 2000}, "g")});
    table.columns.push_back({"extra", row({1, 2})});
    const Value value = std::make_shared<const value::Table>(table);
    catalog::Port name = test::text("name");
    name.dtypes = test::mask(value::DType::text);
    const catalog::Port mass = test::tensor("mass", test::f64, "", "kg");
    const auto fitted = plan::fit(value, test::table("rows", {name, mass}), {});
    REQUIRE_MESSAGE(fitted, fitted.error().message);
    const auto& made = *std::get<std::shared_ptr<const value::Table>>(*fitted);
    CHECK(made.find("mass")->tensor().number(1) == 2);
    CHECK(made.find("mass")->tensor().unit().symbol() == "kg");
    CHECK(made.find("extra") != nullptr);
    CHECK(refusal(value, test::table("rows", {test::tensor("length", test::f64, "")})).message ==
          "the table for 'rows' has no column 'length'");
    CHECK(plan::fit(value, test::table("rows", {test::optional(test::tensor("length", test::f64, ""))}), {}));
    CHECK(refusal(value, test::table("rows", {test::tensor("name", test::f64, "")})).message ==
          "column 'name' must hold numbers");
    catalog::Port text_mass = test::text("mass");
    text_mass.dtypes = test::mask(value::DType::text);
    CHECK(refusal(value, test::table("rows", {text_mass})).message == "column 'mass' must hold texts");
  }

  TEST_CASE("a port constrains its values by range choices or finiteness") {
    CHECK_FALSE(plan::constrains(test::tensor("x", test::f64, "")));
    CHECK(plan::constrains(test::finite(test::tensor("x", test::f64, ""))));
    CHECK(plan::constrains(test::ranged(test::tensor("x", test::f64, ""), 0, NAN)));
    CHECK(plan::constrains(test::text("x", {"a"})));
    CHECK(plan::check_values(row({0.5}), test::ranged(test::tensor("x", test::f64, "n"), 0, 1)));
    CHECK_FALSE(plan::check_values(row({1.5}), test::ranged(test::tensor("x", test::f64, "n"), 0, 1)));
  }
}
