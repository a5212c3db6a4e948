// Time scales: leap seconds one by one, published instants, the way there and back, sidereal time, and the edges.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/time_scales.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;

std::int64_t day_of(int year, int month, int day) { return days_from_civil({year, month, day}); }

/// The same date rule from the beginning: count days one by one.
void walk_calendar(int from, int to) {
  std::int64_t day = day_of(from, 1, 1);
  for (int year = from; year < to; ++year)
    for (int month = 1; month <= 12; ++month)
      for (int d = 1; d <= days_in_month(year, month); ++d, ++day) {
        REQUIRE(day_of(year, month, d) == day);
        REQUIRE(civil_from_days(day) == CivilDate{year, month, d});
      }
}

std::string utc_text(double tt, int decimals) { return text_of(calendar_time(tt, TimeScale::utc, decimals), decimals); }
double utc(const std::string& text) { return seconds_past_j2000(parse_calendar_time(text), TimeScale::utc); }

}  // namespace

TEST_SUITE("plugins/orbital/core/time_scales") {
  TEST_CASE("days follow one another through leap years and centuries") {
    walk_calendar(-5, 5);
    walk_calendar(1580, 2110);
    CHECK(day_of(2000, 1, 1) == 0);
    CHECK(day_of(1970, 1, 1) == -10957);
    CHECK(day_of(1858, 11, 17) == -51544);
    CHECK(day_of(-4713, 11, 24) == -2451545);  // the Julian date's beginning
    for (std::int64_t d = -4000000; d < 3000000; d += 997) CHECK(days_from_civil(civil_from_days(d)) == d);
  }

  TEST_CASE("each leap second makes a step of one") {
    const CivilDate steps[] = {{1972, 7, 1}, {1973, 1, 1}, {1974, 1, 1}, {1975, 1, 1}, {1976, 1, 1}, {1977, 1, 1},
                               {1978, 1, 1}, {1979, 1, 1}, {1980, 1, 1}, {1981, 7, 1}, {1982, 7, 1}, {1983, 7, 1},
                               {1985, 7, 1}, {1988, 1, 1}, {1990, 1, 1}, {1991, 1, 1}, {1992, 7, 1}, {1993, 7, 1},
                               {1994, 7, 1}, {1996, 1, 1}, {1997, 7, 1}, {1999, 1, 1}, {2006, 1, 1}, {2009, 1, 1},
                               {2012, 7, 1}, {2015, 7, 1}, {2017, 1, 1}};
    double expected = 10.0;
    CHECK(tai_minus_utc(day_of(1972, 1, 1), 0.0) == 10.0);
    for (const CivilDate& date : steps) {
      const std::int64_t day = days_from_civil(date);
      CHECK(tai_minus_utc(day - 1, 0.5) == expected);
      CHECK(tai_minus_utc(day, 0.5) == expected + 1.0);
      const std::string before = text_of({civil_from_days(day - 1), 23, 59, 60.25}, 2);
      CHECK(utc_text(utc(before), 2) == before);
      CHECK(utc(before) - utc(text_of({civil_from_days(day - 1), 23, 59, 59.25}, 2)) ==
            doctest::Approx(1).epsilon(1e-6));
      CHECK(utc(text_of({date, 0, 0, 0.25}, 2)) - utc(before) == doctest::Approx(1).epsilon(1e-6));
      expected += 1.0;
    }
    CHECK(expected == 37.0);
    CHECK(tai_minus_utc(day_of(2026, 11, 24), 0.0) == 37.0);
  }

  TEST_CASE("before 1972 UTC runs at the published rates") {
    // Values of the table of the U.S. Naval Observatory at the dates of its rows and just before.
    CHECK(tai_minus_utc(day_of(1960, 1, 1), 0.0) == doctest::Approx(1.4178180 - 64 * 0.0 + (36934 - 37300) * 0.001296));
    CHECK(tai_minus_utc(day_of(1965, 7, 1), 0.0) == doctest::Approx(3.7401300 + (38942 - 38761) * 0.001296));
    CHECK(tai_minus_utc(day_of(1971, 12, 31), 1.0) == doctest::Approx(4.2131700 + (41317 - 39126) * 0.002592));
    // 107758 microseconds were put in at the end of 1971, and a tenth of a second was taken out at that of January
    // 1968.
    CHECK(10.0 - tai_minus_utc(day_of(1971, 12, 31), 1.0) == doctest::Approx(0.107758).epsilon(1e-9));
    CHECK(tai_minus_utc(day_of(1968, 2, 1), 0.0) - tai_minus_utc(day_of(1968, 1, 31), 1.0) == doctest::Approx(-0.1));
    CHECK(utc_text(utc("1971-12-31T23:59:60.1"), 4) == "1971-12-31T23:59:60.1000");
    CHECK_THROWS_AS(utc("1971-12-31T23:59:60.2"), std::domain_error);
    CHECK_THROWS_AS(utc("1968-01-31T23:59:59.95"), std::domain_error);
    CHECK(message_of([] { utc("1959-12-31T23:59:59"); }) ==
          "UTC is defined from 1960-01-01 on; the date is 1959-12-31T00:00:00");
  }

  TEST_CASE("published instants come out") {
    // J2000 in the other scales.
    CHECK(seconds_past_j2000({{2000, 1, 1}, 12, 0, 0.0}, TimeScale::tt) == 0.0);
    CHECK(std::fabs(utc("2000-01-01T11:58:55.816")) <= 1e-12);
    CHECK(std::fabs(seconds_past_j2000({{2000, 1, 1}, 11, 59, 27.816}, TimeScale::tai)) <= 1e-12);
    CHECK(std::fabs(seconds_past_j2000({{2000, 1, 1}, 11, 59, 8.816}, TimeScale::gps)) <= 1e-12);
    // GPS time began with UTC.
    CHECK(std::fabs(seconds_past_j2000({{1980, 1, 6}, 0, 0, 0.0}, TimeScale::gps) - utc("1980-01-06")) <= 1e-12);
    // Vallado 2013, example 3-7: 2004-05-14 16:43 UTC is TT 16:44:04.184.
    const double t = utc("2004-05-14T16:43:00");
    CHECK(text_of(calendar_time(t, TimeScale::tt, 3), 3) == "2004-05-14T16:44:04.184");
    CHECK(text_of(calendar_time(t, TimeScale::tai, 3), 3) == "2004-05-14T16:43:32.000");
    CHECK(text_of(calendar_time(t, TimeScale::tdb, 3), 3) == "2004-05-14T16:44:04.185");
  }

  TEST_CASE("barycentric time is within the main term of terrestrial time and yearly") {
    for (double years = -50; years < 50; years += 0.37) {
      const double t = years * 365.25 * 86400;
      CHECK(std::fabs(tdb_minus_tt(t)) < 0.00175);
      const double g = (357.53 + 0.98560028 * t / 86400) * pi / 180;  // Astronomical Almanac, good to 30 microseconds
      CHECK(std::fabs(tdb_minus_tt(t) - 0.001658 * std::sin(g) - 0.000014 * std::sin(2 * g)) < 4e-5);
    }
  }

  TEST_CASE("there and back loses no more than the double does") {
    Draw draw(21);
    for (const TimeScale scale : {TimeScale::tt, TimeScale::utc, TimeScale::tai, TimeScale::tdb, TimeScale::gps})
      for (int i = 0; i < 4000; ++i) {
        const double t = draw.uniform(-1.2e9, 1.2e9);
        const CalendarTime c = calendar_time(t, scale);
        CHECK(c.second >= 0.0);
        CHECK(std::fabs(seconds_past_j2000(c, scale) - t) <= ulps(1, t) + 1e-11);
        const CalendarTime rounded = calendar_time(t, scale, 3);
        CHECK(std::fabs(seconds_past_j2000(parse_calendar_time(text_of(rounded, 3)), scale) - t) <= 0.000501);
      }
  }

  TEST_CASE("rounding goes on to the next minute and day and never shows sixty seconds but in a leap second") {
    const double almost = utc("2003-12-31T23:59:59.5") + 0.4999999;
    CHECK(utc_text(almost, 3) == "2004-01-01T00:00:00.000");
    CHECK(utc_text(almost, 0) == "2004-01-01T00:00:00");
    CHECK(utc_text(utc("2016-12-31T23:59:60.5") + 0.4999999, 3) == "2017-01-01T00:00:00.000");
    CHECK(utc_text(utc("2016-12-31T23:59:59.5") + 0.4999999, 3) == "2016-12-31T23:59:60.000");
    CHECK(utc_text(utc("2016-12-31T22:59:59.5") + 0.4999999, 3) == "2016-12-31T23:00:00.000");
  }

  TEST_CASE("texts of dates are read in all their forms and refused otherwise") {
    CHECK(utc("2004-097T07:51:28.386009Z") == utc("2004-04-06T07:51:28.386009"));
    CHECK(utc("2004-04-06 07:51") == utc("2004-04-06T07:51:00"));
    CHECK(utc("2004-04-06") == utc("2004-097"));
    for (const char* wrong :
         {"", "2004", "2004-4-6", "2004-04-06T", "2004-04-06T07", "2004-04-06T07:51:2", "x004-04-06",
          "2004-04-06T07:51:28.3x", "2004-04-06T07:51:28 UTC", "2004/04/06", "+204-04-06"})
      CHECK(message_of([&] { parse_calendar_time(wrong); }).find("is no date") != std::string::npos);
    CHECK(message_of([] { parse_calendar_time("2003-366"); }) ==
          "the day of the year must lie between 1 and 365; it is 366");
    CHECK(message_of([] { utc("2003-02-29"); }) == "the day must lie between 1 and 28; it is 29");
    CHECK(message_of([] { utc("2003-13-01"); }) == "the month must lie between 1 and 12; it is 13");
    CHECK(message_of([] { utc("2003-12-31T23:59:60"); }) == "the second must be at least 0 and less than 60; it is 60");
    CHECK(message_of([] { utc("2016-12-31T23:59:61"); }) == "the second must be at least 0 and less than 61; it is 61");
    CHECK(message_of([] { utc("2003-12-31T24:00:00"); }) == "the hour must lie between 0 and 23; it is 24");
  }

  TEST_CASE("times without a date are refused") {
    for (const double t : {std::nan(""), std::numeric_limits<double>::infinity(), 1e13, -1e13})
      CHECK_THROWS_AS(calendar_time(t, TimeScale::tt), std::domain_error);
    CHECK_THROWS_AS(calendar_time(-1.3e9, TimeScale::utc), std::domain_error);
    CHECK(calendar_time(-2.5e11, TimeScale::tt).date.year == -5923);
  }

  TEST_CASE("Julian dates keep the fraction apart") {
    const JulianDate j = julian_date(0.0, TimeScale::tt);
    CHECK(j.day == 2451544.5);
    CHECK(j.fraction == 0.5);
    const JulianDate leap = julian_date(utc("2016-12-31T23:59:60.5"), TimeScale::utc);
    CHECK(leap.day == 2457753.5);
    CHECK(leap.fraction == doctest::Approx(86400.5 / 86401).epsilon(1e-12));
  }

  TEST_CASE("sidereal time is that of the published example and of 113-bit arithmetic") {
    // Vallado 2013, example 3-5: 1992-08-20 12:14 UT1, 152.578787810 deg; its Julian date in one double is half
    // of 4.7e-10 d uncertain, 8.4e-8 deg.
    const JulianDate example{2448854.5, (12 * 60 + 14) / 1440.0};
    CHECK(std::fabs(greenwich_mean_sidereal_time(example) * 180 / pi - 152.578787810) <= 8.4e-8);
    Draw draw(22);
    for (int i = 0; i < 3000; ++i) {
      const JulianDate ut1{std::floor(draw.uniform(2415020, 2488070)) + 0.5, draw.uniform(0, 1)};
      const Quad t = (Quad(ut1.day) - 2451545 + ut1.fraction) / 36525;
      const Quad seconds =
          Quad(67310.54841) + t * (Quad(876600.0 * 3600) + 8640184.812866 + t * (0.093104 - t * 6.2e-6));
      Quad turns = seconds / 86400;
      turns -= static_cast<std::int64_t>(static_cast<double>(turns));
      const double angle = static_cast<double>(turns * quad::two_pi());
      CHECK(std::fabs(std::remainder(greenwich_mean_sidereal_time(ut1) - angle, 2 * pi)) <= 2e-12);
    }
  }

  TEST_CASE("the published state in TEME goes to its pseudo-earth-fixed one") {
    // Vallado et al. 2006, appendix C (km): their Julian date in one double is uncertain by 20 microseconds, 1 cm here.
    const State teme{{5094.18016210, 6127.64465950, 6380.34453270}, {-4.746131487, 0.785818041, 5.531931288}};
    const State pef = pseudo_earth_fixed(teme, utc("2004-04-06T07:51:28.386009"), -0.4399619);
    const Vec3 r{-1033.47503130, 7901.30558560, 6380.34453270}, v{-3.225632747, -2.872442511, 5.531931288};
    CHECK(norm(pef.position - r) <= 1.2e-5);
    CHECK(norm(pef.velocity - v) <= 2e-8);
    CHECK(message_of([&] { pseudo_earth_fixed(teme, 0.0, 1.5); }) == "UT1 - UTC must lie between -1 and 1; it is 1.5");
  }
}
