// Classical orbital elements of every conic, and the state they stand for, both ways.
// SPDX-License-Identifier: Apache-2.0
// Vallado, Fundamentals of Astrodynamics and Applications, 4th ed. (2013), sections 2.5 and 2.6.
#include "plugins/orbital/core/elements.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/energy.hpp"

namespace orrery::orbital {

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr double two_pi = 0x1.921fb54442d18p+2;
constexpr double infinity = std::numeric_limits<double>::infinity();

void require_eccentricity(Eccentricity eccentricity) {
  if (!eccentricity.is_finite() || !(eccentricity.e >= 0.0))
    fail_domain("eccentricity", "lie in [0, inf)", eccentricity.e);
}

void require_angles(const Angles& angles) {
  if (!(angles.inclination >= 0.0 && angles.inclination <= pi))
    fail_domain("inclination", "lie in [0, pi]", angles.inclination);
  require_finite("longitude of the ascending node", angles.ascending_node);
  require_finite("argument of periapsis", angles.argument_of_periapsis);
  require_finite("true anomaly", angles.true_anomaly);
}

Elements assemble(double periapsis_distance, Eccentricity eccentricity, const Angles& angles) {
  require_angles(angles);
  return {periapsis_distance,           eccentricity,       angles.inclination, angles.ascending_node,
          angles.argument_of_periapsis, angles.true_anomaly};
}

double wrapped(double angle) {
  const double positive = angle < 0.0 ? angle + two_pi : angle;
  return positive < two_pi ? positive : positive - two_pi;
}

/// The directions of periapsis and, a quarter turn on, of motion there.
struct Frame {
  Vec3 along;
  Vec3 across;
};

Frame frame_of(const Elements& el) {
  const double cn = std::cos(el.ascending_node);
  const double sn = std::sin(el.ascending_node);
  const double ci = std::cos(el.inclination);
  const double si = std::sin(el.inclination);
  const Vec3 node{cn, sn, 0.0};
  const Vec3 beyond{-sn * ci, cn * ci, si};
  const double cw = std::cos(el.argument_of_periapsis);
  const double sw = std::sin(el.argument_of_periapsis);
  return {cw * node + sw * beyond, cw * beyond - sw * node};
}

// 1 + e cos f and e + cos f; written with 1 - e where the plain sums would cancel.
struct Conic {
  double p_over_r;
  double transverse;
};

Conic conic_at(Eccentricity eccentricity, double true_anomaly) {
  const double cosine = std::cos(true_anomaly);
  if (cosine > -0.5) return {1.0 + eccentricity.e * cosine, eccentricity.e + cosine};
  const double half = std::cos(0.5 * true_anomaly);
  const double lifted = 2.0 * half * half;
  return {eccentricity.one_minus_e + eccentricity.e * lifted, lifted - eccentricity.one_minus_e};
}

// Reference directions of the orbit's plane: its node, or the x axis where there is none.
struct Plane {
  Vec3 node;
  Vec3 beyond;
  double inclination = 0.0;
  double ascending_node = 0.0;
};

Plane plane_of(const Vec3& momentum, double momentum_norm, bool equatorial) {
  const Vec3 pole = (1.0 / momentum_norm) * momentum;
  const double horizontal = std::hypot(momentum[0], momentum[1]);
  Plane plane;
  plane.inclination = std::atan2(horizontal, momentum[2]);
  if (equatorial) {
    plane.node = {1.0, 0.0, 0.0};
    plane.beyond = {0.0, std::copysign(1.0, momentum[2]), 0.0};
    return plane;
  }
  plane.node = {-momentum[1] / horizontal, momentum[0] / horizontal, 0.0};
  plane.beyond = cross(pole, plane.node);
  plane.ascending_node = wrapped(std::atan2(momentum[0], -momentum[1]));
  return plane;
}

// A straight line lies in many planes; the one through the z axis is named.
Elements line_elements(const State& state, double sigma) {
  const Vec3 away = (-1.0 / norm(state.position)) * state.position;
  const double horizontal = std::hypot(away[0], away[1]);
  Elements el;
  el.periapsis_distance = 0.0;
  el.eccentricity = {1.0, 0.0};
  el.inclination = 0.5 * pi;
  el.ascending_node = horizontal > 0.0 ? wrapped(std::atan2(away[1], away[0])) : 0.0;
  el.argument_of_periapsis = wrapped(std::atan2(away[2], horizontal));
  el.true_anomaly = std::copysign(pi, sigma);
  return el;
}

void require_range(const ElementsResult& result) {
  const bool good = std::isfinite(result.semi_latus_rectum) && std::isfinite(result.elements.eccentricity.e) &&
                    !std::isnan(result.semi_major_axis) && !std::isnan(result.period) &&
                    !std::isnan(result.time_since_periapsis);
  if (!good) throw std::domain_error("the elements of this state are beyond the range of a double");
}

void fill_angles(ElementsResult& result, const State& state, const detail::Shape& shape, const SingularCases& cases) {
  const bool lenient = cases.policy == SingularPolicy::standard_longitudes;
  const double horizontal = std::hypot(shape.momentum[0], shape.momentum[1]);
  result.equatorial = horizontal <= (lenient ? cases.equatorial_below * shape.momentum_norm : 0.0);
  result.circular = shape.eccentricity.e <= (lenient ? cases.circular_below : 0.0);
  const Plane plane = plane_of(shape.momentum, shape.momentum_norm, result.equatorial);
  const double latitude = std::atan2(dot(state.position, plane.beyond), dot(state.position, plane.node));
  Elements& el = result.elements;
  el.inclination = plane.inclination;
  el.ascending_node = plane.ascending_node;
  el.true_anomaly = result.circular ? latitude : std::atan2(shape.e_sine, shape.e_cosine);
  el.argument_of_periapsis = result.circular ? 0.0 : wrapped(latitude - el.true_anomaly);
}

}  // namespace

