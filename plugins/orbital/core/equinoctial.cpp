// Elements without singular circles or planes: the modified equinoctial set; and Delaunay's, conjugate in pairs.
// SPDX-License-Identifier: Apache-2.0
// Walker, Ireland and Owens, Celestial Mechanics 36 (1985) 409; the retrograde factor as in Broucke and Cefola,
// Celestial Mechanics 5 (1972) 303.
#include "plugins/orbital/core/equinoctial.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "plugins/orbital/core/anomaly.hpp"
#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/dynamics.hpp"
#include "plugins/orbital/core/elements.hpp"

namespace orrery::orbital {

namespace {

constexpr double two_pi = 0x1.921fb54442d18p+2;

/// The orbit's plane: at longitude 0 and a quarter turn on.
struct EquinoctialFrame {
  Vec3 first, second;
};

EquinoctialFrame frame_of(double h, double k, int factor) {
  const double s = 1.0 / (1.0 + h * h + k * k), sign = factor;
  return {{s * (1.0 + h * h - k * k), s * (2.0 * h * k), s * (-2.0 * k * sign)},
          {s * (2.0 * h * k * sign), s * (1.0 - h * h + k * k) * sign, s * (2.0 * h)}};
}

int factor_of(EquinoctialKind kind, double pole_z) {
  if (kind == EquinoctialKind::automatic) return pole_z < 0.0 ? -1 : 1;
  return kind == EquinoctialKind::direct ? 1 : -1;
}

/// 1 + I cos i, by way of the horizontal part where it would cancel.
double opening(const Vec3& pole, int factor) {
  const double along = factor * pole[2];
  return along > -0.5 ? 1.0 + along : (pole[0] * pole[0] + pole[1] * pole[1]) / (1.0 - along);
}

double wrapped(double angle) {
  const double positive = angle < 0.0 ? angle + two_pi : angle;
  return positive < two_pi ? positive : 0.0;
}

}  // namespace

EquinoctialElements state_to_equinoctial(const State& state, double mu, EquinoctialKind kind) {
  const Invariants found = invariants(state, mu);
  const double size = 2.0 * found.areal_rate;
  if (!(size > 0.0)) throw std::domain_error("angular momentum must not be zero: a straight line has no plane");
  const Vec3 pole = (1.0 / size) * found.angular_momentum;
  EquinoctialElements el;
  el.retrograde_factor = factor_of(kind, pole[2]);
  const double open = opening(pole, el.retrograde_factor);
  if (!(open > 0x1p-100))
    throw std::domain_error(el.retrograde_factor > 0 ? "inclination must be less than pi for the direct elements"
                                                     : "inclination must be more than 0 for the retrograde elements");
  el.semi_latus_rectum = found.semi_latus_rectum;
  el.k = pole[0] / open;
  el.h = -pole[1] / open;
  const EquinoctialFrame frame = frame_of(el.h, el.k, el.retrograde_factor);
  el.f = dot(found.eccentricity_vector, frame.first);
  el.g = dot(found.eccentricity_vector, frame.second);
  el.true_longitude = wrapped(std::atan2(dot(state.position, frame.second), dot(state.position, frame.first)));
  return el;
}

State equinoctial_to_state(const EquinoctialElements& el, double mu) {
  require_positive("gravitational parameter", mu);
  require_positive("semi-latus rectum", el.semi_latus_rectum);
  for (const double value : {el.f, el.g, el.h, el.k, el.true_longitude})
    require_finite("an equinoctial element", value);
  if (el.retrograde_factor != 1 && el.retrograde_factor != -1)
    fail_domain("retrograde factor", "be 1 or -1", el.retrograde_factor);
  const double c = std::cos(el.true_longitude), s = std::sin(el.true_longitude);
  const double ratio = 1.0 + (el.f * c + el.g * s);
  if (!(ratio > 0.0)) fail_domain("true longitude of an open orbit", "lie between its asymptotes", el.true_longitude);
  const EquinoctialFrame frame = frame_of(el.h, el.k, el.retrograde_factor);
  const double r = el.semi_latus_rectum / ratio, speed = std::sqrt(mu / el.semi_latus_rectum);
  const State state{r * c * frame.first + r * s * frame.second,
                    speed * (el.f + c) * frame.second - speed * (el.g + s) * frame.first};
  if (!is_finite(state.position) || !is_finite(state.velocity))
    throw std::domain_error("the state of these elements is beyond the range of a double");
  return state;
}

DelaunayElements state_to_delaunay(const State& state, double mu) {
  const ElementsResult found = state_to_elements(state, mu);
  const Elements& el = found.elements;
  if (!el.eccentricity.is_elliptic() || found.rectilinear)
    fail_domain("eccentricity", "be less than one for Delaunay's elements", el.eccentricity.e);
  DelaunayElements d;
  // The time is counted from the true periapsis, which a circle under the standard policy has given up.
  d.mean_anomaly = found.circular
                       ? convert_anomaly(el.true_anomaly, AnomalyKind::true_anomaly, AnomalyKind::mean, el.eccentricity)
                       : found.time_since_periapsis * mean_motion(mu, found.semi_major_axis);
  d.argument_of_periapsis = el.argument_of_periapsis;
  d.ascending_node = el.ascending_node;
  d.axis_action = std::sqrt(mu) * std::sqrt(found.semi_major_axis);
  const Vec3 momentum = cross(state.position, state.velocity);
  // A circle's L and G are one number, an equator's G and |H|; round-off must not put them in the wrong order.
  d.momentum = std::min(norm(momentum), d.axis_action);
  d.polar_momentum = std::clamp(momentum[2], -d.momentum, d.momentum);
  return d;
}

State delaunay_to_state(const DelaunayElements& d, double mu) {
  require_positive("gravitational parameter", mu);
  require_positive("L", d.axis_action);
  if (!(d.momentum > 0.0 && d.momentum <= d.axis_action))
    fail_domain("G", "lie in (0, " + shortest(d.axis_action) + "]", d.momentum);
  if (!(std::fabs(d.polar_momentum) <= d.momentum))
    fail_domain("H", "lie in [" + shortest(-d.momentum) + ", " + shortest(d.momentum) + "]", d.polar_momentum);
  const double ratio = d.momentum / d.axis_action;
  const double e = std::sqrt((1.0 - ratio) * (1.0 + ratio));
  const double one_minus_e = ratio * ratio / (1.0 + e);
  const Eccentricity eccentricity =
      one_minus_e <= 0.5 ? Eccentricity::from_one_minus_e(one_minus_e) : Eccentricity::from_e(e);
  const double tilt =
      std::atan2(std::sqrt(d.momentum - d.polar_momentum) * std::sqrt(d.momentum + d.polar_momentum), d.polar_momentum);
  const double anomaly = convert_anomaly(d.mean_anomaly, AnomalyKind::mean, AnomalyKind::true_anomaly, eccentricity);
  const double rectum = d.momentum * (d.momentum / mu);
  return elements_to_state(
      elements_from_semi_latus_rectum(rectum, eccentricity, {tilt, d.ascending_node, d.argument_of_periapsis, anomaly}),
      mu);
}

}  // namespace orrery::orbital
