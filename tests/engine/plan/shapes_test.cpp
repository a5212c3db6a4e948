// Tests of the unification of shape patterns with shapes.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <limits>

#include "engine/plan/shapes.hpp"

using namespace orrery;
using plan::Extent;
using plan::ShapeScope;
using Extents = std::vector<Extent>;

namespace {

std::string bound(ShapeScope& scope, const std::string& pattern, const Extents& shape, const std::string& port) {
  return scope.bind(*catalog::parse_shape_pattern(pattern), shape, port).value_or("");
}

std::string resolved(const ShapeScope& scope, const std::string& pattern) {
  const auto shape = scope.resolve(*catalog::parse_shape_pattern(pattern));
  return shape ? plan::to_text(*shape) : "*";
}

constexpr Extent unknown = std::nullopt;

}  // namespace

TEST_SUITE("engine/plan/shapes") {
  TEST_CASE("shapes are written with a cross and a question mark for what is not known") {
    CHECK(plan::to_text(Extents{}) == "scalar");
    CHECK(plan::to_text(Extents{3}) == "3");
    CHECK(plan::to_text(Extents{unknown, 3}) == "? x 3");
    CHECK(plan::to_text(plan::known({4, 0, 2})) == "4 x 0 x 2");
  }

  TEST_CASE("a letter is one number in all ports") {
    ShapeScope scope;
    CHECK(bound(scope, "n x 3", {5, 3}, "a") == "");
    CHECK(bound(scope, "n", {5}, "b") == "");
    CHECK(bound(scope, "n", {6}, "c") == "'n' is 5 in 'a' but 6 in 'c'");
    CHECK(resolved(scope, "n x n") == "5 x 5");
    CHECK(resolved(scope, "m x n") == "? x 5");
  }

  TEST_CASE("a letter may stand twice in one pattern") {
    ShapeScope scope;
    CHECK(bound(scope, "n x n", {4, 4}, "square") == "");
    ShapeScope other;
    CHECK(bound(other, "n x n", {4, 5}, "matrix") == "'n' is 4 in 'matrix' but 5 in 'matrix'");
  }

  TEST_CASE("an offset is taken off the extent and said in the message") {
    ShapeScope scope;
    CHECK(bound(scope, "n+1", {6}, "edges") == "");
    CHECK(bound(scope, "n", {5}, "cells") == "");
    CHECK(bound(scope, "n-1", {4}, "inner") == "");
    CHECK(bound(scope, "n-1", {5}, "wrong") == "'n' is 5 in 'edges' (n+1 is 6) but 6 in 'wrong' (n-1 is 5)");
    CHECK(resolved(scope, "n+1 x n-1") == "6 x 4");
  }

  TEST_CASE("a letter never becomes negative") {
    ShapeScope scope;
    CHECK(bound(scope, "n+2", {1}, "edges") == "'n' would be below 0 in 'edges' (n+2 is 1)");
    CHECK(bound(scope, "n+2", {2}, "edges") == "");
    CHECK(resolved(scope, "n") == "0");
    CHECK(resolved(scope, "n-1") == "?");
  }

  TEST_CASE("a huge letter does not overflow") {
    ShapeScope scope;
    CHECK_FALSE(scope.bind_letter("n", std::numeric_limits<std::int64_t>::max(), "n"));
    CHECK(resolved(scope, "n+1") == "?");
    ShapeScope low;
    CHECK_FALSE(low.bind_letter("n", std::numeric_limits<std::int64_t>::min(), "n"));
    CHECK(resolved(low, "n-1") == "?");
  }

  TEST_CASE("the value of a scalar is a letter too") {
    ShapeScope scope;
    CHECK_FALSE(scope.bind_letter("samples", 7, "samples"));
    CHECK_FALSE(scope.bind_letter("samples", 7, "samples"));
    CHECK(scope.bind_letter("samples", 8, "other").value_or("") == "'samples' is 7 in 'samples' but 8 in 'other'");
    CHECK(resolved(scope, "samples x 3") == "7 x 3");
    CHECK(bound(scope, "samples x 3", {9, 3}, "points") == "'samples' is 7 in 'samples' but 9 in 'points'");
  }

  TEST_CASE("rank and fixed extents are wanted as they stand") {
    ShapeScope scope;
    CHECK(bound(scope, "", {}, "x") == "");
    CHECK(bound(scope, "", {3}, "x") == "'x' wants a scalar, but gets an array of 3");
    CHECK(bound(scope, "n", {}, "x") == "'x' wants an array of n, but gets a scalar");
    CHECK(bound(scope, "3", {4}, "x") == "'x' wants an array of 3, but gets an array of 4");
    CHECK(bound(scope, "n x 3", {7, 2}, "points") == "'points' wants n x 3, but gets 7 x 2");
    CHECK(bound(scope, "n x 3", {7}, "points") == "'points' wants n x 3, but gets an array of 7");
    CHECK(bound(scope, "n", {unknown, 3}, "x") == "'x' wants an array of n, but gets ? x 3");
    CHECK(bound(scope, "2 x n", {unknown}, "x") == "'x' wants 2 x n, but gets an array of unknown length");
    // A shape that is refused binds nothing.
    CHECK(resolved(scope, "n") == "?");
  }

  TEST_CASE("what is not known yet fits everything and binds nothing") {
    ShapeScope scope;
    CHECK(bound(scope, "n x 3", {unknown, unknown}, "a") == "");
    CHECK(resolved(scope, "n") == "?");
    CHECK(bound(scope, "n", {4}, "b") == "");
    CHECK(resolved(scope, "n") == "4");
  }

  TEST_CASE("a star takes all shapes and promises none") {
    ShapeScope scope;
    CHECK(bound(scope, "*", {1, 2, 3}, "x") == "");
    CHECK(bound(scope, "*", {}, "x") == "");
    CHECK(resolved(scope, "*") == "*");
  }

  TEST_CASE("the batch is one shape for all ports that have one") {
    ShapeScope scope;
    CHECK(resolved(scope, "... x 3") == "*");
    CHECK(bound(scope, "... x n", {2, 5, 3}, "a") == "");
    CHECK(resolved(scope, "... x n x n") == "2 x 5 x 3 x 3");
    CHECK(bound(scope, "...", {2, 5}, "b") == "");
    CHECK(bound(scope, "...", {2, 6}, "c") == "the batch of 'a' is 2 x 5 but that of 'c' is 2 x 6");
    CHECK(bound(scope, "...", {2}, "c") == "the batch of 'a' is 2 x 5 but that of 'c' is 2");
    CHECK(bound(scope, "... x 3", {}, "d") == "'d' wants ... x 3, but gets a scalar");
  }

  TEST_CASE("a port without batch serves every item of the batch of another") {
    ShapeScope first;
    CHECK(bound(first, "... x n", {4}, "one") == "");
    CHECK(resolved(first, "...") == "scalar");
    CHECK(bound(first, "... x n", {7, 4}, "many") == "");
    CHECK(resolved(first, "...") == "7");
    ShapeScope second;
    CHECK(bound(second, "... x n", {7, 4}, "many") == "");
    CHECK(bound(second, "... x n", {4}, "one") == "");
    CHECK(resolved(second, "... x n") == "7 x 4");
  }

  TEST_CASE("parts of a batch that are not known come from the other port") {
    ShapeScope scope;
    CHECK(bound(scope, "...", {unknown, 3}, "a") == "");
    CHECK(bound(scope, "...", {2, unknown}, "b") == "");
    CHECK(resolved(scope, "...") == "2 x 3");
    CHECK(bound(scope, "...", {2, 4}, "c") == "the batch of 'a' is 2 x 3 but that of 'c' is 2 x 4");
  }

  TEST_CASE("a port of which nothing is known may bring a batch") {
    ShapeScope scope;
    CHECK(bound(scope, "...", {}, "gravity") == "");
    CHECK(resolved(scope, "... x 3") == "3");
    scope.leave_open(*catalog::parse_shape_pattern("... x 3"));
    CHECK(resolved(scope, "... x 3") == "*");
    // Another port's batch is the only one there can be.
    CHECK(bound(scope, "... x 2", {5, 2}, "other") == "");
    CHECK(resolved(scope, "... x 3") == "5 x 3");
  }
}
