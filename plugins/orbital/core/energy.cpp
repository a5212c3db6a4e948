// The quantities of a state that cancel, formed in twice the working precision.
// SPDX-License-Identifier: Apache-2.0
// Two-body integrals: Battin, An Introduction to the Mathematics and Methods of Astrodynamics (1999), chapter 3.
// Forming them in twice the working precision makes 1 - e exact to round-off as e -> 1.
#include "plugins/orbital/core/energy.hpp"

#include <cmath>
#include <limits>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/kepler_root.hpp"

namespace orrery::orbital::detail {

Shape shape_of(const State& state, double mu) {
  Shape s;
  s.radius = sqrt(exact_dot(state.position, state.position));
  s.sigma = exact_dot(state.position, state.velocity);
  s.beta = DoubleDouble(2.0 * mu) / s.radius - exact_dot(state.velocity, state.velocity);
  s.momentum = cross(state.position, state.velocity);
  s.momentum_norm = norm(s.momentum);
  const DoubleDouble p_over_r = two_prod(s.momentum_norm, s.momentum_norm) / (mu * s.radius);
  s.e_cosine = (p_over_r - 1.0).value();
  s.e_sine = s.sigma.hi / s.radius.hi * (s.momentum_norm / mu);
  const double e = std::hypot(s.e_cosine, s.e_sine);
  const double one_minus_e = s.beta.hi * (s.momentum_norm / mu) * (s.momentum_norm / mu) / (1.0 + e);
  const bool near_one = std::fabs(one_minus_e) <= 0.5;
  s.eccentricity = near_one ? Eccentricity::from_one_minus_e(one_minus_e) : Eccentricity::from_e(e);
  return s;
}

double time_since_periapsis(const Shape& shape, double mu) {
  const double beta = shape.beta.hi;
  if (beta == 0.0) {
    const double q = 0.5 * shape.momentum_norm * (shape.momentum_norm / mu);
    const double s = shape.sigma.hi / mu;
    return s * (q + mu * s * s / 6.0);
  }
  const double root = std::sqrt(std::fabs(beta));
  const double e_sine = shape.sigma.hi * root / mu;
  const Branch branch = beta > 0.0 ? Branch::elliptic : Branch::hyperbolic;
  const double anomaly = beta > 0.0 ? std::atan2(e_sine, (1.0 - shape.beta * shape.radius / DoubleDouble(mu)).value())
                                    : std::asinh(e_sine / shape.eccentricity.e);
  const double mean = equation_residual(exact(shape.eccentricity), defect(branch, anomaly), anomaly, 0.0).value();
  return mean * mu / (root * root * root);
}

double period(DoubleDouble beta, double mu) {
  constexpr DoubleDouble two_pi{0x1.921fb54442d18p+2, 0x1.1a62633145c07p-52};
  if (!(beta.hi > 0.0)) return std::numeric_limits<double>::infinity();
  return (two_pi * mu / (beta * sqrt(beta))).value();
}

void require_state(const State& state, double mu) {
  require_positive("gravitational parameter", mu);
  for (const double component : state.position) require_finite("position", component);
  for (const double component : state.velocity) require_finite("velocity", component);
  if (norm(state.position) == 0.0) fail_domain("distance from the centre", "be positive", 0.0);
}

}  // namespace orrery::orbital::detail
