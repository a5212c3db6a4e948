// How ports read in messages, and which numbers they admit.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <limits>

#include "engine/catalog/port.hpp"

using namespace orrery;
using catalog::Port;

namespace {

constexpr double unbounded = std::numeric_limits<double>::quiet_NaN();

Port ranged(double minimum, double maximum, bool above = false, bool below = false) {
  Port port;
  port.minimum = minimum;
  port.maximum = maximum;
  port.above_minimum = above;
  port.below_maximum = below;
  return port;
}

Port typed(value::DTypeMask dtypes, std::string_view shape, std::string_view unit) {
  Port port;
  port.dtypes = dtypes;
  port.shape = *catalog::parse_shape_pattern(shape);
  port.unit = *catalog::parse_unit_pattern(unit, {"points"});
  return port;
}

}  // namespace

TEST_SUITE("engine/catalog/port") {
  TEST_CASE("a range is written as a person would") {
    CHECK(ranged(0, 1).range_text() == "[0, 1]");
    CHECK(ranged(0, 1, false, true).range_text() == "[0, 1)");
    CHECK(ranged(0, 1, true, true).range_text() == "(0, 1)");
    CHECK(ranged(0, unbounded).range_text() == "at least 0");
    CHECK(ranged(0, unbounded, true).range_text() == "> 0");
    CHECK(ranged(unbounded, 7).range_text() == "at most 7");
    CHECK(ranged(unbounded, 0.1, false, true).range_text() == "< 0.1");
    CHECK(ranged(unbounded, unbounded).range_text() == "");
    CHECK_FALSE(ranged(unbounded, unbounded).has_range());
  }

  TEST_CASE("the limits belong to the range or not") {
    const Port half_open = ranged(0, 1, false, true);
    CHECK(half_open.admits(0));
    CHECK(half_open.admits(0.999));
    CHECK_FALSE(half_open.admits(1));
    CHECK_FALSE(half_open.admits(-1e-300));
    CHECK_FALSE(ranged(0, unbounded, true).admits(0));
    CHECK(ranged(unbounded, unbounded).admits(1e300));
  }

  TEST_CASE("a type names elements with shape and unit") {
    CHECK(typed(1, "n x 3", "km/s").type_text() == "f64[n x 3] in km/s");
    CHECK(typed(1, "", "1").type_text() == "f64");
    CHECK(typed(1, "", "rad").type_text() == "f64 in rad");
    CHECK(typed(1 | 2 | 8, "*", "*").type_text() == "f64|f32|i64[*] in any unit");
    CHECK(typed(16, "... x 3", "1").type_text() == "bool[... x 3]");
    CHECK(typed(1, "n", "1/points").type_text() == "f64[n] in 1/points");
  }

  TEST_CASE("texts and tables and lists name themselves") {
    Port port;
    port.kind = catalog::Kind::text;
    CHECK(port.type_text() == "text");
    port.kind = catalog::Kind::table;
    CHECK(port.type_text() == "table");
    Port list = typed(1, "n", "km");
    list.list = true;
    CHECK(list.type_text() == "list of f64[n] in km");
  }

  TEST_CASE("an input is required unless it is optional or has a default") {
    Port port;
    CHECK(port.required());
    port.optional = true;
    CHECK_FALSE(port.required());
    port.optional = false;
    port.default_text = "1";
    CHECK_FALSE(port.required());
  }
}
