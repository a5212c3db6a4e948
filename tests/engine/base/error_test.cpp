// Tests of errors and results.
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/error.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <set>

#include "engine/base/result.hpp"

using namespace orrery::base;

TEST_SUITE("engine/base/error") {
  TEST_CASE("codes print as they are spelled and each has a sentence") {
    CHECK(name_of(ErrorCode::unknown_operation) == "unknown_operation");
    std::set<std::string_view> names;
    for (const ErrorCode code : all_error_codes()) {
      CHECK(names.insert(name_of(code)).second);
      CHECK(sentence_of(code).ends_with('.'));
    }
    CHECK(names.contains("usage"));
    CHECK(names.contains("internal"));
  }

  TEST_CASE("an error gathers what would help") {
    const auto source = std::make_shared<const Source>(Source{"a.toml", "x = 1"});
    const Span span{source, 1, 5, 6};
    const Error error =
        Error(ErrorCode::out_of_range, "too large").at(span, "here").note("n").help("h").suggest(span, "2");
    REQUIRE(error.labels.size() == 1);
    CHECK(error.labels[0].text == "here");
    CHECK(error.labels[0].span);
    CHECK(error.notes == std::vector<std::string>{"n"});
    CHECK(error.helps == std::vector<std::string>{"h"});
    CHECK(error.suggestions[0].replacement == "2");
    CHECK_FALSE(Span{});
  }

  TEST_CASE("a result is a value or its errors") {
    const Result<std::unique_ptr<int>> good(std::make_unique<int>(7));
    REQUIRE(good);
    CHECK(**good == 7);
    Result<int> bad = Error(ErrorCode::usage, "no");
    REQUIRE_FALSE(bad);
    CHECK(bad.error().message == "no");
    CHECK(bad.errors().size() == 1);
    // Errors pass from a result of one type to one of another.
    const Result<std::string> passed = std::move(bad).errors();
    CHECK(passed.error().code == ErrorCode::usage);
  }
}
