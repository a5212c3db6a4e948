// Columns, paragraphs, times and sizes.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/layout.hpp"

#include <doctest/doctest.h>

using namespace orrery::report;

TEST_SUITE("engine/report/layout") {
  TEST_CASE("cells stand below each other and nothing trails a line") {
    CHECK(columns({{"a", "bb", "c"}, {"aaa", "b"}, {"a", "", "c"}}) == "a    bb  c\naaa  b\na        c\n");
  }

  TEST_CASE("width is counted in characters") { CHECK(columns({{"äöü", "x"}, {"a", "x"}}) == "äöü  x\na    x\n"); }

  TEST_CASE("numbers align at the right") {
    CHECK(columns({{right("1"), "m"}, {right("100"), "km"}}) == "  1  m\n100  km\n");
  }

  TEST_CASE("columns that are empty everywhere take no room") {
    CHECK(columns({{"a", "", "c"}, {"b", "", "d"}}) == "a  c\nb  d\n");
  }

  TEST_CASE("control characters are made visible") { CHECK(columns({{"a\x1b[31m", "b"}}) == "a\\x1b[31m  b\n"); }

  TEST_CASE("colour does not count for width") {
    const Paint paint(true);
    CHECK(columns({{Cell("a", Tone::bad), "b"}, {"aa", "b"}}, paint) == "\x1b[1;31ma\x1b[0m   b\naa  b\n");
    CHECK(Paint(false)(Tone::bad, "a") == "a");
  }

  TEST_CASE("paragraphs are broken at spaces") {
    CHECK(wrapped("one two three", 9, "") == "one two\nthree\n");
    CHECK(wrapped("one\ntwo", 80, "  ") == "  one two\n");
    CHECK(wrapped("one\n\n\ntwo", 80, "  ") == "  one\n\n  two\n");
    CHECK(wrapped("averylongword x", 4, "") == "averylongword\nx\n");
    CHECK(wrapped("", 80, "") == "");
    CHECK(wrapped(" \n\n ", 80, "") == "");
  }

  TEST_CASE("times have three digits") {
    CHECK(time_text(0) == "0.00 us");
    CHECK(time_text(0.0000123) == "12.3 us");
    CHECK(time_text(0.00235) == "2.35 ms");
    CHECK(time_text(1.5) == "1.50 s");
    CHECK(time_text(125) == "2 min 5 s");
    CHECK(time_text(3 * 3600 + 12 * 60) == "3 h 12 min");
    CHECK(time_text(-1) == "?");
  }

  TEST_CASE("counts and sizes") {
    CHECK(counted(1, "step") == "1 step");
    CHECK(counted(0, "step") == "0 steps");
    CHECK(bytes_text(512) == "512 B");
    CHECK(bytes_text(1536) == "1.50 KiB");
    CHECK(bytes_text(8.0 * (1 << 30)) == "8.00 GiB");
  }
}
