// Tests of mending texts that are nearly quantities.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/mended_quantity.hpp"

#include <doctest/doctest.h>

#include <random>

#include "engine/value/quantity.hpp"

using orrery::plan::mended_quantity;

TEST_SUITE("engine/plan/mended_quantity") {
  TEST_CASE("each slip is mended to what was meant") {
    const std::pair<const char*, const char*> slips[] = {{"7000km", "7000 km"},       {".5 m", "0.5 m"},
                                                         {"-.5 m", "-0.5 m"},         {"+.5m", "+0.5 m"},
                                                         {"5. m", "5.0 m"},           {"5.m", "5.0 m"},
                                                         {"0,5 m", "0.5 m"},          {"3,14 rad", "3.14 rad"},
                                                         {"1,000 km", "1_000 km"},    {"1,234,567 m", "1_234_567 m"},
                                                         {"1,234.5 m", "1_234.5 m"},  {"0,125 m", "0.125 m"},
                                                         {"7000\u00A0km", "7000 km"}, {"7000\u202Fkm", "7000 km"},
                                                         {"\u22125 m", "-5 m"},       {" 7000km ", "7000 km"},
                                                         {"1e3km", "1e3 km"},         {"1.5e-3km/s", "1.5e-3 km/s"},
                                                         {"90deg", "90 deg"},         {"3d", "3 d"}};
    for (const auto& [given, wanted] : slips) {
      CAPTURE(given);
      const auto mended = mended_quantity(given);
      REQUIRE(mended);
      CHECK(*mended == wanted);
    }
  }

  TEST_CASE("quantities and plain texts are left alone") {
    for (const char* const text : {"7000 km",  "50%",
                                   "0.5",      "3rd run",
                                   "2nd",      "newton",
                                   "",         " ",
                                   "-",        ".",
                                   ",",        "5.",
                                   ".5",       "1,2",
                                   "1,2,3",    "v1.2",
                                   "1.2.3 m",  "km",
                                   "0x10",     "12h30",
                                   "--5 m",    "1 2 m",
                                   "e3 m",     "2000-01-01",
                                   "3 apples", "400 killometres",
                                   "1e400 km", "1e400km"}) {
      CAPTURE(text);
      CHECK_FALSE(mended_quantity(text));
    }
    CHECK_FALSE(mended_quantity(std::string(100000, '9') + "km"));
  }

  TEST_CASE("whatever comes out is a quantity that needs no mending") {
    std::mt19937 random(5);
    const std::string_view parts[] = {"1",  "0", "9",  ".",  ",", "-",      "+",      "e",    "E",   "_", " ",
                                      "km", "m", "/s", "^2", "%", "\u00A0", "\u2212", "\xff", "deg", "x"};
    int mended = 0;
    for (int round = 0; round < 20000; ++round) {
      std::string text;
      for (std::size_t i = random() % 8 + 1; i > 0; --i) text += parts[random() % std::size(parts)];
      const auto result = mended_quantity(text);
      if (!result) continue;
      ++mended;
      CAPTURE(text);
      CHECK(orrery::value::parse_quantity(*result));
      CHECK_FALSE(mended_quantity(*result));
    }
    CHECK(mended > 100);
  }
}
