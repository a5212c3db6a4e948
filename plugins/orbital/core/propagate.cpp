// Analytic two-body propagation by universal variables: one path for every conic.
// SPDX-License-Identifier: Apache-2.0
// Universal variables: Battin, An Introduction to the Mathematics and Methods of Astrodynamics (1999), section 4.5, in
// the form with G functions: Stumpff, Himmelsmechanik I (1959). With dt = r ds the time is an entire, increasing
// function of s for every conic, t = r0 G1 + sigma0 G2 + mu G3, so one safeguarded iteration serves them all. Energy,
// period and the last residual are formed in twice the working precision: in plain doubles the rounding of 2 mu/r - v^2
// alone costs 1e-11 of the position after a hundred periods.
#include "plugins/orbital/core/propagate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "plugins/orbital/core/energy.hpp"
#include "plugins/orbital/core/kepler_root.hpp"
#include "plugins/orbital/core/stumpff.hpp"
#include "plugins/orbital/core/universal.hpp"

namespace orrery::orbital {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double asymptote_from = 0x1p300;
constexpr DoubleDouble two_pi{0x1.921fb54442d18p+2, 0x1.1a62633145c07p-52};

Vec3 scaled(const Vec3& a, int exponent) {
  return {std::ldexp(a[0], exponent), std::ldexp(a[1], exponent), std::ldexp(a[2], exponent)};
}

Vec3 combine(DoubleDouble f, const Vec3& a, DoubleDouble g, const Vec3& b) {
  const auto component = [&](std::size_t i) { return (f * a[i] + g * b[i]).value(); };
  return {component(0), component(1), component(2)};
}

double mean_of(detail::Branch branch, double x, const ExactEccentricity& eccentricity) {
  return detail::equation_residual(eccentricity, detail::defect(branch, x), x, 0.0).value();
}

}  // namespace

Orbit::Orbit(const State& start, double mu) noexcept {
  if (!is_finite(start.position) || !is_finite(start.velocity) || !std::isfinite(mu))
    status_ = PropagationStatus::not_finite;
  else if (!(mu > 0.0)) status_ = PropagationStatus::bad_gravity;
  else if (norm(start.position) == 0.0) status_ = PropagationStatus::zero_radius;
  else prepare(start, mu);
}

Orbit::Orbit(const Elements& elements, double mu) {
  Elements at_periapsis = elements;
  at_periapsis.true_anomaly = 0.0;
  prepare_units(elements_to_state(at_periapsis, mu), mu);
  if (status_ != PropagationStatus::done) return;
  prepare_at_periapsis(elements);
  since_start_ = std::ldexp(time_since_periapsis(elements, mu), -time_);
  prepare_columns(true);
}

void Orbit::prepare_at_periapsis(const Elements& elements) noexcept {
  periapsis_ = std::ldexp(elements.periapsis_distance, -length_);
  eccentricity_ = elements.eccentricity;
  radius_ = periapsis_;
  sigma_ = 0.0;
  beta_ = DoubleDouble(mu_) * exact(eccentricity_).one_minus_e / DoubleDouble(periapsis_);
  gamma_ = DoubleDouble(mu_) * exact(eccentricity_).e;
  if (beta_.hi > 0.0) period_ = two_pi * mu_ / (beta_ * sqrt(beta_));
  root_beta_ = std::sqrt(std::fabs(beta_.hi));
  mean_motion_ = root_beta_ * root_beta_ * root_beta_ / mu_;
}

void Orbit::prepare_units(const State& start, double mu) noexcept {
  const Vec3& r = start.position;
  length_ = std::ilogb(std::max({std::fabs(r[0]), std::fabs(r[1]), std::fabs(r[2])}));
  const int doubled_time = 3 * length_ - std::ilogb(mu);
  time_ = doubled_time >= 0 ? doubled_time / 2 : -((1 - doubled_time) / 2);
  mu_ = std::ldexp(mu, 2 * time_ - 3 * length_);
  start_ = {scaled(r, -length_), scaled(start.velocity, time_ - length_)};
  constexpr double squares_safe_below = 1e70;
  if (!(norm(start_.velocity) < squares_safe_below)) status_ = PropagationStatus::out_of_range;
}

