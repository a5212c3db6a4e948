// CCSDS orbit parameter messages (OPM) in keyword = value notation: reading and writing.
// SPDX-License-Identifier: Apache-2.0
// Source: CCSDS 502.0-B-2 (2009) and 502.0-B-3 (2023), Orbit Data Messages, section 3.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugins/orbital/core/oem.hpp"

namespace orrery::orbital {

/// Osculating elements as they stand in the message, in m and rad.
struct OpmElements {
  std::vector<std::string> comments;
  double semi_major_axis = 0.0, eccentricity = 0.0, inclination = 0.0, ascending_node = 0.0;
  double argument_of_periapsis = 0.0;
  double anomaly = 0.0;  ///< true or mean
  bool is_mean_anomaly = false;
  double gravity = 0.0;  ///< [m^3/s^2]
};

/// What acts on the spacecraft; each may be missing.
struct OpmSpacecraft {
  std::vector<std::string> comments;
  std::optional<double> mass;                                   ///< [kg]
  std::optional<double> radiation_area, radiation_coefficient;  ///< [m^2], [-]
  std::optional<double> drag_area, drag_coefficient;            ///< [m^2], [-]
};

struct OpmManeuver {
  std::vector<std::string> comments;
  double ignition = 0.0;    ///< [s] past J2000 TT
  double duration = 0.0;    ///< [s] 0 for an impulse
  double delta_mass = 0.0;  ///< [kg] less than zero
  std::string ref_frame;
  Vec3 delta_v{};  ///< [m/s]
};

struct Opm {
  OdmHeader header;
  OdmMetadata metadata;
  std::vector<std::string> state_comments;
  double epoch = 0.0;  ///< [s] past J2000 TT
  State state;         ///< [m, m/s]
  std::optional<OpmElements> elements;
  std::optional<OpmSpacecraft> spacecraft;
  std::vector<std::string> covariance_comments;
  std::optional<OdmCovariance> covariance;  ///< its time is the epoch
  std::vector<OpmManeuver> maneuvers;
  std::vector<std::pair<std::string, std::string>> user_defined;  ///< names without USER_DEFINED_
};

/// @param text of a whole message, versions 1.0, 2.0 and 3.0
/// @throws std::invalid_argument naming the line of what the standard does not allow
/// @accuracy numbers are the doubles nearest to the decimals times a power of ten, angles times one factor; times one
///           rounding of the exact instant
Opm read_opm(std::string_view text);

/// The normal form: one "KEY = value [unit]" a line without alignment, no blank lines, dates with the given number of
/// decimals, numbers as the shortest decimals in the units of the standard. Reading it and writing the result gives the
/// same bytes.
/// @param decimals of seconds, 0 to 6
/// @throws std::invalid_argument if a text or number is such as a message cannot hold
std::string write_opm(const Opm& opm, int decimals = 6);

}  // namespace orrery::orbital
