// Dates and times of day as texts.
// SPDX-License-Identifier: Apache-2.0
// Source: ISO 8601, and its two forms in CCSDS 301.0-B-4, section 3.5.
#include <cmath>
#include <cstdio>
#include <optional>
#include <stdexcept>

#include "plugins/orbital/core/text_lines.hpp"
#include "plugins/orbital/core/time_scales.hpp"

namespace orrery::orbital {

namespace {

[[noreturn]] void fail(std::string_view text) {
  throw std::invalid_argument(quoted(text) +
                              " is no date; it must look like 2000-01-01T12:00:00.000 or 2000-001T12:00:00");
}

/// Takes digits off the front.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), rest_(text) {}
  [[nodiscard]] bool done() const { return rest_.empty(); }
  int digits(std::size_t n) {
    if (rest_.size() < n || rest_.substr(0, n).find_first_not_of("0123456789") != std::string_view::npos) fail(text_);
    const auto value = static_cast<int>(*integer_of(rest_.substr(0, n)));
    rest_.remove_prefix(n);
    return value;
  }
  void expect(char c) {
    if (!accept(c)) fail(text_);
  }
  bool accept(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  [[nodiscard]] std::size_t digits_ahead() const {
    return std::min(rest_.find_first_not_of("0123456789"), rest_.size());
  }
  /// Two digits and, behind a point, any number more.
  double second() {
    const std::string_view from = rest_;
    digits(2);
    if (accept('.')) rest_.remove_prefix(digits_ahead());
    return *number_of(from.substr(0, from.size() - rest_.size()));
  }

 private:
  std::string_view text_, rest_;
};

CivilDate date_of(Reader& reader) {
  CivilDate date;
  date.year = reader.digits(4);
  reader.expect('-');
  if (reader.digits_ahead() == 3) {
    const int day = reader.digits(3);
    if (day < 1 || day > (is_leap_year(date.year) ? 366 : 365))
      throw std::invalid_argument("the day of the year must lie between 1 and " +
                                  std::to_string(is_leap_year(date.year) ? 366 : 365) + "; it is " +
                                  std::to_string(day));
    return civil_from_days(days_from_civil({date.year, 1, 1}) + day - 1);
  }
  date.month = reader.digits(2);
  reader.expect('-');
  date.day = reader.digits(2);
  return date;
}

}  // namespace

CalendarTime parse_calendar_time(std::string_view text) {
  Reader reader(text);
  CalendarTime time;
  time.date = date_of(reader);
  if (reader.accept('T') || reader.accept(' ')) {
    time.hour = reader.digits(2);
    reader.expect(':');
    time.minute = reader.digits(2);
    if (reader.accept(':')) time.second = reader.second();
  }
  reader.accept('Z');
  if (!reader.done()) fail(text);
  return time;
}

std::string text_of(const CalendarTime& t, int decimals) {
  char text[80];
  const int width = decimals > 0 ? decimals + 3 : 2;
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%0*.*f", t.date.year, t.date.month, t.date.day, t.hour,
                t.minute, width, decimals, t.second);
  return text;
}

}  // namespace orrery::orbital
