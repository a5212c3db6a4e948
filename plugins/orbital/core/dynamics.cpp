// What a two-body orbit obeys: vis-viva, its invariants, the areal rate, the hodograph, and its curvature.
// SPDX-License-Identifier: Apache-2.0
// Battin, An Introduction to the Mathematics and Methods of Astrodynamics (1999), chapter 3; the hodograph: Hamilton,
// Proc. R. Irish Acad. 3 (1847) 344.
#include "plugins/orbital/core/dynamics.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/energy.hpp"

namespace orrery::orbital {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

void require_axis(double semi_major_axis) {
  if (std::isnan(semi_major_axis) || semi_major_axis == 0.0)
    fail_domain("semi-major axis", "be a number other than zero", semi_major_axis);
}

void require_speed(double speed) {
  if (!(speed >= 0.0) || !std::isfinite(speed)) fail_domain("speed", "lie in [0, inf)", speed);
}

/// mu/a
DoubleDouble pull_of(double mu, double semi_major_axis) {
  return std::isinf(semi_major_axis) ? DoubleDouble(0.0) : DoubleDouble(mu) / DoubleDouble(semi_major_axis);
}

Vec3 eccentricity_vector(const State& state, const detail::Shape& shape, double mu) {
  const DoubleDouble along = detail::exact_dot(state.velocity, state.velocity) - DoubleDouble(mu) / shape.radius;
  const auto component = [&](std::size_t i) {
    return ((along * state.position[i] - shape.sigma * state.velocity[i]) / DoubleDouble(mu)).value();
  };
  return {component(0), component(1), component(2)};
}

}  // namespace

double vis_viva_speed(double mu, double radius, double semi_major_axis) {
  require_positive("gravitational parameter", mu);
  require_positive("radius", radius);
  require_axis(semi_major_axis);
  if (semi_major_axis > 0.0 && radius > 2.0 * semi_major_axis)
    fail_domain("radius", "lie in (0, " + shortest(2.0 * semi_major_axis) + "]", radius);
  return std::sqrt(
      std::fmax((DoubleDouble(2.0 * mu) / DoubleDouble(radius) - pull_of(mu, semi_major_axis)).value(), 0.0));
}

double vis_viva_semi_major_axis(double mu, double radius, double speed) {
  require_positive("gravitational parameter", mu);
  require_positive("radius", radius);
  require_speed(speed);
  const DoubleDouble beta = DoubleDouble(2.0 * mu) / DoubleDouble(radius) - two_prod(speed, speed);
  return beta.hi == 0.0 ? infinity : mu / beta.hi;
}

double vis_viva_radius(double mu, double speed, double semi_major_axis) {
  require_positive("gravitational parameter", mu);
  require_speed(speed);
  require_axis(semi_major_axis);
  const DoubleDouble pull = pull_of(mu, semi_major_axis);
  const DoubleDouble sum = two_prod(speed, speed) + pull;
  if (!(sum.hi > 0.0)) fail_domain("speed", "exceed that at infinity, " + shortest(std::sqrt(-pull.hi)), speed);
  return 2.0 * mu / sum.hi;
}

double escape_speed(double mu, double radius) {
  require_positive("gravitational parameter", mu);
  require_positive("radius", radius);
  return std::sqrt(2.0 * mu / radius);
}

double circular_speed(double mu, double radius) {
  require_positive("gravitational parameter", mu);
  require_positive("radius", radius);
  return std::sqrt(mu / radius);
}

double orbital_period(double mu, double semi_major_axis) {
  require_positive("gravitational parameter", mu);
  require_positive("semi-major axis", semi_major_axis);
  return detail::period(DoubleDouble(mu) / DoubleDouble(semi_major_axis), mu);
}

double mean_motion(double mu, double semi_major_axis) {
  require_positive("gravitational parameter", mu);
  require_axis(semi_major_axis);
  if (std::isinf(semi_major_axis)) return 0.0;
  const DoubleDouble beta = DoubleDouble(mu) / DoubleDouble(std::fabs(semi_major_axis));
  return (beta * sqrt(beta) / DoubleDouble(mu)).value();
}

Invariants invariants(const State& state, double mu) {
  detail::require_state(state, mu);
  const detail::Shape shape = detail::shape_of(state, mu);
  Invariants result;
  result.angular_momentum = shape.momentum;
  result.eccentricity_vector = eccentricity_vector(state, shape, mu);
  result.eccentricity = shape.eccentricity;
  result.energy = -0.5 * shape.beta.hi;
  result.semi_major_axis = shape.beta.hi == 0.0 ? infinity : mu / shape.beta.hi;
  result.semi_latus_rectum = (two_prod(shape.momentum_norm, shape.momentum_norm) / DoubleDouble(mu)).value();
  result.periapsis = result.semi_latus_rectum / (1.0 + shape.eccentricity.e);
  result.apoapsis = shape.beta.hi > 0.0 ? result.semi_major_axis * (1.0 + shape.eccentricity.e) : infinity;
  result.period = detail::period(shape.beta, mu);
  result.mean_motion = shape.beta.hi == 0.0 ? 0.0 : mean_motion(mu, result.semi_major_axis);
  result.areal_rate = 0.5 * shape.momentum_norm;
  if (!is_finite(result.angular_momentum) || !std::isfinite(result.energy) || !is_finite(result.eccentricity_vector))
    throw std::domain_error("the invariants of this state are beyond the range of a double");
  return result;
}

double areal_rate(const State& state) {
  for (const double component : state.position) require_finite("position", component);
  for (const double component : state.velocity) require_finite("velocity", component);
  return 0.5 * norm(cross(state.position, state.velocity));
}

Hodograph hodograph(const State& state, double mu) {
  const Invariants orbit = invariants(state, mu);
  const double h = 2.0 * orbit.areal_rate;
  if (h == 0.0)
    throw std::domain_error(
        "angular momentum must not be zero: the velocity of a rectilinear orbit runs along a straight line");
  Hodograph circle;
  circle.normal = (1.0 / h) * orbit.angular_momentum;
  circle.radius = mu / h;
  circle.centre = circle.radius * cross(circle.normal, orbit.eccentricity_vector);
  return circle;
}

double hodograph_residual(const Hodograph& circle, const Vec3& velocity) {
  const Vec3 from_centre = velocity - circle.centre;
  const double height = dot(from_centre, circle.normal);
  const double in_plane = norm(from_centre - height * circle.normal);
  return std::hypot(in_plane - circle.radius, height) / circle.radius;
}

void hodograph_residuals(const Hodograph& circle, std::span<const double> velocity, std::span<double> residual) {
  require_size("velocity", velocity.size(), 3 * residual.size());
  for (std::size_t i = 0; i < residual.size(); ++i)
    residual[i] = hodograph_residual(circle, {velocity[3 * i], velocity[3 * i + 1], velocity[3 * i + 2]});
}

double orbit_curvature(const State& state, double mu) {
  detail::require_state(state, mu);
  if (norm(state.velocity) == 0.0) fail_domain("speed", "be positive, or the path has no direction", 0.0);
  const DoubleDouble square =
      detail::exact_dot(state.position, state.position) * detail::exact_dot(state.velocity, state.velocity);
  const double h = norm(cross(state.position, state.velocity));
  const double curvature = (two_prod(mu, h) / (square * sqrt(square))).value();
  if (!std::isfinite(curvature)) throw std::domain_error("the curvature of this orbit is beyond the range of a double");
  return curvature;
}

}  // namespace orrery::orbital
