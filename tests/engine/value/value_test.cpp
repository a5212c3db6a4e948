// Tests of how values are described, previewed and compared.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/value.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <numeric>

using namespace orrery;
using namespace orrery::value;

namespace {

Unit unit(std::string_view text) { return *parse_unit(text); }

Tensor counting(std::int64_t count, Shape shape, std::string_view symbol = "1") {
  std::vector<double> values(static_cast<std::size_t>(count));
  std::iota(values.begin(), values.end(), 1.0);
  return Tensor::of<double>(values, std::move(shape), unit(symbol));
}

Value table(std::vector<Column> columns, std::int64_t rows) {
  return std::make_shared<const Table>(Table{rows, std::move(columns)});
}

}  // namespace

TEST_SUITE("engine/value/value") {
  TEST_CASE("values are described by type and extents and unit") {
    CHECK(describe(counting(6, {2, 3}, "km/s")) == "f64[2 x 3] in km/s");
    CHECK(describe(counting(1, {}, "km")) == "f64 in km");
    CHECK(describe(counting(4, {4})) == "f64[4]");
    CHECK(describe(Tensor::scalar(true)) == "bool");
    CHECK(describe(std::string("x")) == "text");
    CHECK(describe(table({}, 12)) == "table of 12 rows");
    CHECK(describe(table({}, 1)) == "table of 1 row");
  }

  TEST_CASE("scalars are shown exactly in their own unit") {
    CHECK(preview(Tensor::scalar(7000.0, unit("km"))) == "7000 km");
    CHECK(preview(Tensor::scalar(0.1)) == "0.1");
    CHECK(preview(Tensor::scalar(0.1f, unit("m"))) == "0.1 m");
    CHECK(preview(Tensor::scalar(398600.4418, unit("km^3/s^2"))) == "398600.4418 km^3/s^2");
    CHECK(preview(Tensor::scalar(std::int64_t{9007199254740993})) == "9007199254740993");
    CHECK(preview(Tensor::scalar(false)) == "false");
    CHECK(preview(Tensor::scalar(std::complex<double>(1, -2.5))) == "1-2.5i");
    CHECK(preview(Tensor::scalar(std::complex<double>(1, 2.5))) == "1+2.5i");
    CHECK(preview(Tensor::scalar(std::numeric_limits<double>::quiet_NaN())) == "nan");
    CHECK(preview(Tensor::scalar(-std::numeric_limits<float>::infinity())) == "-inf");
  }

  TEST_CASE("short arrays are shown in full and long ones by their ends") {
    CHECK(preview(counting(3, {3}, "m")) == "[1, 2, 3] m");
    CHECK(preview(counting(4, {2, 2})) == "[[1, 2], [3, 4]]");
    CHECK(preview(counting(1000, {1000}, "m"), 4) == "[1, 2, 3, ..., 1000] m (1000 values)");
    CHECK(preview(counting(1000, {500, 2}), 2) == "[1, ..., 1000] (500 x 2 values)");
    CHECK(preview(counting(9, {9}), 1) == "[..., 9] (9 values)");
    CHECK(preview(counting(9, {9}), 0) == "[...] (9 values)");
    CHECK(preview(counting(0, {0}, "m")) == "[] m");
    CHECK(preview(counting(0, {0, 3})) == "[] (0 x 3 values)");
    CHECK(preview(counting(9, {9}), std::numeric_limits<std::size_t>::max()) == "[1, 2, 3, 4, 5, 6, 7, 8, 9]");
  }

  TEST_CASE("texts are shown without harm and cut between characters") {
    CHECK(preview(std::string("hodograph")) == "hodograph");
    CHECK(preview(std::string("a\x1b[31m")) == "a\\x1b[31m");
    std::string longer(199, 'x');
    for (int i = 0; i < 10; ++i) longer += "é";
    CHECK(preview(longer) == std::string(199, 'x') + "... (219 bytes)");
  }

  TEST_CASE("tables are shown by their columns") {
    const Value t = table({{"name", Texts{"a", "b"}}, {"x", counting(2, {2}, "km")}}, 2);
    CHECK(preview(t) == "table of 2 rows: name, x [km]");
    CHECK(preview(t, 1) == "table of 2 rows: name, ... (2 columns)");
    CHECK(preview(table({}, 0)) == "table of 0 rows");
  }

  TEST_CASE("columns are found by name") {
    const Table t{2, {{"name", Texts{"a", "b"}}, {"x", counting(2, {2}, "km")}}};
    REQUIRE(t.find("x") != nullptr);
    CHECK(t.find("x")->tensor().number(1) == 2.0);
    CHECK(t.find("name")->texts()[0] == "a");
    CHECK(t.find("name")->is_text());
    CHECK(t.find("y") == nullptr);
    CHECK(t.names() == std::vector<std::string>{"name", "x"});
  }

  TEST_CASE("values are equal bit by bit") {
    CHECK(same_bits(Value(std::string("a")), Value(std::string("a"))));
    CHECK_FALSE(same_bits(Value(std::string("a")), Value(std::string("b"))));
    CHECK_FALSE(same_bits(Value(std::string("a")), Value(counting(1, {}))));
    CHECK(same_bits(Value(counting(3, {3})), Value(counting(3, {3}))));
    const auto make = [](const char* name, double x, std::string text) {
      return table(
          {{name, counting(1, {1})}, {"t", Texts{std::move(text)}}, {"x", Tensor::of<double>(std::vector{x}, {1})}}, 1);
    };
    CHECK(same_bits(make("a", 1, "s"), make("a", 1, "s")));
    CHECK_FALSE(same_bits(make("a", 1, "s"), make("b", 1, "s")));
    CHECK_FALSE(same_bits(make("a", 1, "s"), make("a", 2, "s")));
    CHECK_FALSE(same_bits(make("a", 1, "s"), make("a", 1, "r")));
    CHECK_FALSE(same_bits(table({}, 1), table({}, 2)));
  }
}
