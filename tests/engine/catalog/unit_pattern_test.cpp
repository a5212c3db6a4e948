// Unit patterns: fixed units, any unit, and products of the units of inputs.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "engine/catalog/port.hpp"

using namespace orrery;
using catalog::parse_unit_pattern;

namespace {

/// "km^3/s^2" or "1 | points^-6 a^3": the fixed part, then the inputs with their powers in sixths.
std::string read(std::string_view text, const std::vector<std::string>& inputs = {"points", "a", "b"}) {
  const auto pattern = parse_unit_pattern(text, inputs);
  if (!pattern) return pattern.error().message;
  CHECK(pattern->text == text);
  if (pattern->any) return "any";
  std::string shown = pattern->fixed.symbol();
  if (!pattern->factors.empty()) shown += " |";
  for (const auto& factor : pattern->factors) shown += " " + factor.input + "^" + std::to_string(factor.sixth_parts);
  return shown;
}

}  // namespace

TEST_SUITE("engine/catalog/unit_pattern") {
  TEST_CASE("a unit without inputs is that unit") {
    CHECK(read("1") == "1");
    CHECK(read("km^3/s^2") == "km^3/s^2");
    CHECK(read("*") == "any");
    const auto gravity = parse_unit_pattern("km^3/s^2", {});
    REQUIRE(gravity);
    CHECK(gravity->fixed.factor() == 1e9);
  }

  TEST_CASE("names of inputs stand for their units") {
    CHECK(read("points") == "1 | points^6");
    CHECK(read("1/points") == "1 | points^-6");
    CHECK(read("a*b") == "1 | a^6 b^6");
    CHECK(read("a^2/b") == "1 | a^12 b^-6");
    CHECK(read("a^(1/2)") == "1 | a^3");
    CHECK(read("a b") == "1 | a^6 b^6");
    CHECK(read("a/a") == "1 | a^6 a^-6");
  }

  TEST_CASE("inputs and units mix") {
    CHECK(read("points/s") == "1/s | points^6");
    CHECK(read("kg a/s^2") == "kg/s^2 | a^6");
  }

  TEST_CASE("an input wins over a unit of the same name") {
    CHECK(read("m") == "m");
    CHECK(read("m", {"m"}) == "1 | m^6");
  }

  TEST_CASE("what is neither is refused") {
    CHECK(read("furlong") == "unit 'furlong': unknown unit 'furlong'");
    CHECK(read("points/furlong") == "unit 'points/furlong': unknown unit 'furlong'");
    CHECK(read("") == "unit '': a unit cannot be empty");
    CHECK(read("a^(1/7)") ==
          "unit 'a^(1/7)': 'a^(1/7)' is not a unit: a power is a whole number or a fraction such as ^2, ^-1 or ^(1/3)");
  }
}
