// Tests of calendar dates as seconds past J2000.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <string>

#include "engine/value/quantity.hpp"

using namespace orrery;
using namespace orrery::value;

namespace {

double epoch(std::string_view text) {
  const auto parsed = parse_epoch(text);
  REQUIRE_MESSAGE(parsed.has_value(), text);
  REQUIRE_MESSAGE(*parsed, text);
  return **parsed;
}

std::string error_of(std::string_view text) {
  const auto parsed = parse_epoch(text);
  REQUIRE_MESSAGE(parsed.has_value(), text);
  REQUIRE_FALSE_MESSAGE(*parsed, text);
  CHECK(parsed->error().code == base::ErrorCode::bad_quantity);
  return parsed->error().message;
}

/// @source Fliegel and Van Flandern 1968: the Julian day number at noon of a Gregorian date
long julian_day(long y, long m, long d) {
  const long a = (m - 14) / 12;
  return (1461 * (y + 4800 + a)) / 4 + (367 * (m - 2 - 12 * a)) / 12 - (3 * ((y + 4900 + a) / 100)) / 4 + d - 32075;
}

}  // namespace

TEST_SUITE("engine/value/epoch") {
  TEST_CASE("J2000 is zero and seconds count from it") {
    CHECK(epoch("2000-01-01T12:00:00 TT") == 0.0);
    CHECK(epoch("2000-01-01T12:00:01 TT") == 1.0);
    CHECK(epoch("2000-01-01T11:59:59 TT") == -1.0);
    CHECK(epoch("2000-01-02T12:00:00 TT") == 86400.0);
    CHECK(epoch("2000-01-01T12:00:00TT") == 0.0);
    // JD 2440587.5, the epoch of Unix time, is 10957.5 days before J2000.
    CHECK(epoch("1970-01-01T00:00:00 TT") == -10957.5 * 86400);
    // JD 2451179.5 and JD 2415020.0, from Meeus, "Astronomical Algorithms", chapter 7.
    CHECK(epoch("1999-01-01T00:00:00 TT") == (2451179.5 - 2451545.0) * 86400);
    CHECK(epoch("1899-12-31T12:00:00 TT") == (2415020.0 - 2451545.0) * 86400);
    CHECK(epoch("1600-01-01T00:00:00 TT") == (2305447.5 - 2451545.0) * 86400);
  }

  TEST_CASE("fractions are the nearest doubles on both sides of J2000") {
    CHECK(epoch("2000-01-01T12:00:00.1 TT") == 0.1);
    CHECK(epoch("2000-01-01T11:59:59.9 TT") == -0.1);
    CHECK(epoch("2000-01-01T11:59:58.75 TT") == -1.25);
    CHECK(epoch("2000-01-01T11:59:59.000 TT") == -1.0);
    CHECK(epoch("2000-01-01T11:59:59.999999999999999 TT") == -1e-15);
    CHECK(epoch("2000-01-01T11:59:59.05 TT") == -0.95);
  }

  TEST_CASE("days agree with an independent formula over the whole calendar") {
    std::mt19937 random(6);
    for (int i = 0; i < 5000; ++i) {
      const int y = static_cast<int>(random() % 10000), m = static_cast<int>(random() % 12) + 1;
      const int d = static_cast<int>(random() % 28) + 1;
      char text[64];
      std::snprintf(text, sizeof text, "%04d-%02d-%02dT12:00:00 TT", y, m, d);
      CHECK(epoch(text) == static_cast<double>(julian_day(y, m, d) - 2451545) * 86400.0);
    }
  }

  TEST_CASE("leap days exist only in leap years") {
    CHECK(epoch("2024-02-29T12:00:00 TT") == epoch("2024-03-01T12:00:00 TT") - 86400);
    CHECK(epoch("2000-02-29T12:00:00 TT") == 59 * 86400.0);
    CHECK(error_of("2023-02-29T12:00:00 TT") == "'2023-02-29T12:00:00 TT' is not an epoch: there is no such day");
    CHECK(error_of("1900-02-29T12:00:00 TT") == "'1900-02-29T12:00:00 TT' is not an epoch: there is no such day");
  }

  TEST_CASE("other time scales are refused") {
    for (const char* scale : {"UTC", "TDB", "TAI", "Z", "tt", "TT x"}) {
      const std::string text = std::string("2000-01-01T12:00:00 ") + scale;
      CHECK(error_of(text) == "'" + text + "' is not an epoch: only the time scale TT is supported");
    }
    CHECK(error_of("2000-01-01T12:00:00") ==
          "'2000-01-01T12:00:00' is not an epoch: the time scale is missing; only TT is supported");
  }

  TEST_CASE("impossible dates are refused") {
    for (const char* text :
         {"2000-00-01T12:00:00 TT", "2000-13-01T12:00:00 TT", "2000-01-00T12:00:00 TT", "2000-04-31T12:00:00 TT",
          "2000-01-01T24:00:00 TT", "2000-01-01T12:60:00 TT", "2016-12-31T23:59:60 TT", "2000-01-01 12:00:00 TT",
          "2000-01-01", "2000-01-01T12:00 TT", "2000-01-01T12:00:00. TT", "2000-01-01T12:00:00.1234567890123456 TT"}) {
      CHECK_FALSE(error_of(text).empty());
    }
  }

  TEST_CASE("what does not begin with a date is no epoch") {
    for (const char* text :
         {"", "7000 km", "2000", "2000-1-1T12:00:00 TT", "20000-01-01T12:00:00 TT", "J2000", "x2000-01-01"}) {
      CHECK_FALSE_MESSAGE(parse_epoch(text).has_value(), text);
    }
  }
}
