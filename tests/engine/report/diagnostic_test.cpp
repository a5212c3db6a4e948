// How errors look: carets, gutters, long lines, control characters, JSON.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "engine/base/text.hpp"
#include "engine/report/diagnostic.hpp"

using namespace orrery;
using base::Error;
using base::ErrorCode;

namespace {

std::shared_ptr<const base::Source> source_of(const std::string& text) {
  return std::make_shared<const base::Source>(base::Source{"bad.toml", text});
}

std::string lines(std::size_t n) { return std::string(n, '\n'); }

}  // namespace

TEST_SUITE("engine/report/diagnostic") {
  TEST_CASE("an error shows its line with carets and its remarks") {
    const auto source = source_of(lines(7) + "mu      = 398600.4418\n");
    const Error error = Error(ErrorCode::missing_unit, "'mu' needs a unit")
                            .at({source, 8, 11, 22}, "write \"398600.4418 km^3/s^2\"")
                            .note("a bare number is accepted only for values without dimension");
    CHECK(report::render(error, false) ==
          "error[missing_unit]: 'mu' needs a unit\n"
          " --> bad.toml:8:11\n"
          "  |\n"
          "8 | mu      = 398600.4418\n"
          "  |           ^^^^^^^^^^^ write \"398600.4418 km^3/s^2\"\n"
          "  |\n"
          "  = note: a bare number is accepted only for values without dimension\n");
  }

  TEST_CASE("line numbers of different width stand in one gutter") {
    const auto source =
        source_of(lines(8) + "elements = \"@adam.x\"" + lines(10) + "gradient = \"@residual.gradient\"\n");
    const Error error = Error(ErrorCode::cycle, "steps wait for each other: adam -> residual -> adam")
                            .at({source, 9, 12, 21}, "'residual' needs 'adam' ...")
                            .at({source, 19, 12, 32}, "... and 'adam' needs 'residual'")
                            .help("feedback needs a loop");
    CHECK(report::render(error, false) ==
          "error[cycle]: steps wait for each other: adam -> residual -> adam\n"
          "  --> bad.toml:9:12\n"
          "   |\n"
          " 9 | elements = \"@adam.x\"\n"
          "   |            ^^^^^^^^^ 'residual' needs 'adam' ...\n"
          "  ::: bad.toml:19:12\n"
          "   |\n"
          "19 | gradient = \"@residual.gradient\"\n"
          "   |            ^^^^^^^^^^^^^^^^^^^^ ... and 'adam' needs 'residual'\n"
          "   |\n"
          "   = help: feedback needs a loop\n");
  }

  TEST_CASE("two places on one line share the line") {
    const auto source = source_of("a = 1 + 2\n");
    const Error error =
        Error(ErrorCode::bad_operands, "m").at({source, 1, 5, 6}, "this").at({source, 1, 9, 10}, "and this");
    CHECK(
        report::render(error, false) ==
        "error[bad_operands]: m\n --> bad.toml:1:5\n  |\n1 | a = 1 + 2\n  |     ^ this\n  |         ^ and this\n  |\n");
  }

  TEST_CASE("an error without a place shows only its remarks") {
    const Error error = Error(ErrorCode::usage, "m").note("one\ntwo").help("h");
    CHECK(report::render(error, false) == "error[usage]: m\n  = note: one\n          two\n  = help: h\n");
  }

  TEST_CASE("carets count characters and tabs are as wide as they look") {
    const auto wide = source_of("\xC3\xA9\xE2\x82\xAC = x\n");
    const std::string text = report::render(Error(ErrorCode::internal, "m").at({wide, 1, 9, 10}), false);
    CHECK(text == "error[internal]: m\n --> bad.toml:1:6\n  |\n1 | \xC3\xA9\xE2\x82\xAC = x\n  |      ^\n  |\n");
    const auto tab = source_of("a\t=\tx\n");
    CHECK(report::render(Error(ErrorCode::internal, "m").at({tab, 1, 5, 6}), false) ==
          "error[internal]: m\n --> bad.toml:1:5\n  |\n1 | a   =   x\n  |         ^\n  |\n");
  }

  TEST_CASE("nothing of a source or a message steers the terminal") {
    const auto source = std::make_shared<const base::Source>(base::Source{"a\x1b[2J", "x\x1b[31m\r\xC2\x9B\xFFy\n"});
    const std::string text = report::render(
        Error(ErrorCode::internal, "m\x1b]0;t\x07").at({source, 1, 9, 10}, "l\x1b").note("n\rx").help("\x7f"), false);
    for (const char c : text) CHECK((static_cast<unsigned char>(c) >= 0x20 || c == '\n'));
    CHECK(text.find("\xC2\x9B") == std::string::npos);
    CHECK_FALSE(base::first_invalid_utf8(text));
  }

  TEST_CASE("of a very long line the part around the carets is shown") {
    const auto source = source_of(std::string(5'000'000, 'a') + "XYZ" + std::string(5'000'000, 'b'));
    const std::string text =
        report::render(Error(ErrorCode::internal, "m").at({source, 1, 5'000'001, 5'000'004}, "here"), false);
    CHECK(text.size() < 600);
    CHECK(text.find("--> bad.toml:1:5000001\n") != text.npos);
    CHECK(text.find("1 | ..." + std::string(30, 'a') + "XYZbbb") != text.npos);
    CHECK(text.find("  |" + std::string(34, ' ') + "^^^ here\n") != text.npos);
    const std::string whole = report::render(Error(ErrorCode::internal, "m").at({source, 1, 1, 9'000'000}), false);
    CHECK(whole.size() < 600);
  }

  TEST_CASE("a place at the end of a line or past the end of a file has one caret") {
    const auto source = source_of("ab");
    CHECK(report::render(Error(ErrorCode::internal, "m").at({source, 1, 3, 3}), false).find("  |   ^\n") !=
          std::string::npos);
    CHECK(report::render(Error(ErrorCode::internal, "m").at({source, 9, 3, 7}), false).find("  | ^\n") !=
          std::string::npos);
    CHECK(report::render(Error(ErrorCode::internal, "m").at({source_of(""), 1, 1, 1}), false).find("1 |\n  | ^\n") !=
          std::string::npos);
  }

  TEST_CASE("the last line counts the errors") {
    const auto source = source_of("ab");
    const auto other = std::make_shared<const base::Source>(base::Source{"other.toml", "x"});
    const Error one = Error(ErrorCode::internal, "m").at({source, 1, 1, 2});
    const Error two = Error(ErrorCode::internal, "m").at({other, 1, 1, 2});
    const auto last = [](const base::Errors& errors) {
      const std::string text = report::render(errors, false);
      return text.substr(text.rfind("\n\n") + 2);
    };
    CHECK(report::render(base::Errors{}, false) == "");
    CHECK(last({one}) == "1 error in bad.toml\n");
    CHECK(last({one, one}) == "2 errors in bad.toml\n");
    CHECK(last({one, two}) == "2 errors in 2 files\n");
    CHECK(last({Error(ErrorCode::usage, "m")}) == "1 error\n");
    CHECK(last(base::Errors(300, one)) == "300 errors in bad.toml; the first 200 are shown\n");
  }

  TEST_CASE("colour adds escapes and nothing else") {
    const auto source = source_of("ab");
    const Error error = Error(ErrorCode::internal, "m").at({source, 1, 1, 2}, "l").note("n");
    std::string text = report::render(error, true);
    CHECK(text.find("\x1b[1;31merror[internal]\x1b[0m") == 0);
    for (std::size_t at = text.find('\x1b'); at != text.npos; at = text.find('\x1b'))
      text.erase(at, text.find('m', at) - at + 1);
    CHECK(text == report::render(error, false));
  }

  TEST_CASE("JSON has the fields of rustc") {
    const auto source = source_of("first\n\xC3\xA9 = orbt\n");
    const Error error = Error(ErrorCode::unknown_step, "there is no step 'orbt'")
                            .at({source, 2, 6, 10}, "did you mean 'orbit'?")
                            .at({source, 1, 1, 6})
                            .note("n")
                            .help("h")
                            .suggest({source, 2, 6, 10}, "orbit");
    const auto json = nlohmann::json::parse(report::to_json({error}));
    REQUIRE(json.size() == 1);
    const auto& first = json[0];
    CHECK(first["message"] == "there is no step 'orbt'");
    CHECK(first["code"]["code"] == "unknown_step");
    CHECK(first["level"] == "error");
    REQUIRE(first["spans"].size() == 2);
    const auto& span = first["spans"][0];
    CHECK(span["file_name"] == "bad.toml");
    CHECK(span["byte_start"] == 11);
    CHECK(span["byte_end"] == 15);
    CHECK(span["line_start"] == 2);
    CHECK(span["column_start"] == 5);
    CHECK(span["column_end"] == 9);
    CHECK(span["is_primary"] == true);
    CHECK(span["label"] == "did you mean 'orbit'?");
    CHECK(first["spans"][1]["is_primary"] == false);
    REQUIRE(first["children"].size() == 3);
    CHECK(first["children"][2]["spans"][0]["suggested_replacement"] == "orbit");
    CHECK(first["rendered"] == report::render(error, false));
  }

  TEST_CASE("JSON is valid also for a source that is not UTF-8") {
    const auto source = source_of("a\xFF\xFE");
    const auto text = report::to_json({Error(ErrorCode::not_utf8, "m\xFF").at({source, 1, 2, 3}, "\xFE")});
    CHECK_FALSE(base::first_invalid_utf8(text));
    CHECK(nlohmann::json::parse(text).size() == 1);
  }
}
