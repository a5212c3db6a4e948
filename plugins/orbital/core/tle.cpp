// Two-line element sets: reading them column by column, with every field checked.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/tle.hpp"

#include <array>
#include <cctype>
#include <cmath>
#include <optional>
#include <stdexcept>

#include "plugins/orbital/core/civil_date.hpp"
#include "plugins/orbital/core/text_lines.hpp"
#include "plugins/orbital/core/time_scales.hpp"

namespace orrery::orbital {

namespace {

constexpr double two_pi = 0x1.921fb54442d18p+2;
constexpr double degree = two_pi / 360.0;
constexpr double minutes_a_day = 1440.0;
constexpr std::size_t columns = 69;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) {
  for (const char c : text)
    if (!is_digit(c)) return false;
  return !text.empty();
}

/// One of the two lines, and where it stands.
class Card {
 public:
  Card(std::string_view text, std::size_t line) : text_(text), line_(line) {}

  /// Columns from 1, both included, as the format's description counts them.
  [[nodiscard]] std::string_view at(std::size_t first, std::size_t last) const {
    return text_.substr(first - 1, last - first + 1);
  }
  [[noreturn]] void fail(std::size_t first, std::size_t last, const std::string& rule) const {
    const std::string where = first == last ? "column " + std::to_string(first)
                                            : "columns " + std::to_string(first) + "-" + std::to_string(last);
    fail_line(line_, where + ": " + rule + "; there stands " + quoted(at(first, last)));
  }
  void require_blank(std::size_t column) const {
    if (text_[column - 1] != ' ') fail(column, column, "a space separates the fields");
  }
  /// A decimal with its point, padded with spaces at its left.
  [[nodiscard]] double decimal(std::size_t first, std::size_t last, const char* what, double low, double high) const {
    const std::string_view field = trimmed_left(at(first, last));
    const auto value = number_of(field);
    const bool plain = field.find_first_not_of("+-.0123456789") == std::string_view::npos;
    if (!value || !plain || !(*value >= low && *value <= high))
      fail(first, last, std::string(what) + " must be a number from " + shown(low) + " to " + shown(high));
    return *value;
  }
  /// Digits padded with spaces at their left; all blank is 0.
  [[nodiscard]] int whole(std::size_t first, std::size_t last, const char* what) const {
    const std::string_view field = trimmed_left(at(first, last));
    if (field.empty()) return 0;
    if (!all_digits(field)) fail(first, last, std::string(what) + " must be a whole number");
    return static_cast<int>(*integer_of(field));
  }
  /// Sign, five digits behind a point that is not written, sign and digit of the power of ten: "-11606-4".
  [[nodiscard]] double exponential(std::size_t first, const char* what) const {
    const std::string_view field = at(first, first + 7);
    if (trimmed(field).empty()) return 0.0;
    const char sign = field[0], power_sign = field[6];
    const bool good = (sign == ' ' || sign == '-' || sign == '+') && all_digits(field.substr(1, 5)) &&
                      (power_sign == '-' || power_sign == '+' || power_sign == ' ') && is_digit(field[7]);
    if (!good)
      fail(first, first + 7,
           std::string(what) + " must be a sign or a space, five digits, and a signed power: ' 28098-4'");
    std::string text = (sign == '-' ? "-0." : "0.") + std::string(field.substr(1, 5)) + "e";
    text += power_sign == '-' ? "-" : "";
    return *number_of(text + field[7]);
  }
  /// Five digits, or a letter without I and O for 10 to 33 and four digits.
  [[nodiscard]] int catalogue_number() const {
    const std::string_view field = trimmed_left(at(3, 7));
    if (all_digits(field)) return static_cast<int>(*integer_of(field));
    constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    const std::size_t letter = field.empty() ? std::string_view::npos : letters.find(field[0]);
    if (field.size() != 5 || letter == std::string_view::npos || !all_digits(field.substr(1)))
      fail(3, 7, "the catalogue number must be digits, or a letter other than I and O and four digits");
    return (static_cast<int>(letter) + 10) * 10000 + static_cast<int>(*integer_of(field.substr(1)));
  }
  void check(char number, TleChecksum checksum) const {
    if (text_.size() < 2 || text_[0] != number || text_[1] != ' ')
      fail_line(line_, std::string("line ") + number + " of an element set must begin with '" + number + " '; it is " +
                           quoted(text_));
    if (text_.size() != columns && !(checksum == TleChecksum::ignore && text_.size() == columns - 1))
      fail_line(line_, "line " + std::string(1, number) + " of an element set has 69 columns; this one has " +
                           std::to_string(text_.size()));
    for (std::size_t i = 0; i < text_.size(); ++i)
      if (text_[i] < ' ' || text_[i] > '~')
        fail_line(line_, "column " + std::to_string(i + 1) + ": only ASCII may stand here");
    if (checksum == TleChecksum::ignore) return;
    const int sum = tle_checksum(text_);
    if (text_[columns - 1] != static_cast<char>('0' + sum))
      fail(columns, columns, "the checksum of this line is " + std::to_string(sum));
  }

 private:
  static std::string_view trimmed_left(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    return first == std::string_view::npos ? std::string_view{} : text.substr(first);
  }
  static std::string shown(double value) { return std::to_string(static_cast<long>(value)); }

