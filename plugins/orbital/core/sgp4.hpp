// SGP4 with its deep-space part SDP4: positions and velocities from the mean elements of two-line element sets.
// SPDX-License-Identifier: Apache-2.0
// Sources: F. R. Hoots, R. L. Roehrich, Spacetrack Report No. 3, "Models for propagation of NORAD element sets" (1980);
// D. A. Vallado, P. Crawford, R. Hujsak, T. S. Kelso, "Revisiting Spacetrack Report #3", AIAA 2006-6753, whose
// corrections (perturbed inclination in the choice of Lyddane's form, small eccentricities, the limits of Kepler's
// iteration, the restart of the resonance's integration) are followed here. Single letters are those of the two papers.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "plugins/orbital/core/tle.hpp"
#include "plugins/orbital/core/vector.hpp"

namespace orrery::orbital {

/// The constants of the earth that the elements were fitted with; wgs72 for everything that is published.
enum class Sgp4Gravity { wgs72, wgs72old, wgs84 };

/// How sidereal time and the nodes of deep-space orbits are taken: afspc as the operational code does.
enum class Sgp4Mode { improved, afspc };

/// The codes of the report: 0 is none, and they count from 1 as there.
enum class Sgp4Status {
  done,
  mean_eccentricity,       ///< drag has taken the mean eccentricity out of [-0.001, 1)
  mean_motion,             ///< the mean motion is not positive
  perturbed_eccentricity,  ///< moon and sun have taken the eccentricity out of [0, 1]
  semi_latus_rectum,       ///< it is negative
  sub_orbital,             ///< the perigee at the epoch lies within the earth; only a warning, never of an instant
  decayed,                 ///< the satellite is within the earth
  time_out_of_range,       ///< not finite, or more than 1e8 minutes from the epoch
  not_finite               ///< the result is no number
};

/// The status as it is spelled in the source.
std::string_view name(Sgp4Status status);
/// The same in words, for people.
std::string_view reason(Sgp4Status status);

/// What SGP4 starts from, in minutes and radians.
struct Sgp4Elements {
  double days_since_1950 = 0.0;      ///< [d] of the epoch, since 1949-12-31 00:00 UTC; any finite number
  double bstar = 0.0;                ///< [1/earth radius] any finite number
  double inclination = 0.0;          ///< [rad] 0 to pi
  double ascending_node = 0.0;       ///< [rad] any finite number, as the other angles
  double eccentricity = 0.0;         ///< [-] 0 <= e < 1
  double argument_of_perigee = 0.0;  ///< [rad]
  double mean_anomaly = 0.0;         ///< [rad]
  double mean_motion = 0.0;          ///< [rad/min] > 0, as Kozai defines it
};

Sgp4Elements sgp4_elements(const Tle& tle);

/// A state in the frame of the true equator and mean equinox of date (TEME).
struct Sgp4Result {
  State state;  ///< [km, km/s]; zero unless the status is done or decayed
  Sgp4Status status = Sgp4Status::done;
};

namespace detail {

/// The constants of the earth, with the lengths in its radii and the times in minutes.
struct Sgp4Earth {
  double radius = 0.0;        ///< [km]
  double xke = 0.0;           ///< square root of the gravitational parameter [radii^(3/2)/min]
  double j2 = 0.0, j4 = 0.0;  ///< zonal coefficients
  double j3_over_j2 = 0.0;
};

/// Constants of one satellite that every instant needs.
struct Sgp4Secular {
  double eccentricity = 0.0, inclination = 0.0, node = 0.0, perigee = 0.0, anomaly = 0.0, bstar = 0.0;
  double mean_motion = 0.0;  ///< as Brouwer defines it, n0"
  double anomaly_rate = 0.0, perigee_rate = 0.0, node_rate = 0.0;
  double node_drag = 0.0;  ///< of t^2
  double c1 = 0.0, c4 = 0.0, c5 = 0.0, d2 = 0.0, d3 = 0.0, d4 = 0.0, eta = 0.0;
  double t2 = 0.0, t3 = 0.0, t4 = 0.0, t5 = 0.0;    ///< of the mean longitude
  double perigee_drag = 0.0, anomaly_drag = 0.0;    ///< omgcof, xmcof
  double cube_at_epoch = 0.0, sine_at_epoch = 0.0;  ///< (1 + eta cos M0)^3, sin M0
  double semi_major_axis = 0.0;                     ///< (ke/n0")^(2/3)
  bool full_drag = false;                           ///< the terms beyond the square of time count
};

/// What the short-period terms need of an inclination.
struct Sgp4Tilt {
  double sine = 0.0, cosine = 1.0;
  double ay = 0.0, xl = 0.0;  ///< of the long-period terms
};

/// Moon or sun: the coefficients of their long-period terms and the secular rates.
struct Sgp4Perturber {
  double e2 = 0, e3 = 0, i2 = 0, i3 = 0, l2 = 0, l3 = 0, l4 = 0, gh2 = 0, gh3 = 0, gh4 = 0, h2 = 0, h3 = 0;
  double mean_anomaly = 0.0;  ///< at the epoch
};

/// The resonance with the earth's rotation, and the state of its integration at the epoch.
struct Sgp4Resonance {
  enum class Kind { none, one_day, half_day } kind = Kind::none;
  double del1 = 0, del2 = 0, del3 = 0;
  double d2201 = 0, d2211 = 0, d3210 = 0, d3222 = 0, d4410 = 0, d4422 = 0, d5220 = 0, d5232 = 0, d5421 = 0, d5433 = 0;
  double longitude = 0.0;  ///< lambda at the epoch
  double rate = 0.0;       ///< xfact
};

struct Sgp4Deep {
  Sgp4Perturber sun, moon;
  double e_rate = 0, i_rate = 0, m_rate = 0, perigee_rate = 0, node_rate = 0;  ///< secular, of both
  double sidereal_time = 0.0;                                                  ///< at the epoch
  Sgp4Resonance resonance;
};

/// What near-earth instants are computed from.
struct Sgp4Near {
  const Sgp4Secular& secular;
  const Sgp4Tilt& tilt;
  const Sgp4Earth& earth;
};

/// Near-earth instants by vectors of one width; each has the bits of the scalar path.
/// @param minutes n, each in range   @param position [km] n x 3   @param velocity [km/s] n x 3   @param status n codes
using Sgp4Wide = void (*)(const Sgp4Near& near, const double* minutes, std::size_t n, double* position,
                          double* velocity, double* status);

}  // namespace detail

/// Where the integration of a resonance has got to, so that the next instant can go on from there. One to a thread.
struct Sgp4Cursor {
  double time = 0.0;  ///< [min] a multiple of the step from the epoch; 0 before the first use
  double longitude = 0.0;
  double mean_motion = 0.0;
};

/// One satellite, prepared for any number of instants.
///
/// 1. Construct it from elements; what depends on them alone is computed once.
/// 2. Ask at() for any time, from any thread. The result is a function of the time alone: a cursor only saves repeated
///    steps of the resonance's integration, which go in steps of 720 min from the epoch either way.
class Sgp4 {
 public:
  /// @throws std::domain_error if an element is outside its range
  explicit Sgp4(const Sgp4Elements& elements, Sgp4Gravity gravity = Sgp4Gravity::wgs72,
                Sgp4Mode mode = Sgp4Mode::improved);

