// Shape patterns: what is read, and what is refused with which words.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "engine/catalog/port.hpp"

using namespace orrery;
using catalog::parse_shape_pattern;

namespace {

/// "any", or the axes with "..." first: "... (n+1) (3)".
std::string read(std::string_view text) {
  const auto pattern = parse_shape_pattern(text);
  if (!pattern) return pattern.error().message;
  CHECK(pattern->text == text);
  if (pattern->any) return "any";
  std::string shown = pattern->batch ? "..." : "";
  for (const catalog::Axis& axis : pattern->axes)
    shown += " (" + axis.letter + (axis.offset ? " " + std::to_string(axis.offset) : "") + ")";
  return shown;
}

}  // namespace

TEST_SUITE("engine/catalog/shape_pattern") {
  TEST_CASE("the patterns of the interface's documentation are read") {
    CHECK(read("") == "");
    CHECK(read("*") == "any");
    CHECK(read("n") == " (n)");
    CHECK(read("n x 3") == " (n) ( 3)");
    CHECK(read("n+1 x n-1") == " (n 1) (n -1)");
    CHECK(read("...") == "...");
    CHECK(read("... x 3") == "... ( 3)");
    CHECK(read("... x rows x m2") == "... (rows) (m2)");
    CHECK(read("samples") == " (samples)");
    CHECK(read("nx3") == " (nx3)");  // a letter of three characters
  }

  TEST_CASE("what is not an axis is refused and named") {
    const auto refused = [](const char* text, const char* part) {
      const std::string expected =
          "shape '" + std::string(text) + "': '" + part + "' is not an axis such as 3, n, n+1 or n-1";
      CHECK(read(text) == expected);
    };
    refused("n by 3", "n by 3");
    refused("-1", "-1");
    refused("0", "0");
    refused("n+", "n+");
    refused("n+0", "n+0");
    refused("n*2", "n*2");
    refused("n  x 3", "n ");
    refused("x", "x");
    refused("n x x x m", "x");
    refused("99999999999999999999", "99999999999999999999");
    refused("3n", "3n");
    refused(" n", " n");
  }

  TEST_CASE("a batch stands first and alone") {
    CHECK(read("...x 3") == "shape '...x 3': '...' is followed by ' x ' or by nothing");
    CHECK(read("... x ") == "shape '... x ': '...' is followed by ' x ' or by nothing");
    CHECK(read("n x ...") == "shape 'n x ...': '...' is not an axis such as 3, n, n+1 or n-1");
    CHECK(read("... x *") == "shape '... x *': '*' is not an axis such as 3, n, n+1 or n-1");
  }

  TEST_CASE("an unfinished or endless pattern is refused") {
    CHECK(read("n x ") == "shape 'n x ': an axis is missing at the end");
    std::string many = "n";
    for (int i = 0; i < 16; ++i) many += " x n";
    CHECK(read(many) == "shape '" + many + "': more than 16 axes");
  }

  TEST_CASE("control characters of a hostile pattern are made visible") {
    CHECK(read("\033[31m") == "shape '\\x1b[31m': '\\x1b[31m' is not an axis such as 3, n, n+1 or n-1");
  }
}
