// Two-line element sets: reading them column by column, with every field checked.
// SPDX-License-Identifier: Apache-2.0
// Source: F. R. Hoots, R. L. Roehrich, Spacetrack Report No. 3 (1980), section 2; the alpha-5 numbers are those of
// Space-Track's documentation of the format (2020).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace orrery::orbital {

/// The mean elements of one satellite as a two-line element set states them, angles and mean motion in radians.
struct Tle {
  std::string name;                   ///< of the line before, if there is one; without a leading "0 "
  int catalogue_number = 0;           ///< 0 to 339999
  char classification = 'U';          ///< U, C or S
  std::string designator;             ///< launch year, launch of the year, piece: "98067A"
  int epoch_year = 0;                 ///< 1957 to 2056
  double epoch_day = 0.0;             ///< UTC, of the year, 1.0 at the beginning of 1 January
  double mean_motion_half_dot = 0.0;  ///< [rad/min^2] half of the first derivative, as line 1 holds it
  double mean_motion_sixth_ddot = 0;  ///< [rad/min^3] a sixth of the second derivative
  double bstar = 0.0;                 ///< [1/earth radius] drag term
  int ephemeris_type = 0;             ///< 0 in what is published
  int element_number = 0;
  double inclination = 0.0;          ///< [rad] 0 to pi
  double ascending_node = 0.0;       ///< [rad]
  double eccentricity = 0.0;         ///< [-] 0 <= e < 1
  double argument_of_perigee = 0.0;  ///< [rad]
  double mean_anomaly = 0.0;         ///< [rad]
  double mean_motion = 0.0;          ///< [rad/min] as Kozai defines it
  int revolution_number = 0;         ///< at the epoch
  std::size_t line = 0;              ///< of the text, where line 1 of the set stands; from 1

  /// [d] since 1949-12-31 00:00 UTC, the day that the equations of SGP4 count from
  [[nodiscard]] double days_since_1950() const;
};

/// The epoch of a set [s past J2000 TT].
/// @throws std::invalid_argument naming the line, before 1960, when there was no UTC
double epoch_of(const Tle& tle);

/// What a checksum that is wrong means.
enum class TleChecksum { require, ignore };

/// All element sets of a text, each of two lines with at most one name line before. Blank lines and lines that begin
/// with "#" are passed over; lines end in "\n" or "\r\n"; white space at their end does not count.
/// @param text any   @param checksum whether column 69 must hold the sum of the digits, a minus counting 1, modulo 10
/// @returns the sets in order, none for an empty text
/// @throws std::invalid_argument naming line and column of what is not as the format says
/// @accuracy each number is the double nearest to the printed decimal, then times one conversion factor: 1.5 ulp
std::vector<Tle> parse_tles(std::string_view text, TleChecksum checksum = TleChecksum::require);

/// The digit that column 69 of a line should hold.
/// @param line at least 68 columns
int tle_checksum(std::string_view line);

}  // namespace orrery::orbital
