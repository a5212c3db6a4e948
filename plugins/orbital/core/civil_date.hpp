// Dates of the Gregorian calendar as numbers of days.
// SPDX-License-Identifier: Apache-2.0
// Source: H. F. Fliegel, T. C. Van Flandern, "A machine algorithm for processing calendar dates", CACM 11 (1968) 657,
// for the principle; the arithmetic here counts years from March with floored divisions, so that every year works.
#pragma once

#include <compare>
#include <cstdint>

namespace orrery::orbital {

struct CivilDate {
  int year = 2000;
  int month = 1;
  int day = 1;
  auto operator<=>(const CivilDate&) const = default;
};

constexpr bool is_leap_year(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr int days_in_month(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

/// Days from 2000-01-01 to a date of the proleptic Gregorian calendar.
/// @param date month 1 to 12, day any
constexpr std::int64_t days_from_civil(const CivilDate& date) {
  const std::int64_t y = std::int64_t{date.year} - (date.month <= 2 ? 1 : 0);
  const std::int64_t m = (date.month + 9) % 12;  // from March
  const auto floored = [](std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); };
  const std::int64_t leaps = floored(y, 4) - floored(y, 100) + floored(y, 400);
  return 365 * y + leaps + (153 * m + 2) / 5 + date.day - 1 - 730425;
}

/// The date so many days after 2000-01-01.
/// @param days -7e8 to 7e8
constexpr CivilDate civil_from_days(std::int64_t days) {
  auto year = static_cast<int>(2000 + days / 365);
  while (days_from_civil({year, 1, 1}) > days) --year;
  while (days_from_civil({year + 1, 1, 1}) <= days) ++year;
  std::int64_t rest = days - days_from_civil({year, 1, 1});
  int month = 1;
  while (rest >= days_in_month(year, month)) rest -= days_in_month(year, month++);
  return {year, month, static_cast<int>(rest) + 1};
}

}  // namespace orrery::orbital
