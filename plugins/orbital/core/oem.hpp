// CCSDS orbit ephemeris messages (OEM) in keyword = value notation: reading, writing and interpolating.
// SPDX-License-Identifier: Apache-2.0
// Source: CCSDS 502.0-B-2 (2009) and 502.0-B-3 (2023), Orbit Data Messages, section 5.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/orbital/core/time_scales.hpp"
#include "plugins/orbital/core/vector.hpp"

namespace orrery::orbital {

/// What CCSDS messages begin with; empty texts were not given.
struct OdmHeader {
  std::string version = "2.0";
  std::vector<std::string> comments;
  std::string classification;  ///< since version 3
  std::string creation_date;   ///< as it stands there, UTC
  std::string originator;
  std::string message_id;  ///< since version 3
};

struct OdmMetadata {
  std::vector<std::string> comments;
  std::string object_name, object_id, center_name, ref_frame, ref_frame_epoch;
  TimeScale time_system = TimeScale::utc;
};

/// A covariance of position and velocity: the lower triangle row by row, in m and s.
struct OdmCovariance {
  double time = 0.0;  ///< [s] past J2000 TT
  std::string ref_frame;
  std::array<double, 21> lower{};
};

struct OemSegment {
  OdmMetadata metadata;
  double start = 0.0, stop = 0.0;                  ///< [s] past J2000 TT
  double useable_start = 0.0, useable_stop = 0.0;  ///< the same as start and stop if not given
  bool has_useable_start = false, has_useable_stop = false;
  std::string interpolation;  ///< LAGRANGE, HERMITE, LINEAR or other; empty: not given
  int degree = 0;             ///< 0: not given
  std::vector<std::string> data_comments, covariance_comments;
  std::vector<double> times;        ///< [s] past J2000 TT, increasing
  std::vector<State> states;        ///< [m, m/s]
  std::vector<Vec3> accelerations;  ///< [m/s^2] of each state, or none
  std::vector<OdmCovariance> covariances;
};

struct Oem {
  OdmHeader header;
  std::vector<OemSegment> segments;
  std::vector<std::string> notes;  ///< what was dropped or rounded, by line
};

/// @param text of a whole message, versions 1.0, 2.0 and 3.0
/// @throws std::invalid_argument naming the line of what the standard does not allow
/// @accuracy numbers are the doubles nearest to the decimals times a power of ten; times one rounding of the exact
/// instant
Oem read_oem(std::string_view text);

/// The normal form: one "KEY = value" a line without alignment, no blank lines but one before each META_START, dates
/// with the given number of decimals, numbers as the shortest decimals in km. Reading it gives the same values, and
/// writing those again the same bytes.
/// @param decimals of seconds, 0 to 6
/// @throws std::invalid_argument if there is no segment, a text has what a message cannot hold, or times do not
/// increase
std::string write_oem(const Oem& oem, int decimals = 6);

/// Position and velocity between the data lines, by the segment's method and degree, or Lagrange's of degree 7, less
/// with fewer lines, if it names none: LAGRANGE and LINEAR treat velocities like positions, HERMITE takes positions
/// with velocities and gives the derivative. The data lines nearest around the instant are taken.
/// @param time [s] past J2000 TT, within the useable interval
/// @throws std::domain_error outside of it   @throws std::invalid_argument for another method, or with too few lines
/// @accuracy rounding near 1e-15 of the numbers beside the polynomial's own error
State interpolate(const OemSegment& segment, double time);

}  // namespace orrery::orbital
