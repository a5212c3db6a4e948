// Dates in UTC, TAI, TT, TDB and GPS time as seconds past J2000 in terrestrial time, and back.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/time_scales.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "plugins/orbital/core/checks.hpp"

namespace orrery::orbital {

namespace {

constexpr double two_pi = 0x1.921fb54442d18p+2;
constexpr double day_length = 86400.0, noon = 43200.0;
constexpr double tt_minus_tai = 32.184, gps_minus_tai = -19.0;
constexpr std::int64_t mjd_2000 = 51544;

/// From its date on, TAI - UTC = offset + (MJD - origin) rate.
struct Offset {
  CivilDate from;
  double offset;
  double origin = 0.0;
  double rate = 0.0;
};

constexpr Offset offsets[] = {{{1960, 1, 1}, 1.4178180, 37300, 0.001296},
                              {{1961, 1, 1}, 1.4228180, 37300, 0.001296},
                              {{1961, 8, 1}, 1.3728180, 37300, 0.001296},
                              {{1962, 1, 1}, 1.8458580, 37665, 0.0011232},
                              {{1963, 11, 1}, 1.9458580, 37665, 0.0011232},
                              {{1964, 1, 1}, 3.2401300, 38761, 0.001296},
                              {{1964, 4, 1}, 3.3401300, 38761, 0.001296},
                              {{1964, 9, 1}, 3.4401300, 38761, 0.001296},
                              {{1965, 1, 1}, 3.5401300, 38761, 0.001296},
                              {{1965, 3, 1}, 3.6401300, 38761, 0.001296},
                              {{1965, 7, 1}, 3.7401300, 38761, 0.001296},
                              {{1965, 9, 1}, 3.8401300, 38761, 0.001296},
                              {{1966, 1, 1}, 4.3131700, 39126, 0.002592},
                              {{1968, 2, 1}, 4.2131700, 39126, 0.002592},
                              {{1972, 1, 1}, 10},
                              {{1972, 7, 1}, 11},
                              {{1973, 1, 1}, 12},
                              {{1974, 1, 1}, 13},
                              {{1975, 1, 1}, 14},
                              {{1976, 1, 1}, 15},
                              {{1977, 1, 1}, 16},
                              {{1978, 1, 1}, 17},
                              {{1979, 1, 1}, 18},
                              {{1980, 1, 1}, 19},
                              {{1981, 7, 1}, 20},
                              {{1982, 7, 1}, 21},
                              {{1983, 7, 1}, 22},
                              {{1985, 7, 1}, 23},
                              {{1988, 1, 1}, 24},
                              {{1990, 1, 1}, 25},
                              {{1991, 1, 1}, 26},
                              {{1992, 7, 1}, 27},
                              {{1993, 7, 1}, 28},
                              {{1994, 7, 1}, 29},
                              {{1996, 1, 1}, 30},
                              {{1997, 7, 1}, 31},
                              {{1999, 1, 1}, 32},
                              {{2006, 1, 1}, 33},
                              {{2009, 1, 1}, 34},
                              {{2012, 7, 1}, 35},
                              {{2015, 7, 1}, 36},
                              {{2017, 1, 1}, 37}};

const Offset& offset_on(std::int64_t days) {
  const auto later = std::upper_bound(std::begin(offsets), std::end(offsets), days,
                                      [](std::int64_t d, const Offset& o) { return d < days_from_civil(o.from); });
  if (later == std::begin(offsets))
    throw std::domain_error("UTC is defined from 1960-01-01 on; the date is " + text_of({civil_from_days(days)}, 0));
  return *std::prev(later);
}

/// SI seconds in a second of UTC; more than one before 1972.
double utc_second(std::int64_t days) { return 1.0 + offset_on(days).rate / day_length; }

/// What the day's end adds to its 86400 s of UTC.
double leap_after(std::int64_t days) {
  const Offset &today = offset_on(days), &tomorrow = offset_on(days + 1);
  if (&today == &tomorrow) return 0.0;
  const double leap = tai_minus_utc(days + 1, 0.0) - tai_minus_utc(days, 1.0);
  return std::round(leap * 1e6) / 1e6;
}

void require_between(const char* name, double value, double low, double high) {
  if (!(value >= low && value <= high))
    fail_domain(name, "lie between " + shortest(low) + " and " + shortest(high), value);
}

void require_calendar(const CalendarTime& t, TimeScale scale) {
  require_between("the year", t.date.year, -9999, 9999);
  require_between("the month", t.date.month, 1, 12);
  require_between("the day", t.date.day, 1, days_in_month(t.date.year, t.date.month));
  require_between("the hour", t.hour, 0, 23);
  require_between("the minute", t.minute, 0, 59);
  const bool last = scale == TimeScale::utc && t.hour == 23 && t.minute == 59;
  const double length = 60.0 + (last ? leap_after(days_from_civil(t.date)) : 0.0);
  if (!(t.second >= 0.0 && t.second < length))
    fail_domain("the second", "be at least 0 and less than " + shortest(length), t.second);
}

/// TT less the scale, at a date of the scale that is so many days and seconds after 2000-01-01.
double tt_minus(TimeScale scale, std::int64_t days, double seconds) {
  switch (scale) {
    case TimeScale::utc:
      return tt_minus_tai + tai_minus_utc(days, 0.0) + seconds * (utc_second(days) - 1.0);
    case TimeScale::tai:
      return tt_minus_tai;
    case TimeScale::gps:
      return tt_minus_tai - gps_minus_tai;
    case TimeScale::tdb:
      return -tdb_minus_tt(static_cast<double>(days) * day_length - noon + seconds);
    case TimeScale::tt:
      break;
  }
  return 0.0;
}

struct DayAndSecond {
  std::int64_t day;
  double second;
};

/// The day whose beginning is not after the instant, and the seconds of the scale since.
DayAndSecond split(double tt, TimeScale scale) {
  constexpr double ends = 400000.0 * 365.25 * day_length / 40.0;
  if (!(std::fabs(tt) < ends)) fail_domain("the time", "lie within 10000 years of 2000", tt);
  auto day = static_cast<std::int64_t>(std::floor((tt + noon - tt_minus(TimeScale::tt, 0, 0)) / day_length));
  const auto since = [&](std::int64_t d) {
    return (tt - (static_cast<double>(d) * day_length - noon)) - tt_minus(scale, d, 0.0);
  };
  if (since(day) < 0.0) --day;
  double second = since(day);
  if (scale == TimeScale::tdb) second = (tt - (static_cast<double>(day) * day_length - noon)) + tdb_minus_tt(tt);
  if (scale == TimeScale::utc) second /= utc_second(day);
  return {day, second};
}

double length_of(std::int64_t day, TimeScale scale) {
  return day_length + (scale == TimeScale::utc ? leap_after(day) : 0.0);
}

/// Ten to a small power, exactly.
double ten_to(int power) {
  double value = 1.0;
  for (; power > 0; --power) value *= 10.0;
  return value;
}

}  // namespace

std::string_view name(TimeScale scale) {
  constexpr std::string_view names[] = {"TT", "UTC", "TAI", "TDB", "GPS"};
  return names[static_cast<std::size_t>(scale)];
}

double tai_minus_utc(std::int64_t days, double fraction) {
  const Offset& o = offset_on(days);
  return o.offset + ((static_cast<double>(days + mjd_2000) - o.origin) + fraction) * o.rate;
}

double tdb_minus_tt(double tt) {
  const double t = tt / (36525.0 * day_length);
  return 0.001657 * std::sin(628.3076 * t + 6.2401) + 0.000022 * std::sin(575.3385 * t + 4.2970) +
         0.000014 * std::sin(1256.6152 * t + 6.1969) + 0.000005 * std::sin(606.9777 * t + 4.0212) +
         0.000005 * std::sin(52.9691 * t + 0.4444) + 0.000002 * std::sin(21.3299 * t + 5.5431) +
         0.000010 * t * std::sin(628.3076 * t + 4.2490);
}

double seconds_past_j2000(const CalendarTime& t, TimeScale scale) {
  require_calendar(t, scale);
  const std::int64_t days = days_from_civil(t.date);
  const double minutes = 3600.0 * t.hour + 60.0 * t.minute;
  return (static_cast<double>(days) * day_length - noon + minutes) +
         (t.second + tt_minus(scale, days, minutes + t.second));
}

CalendarTime calendar_time(double tt, TimeScale scale, int decimals) {
  DayAndSecond at = split(tt, scale);
  if (decimals >= 0) {
    const double unit = ten_to(decimals);
    at.second = std::round(at.second * unit) / unit;
  }
  if (at.second >= length_of(at.day, scale)) {
    at.second -= length_of(at.day, scale);
    ++at.day;
  }
  const double minutes = std::min(std::floor(at.second / 60.0), 1439.0);
  const int minute = static_cast<int>(minutes);
  return {civil_from_days(at.day), minute / 60, minute % 60, at.second - 60.0 * minutes};
}

JulianDate julian_date(double tt, TimeScale scale) {
  const DayAndSecond at = split(tt, scale);
  return {static_cast<double>(at.day) + 2451544.5, at.second / length_of(at.day, scale)};
}

double greenwich_mean_sidereal_time(const JulianDate& ut1) {
  const double days = (ut1.day - 2451545.0) + ut1.fraction, t = days / 36525.0;
  // 876600 h a century are whole turns a day: only the fraction of the day counts of them.
  const double turns = std::fmod(ut1.day - 2451545.0, 1.0) + ut1.fraction;
  const double seconds = 67310.54841 + t * (8640184.812866 + t * (0.093104 - t * 6.2e-6));
  const double angle = std::fmod((seconds / day_length + turns) * two_pi, two_pi);
  return angle < 0.0 ? angle + two_pi : angle;
}

double sidereal_time_at(double tt, double ut1_minus_utc) {
  require_between("UT1 - UTC", ut1_minus_utc, -1.0, 1.0);
  JulianDate ut1 = julian_date(tt, TimeScale::utc);
  ut1.fraction += ut1_minus_utc / day_length;
  return greenwich_mean_sidereal_time(ut1);
}

State pseudo_earth_fixed(const State& teme, double tt, double ut1_minus_utc) {
  constexpr double earth_rate = 7.29211514670698e-5;  // [rad/s] of UT1
  const double angle = sidereal_time_at(tt, ut1_minus_utc), c = std::cos(angle), s = std::sin(angle);
  const auto turned = [c, s](const Vec3& v) { return Vec3{c * v[0] + s * v[1], c * v[1] - s * v[0], v[2]}; };
  const Vec3 r = turned(teme.position), v = turned(teme.velocity);
  return {r, {v[0] + earth_rate * r[1], v[1] - earth_rate * r[0], v[2]}};
}

}  // namespace orrery::orbital