  std::string_view text_;
  std::size_t line_;
};

void read_line_1(const Card& card, Tle& tle) {
  for (const std::size_t column : {9u, 18u, 33u, 44u, 53u, 62u, 64u}) card.require_blank(column);
  tle.catalogue_number = card.catalogue_number();
  tle.classification = card.at(8, 8)[0] == ' ' ? 'U' : card.at(8, 8)[0];
  if (tle.classification != 'U' && tle.classification != 'C' && tle.classification != 'S')
    card.fail(8, 8, "the classification must be U, C or S");
  tle.designator = trimmed(card.at(10, 17));
  const int year = card.whole(19, 20, "the epoch's year");
  if (trimmed(card.at(19, 20)).empty()) card.fail(19, 20, "the epoch's year must be two digits");
  tle.epoch_year = year < 57 ? 2000 + year : 1900 + year;
  const int days = is_leap_year(tle.epoch_year) ? 366 : 365;
  tle.epoch_day = card.decimal(21, 32, "the epoch's day of the year", 1, days + 1);
  if (tle.epoch_day >= days + 1) card.fail(21, 32, "the year has " + std::to_string(days) + " days");
  tle.mean_motion_half_dot = card.decimal(34, 43, "half the derivative of the mean motion", -1, 1) *
                             (two_pi / (minutes_a_day * minutes_a_day));
  tle.mean_motion_sixth_ddot = card.exponential(45, "a sixth of the second derivative of the mean motion") *
                               (two_pi / (minutes_a_day * minutes_a_day * minutes_a_day));
  tle.bstar = card.exponential(54, "the drag term");
  tle.ephemeris_type = card.whole(63, 63, "the ephemeris type");
  tle.element_number = card.whole(65, 68, "the element set's number");
}

void read_line_2(const Card& card, Tle& tle) {
  for (const std::size_t column : {8u, 17u, 26u, 34u, 43u, 52u}) card.require_blank(column);
  if (card.catalogue_number() != tle.catalogue_number)
    card.fail(3, 7, "the catalogue number must be that of line 1, " + std::to_string(tle.catalogue_number));
  tle.inclination = card.decimal(9, 16, "the inclination", 0, 180) * degree;
  tle.ascending_node = card.decimal(18, 25, "the right ascension of the ascending node", 0, 360) * degree;
  if (!all_digits(card.at(27, 33)))
    card.fail(27, 33, "the eccentricity must be seven digits behind a point that is not written");
  tle.eccentricity = *number_of("0." + std::string(card.at(27, 33)));
  tle.argument_of_perigee = card.decimal(35, 42, "the argument of perigee", 0, 360) * degree;
  tle.mean_anomaly = card.decimal(44, 51, "the mean anomaly", 0, 360) * degree;
  tle.mean_motion = card.decimal(53, 63, "the mean motion", 0, 99) * (two_pi / minutes_a_day);
  if (!(tle.mean_motion > 0.0)) card.fail(53, 63, "the mean motion must be positive");
  tle.revolution_number = card.whole(64, 68, "the revolution number");
}

/// Lines that say something: not blank, no comment.
std::optional<std::string_view> next_line(LineReader& lines) {
  while (const auto line = lines.next())
    if (!line->empty() && !line->starts_with('#')) return line;
  return std::nullopt;
}

bool is_line_1(std::string_view line) { return line.starts_with("1 ") && line.size() > 60; }

std::string name_of(std::string_view line) {
  if (line.starts_with("0 ")) line.remove_prefix(2);
  return std::string(trimmed(line));
}

}  // namespace

double Tle::days_since_1950() const {
  return static_cast<double>(days_from_civil({epoch_year, 1, 1}) - days_from_civil({1949, 12, 31})) + (epoch_day - 1.0);
}

double epoch_of(const Tle& tle) {
  const double whole = std::floor(tle.epoch_day), second = (tle.epoch_day - whole) * 86400.0;
  try {
    const std::int64_t days = days_from_civil({tle.epoch_year, 1, 1}) + static_cast<std::int64_t>(whole) - 1;
    return seconds_past_j2000({civil_from_days(days), 0, 0, 0.0}, TimeScale::utc) + second;
  } catch (const std::domain_error& e) {
    fail_line(tle.line, e.what());
  }
}

int tle_checksum(std::string_view line) {
  int sum = 0;
  for (const char c : line.substr(0, columns - 1)) sum += is_digit(c) ? c - '0' : (c == '-' ? 1 : 0);
  return sum % 10;
}

std::vector<Tle> parse_tles(std::string_view text, TleChecksum checksum) {
  std::vector<Tle> sets;
  LineReader lines(text);
  while (auto line = next_line(lines)) {
    Tle tle;
    if (!is_line_1(*line)) {
      tle.name = name_of(*line);
      const std::size_t name_line = lines.number();
      line = next_line(lines);
      if (!line) fail_line(name_line, "line 1 of an element set must follow the name " + quoted(tle.name));
    }
    const Card first(*line, tle.line = lines.number());
    first.check('1', checksum);
    read_line_1(first, tle);
    line = next_line(lines);
    if (!line) fail_line(tle.line, "line 2 of the element set is missing");
    const Card second(*line, lines.number());
    second.check('2', checksum);
    read_line_2(second, tle);
    sets.push_back(std::move(tle));
  }
  return sets;
}

}  // namespace orrery::orbital
