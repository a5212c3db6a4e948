// Dates in UTC, TAI, TT, TDB and GPS time as seconds past J2000 in terrestrial time, and back.
// SPDX-License-Identifier: Apache-2.0
// Sources: IERS Conventions (2010), chapter 10; IERS Bulletin C 72 for leap seconds; U.S. Naval Observatory,
// tai-utc.dat, for 1960 to 1971; G. H. Kaplan, USNO Circular 179 (2005), equation 2.6 for TDB; S. Aoki et al., "The new
// definition of universal time", Astronomy and Astrophysics 105 (1982) 359 for sidereal time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "plugins/orbital/core/civil_date.hpp"
#include "plugins/orbital/core/vector.hpp"

namespace orrery::orbital {

enum class TimeScale { tt, utc, tai, tdb, gps };

/// "TT", "UTC", "TAI", "TDB", "GPS"
std::string_view name(TimeScale scale);

/// A date and time of day; of UTC the second goes to 61 at the end of a day with a leap second.
struct CalendarTime {
  CivilDate date;
  int hour = 0;
  int minute = 0;
  double second = 0.0;
};

/// The first day that the table of leap seconds does not vouch for, and what it was taken from.
inline constexpr CivilDate leap_seconds_expire{2027, 6, 28};
inline constexpr std::string_view leap_seconds_source = "IERS Bulletin C 72";

/// TAI - UTC [s] on a day of UTC. After leap_seconds_expire the last value is taken to hold on.
/// @param days of the UTC date since 2000-01-01, not before 1960-01-01   @param fraction of the day, 0 to 1
/// @throws std::domain_error before 1960, when there was no UTC   @accuracy exact, as published
double tai_minus_utc(std::int64_t days, double fraction);

/// TDB - TT [s].  @param tt [s] past J2000   @accuracy 10 microseconds from 1600 to 2200 (the source's figure)
double tdb_minus_tt(double tt);

/// @param time in the given scale; year -9999 to 9999
/// @returns seconds past 2000-01-01 12:00:00 TT
/// @throws std::domain_error if a part is outside its range, or for UTC before 1960
/// @accuracy one rounding of the exact value: 0.06 microseconds within 34 years of 2000
double seconds_past_j2000(const CalendarTime& time, TimeScale scale);

/// The inverse.
/// @param tt [s] past J2000 TT, between the years -9999 and 9999
/// @param decimals of the second that it is rounded to, 0 to 12; negative: not rounded
/// @throws std::domain_error outside of that, or for UTC before 1960
CalendarTime calendar_time(double tt, TimeScale scale, int decimals = -1);

/// A date as ISO 8601 writes it, "2000-01-01T12:00:00.000", or with the day of the year, "2000-001T12:00:00". The
/// second may have any number of decimals, or be left out with the minute and hour; a "Z" at the end is passed over.
/// @throws std::invalid_argument saying what is wrong with the text
CalendarTime parse_calendar_time(std::string_view text);

/// @param decimals of the second, 0 to 12   @param time rounded to them
std::string text_of(const CalendarTime& time, int decimals);

/// A Julian date in two parts that keep what one double would lose.
struct JulianDate {
  double day = 0.0;       ///< of midnight: a whole number and a half
  double fraction = 0.0;  ///< 0 to 1
};

/// The Julian date in a scale; of UTC a day with a leap second is 86401 s long, so that the fraction stays below one.
JulianDate julian_date(double tt, TimeScale scale);

/// Greenwich mean sidereal time of 1982 [rad], 0 to 2 pi.
/// @param ut1 Julian date in UT1   @accuracy 1e-9 rad against 113-bit arithmetic between 1900 and 2100 (measured:
/// 2e-12)
double greenwich_mean_sidereal_time(const JulianDate& ut1);

/// The same at an instant.
/// @param tt [s] past J2000   @param ut1_minus_utc [s] within a second   @throws std::domain_error outside of that
double sidereal_time_at(double tt, double ut1_minus_utc);

/// From the true equator and mean equinox of date, in which SGP4 computes, to the frame that turns with the earth,
/// without polar motion.
/// @param teme [m, m/s or any consistent with s]   @param tt [s] past J2000
/// @param ut1_minus_utc [s] from IERS Bulletin A; zero costs up to 420 m at the ground
/// @returns position and the velocity that the turning frame sees
/// @throws std::domain_error before 1960, or if the difference is not within a second
State pseudo_earth_fixed(const State& teme, double tt, double ut1_minus_utc);

}  // namespace orrery::orbital