void Orbit::prepare(const State& start, double mu) noexcept {
  prepare_units(start, mu);
  if (status_ != PropagationStatus::done) return;
  radius_ = sqrt(detail::exact_dot(start_.position, start_.position));
  sigma_ = detail::exact_dot(start_.position, start_.velocity);
  beta_ = DoubleDouble(2.0 * mu_) / radius_ - detail::exact_dot(start_.velocity, start_.velocity);
  if (beta_.hi > 0.0) period_ = two_pi * mu_ / (beta_ * sqrt(beta_));
  gamma_ = mu_ - beta_ * radius_;
  prepare_guess();
  prepare_columns(false);
}

// The anomaly at the start, in plain doubles; 1 - e comes from h, because e itself says nothing about it near one.
void Orbit::prepare_guess() noexcept {
  const double h = norm(cross(start_.position, start_.velocity));
  const double p_over_r = h * h / (mu_ * radius_.hi);
  const double beta = beta_.hi;
  const double e = std::hypot(p_over_r - 1.0, sigma_.hi * h / (mu_ * radius_.hi));
  const double one_minus_e = beta * h * h / (mu_ * mu_) / (1.0 + e);
  eccentricity_ = {one_minus_e > 0.5 ? e : 1.0 - one_minus_e, one_minus_e};
  root_beta_ = std::sqrt(std::fabs(beta));
  mean_motion_ = root_beta_ * root_beta_ * root_beta_ / mu_;
  const double e_sine = sigma_.hi * root_beta_ / mu_;
  if (beta > 0.0) {
    anomaly_ = std::atan2(e_sine, 1.0 - beta * radius_.hi / mu_);
    mean_ = mean_of(detail::Branch::elliptic, anomaly_, exact(eccentricity_));
  } else if (beta < 0.0) {
    anomaly_ = std::asinh(e_sine / eccentricity_.e);
    mean_ = mean_of(detail::Branch::hyperbolic, anomaly_, exact(eccentricity_));
  }
  periapsis_ = 0.5 * h * h / mu_;
}

// The time less whole periods; true for lost where a double no longer resolves one.
DoubleDouble Orbit::reduced(double dt, bool& lost) const noexcept {
  constexpr double most_periods = 0x1p52;
  lost = false;
  if (!(beta_.hi > 0.0) || !(std::fabs(dt) > 0.5 * period_.hi)) return dt;
  const double count = std::nearbyint(dt / period_.hi);
  lost = !(std::fabs(count) <= most_periods);
  return dt - period_ * count;
}

double Orbit::guess(double dt) const noexcept {
  if (beta_.hi == 0.0) {
    const double since_periapsis = sigma_.hi / mu_;
    const double time = dt + since_periapsis * (periapsis_ + mu_ * since_periapsis * since_periapsis / 6.0);
    return std::copysign(detail::cubic_root(std::fabs(time), periapsis_, mu_), time) - since_periapsis;
  }
  const double mean = mean_ + mean_motion_ * dt;
  if (beta_.hi < 0.0) {
    const detail::Root root = detail::hyperbolic_root(std::fabs(mean), exact(eccentricity_));
    return (std::copysign(root.anomaly.hi, mean) - anomaly_) / root_beta_;
  }
  const detail::ReducedAngle turned = detail::reduce_angle(mean);
  const double sign = std::signbit(turned.angle.hi) ? -1.0 : 1.0;
  const detail::Root root = detail::elliptic_root(orbital::scaled(turned.angle, sign), exact(eccentricity_));
  return (sign * root.anomaly.hi + (mean - turned.angle.hi) - anomaly_) / root_beta_;
}

Orbit::Universal Orbit::evaluate(DoubleDouble s) const noexcept {
  const DoubleDouble square = s * s;
  const Stumpff c = stumpff(beta_ * square);
  Universal u;
  u.s = s;
  u.g1 = s * c.c1;
  u.g2 = square * c.c2;
  u.g3 = square * s * c.c3;
  u.radius = radius_ + sigma_ * u.g1 + gamma_ * u.g2;
  u.time = radius_ * s + sigma_ * u.g2 + gamma_ * u.g3;
  u.sigma = sigma_.hi * c.c0.hi + gamma_.hi * u.g1.hi;
  u.sigma_slope = mu_ - beta_.hi * u.radius.hi;
  return u;
}

// The G functions a small step further, by their Taylor series.
void Orbit::advance(Universal& u, double step) const noexcept {
  const double g0 = 1.0 - beta_.hi * u.g2.hi;
  const double half_square = 0.5 * step * step;
  const double sixth_cube = half_square * step / 3.0;
  const DoubleDouble g1 = u.g1;
  const DoubleDouble g2 = u.g2;
  u.s = u.s + step;
  u.g1 = g1 + step * (1.0 - beta_ * g2) - (half_square * g1.hi + sixth_cube * g0) * beta_.hi;
  u.g2 = g2 + step * g1 + (half_square * g0 - sixth_cube * beta_.hi * g1.hi);
  u.g3 = u.g3 + step * g2 + (half_square * g1.hi + sixth_cube * g0);
  u.radius = radius_ + sigma_ * u.g1 + gamma_ * u.g2;
}

