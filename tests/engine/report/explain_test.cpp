// Every error code has a page.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/explain.hpp"

#include <doctest/doctest.h>

#include "engine/base/text.hpp"
#include "engine/store/json.hpp"

using namespace orrery;

TEST_SUITE("engine/report/explain") {
  TEST_CASE("every code has a page with a meaning and an example and a remedy") {
    for (const base::ErrorCode code : base::all_error_codes()) {
      INFO(base::name_of(code));
      const report::Explanation* const page = report::explanation_of(code);
      REQUIRE(page);
      CHECK(page->meaning.size() > 20);
      CHECK_FALSE(page->example.empty());
      CHECK(page->remedy.size() > 20);
      CHECK_FALSE(base::first_invalid_utf8(report::explain_text(code)));
    }
  }

  TEST_CASE("a page begins with the code and the sentence") {
    const std::string page = report::explain_text(base::ErrorCode::cycle);
    CHECK(page.starts_with("error[cycle]\n" + std::string(base::sentence_of(base::ErrorCode::cycle)) + "\n\n"));
    CHECK(page.find("\nexample\n    [step.a]\n") != std::string::npos);
    CHECK(page.find("\nwhat to do\n  ") != std::string::npos);
  }

  TEST_CASE("codes are found by name") {
    CHECK(report::code_named("unknown_unit") == base::ErrorCode::unknown_unit);
    CHECK_FALSE(report::code_named("O107"));
    CHECK(report::code_names().size() == base::all_error_codes().size());
  }

  TEST_CASE("JSON has the parts of the page") {
    const auto json = store::Json::parse(report::explain_json(base::ErrorCode::cycle));
    for (const char* part : {"code", "sentence", "meaning", "example", "remedy"}) CHECK(json.contains(part));
    CHECK(store::Json::parse(report::codes_json())["codes"].size() == base::all_error_codes().size());
  }
}
