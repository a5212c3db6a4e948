// Whole values as text and as JSON.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/value_text.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <complex>
#include <numeric>

#include "engine/report/value_json.hpp"

using namespace orrery;
using value::Tensor;

namespace {

Tensor counting(value::Shape shape, const char* unit = "1") {
  std::vector<double> numbers(static_cast<std::size_t>(*value::checked_count(shape)));
  std::iota(numbers.begin(), numbers.end(), 0.0);
  return Tensor::of<double>(numbers, std::move(shape), *value::parse_unit(unit));
}

}  // namespace

TEST_SUITE("engine/report/value_text") {
  TEST_CASE("rows stand behind their index") {
    CHECK(report::value_text(counting({2, 3}, "km")) == "f64[2 x 3] in km\n[0]  0  1  2\n[1]  3  4  5\n");
    CHECK(report::value_text(counting({2, 1, 2})) == "f64[2 x 1 x 2]\n[0, 0]  0  1\n[1, 0]  2  3\n");
    CHECK(report::value_text(counting({2})) == "f64[2]\n[0]  0\n[1]  1\n");
  }

  TEST_CASE("of many rows the first and the last are shown") {
    CHECK(report::value_text(counting({100}), 4) == "f64[100]\n[0]    0\n[1]    1\n... 96 more\n[98]  98\n[99]  99\n");
  }

  TEST_CASE("empty tensors have no rows") {
    CHECK(report::value_text(counting({0, 3})) == "f64[0 x 3]\n");
    CHECK(report::value_text(counting({3, 0})) == "f64[3 x 0]\n");
  }

  TEST_CASE("complex and truth values are spelled out") {
    const std::vector<std::complex<double>> z{{1, -2}, {0.5, 3}};
    CHECK(report::value_text(Tensor::of<std::complex<double>>(z, {2})) == "c128[2]\n[0]    1-2j\n[1]  0.5+3j\n");
    const bool truths[] = {true, false};
    CHECK(report::value_text(Tensor::of<bool>(truths, {2})) == "bool[2]\n[0]   true\n[1]  false\n");
  }

  TEST_CASE("tables have a heading") {
    const auto table = std::make_shared<const value::Table>(
        value::Table{2, {{"body", value::Texts{"moon", "io"}}, {"radius", counting({2}, "km")}}});
    CHECK(report::value_text(table) ==
          "table of 2 rows\n     body  radius [km]\n[0]  moon            0\n[1]  io              1\n");
  }

  TEST_CASE("texts keep their lines and lose their escapes") {
    CHECK(report::value_text(std::string("a\n\x1b[2J")) == "a\n\\x1b[2J\n");
  }

  TEST_CASE("JSON nests like the shape and spells what JSON has no number for") {
    CHECK(report::value_json(counting({2, 2}, "m")).dump() ==
          R"({"kind":"tensor","dtype":"f64","shape":[2,2],"unit":"m","data":[[0.0,1.0],[2.0,3.0]]})");
    CHECK(report::value_json(Tensor::scalar(std::nan("")))["data"] == "nan");
    CHECK(report::value_json(Tensor::scalar(std::complex<double>(1, -INFINITY)))["data"].dump() == R"([1.0,"-inf"])");
    CHECK_FALSE(report::value_json(counting({10}), 9).contains("data"));
  }
}
