// Lambert's problem: the orbits that lead from one place to another in a given time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "plugins/orbital/core/vector.hpp"

namespace orrery::orbital {

/// Which way round the centre.
enum class TransferWay {
  prograde,    ///< angular momentum along the normal; the short way where it is at right angles to the normal
  retrograde,  ///< angular momentum against the normal; the long way where it is at right angles to the normal
  short_way,   ///< by less than half a turn
  long_way     ///< by more than half a turn
};

/// Which of the two orbits with the same number of full revolutions.
enum class TransferBranch {
  low,  ///< x above that of the shortest time
  high  ///< x below it
};

struct LambertProblem {
  Vec3 position1{};             ///< [length] from the centre, at the departure
  Vec3 position2{};             ///< [length] from the centre, at the arrival
  double time_of_flight = 1.0;  ///< [time] > 0
  double mu = 1.0;              ///< [length^3/time^2] > 0
  int revolutions = 0;          ///< full revolutions on the way, >= 0
  TransferBranch branch = TransferBranch::low;
  TransferWay way = TransferWay::prograde;
  /// Decides what is prograde, and the plane where the positions are opposite. Without it z is the normal, and opposite
  /// positions have no plane.
  std::optional<Vec3> normal;
};

enum class LambertStatus {
  done,
  not_finite,            ///< a component, mu, the time or the normal is infinite or NaN
  bad_gravity,           ///< mu is not positive
  bad_time,              ///< the time of flight is not positive
  bad_revolutions,       ///< the number of revolutions is negative
  zero_radius,           ///< a position is the centre
  coincident,            ///< both positions are the same: no chord, and no plane
  plane_undefined,       ///< the positions are opposite, and no normal across them is given
  too_many_revolutions,  ///< the time is shorter than the shortest with so many revolutions
  out_of_range           ///< the result is no double
};

/// The status in words.
std::string_view describe(LambertStatus status);

struct LambertSolution {
  Vec3 velocity1{};              ///< [length/time] at the departure
  Vec3 velocity2{};              ///< [length/time] at the arrival
  double semi_major_axis = 0.0;  ///< [length] infinite for a parabola, negative for a hyperbola
  int most_revolutions = 0;      ///< the largest number of full revolutions that the time allows
  int iterations = 0;            ///< steps of Householder's method
  double residual = 0.0;         ///< [-] relative error of the flight time that belongs to the x found
  LambertStatus status = LambertStatus::done;
};

/// Velocities at both ends of the orbit from one position to the other. Never throws; zeros unless the status is done.
/// Positions in one direction are joined by a straight line, which is the limit of slender conics.
/// @accuracy residual 1.8e-15; the orbit, propagated, misses position2 by at most 16 roundings of velocity1, position2
/// and the
///           time together, 70 where the radii are up to 1e6 apart (measured over 1.4e7 random problems, none of which
///           failed)
/// @source Izzo, Celest. Mech. Dyn. Astron. 121 (2015) 1; Lancaster and Blanchard, NASA TN D-5368 (1969); Gooding,
///         Celest. Mech. Dyn. Astron. 48 (1990) 145; Battin (1999) chapter 7
LambertSolution try_lambert(const LambertProblem& problem) noexcept;

/// As try_lambert.  @throws std::domain_error unless the status is done
LambertSolution lambert(const LambertProblem& problem);

/// Rows for many problems. Row i of each: n x 3 or n, and 1 x 3 or 1 serves all.
struct LambertRows {
  std::span<const double> position1, position2;  ///< [length]
  std::span<const double> time_of_flight;        ///< [time]
  std::span<const double> mu;                    ///< [length^3/time^2]
  std::span<const int> revolutions;              ///< full revolutions; none stands for 0
  TransferBranch branch = TransferBranch::low;
  TransferWay way = TransferWay::prograde;
  std::span<const double> normal;  ///< 3 or n x 3; none stands for no normal
};

/// Row-major results; an empty span is left out.
struct LambertBatch {
  std::span<double> velocity1, velocity2;  ///< n x 3
  std::span<double> semi_major_axis;       ///< n
  std::span<double> residual;              ///< n
  std::span<int> iterations;               ///< n
  std::span<int> most_revolutions;         ///< n
  std::span<LambertStatus> status;         ///< n
};

/// Many problems at once, eight to a vector; a bad row gets NaN and its status, the others are not lost. The bits are
/// those of try_lambert, whatever the processor.
/// @returns the number of bad rows   @throws std::invalid_argument if lengths do not match
std::size_t lambert(const LambertRows& rows, const LambertBatch& results);

}  // namespace orrery::orbital
