// Calendar dates as seconds past J2000.
// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <string>

#include "engine/base/text.hpp"
#include "engine/value/quantity.hpp"

namespace orrery::value {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t most_fraction_digits = 15;

struct Moment {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  std::string_view fraction;  ///< digits after the point
  std::string_view scale;
};

/// Days from 2000-01-01 in the proleptic Gregorian calendar.
/// @source Hinnant, "chrono-compatible low-level date algorithms", 2013: years begin in March, so that the leap day
/// ends them
std::int64_t days_from_2000(int year, int month, int day) {
  const int y = month > 2 ? year : year - 1;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int year_of_era = y - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return static_cast<std::int64_t>(era) * 146097 + day_of_era - 730425;
}

int days_in_month(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

/// Reads "0000-00-00": 0 stands for any digit, another character for itself.
bool take(std::string_view& text, std::string_view pattern) {
  if (text.size() < pattern.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != pattern[i]) return false;
  }
  text.remove_prefix(pattern.size());
  return true;
}

int number_at(std::string_view text, std::size_t at, std::size_t size) {
  int number = 0;
  std::from_chars(text.data() + at, text.data() + at + size, number);
  return number;
}

/// Empty if the text is not of the form; its numbers may still be out of range.
std::optional<Moment> split(std::string_view text) {
  std::string_view rest = text;
  if (!take(rest, "0000-00-00T00:00:00")) return std::nullopt;
  Moment moment{number_at(text, 0, 4),
                number_at(text, 5, 2),
                number_at(text, 8, 2),
                number_at(text, 11, 2),
                number_at(text, 14, 2),
                number_at(text, 17, 2),
                {},
                {}};
  if (take(rest, ".0")) {
    const std::string_view digits = text.substr(20);
    moment.fraction = digits.substr(0, digits.find_first_not_of("0123456789"));
    rest = digits.substr(moment.fraction.size());
  }
  const auto scale = rest.find_first_not_of(' ');
  moment.scale = scale == rest.npos ? "" : rest.substr(scale);
  return moment;
}

std::string_view fault(const Moment& m) {
  if (m.month < 1 || m.month > 12) return "there is no such month";
  if (m.day < 1 || m.day > days_in_month(m.year, m.month)) return "there is no such day";
  if (m.hour > 23 || m.minute > 59) return "there is no such time of day";
  if (m.second > 59) return "there is no such second; TT has no leap seconds";
  if (m.fraction.size() > most_fraction_digits) return "the fraction of a second has more than 15 digits";
  return "";
}

/// The double nearest to whole seconds and a decimal fraction that counts forward also before 2000.
double joined(std::int64_t whole, std::string_view fraction) {
  std::string digits(fraction);
  const bool complement = whole < 0 && fraction.find_first_not_of('0') != fraction.npos;
  if (complement) {
    std::int64_t value = 0, scale = 1;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    for (std::size_t i = 0; i < digits.size(); ++i) scale *= 10;
    const std::string rest = std::to_string(scale - value);
    digits = std::string(digits.size() - rest.size(), '0') + rest;
    ++whole;
  }
  const std::string text = std::to_string(whole < 0 ? -whole : whole) + "." + digits + "e0";
  double seconds = 0.0;
  std::from_chars(text.data(), text.data() + text.size(), seconds);
  return whole < 0 || complement ? -seconds : seconds;
}

Error bad(std::string_view text, std::string_view reason) {
  return {ErrorCode::bad_quantity, "'" + base::printable(text) + "' is not an epoch: " + std::string(reason)};
}

}  // namespace

std::optional<base::Result<double>> parse_epoch(std::string_view text) {
  std::string_view date = text;
  if (!take(date, "0000-00-00")) return std::nullopt;
  const auto moment = split(text);
  const std::string example = R"(an epoch reads "2000-01-01T12:00:00 TT")";
  if (!moment) return bad(text, "the time of day is missing or faulty").help(example);
  if (moment->scale != "TT") {
    return bad(text, moment->scale.empty() ? "the time scale is missing; only TT is supported"
                                           : "only the time scale TT is supported")
        .help(example);
  }
  if (const std::string_view reason = fault(*moment); !reason.empty()) return bad(text, reason);
  constexpr std::int64_t noon = 43200;
  const std::int64_t day = days_from_2000(moment->year, moment->month, moment->day);
  return joined(day * 86400 + moment->hour * 3600 + moment->minute * 60 + moment->second - noon, moment->fraction);
}

}  // namespace orrery::value
