// The operations orbital.calendar and epoch.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/calendar_op.hpp"

#include <string>
#include <vector>

#include "plugins/orbital/core/text_lines.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {
namespace {

constexpr std::uint32_t warning = ORRERY_LOG_WARN;

bool beyond_table(const CivilDate& date, TimeScale scale) {
  return scale == TimeScale::utc && date >= leap_seconds_expire;
}

template <class Op>
void warn_of_leap_seconds(const sdk::Call<Op>& call) {
  call.log(warning, std::string("leap seconds after ") + text_of({leap_seconds_expire}, 0).substr(0, 10) +
                        " are not known from " + std::string(leap_seconds_source) + "; the last difference is kept");
}

/// TT less the scale, from the date that was found.
double tt_minus_scale(double tt, TimeScale scale) {
  if (scale == TimeScale::tdb) return -tdb_minus_tt(tt);
  if (scale == TimeScale::gps) return 51.184;
  if (scale == TimeScale::tai) return 32.184;
  if (scale == TimeScale::tt) return 0.0;
  const JulianDate utc = julian_date(tt, scale);
  return 32.184 + tai_minus_utc(static_cast<std::int64_t>(utc.day - 2451544.5), utc.fraction);
}

}  // namespace

void Calendar::run(sdk::Call<Calendar>& call) {
  const auto time = call.in<"time">();
  const auto scale = call.in<"scale">();
  const auto decimals = static_cast<int>(call.in<"decimals">());
  const sdk::Shape batch = call.batch();
  const auto year = call.out<"year">(batch), month = call.out<"month">(batch), day = call.out<"day">(batch);
  const auto hour = call.out<"hour">(batch), minute = call.out<"minute">(batch);
  const auto second = call.out<"second">(batch), julian_day = call.out<"julian_day">(batch);
  const auto fraction = call.out<"day_fraction">(batch), difference = call.out<"tt_minus_scale">(batch);
  const std::int64_t rows = rows_of(batch);
  std::vector<std::string> texts(static_cast<std::size_t>(rows), "none");
  const auto compute = [&](std::int64_t row) {
    const CalendarTime t = calendar_time(time(row), scale, decimals);
    const JulianDate julian = julian_date(time(row), scale);
    year(row) = t.date.year, month(row) = t.date.month, day(row) = t.date.day;
    hour(row) = t.hour, minute(row) = t.minute, second(row) = t.second;
    julian_day(row) = julian.day, fraction(row) = julian.fraction;
    difference(row) = tt_minus_scale(time(row), scale);
    texts[static_cast<std::size_t>(row)] = text_of(t, decimals);
  };
  for_each_row(call, rows, 1024, call.in<"on_error">(), compute, [&](std::int64_t row) {
    for (const auto& output : {year, month, day, hour, minute}) output(row) = 0;
    for (const auto& output : {second, julian_day, fraction, difference}) output(row) = not_a_number;
  });
  bool beyond = false;
  std::string text;
  for (std::int64_t row = 0; row < rows; ++row) {
    const auto whole = [row](const auto& output) { return static_cast<int>(output(row)); };
    beyond = beyond || beyond_table({whole(year), whole(month), whole(day)}, scale);
    text += texts[static_cast<std::size_t>(row)] + (row + 1 < rows ? "\n" : "");
  }
  if (beyond) warn_of_leap_seconds(call);
  call.set<"text">(text);
}

void Epoch::run(sdk::Call<Epoch>& call) {
  const auto scale = call.in<"scale">();
  std::vector<double> times;
  bool beyond = false;
  LineReader lines(call.in<"dates">());
  while (const auto line = lines.next()) {
    if (trimmed(*line).empty()) continue;
    try {
      const CalendarTime t = parse_calendar_time(trimmed(*line));
      times.push_back(seconds_past_j2000(t, scale));
      beyond = beyond || beyond_table(t.date, scale);
    } catch (const std::invalid_argument& e) {
      fail_line(lines.number(), e.what());
    } catch (const std::domain_error& e) {
      fail_line(lines.number(), e.what());
    }
  }
  if (beyond) warn_of_leap_seconds(call);
  const auto out = call.out<"time">(static_cast<std::int64_t>(times.size()));
  std::copy(times.begin(), times.end(), out.begin());
}

}  // namespace orrery::orbital