Elements elements_from_periapsis(double periapsis_distance, Eccentricity eccentricity, const Angles& angles) {
  require_positive("periapsis distance", periapsis_distance);
  require_eccentricity(eccentricity);
  return assemble(periapsis_distance, eccentricity, angles);
}

Elements elements_from_semi_major_axis(double semi_major_axis, Eccentricity eccentricity, const Angles& angles) {
  require_finite("semi-major axis", semi_major_axis);
  require_eccentricity(eccentricity);
  if (eccentricity.is_parabolic())
    fail_domain("eccentricity", "not be one where a semi-major axis is given (give the periapsis distance)",
                eccentricity.e);
  if (eccentricity.is_elliptic()) require_positive("semi-major axis of an ellipse", semi_major_axis);
  if (eccentricity.is_hyperbolic() && !(semi_major_axis < 0.0))
    fail_domain("semi-major axis of a hyperbola", "be negative", semi_major_axis);
  return assemble(semi_major_axis * eccentricity.one_minus_e, eccentricity, angles);
}

Elements elements_from_semi_latus_rectum(double semi_latus_rectum, Eccentricity eccentricity, const Angles& angles) {
  require_positive("semi-latus rectum", semi_latus_rectum);
  require_eccentricity(eccentricity);
  return assemble(semi_latus_rectum / (1.0 + eccentricity.e), eccentricity, angles);
}

double semi_latus_rectum(const Elements& elements) {
  return elements.periapsis_distance * (1.0 + elements.eccentricity.e);
}

double semi_major_axis(const Elements& elements) {
  if (elements.eccentricity.is_parabolic()) return infinity;
  return elements.periapsis_distance / elements.eccentricity.one_minus_e;
}

State elements_to_state(const Elements& el, double mu) {
  require_positive("gravitational parameter", mu);
  require_positive("periapsis distance", el.periapsis_distance);
  require_eccentricity(el.eccentricity);
  require_angles({el.inclination, el.ascending_node, el.argument_of_periapsis, el.true_anomaly});
  const Conic conic = conic_at(el.eccentricity, el.true_anomaly);
  const bool open = !el.eccentricity.is_elliptic();
  if (!(conic.p_over_r > 0.0) || (open && !(std::fabs(el.true_anomaly) < pi)))
    fail_domain("true anomaly of an open orbit", "lie between its asymptotes", el.true_anomaly);
  const double p = semi_latus_rectum(el);
  const double r = p / conic.p_over_r;
  const double speed = std::sqrt(mu / p);
  const double cosine = std::cos(el.true_anomaly);
  const double sine = std::sin(el.true_anomaly);
  const Frame frame = frame_of(el);
  const State state{r * cosine * frame.along + r * sine * frame.across,
                    speed * conic.transverse * frame.across - speed * sine * frame.along};
  if (!is_finite(state.position) || !is_finite(state.velocity))
    throw std::domain_error("the state of these elements is beyond the range of a double");
  return state;
}

ElementsResult state_to_elements(const State& state, double mu, const SingularCases& cases) {
  detail::require_state(state, mu);
  const detail::Shape shape = detail::shape_of(state, mu);
  ElementsResult result;
  result.semi_major_axis = shape.beta.hi == 0.0 ? infinity : (DoubleDouble(mu) / shape.beta).value();
  result.semi_latus_rectum = (two_prod(shape.momentum_norm, shape.momentum_norm) / DoubleDouble(mu)).value();
  result.period = detail::period(shape.beta, mu);
  result.time_since_periapsis = detail::time_since_periapsis(shape, mu);
  result.rectilinear = shape.momentum_norm == 0.0;
  if (result.rectilinear) {
    result.elements = line_elements(state, shape.sigma.hi);
  } else {
    result.elements.eccentricity = shape.eccentricity;
    result.elements.periapsis_distance = result.semi_latus_rectum / (1.0 + shape.eccentricity.e);
    fill_angles(result, state, shape, cases);
  }
  require_range(result);
  return result;
}

}  // namespace orrery::orbital
