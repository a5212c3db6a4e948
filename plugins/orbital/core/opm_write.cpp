// Writing orbit parameter messages.
// SPDX-License-Identifier: Apache-2.0
// Source: CCSDS 502.0-B-3 (2023), Orbit Data Messages, section 3.
#include <cmath>
#include <cstdio>
#include <stdexcept>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/decimal_shift.hpp"
#include "plugins/orbital/core/opm.hpp"
#include "plugins/orbital/core/opm_keys.hpp"

namespace orrery::orbital {

namespace {

using namespace detail;

/// "KEY = number [unit]" as the key's entry says.
std::string number_line(const KvnKey& key, double value) {
  if (!std::isfinite(value))
    throw std::invalid_argument("'" + std::string(key.key) + "' must be finite; it is " + shortest(value));
  const std::string unit = key.unit.empty() ? "" : " [" + std::string(key.unit) + "]";
  return kvn_line(key.key, shifted_text(value, -key.shift) + unit);
}

/// The shortest number of degrees that reads back as the same angle, of those next to the quotient.
double degrees_of(double radians) {
  const double quotient = radians / degree_in_rad;
  for (int digits = 15; digits <= 17 && std::isfinite(quotient); ++digits) {
    char text[40];
    std::snprintf(text, sizeof text, "%.*g", digits, quotient);
    const double value = *number_of(text);
    if (value * degree_in_rad == radians) return value;
  }
  for (const double end : {-1e300, 1e300})
    if (const double next = std::nextafter(quotient, end); next * degree_in_rad == radians) return next;
  return quotient;
}

std::string state_text(const Opm& opm, int decimals) {
  std::string text =
      kvn_comments(opm.state_comments) + kvn_line("EPOCH", kvn_date(opm.epoch, opm.metadata.time_system, decimals));
  for (std::size_t k = 0; k < 3; ++k) text += number_line(opm_state_keys[1 + k], opm.state.position[k]);
  for (std::size_t k = 0; k < 3; ++k) text += number_line(opm_state_keys[4 + k], opm.state.velocity[k]);
  return text;
}

std::string elements_text(const OpmElements& e) {
  const auto& keys = opm_element_keys;
  std::string text =
      kvn_comments(e.comments) + number_line(keys[0], e.semi_major_axis) + number_line(keys[1], e.eccentricity);
  text += number_line(keys[2], degrees_of(e.inclination)) + number_line(keys[3], degrees_of(e.ascending_node));
  text += number_line(keys[4], degrees_of(e.argument_of_periapsis));
  text += number_line(keys[e.is_mean_anomaly ? 6 : 5], degrees_of(e.anomaly));
  return text + number_line(keys[7], e.gravity);
}

std::string spacecraft_text(const OpmSpacecraft& s) {
  std::string text = kvn_comments(s.comments);
  const std::optional<double> values[] = {s.mass, s.radiation_area, s.radiation_coefficient, s.drag_area,
                                          s.drag_coefficient};
  for (std::size_t i = 0; i < 5; ++i)
    if (values[i]) text += number_line(opm_spacecraft_keys[i], *values[i]);
  return text;
}

std::string covariance_text(const Opm& opm) {
  std::string text = kvn_comments(opm.covariance_comments);
  if (!opm.covariance->ref_frame.empty()) {
    require_value("COV_REF_FRAME", opm.covariance->ref_frame);
    text += kvn_line("COV_REF_FRAME", opm.covariance->ref_frame);
  }
  for (std::size_t i = 0; i < 21; ++i) text += number_line(opm_covariance_keys[1 + i], opm.covariance->lower[i]);
  return text;
}

std::string maneuver_text(const OpmManeuver& m, TimeScale scale, int decimals) {
  const auto& keys = opm_maneuver_keys;
  require_value("MAN_REF_FRAME", m.ref_frame);
  std::string text = kvn_comments(m.comments) + kvn_line("MAN_EPOCH_IGNITION", kvn_date(m.ignition, scale, decimals));
  text +=
      number_line(keys[1], m.duration) + number_line(keys[2], m.delta_mass) + kvn_line("MAN_REF_FRAME", m.ref_frame);
  for (std::size_t k = 0; k < 3; ++k) text += number_line(keys[4 + k], m.delta_v[k]);
  return text;
}

}  // namespace

std::string write_opm(const Opm& opm, int decimals) {
  std::string text =
      odm_header_text(opm.header, "CCSDS_OPM_VERS") + odm_metadata_text(opm.metadata) + state_text(opm, decimals);
  if (opm.elements) text += elements_text(*opm.elements);
  if (opm.spacecraft) text += spacecraft_text(*opm.spacecraft);
  if (opm.covariance) text += covariance_text(opm);
  for (const OpmManeuver& m : opm.maneuvers) text += maneuver_text(m, opm.metadata.time_system, decimals);
  for (const auto& [key, value] : opm.user_defined) {
    require_value(key, value);
    text += kvn_line("USER_DEFINED_" + key, value);
  }
  return text;
}

}  // namespace orrery::orbital
