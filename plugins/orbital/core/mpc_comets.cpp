// Comet elements as the Minor Planet Center publishes them, one comet to a line.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/mpc_comets.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "plugins/orbital/core/text_lines.hpp"
#include "plugins/orbital/core/time_scales.hpp"

namespace orrery::orbital {

namespace {

constexpr double astronomical_unit = 149597870700.0;  // [m], IAU 2012
constexpr double degree = 0x1.1df46a2529d39p-6;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// A line, whose columns count from 1; what lies behind its end is blank.
class Columns {
 public:
  Columns(std::string_view text, std::size_t line) : text_(text), line_(line) {}

  [[nodiscard]] std::string_view at(std::size_t first, std::size_t last) const {
    if (first > text_.size()) return {};
    return trimmed(text_.substr(first - 1, last - first + 1));
  }
  [[noreturn]] void fail(std::size_t first, std::size_t last, const std::string& rule) const {
    fail_line(line_, "columns " + std::to_string(first) + "-" + std::to_string(last) + ": " + rule + "; there stands " +
                         quoted(at(first, last)));
  }
  [[nodiscard]] double number(std::size_t first, std::size_t last, const char* what, double low, double high) const {
    const auto value = number_of(at(first, last));
    if (!value || !(*value >= low && *value <= high))
      fail(first, last,
           std::string(what) + " must be a number from " + std::to_string(static_cast<long>(low)) + " to " +
               std::to_string(static_cast<long>(high)));
    return *value;
  }
  [[nodiscard]] int whole(std::size_t first, std::size_t last, const char* what, int low, int high) const {
    const auto value = integer_of(at(first, last));
    if (!value || *value < low || *value > high)
      fail(first, last,
           std::string(what) + " must be a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    return static_cast<int>(*value);
  }
  [[nodiscard]] double number_or_none(std::size_t first, std::size_t last, const char* what) const {
    return at(first, last).empty() ? none : number(first, last, what, -100, 100);
  }
  [[nodiscard]] std::size_t size() const { return text_.size(); }

 private:
  std::string_view text_;
  std::size_t line_;
};

/// @param day with its fraction
double time_of(int year, int month, double day) {
  const double whole = std::floor(day);
  return seconds_past_j2000({{year, month, static_cast<int>(whole)}, 0, 0, 0.0}, TimeScale::tt) +
         (day - whole) * 86400.0;
}

double perihelion_of(const Columns& c) {
  const int year = c.whole(15, 18, "the year of perihelion", -999, 9999);
  const int month = c.whole(20, 21, "the month of perihelion", 1, 12);
  const double day = c.number(23, 29, "the day of perihelion", 1, 32);
  if (std::floor(day) > days_in_month(year, month))
    c.fail(23, 29, "the month has " + std::to_string(days_in_month(year, month)) + " days");
  return time_of(year, month, day);
}

double epoch_of(const Columns& c) {
  if (c.at(82, 89).empty()) return none;
  const int year = c.whole(82, 85, "the epoch's year", 0, 9999), month = c.whole(86, 87, "the epoch's month", 1, 12);
  return time_of(year, month, c.whole(88, 89, "the epoch's day", 1, days_in_month(year, month)));
}

MpcComet comet_of(const Columns& c) {
  MpcComet comet;
  if (c.size() < 79)
    c.fail(
        1, 79,
        "a comet's line goes to its inclination in column 79; this one has " + std::to_string(c.size()) + " columns");
  if (!c.at(1, 4).empty()) comet.number = c.whole(1, 4, "the comet's number", 1, 9999);
  comet.orbit_type = c.at(5, 5).empty() ? ' ' : c.at(5, 5)[0];
  if (std::string_view("CPDXAI").find(comet.orbit_type) == std::string_view::npos)
    c.fail(5, 5, "the type of orbit must be C, P, D, X, A or I");
  comet.provisional = c.at(6, 12);
  comet.perihelion_time = perihelion_of(c);
  const double q = c.number(31, 39, "the perihelion distance", 0, 1000);
  if (!(q > 0.0)) c.fail(31, 39, "the perihelion distance must be positive");
  comet.perihelion_distance = q * astronomical_unit;
  comet.eccentricity = c.number(42, 49, "the eccentricity", 0, 100);
  comet.argument_of_perihelion = c.number(52, 59, "the argument of perihelion", 0, 360) * degree;
  comet.ascending_node = c.number(62, 69, "the longitude of the ascending node", 0, 360) * degree;
  comet.inclination = c.number(72, 79, "the inclination", 0, 180) * degree;
  comet.epoch = epoch_of(c);
  comet.absolute_magnitude = c.number_or_none(92, 95, "the absolute magnitude");
  comet.slope = c.number_or_none(97, 100, "the slope");
  comet.name = c.at(103, 158);
  comet.reference = c.at(160, 180);  // the description ends at 168, but six digits need one more
  return comet;
}

}  // namespace

std::vector<MpcComet> parse_mpc_comets(std::string_view text) {
  std::vector<MpcComet> comets;
  LineReader lines(text);
  while (const auto line = lines.next())
    if (!trimmed(*line).empty()) comets.push_back(comet_of(Columns(*line, lines.number())));
  return comets;
}

}  // namespace orrery::orbital