  /// Period of 225 min or more, by the mean motion of Brouwer.
  [[nodiscard]] bool is_deep_space() const noexcept { return deep_.has_value(); }
  /// sub_orbital if the perigee at the epoch lies within the earth, else done.
  [[nodiscard]] Sgp4Status epoch_status() const noexcept { return epoch_status_; }
  /// As Brouwer defines it [rad/min].
  [[nodiscard]] double mean_motion() const noexcept { return secular_.mean_motion; }

  /// @param minutes since the epoch, -1e8 to 1e8
  /// @returns position and velocity in TEME, or why there is none
  /// @accuracy the published cases of Vallado et al. to all printed digits (1e-8 km); within 4e-9 km and 3e-12 km/s of
  /// an
  ///           independent program over two weeks either way (measured: 6000 random orbits of all kinds; low ones 2e-9
  ///           km)
  [[nodiscard]] Sgp4Result at(double minutes) const noexcept;
  [[nodiscard]] Sgp4Result at(double minutes, Sgp4Cursor& cursor) const noexcept;

  /// Many instants; near-earth orbits in vectors of what the processor offers, with the same bits on each.
  /// @param minutes m   @param position [km] m x 3   @param velocity [km/s] m x 3   @param status m; a row that is not
  /// done or decayed is zero
  /// @throws std::invalid_argument if lengths do not match
  void at(std::span<const double> minutes, std::span<double> position, std::span<double> velocity,
          std::span<Sgp4Status> status) const;

 private:
  [[nodiscard]] Sgp4Result near_at(double minutes) const noexcept;
  void wide_at(detail::Sgp4Wide wide, std::span<const double> minutes, std::span<double> position,
               std::span<double> velocity, std::span<Sgp4Status> status) const;
  [[nodiscard]] Sgp4Result deep_at(double minutes, Sgp4Cursor& cursor) const noexcept;

  detail::Sgp4Earth earth_;
  detail::Sgp4Secular secular_;
  detail::Sgp4Tilt tilt_;
  std::optional<detail::Sgp4Deep> deep_;
  Sgp4Mode mode_;
  Sgp4Status epoch_status_ = Sgp4Status::done;
};

}  // namespace orrery::orbital
