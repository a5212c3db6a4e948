// The words in which arguments are refused.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/checks.hpp"

#include <doctest/doctest.h>

#include <array>

#include "tests/plugins/curve/core/numbers.hpp"

using namespace orrery::curve;
using namespace orrery::curve::test;

TEST_SUITE_BEGIN("plugins/curve/core/checks");

TEST_CASE("numbers print as the shortest text that reads back") {
  CHECK(number_text(0.1) == "0.1");
  CHECK(number_text(-2.0) == "-2");
  CHECK(number_text(1e300) == "1e+300");
  CHECK(number_text(std::numeric_limits<double>::quiet_NaN()) == "nan");
}

TEST_CASE("a size is checked without overflow") {
  const std::array<double, 6> six{};
  CHECK_NOTHROW(require_size(six, 2, 3, "points"));
  CHECK_NOTHROW(require_size({}, 0, 3, "points"));
  const std::size_t huge = std::numeric_limits<std::size_t>::max() / 2 + 4;
  CHECK_FALSE(message_of([&] { require_size(six, huge, 2, "points"); }).empty());
  CHECK(message_of([&] { require_size(six, 3, 3, "points"); }) == "points must hold 3 x 3 numbers; it holds 6");
}

TEST_CASE("the first bad row is named") {
  const std::array<double, 6> bad{0, 1, 2, std::numeric_limits<double>::infinity(), 4, 5};
  CHECK(message_of([&] { require_finite(bad, 2, "points"); }) == "points must be finite; row 1, column 1 is inf");
  const std::array<double, 3> falling{0.0, 1.0, 0.5};
  CHECK(message_of([&] { require_increasing(falling, "parameter"); }) ==
        "parameter must increase from row to row; row 2 is 0.5 after 1");
}

TEST_SUITE_END();
