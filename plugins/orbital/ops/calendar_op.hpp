// orbital.calendar and epoch: dates of several time scales from seconds past J2000, and the way back.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/time_scales.hpp"
#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital {

namespace ports {

inline constexpr sdk::in<"scale", sdk::Choice<TimeScale>> scale{
    .fallback = "utc",
    .choices = {"tt", "utc", "tai", "tdb", "gps"},
    .doc = "of the date; leap seconds are those of IERS Bulletin C 72, which vouches for dates before 2027-06-28"};

}  // namespace ports

struct Calendar {
  static constexpr sdk::Info info{
      .name = "calendar",
      .version = "1.0.0",
      .title = "Date, time of day and Julian date of instants, in UTC, TAI, TT, TDB or GPS time",
      .doc =
          "UTC reads 23:59:60 in a leap second, and is known from 1960 on, with its stretched seconds to 1971; after "
          "the "
          "table's end the last difference to TAI is kept, and the log says so. TDB is good to 10 microseconds.",
      .example = "time = \"2017-01-01T00:01:08.684 TT\"\nscale = \"utc\""};
  static constexpr std::tuple ports{
      sdk::in<"time", sdk::f64, "...">{.unit = "s", .doc = "past J2000 TT; a date with TT behind it is one"},
      ports::scale,
      sdk::in<"decimals", sdk::i64>{
          .fallback = "6",
          .min = 0,
          .max = 12,
          .doc = "of the second, that everything is rounded to; a double holds about 7 in our time"},
      ports::on_error,
      sdk::out<"year", sdk::i64, "...">{.doc = "Gregorian; 0 under on_error = \"nan\" where there is none"},
      sdk::out<"month", sdk::i64, "...">{.doc = "1 to 12"},
      sdk::out<"day", sdk::i64, "...">{.doc = "1 to 31"},
      sdk::out<"hour", sdk::i64, "...">{.doc = "0 to 23"},
      sdk::out<"minute", sdk::i64, "...">{.doc = "0 to 59"},
      sdk::out<"second", sdk::f64, "...">{.unit = "s", .doc = "of the minute, rounded"},
      sdk::out<"julian_day", sdk::f64, "...">{.unit = "d", .doc = "Julian date of the midnight before"},
      sdk::out<"day_fraction", sdk::f64, "...">{.unit = "d", .doc = "since then, 0 to 1; not rounded to the decimals"},
      sdk::out<"tt_minus_scale", sdk::f64, "...">{.unit = "s", .doc = "TT less the scale"},
      sdk::out<"text", sdk::Text>{.doc = "one date to a line, as 2000-01-01T12:00:00.000000"}};
  static void run(sdk::Call<Calendar>& call);
};

struct Epoch {
  static constexpr sdk::Info info{.name = "epoch",
                                  .version = "1.0.0",
                                  .title = "Dates as seconds past J2000 TT",
                                  .doc =
                                      "Each line is a date as 2000-01-01T12:00:00.000 or 2000-001T12:00:00, of the "
                                      "given scale; blank lines are passed "
                                      "over. The result has one rounding: 0.06 microseconds within 34 years of 2000.",
                                  .example = "dates = \"2016-12-31T23:59:60.5\"\nscale = \"utc\""};
  static constexpr std::tuple ports{sdk::in<"dates", sdk::Text>{.doc = "one to a line"}, ports::scale,
                                    sdk::out<"time", sdk::f64, "n">{.unit = "s", .doc = "past J2000 TT"}};
  static void run(sdk::Call<Epoch>& call);
};

}  // namespace orrery::orbital