namespace {

// Laguerre's step for a quintic: cubic convergence, and no division by a small radius near a collision.
double laguerre_step(double f, double first, double second) {
  const double root = std::sqrt(std::fabs(16.0 * first * first - 20.0 * f * second));
  return f == 0.0 ? 0.0 : -5.0 * f / (first + root);
}

double within(double low, double next, double high, double here) {
  if (next > low && next < high) return next;
  if (low > -infinity && high < infinity) return 0.5 * (low + high);
  return low > -infinity ? std::max(2.0 * here, 1.0) : std::min(2.0 * here, -1.0);
}

}  // namespace

Orbit::Universal Orbit::solve(DoubleDouble dt, int& iterations) const noexcept {
  constexpr double small_change = 0x1p-30;
  constexpr double negligible_step = 0x1p-100;
  constexpr int most_iterations = 100;
  double low = -infinity;
  double high = infinity;
  DoubleDouble s = guess(dt.hi);
  for (iterations = 1;; ++iterations) {
    Universal u = evaluate(s);
    const double f = (u.time - dt).value();
    const double step = laguerre_step(f, u.radius.hi, u.sigma);
    const double change =
        std::max(std::fabs(step * u.sigma), std::sqrt(std::fabs(u.radius.hi * u.sigma_slope)) * std::fabs(step));
    const bool settled = change <= small_change * u.radius.hi || std::fabs(step) <= negligible_step * std::fabs(s.hi);
    if (settled || iterations == most_iterations) {
      advance(u, step);
      return u;
    }
    (f > 0.0 ? high : low) = s.hi;
    const DoubleDouble next = s + step;
    const double safe = within(low, next.hi, high, s.hi);
    s = safe == next.hi ? next : DoubleDouble(safe);
  }
}

// Each of g and dg/dt has two forms. Moving away from the centre, one of them has no cancelling terms; moving towards
// it, the other.
PropagationResult Orbit::follow(DoubleDouble dt) const noexcept {
  PropagationResult result;
  const Universal u = solve(dt, result.iterations);
  if (!(u.radius.hi > 0.0)) {
    result.status = PropagationStatus::at_collision;
    return result;
  }
  const DoubleDouble mu{mu_};
  const DoubleDouble f = 1.0 - mu * u.g2 / radius_;
  const bool onward = sigma_.hi * dt.hi >= 0.0;
  const DoubleDouble g = onward ? radius_ * u.g1 + sigma_ * u.g2 : dt - mu * u.g3;
  const DoubleDouble f_dot = -(mu * u.g1) / (u.radius * radius_);
  const DoubleDouble g_dot =
      onward ? (radius_ * (1.0 - beta_ * u.g2) + sigma_ * u.g1) / u.radius : 1.0 - mu * u.g2 / u.radius;
  result.state.position = combine(f, start_.position, g, start_.velocity);
  result.state.velocity = combine(f_dot, start_.position, g_dot, start_.velocity);
  return result;
}

// So far out that the attraction changes nothing in a double: a straight line, free of overflow.
PropagationResult Orbit::follow_asymptote(double dt) const noexcept {
  const double reached = std::copysign(asymptote_from, dt);
  PropagationResult result = follow(reached);
  result.state.position = result.state.position + (dt - reached) * result.state.velocity;
  return result;
}

PropagationResult Orbit::follow_any_conic(double dt) const noexcept {
  PropagationResult result;
  bool lost = false;
  const DoubleDouble left = reduced(dt, lost) + since_start_;
  constexpr double cubes_safe_below = 0x1p900;
  if (lost) result.status = PropagationStatus::phase_lost;
  else if (left.hi == 0.0) result.state = start_;
  else if (beta_.hi < 0.0 && std::fabs(dt) > asymptote_from) return follow_asymptote(dt);
  else if (std::fabs(left.hi) < cubes_safe_below) return follow(left);
  else result.status = PropagationStatus::out_of_range;
  return result;
}

PropagationResult Orbit::try_at(double dt) const noexcept {
  PropagationResult result;
  try_at({&dt, 1}, {&result, 1});
  return result;
}

}  // namespace orrery::orbital
