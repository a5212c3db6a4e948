// Writing orbit ephemeris messages.
// SPDX-License-Identifier: Apache-2.0
// Source: CCSDS 502.0-B-3 (2023), Orbit Data Messages, section 5.
#include <cmath>
#include <stdexcept>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/decimal_shift.hpp"
#include "plugins/orbital/core/odm_parts.hpp"
#include "plugins/orbital/core/oem.hpp"

namespace orrery::orbital {

namespace {

std::string km(double value) {
  if (!std::isfinite(value)) throw std::invalid_argument("a message cannot hold the number " + shortest(value));
  return " " + shifted_text(value, -3);
}

std::string data_line(const OemSegment& s, std::size_t i, const std::string& date) {
  std::string line = date;
  for (const double x : s.states[i].position) line += km(x);
  for (const double x : s.states[i].velocity) line += km(x);
  if (!s.accelerations.empty())
    for (const double x : s.accelerations[i]) line += km(x);
  return line + "\n";
}

std::string metadata_text(const OemSegment& s, int decimals) {
  const TimeScale scale = s.metadata.time_system;
  const auto date = [&](double t) { return kvn_date(t, scale, decimals); };
  std::string text = "\nMETA_START\n" + detail::odm_metadata_text(s.metadata);
  text += kvn_line("START_TIME", date(s.start));
  if (s.has_useable_start) text += kvn_line("USEABLE_START_TIME", date(s.useable_start));
  if (s.has_useable_stop) text += kvn_line("USEABLE_STOP_TIME", date(s.useable_stop));
  text += kvn_line("STOP_TIME", date(s.stop));
  if (!s.interpolation.empty()) {
    detail::require_value("INTERPOLATION", s.interpolation);
    text += kvn_line("INTERPOLATION", s.interpolation);
  }
  if (s.degree > 0) text += kvn_line("INTERPOLATION_DEGREE", std::to_string(s.degree));
  return text + "META_STOP\n";
}

std::string covariance_text(const OdmCovariance& c, TimeScale scale, int decimals) {
  std::string text = kvn_line("EPOCH", kvn_date(c.time, scale, decimals));
  if (!c.ref_frame.empty()) {
    detail::require_value("COV_REF_FRAME", c.ref_frame);
    text += kvn_line("COV_REF_FRAME", c.ref_frame);
  }
  std::size_t at = 0;
  for (std::size_t row = 0; row < 6; ++row)
    for (std::size_t column = 0; column <= row; ++column) {
      if (!std::isfinite(c.lower[at])) throw std::invalid_argument("a covariance must be finite");
      text += shifted_text(c.lower[at++], -detail::covariance_shift) + (column == row ? "\n" : " ");
    }
  return text;
}

void require_segment(const OemSegment& s) {
  if (s.times.empty()) throw std::invalid_argument("a segment must have at least one state");
  require_size("the states of a segment", s.states.size(), s.times.size());
  require_size_or_none("the accelerations of a segment", s.accelerations.size(), s.times.size());
  if (!(s.start <= s.times.front() && s.times.back() <= s.stop))
    throw std::invalid_argument("the times of a segment must lie between its start and its stop");
}

std::string segment_text(const OemSegment& s, int decimals) {
  require_segment(s);
  std::string text = metadata_text(s, decimals) + kvn_comments(s.data_comments), before;
  for (std::size_t i = 0; i < s.times.size(); ++i) {
    const std::string date = kvn_date(s.times[i], s.metadata.time_system, decimals);
    if (!(date > before))
      throw std::invalid_argument("the times of a segment must increase, as written with " + std::to_string(decimals) +
                                  " decimals; " + date + " follows " + before);
    text += data_line(s, i, date);
    before = date;
  }
  if (s.covariances.empty()) return text;
  text += "COVARIANCE_START\n" + kvn_comments(s.covariance_comments);
  for (const OdmCovariance& c : s.covariances) text += covariance_text(c, s.metadata.time_system, decimals);
  return text + "COVARIANCE_STOP\n";
}

}  // namespace

std::string write_oem(const Oem& oem, int decimals) {
  if (oem.segments.empty()) throw std::invalid_argument("an OEM must have at least one segment");
  std::string text = detail::odm_header_text(oem.header, "CCSDS_OEM_VERS");
  for (const OemSegment& segment : oem.segments) text += segment_text(segment, decimals);
  return text;
}

}  // namespace orrery::orbital
