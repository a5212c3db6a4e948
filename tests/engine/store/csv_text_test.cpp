// Tables written as CSV read back as themselves.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/csv_text.hpp"

#include <cmath>
#include <limits>

#include "engine/value/csv.hpp"
#include "tests/engine/store/support.hpp"

using namespace orrery;

namespace {

value::Column reals(const std::string& name, const std::vector<double>& numbers, const std::string& unit) {
  return {name,
          value::Tensor::of<double>(numbers, {static_cast<std::int64_t>(numbers.size())}, *value::parse_unit(unit))};
}

value::Table written_and_read(const value::Table& table) {
  const std::string text = store::to_csv(table);
  auto read = value::parse_csv(text, "test");
  REQUIRE_MESSAGE(read, text);
  return std::move(*read);
}

}  // namespace

TEST_SUITE("engine/store/csv_text") {
  TEST_CASE("a small table looks as expected") {
    const value::Table table{2, {reals("a", {1.5, 2}, "km"), {"name", value::Texts{"earth", "say \"hi\", moon"}}}};
    CHECK(store::to_csv(table) == "a [km],name\n1.5,earth\n2.0,\"say \"\"hi\"\", moon\"\n");
  }

  TEST_CASE("numbers keep every bit and their unit") {
    const std::vector<double> numbers{0.1, -0.0, 1e308, 5e-324, std::numeric_limits<double>::infinity(), 1.0};
    const value::Table table{6, {reals("x", numbers, "m/s"), reals("pure", numbers, "1")}};
    const value::Table read = written_and_read(table);
    for (std::size_t i = 0; i < 2; ++i) CHECK(value::same_bits(read.columns[i].tensor(), table.columns[i].tensor()));
    CHECK(read.columns[0].tensor().unit().symbol() == "m/s");
  }

  TEST_CASE("not a number stays not a number") {
    const value::Table table{1, {reals("x", {std::nan("")}, "m")}};
    CHECK(std::isnan(written_and_read(table).columns[0].tensor().number(0)));
  }

  TEST_CASE("texts that look like comments or have line breaks survive") {
    const value::Texts texts{"# no comment", "two\nlines", "", " blank ", "a,b"};
    const value::Table read = written_and_read({5, {{"text", texts}, reals("n", {1, 2, 3, 4, 5}, "1")}});
    CHECK(read.columns[0].texts() == texts);
  }

  TEST_CASE("whole numbers stay whole and real columns stay real") {
    const std::vector<std::int64_t> whole{1, -2};
    const value::Table table{2, {{"i", value::Tensor::of<std::int64_t>(whole, {2})}, reals("r", {1, 2}, "1")}};
    const value::Table read = written_and_read(table);
    CHECK(read.columns[0].tensor().dtype() == value::DType::i64);
    CHECK(read.columns[1].tensor().dtype() == value::DType::f64);
  }
}
