// How far an ephemeris is from its conic, and how far its invariants drift.
// SPDX-License-Identifier: Apache-2.0
// Battin, An Introduction to the Mathematics and Methods of Astrodynamics (1999), chapter 3.
#include "plugins/orbital/core/conic.hpp"

#include <cmath>
#include <stdexcept>

#include "plugins/orbital/core/checks.hpp"

namespace orrery::orbital {

Conic conic_of(const State& state, double mu) {
  const Invariants found = invariants(state, mu);
  const double h = 2.0 * found.areal_rate;
  const Vec3 normal = h > 0.0 ? (1.0 / h) * found.angular_momentum : Vec3{};
  return {found.eccentricity_vector, normal, found.semi_latus_rectum};
}

double conic_residual(const Conic& conic, const Vec3& position) {
  for (const double component : position) require_finite("position", component);
  if (!(conic.semi_latus_rectum > 0.0))
    throw std::domain_error("angular momentum must not be zero: a straight line is no conic with a semi-latus rectum");
  return std::fabs(norm(position) + dot(conic.eccentricity_vector, position) - conic.semi_latus_rectum) /
         conic.semi_latus_rectum;
}

double plane_residual(const Conic& conic, const Vec3& position) {
  const double r = norm(position);
  return r > 0.0 ? std::fabs(dot(conic.normal, position)) / r : 0.0;
}

Drift drift_between(const State& first, const State& later, double mu) {
  const Invariants before = invariants(first, mu), after = invariants(later, mu);
  const double h = norm(before.angular_momentum), r = norm(first.position), v = norm(first.velocity);
  Drift drift;
  const double size = h > 0.0 ? h : std::hypot(r * v, std::sqrt(mu) * std::sqrt(r));
  drift.momentum = norm(after.angular_momentum - before.angular_momentum) / size;
  drift.energy = (after.energy - before.energy) / (0.5 * v * v + mu / r);
  drift.eccentricity = norm(after.eccentricity_vector - before.eccentricity_vector);
  return drift;
}

}  // namespace orrery::orbital
