// The restricted three-body problem.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/cr3bp.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "plugins/orbital/core/checks.hpp"

namespace orrery::orbital {

namespace {

using taylor::power;
using taylor::square;
using taylor::Triple;

template <class T>
Triple<T> pull(double mu, const Triple<T>& r, const Triple<T>& v) {
  const T side = square(r[1]) + square(r[2]);
  const T first = r[0] + mu, second = r[0] + (mu - 1.0);
  if (mu == 0.0 || mu == 1.0) {  // a primary without mass may be passed through
    const T& axis = mu == 0.0 ? first : second;
    const T only = power(square(axis) + side, -1.5);
    return {2.0 * v[1] + r[0] - only * axis, r[1] - 2.0 * v[0] - only * r[1], -(only * r[2])};
  }
  const T large = (1.0 - mu) * power(square(first) + side, -1.5), small = mu * power(square(second) + side, -1.5);
  const T both = large + small;
  return {2.0 * v[1] + r[0] - large * first - small * second, r[1] - 2.0 * v[0] - both * r[1], -(both * r[2])};
}

/// The root of an increasing function between 0 and `high`, to all bits: bisection in the exponent and then in the
/// number.
template <class F>
double increasing_root(const F& f, double high) {
  double low = 0.0;
  double middle = high;
  while (middle > 0.0 && f(middle) > 0.0) high = middle, middle *= 0.5;
  low = middle;
  for (;;) {
    middle = low + 0.5 * (high - low);
    if (middle <= low || middle >= high) return f(high) < -f(low) ? high : low;
    (f(middle) > 0.0 ? high : low) = middle;
  }
}

/// The distance of L1 (sign -1) or L2 (sign +1) from the primary of mass mu; nu = 1 - mu.
double collinear_near(double mu, double nu, double sign) {
  // the balance of forces along the line times g^2, g the distance, brought to a form in which nothing cancels
  const auto balance = [=](double g) {
    const double other = 1.0 + sign * g;
    // nu (other - 1/other^2) = nu s g (other^2 + other + 1)/other^2
    const double tide = nu * g * (other * other + other + 1.0) / (other * other);
    return (tide + mu * g) * (g * g) - mu;
  };
  return increasing_root(balance, sign < 0.0 ? 1.0 - 0x1p-53 : 2.0);
}

/// 1 less the distance of L3 from the primary of mass nu.
double collinear_far(double mu, double nu) {
  // nu (r - 1/r^2) + mu (1 + r - 1/(1 + r)^2) = 0 with r = 1 - y
  const auto balance = [=](double y) {
    const double r = 1.0 - y, beyond = 1.0 + r;
    return nu * y * (r * r + r + 1.0) / (r * r) - mu * (beyond - 1.0 / (beyond * beyond));
  };
  return increasing_root(balance, 1.0 - 0x1p-53);
}

void require_ratio(double mass_ratio) {
  if (!(mass_ratio >= 0.0 && mass_ratio <= 1.0)) fail_domain("mass ratio", "lie in [0, 1]", mass_ratio);
}

}  // namespace

RestrictedThreeBody::RestrictedThreeBody(double mass_ratio) : mass_ratio_(mass_ratio) { require_ratio(mass_ratio); }

void RestrictedThreeBody::acceleration(const StepContext& /*at*/, const double* r, const double* v,
                                       double* acceleration) const {
  const Triple<double> a = pull<double>(mass_ratio_, {r[0], r[1], r[2]}, {v[0], v[1], v[2]});
  std::copy(a.begin(), a.end(), acceleration);
}

void RestrictedThreeBody::series(const StepContext& /*at*/, double /*unit*/, taylor::Workspace& /*workspace*/,
                                 const taylor::Jet* r, const taylor::Jet* v, double* acceleration) const {
  const Triple<taylor::Jet> a = pull<taylor::Jet>(mass_ratio_, {r[0], r[1], r[2]}, {v[0], v[1], v[2]});
  for (std::size_t i = 0; i < 3; ++i) acceleration[i] = a[i].current();
}

double RestrictedThreeBody::scale(const double* r, std::size_t /*body*/) const {
  const double first = std::hypot(r[0] + mass_ratio_, r[1], r[2]);
  const double second = std::hypot(r[0] + (mass_ratio_ - 1.0), r[1], r[2]);
  if (mass_ratio_ == 0.0) return first;
  return mass_ratio_ == 1.0 ? second : std::min(first, second);
}

std::string RestrictedThreeBody::closest(const double* r) const {
  const double first = std::hypot(r[0] + mass_ratio_, r[1], r[2]);
  const double second = std::hypot(r[0] + (mass_ratio_ - 1.0), r[1], r[2]);
  return first < second ? "the body is " + shortest(first) + " from the first primary"
                        : "the body is " + shortest(second) + " from the second primary";
}

double jacobi_constant(const State& state, double mass_ratio) {
  require_ratio(mass_ratio);
  const Vec3 &r = state.position, &v = state.velocity;
  if (!is_finite(r) || !is_finite(v)) throw std::domain_error("position and velocity must be finite");
  const double first = std::hypot(r[0] + mass_ratio, r[1], r[2]);
  const double second = std::hypot(r[0] + (mass_ratio - 1.0), r[1], r[2]);
  if ((first == 0.0 && mass_ratio < 1.0) || (second == 0.0 && mass_ratio > 0.0))
    throw std::domain_error("the body must not be at a primary");
  const double potential = (mass_ratio < 1.0 ? 2.0 * (1.0 - mass_ratio) / first : 0.0) +
                           (mass_ratio > 0.0 ? 2.0 * mass_ratio / second : 0.0);
  return r[0] * r[0] + r[1] * r[1] + potential - dot(v, v);
}

LagrangePoints lagrange_points(double mass_ratio) {
  if (!(mass_ratio > 0.0 && mass_ratio < 1.0)) fail_domain("mass ratio", "lie in (0, 1)", mass_ratio);
  const double mu = mass_ratio, nu = 1.0 - mu;
  LagrangePoints points;
  const double g1 = collinear_near(mu, nu, -1.0), g2 = collinear_near(mu, nu, 1.0);
  // near the lighter of the two the distance itself has to be the unknown
  const double r3 = mu <= 0.5 ? 1.0 - collinear_far(mu, nu) : collinear_near(nu, mu, 1.0);
  const auto jacobi = [=](double x, double to_first, double to_second) {
    return x * x + 2.0 * nu / to_first + 2.0 * mu / to_second;
  };
  points.distance = {g1, g2, r3, 1.0, 1.0};
  points.position = {{{nu - g1, 0.0, 0.0},
                      {nu + g2, 0.0, 0.0},
                      {-mu - r3, 0.0, 0.0},
                      {0.5 - mu, 0.5 * std::sqrt(3.0), 0.0},
                      {0.5 - mu, -0.5 * std::sqrt(3.0), 0.0}}};
  points.jacobi = {jacobi(nu - g1, 1.0 - g1, g1), jacobi(nu + g2, 1.0 + g2, g2), jacobi(-mu - r3, r3, 1.0 + r3),
                   3.0 - mu * nu, 3.0 - mu * nu};
  return points;
}

}  // namespace orrery::orbital
