// The radial equation of the two-body problem: when a body is how far from the centre, for every energy and momentum.
// SPDX-License-Identifier: Apache-2.0
// Battin, An Introduction to the Mathematics and Methods of Astrodynamics (1999), sections 4.2 and 4.3. The variable is
// tan(E/2)/sqrt(beta) with beta = -2 energy, which is regular through the parabola: slope = r dr/dt/(mu (1 + e) - beta
// r).
#include "plugins/orbital/core/radial.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/flight_function.hpp"

namespace orrery::orbital {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr DoubleDouble two_pi{0x1.921fb54442d18p+2, 0x1.1a62633145c07p-52};
constexpr double rounding = 0x1p-51;  // by how much of itself a turning point may be off as a double

DoubleDouble shifted(DoubleDouble a, int power) { return {std::ldexp(a.hi, power), std::ldexp(a.lo, power)}; }

DoubleDouble larger(DoubleDouble a, double b) { return a.hi > b ? a : DoubleDouble(b); }

/// r = q + mu e G2, where G2 = 2 slope^2/(1 + z)
DoubleDouble radius_at(DoubleDouble near, DoubleDouble pull, DoubleDouble slope, DoubleDouble one_plus_z) {
  return near + pull * (2.0 * (slope * slope)) / one_plus_z;
}

}  // namespace

void RadialMotion::scale(double mu, double momentum_squared) {
  // Between the semi-latus rectum and |a|, so that neither leaves the range of a double.
  const double rectum = momentum_squared / mu, axis = k1_.hi == 0.0 ? infinity : mu / std::fabs(k1_.hi);
  const bool one = !(rectum > 0.0) || !std::isfinite(axis);
  const double size = one ? std::max(rectum, std::isfinite(axis) ? axis : 0.0) : std::sqrt(rectum) * std::sqrt(axis);
  const int mass = std::ilogb(mu);
  length_ = size > 0.0 && std::isfinite(size) ? std::ilogb(size) : 0;
  if ((3 * length_ - mass) % 2 != 0) ++length_;
  time_ = (3 * length_ - mass) / 2;
}

RadialMotion RadialMotion::prepared(double mu, DoubleDouble twice_energy, DoubleDouble momentum_squared) {
  RadialMotion m;
  m.k1_ = twice_energy;
  m.scale(mu, momentum_squared.hi);
  m.mu_ = std::ldexp(mu, 2 * m.time_ - 3 * m.length_);
  m.k1_ = shifted(twice_energy, 2 * (m.time_ - m.length_));
  const DoubleDouble square = shifted(momentum_squared, 2 * m.time_ - 4 * m.length_);
  m.momentum_ = square.hi > 0.0 ? sqrt(square) : DoubleDouble(0.0);
  const DoubleDouble rest = m.mu_ * m.mu_ + m.k1_ * square;
  if (!std::isfinite(rest.hi) || !(rest.hi >= -rounding * m.mu_.hi * m.mu_.hi))
    throw std::domain_error(rest.hi < 0.0 ? "energy must be at least -mu^2/(2 h^2), that of the circle with this "
                                            "angular momentum"
                                          : "this orbit is beyond the range of a double");
  m.pull_ = rest.hi > 0.0 ? sqrt(rest) : DoubleDouble(0.0);
  m.near_ = square / (m.mu_ + m.pull_);
  const DoubleDouble beta = -m.k1_;
  m.period_ = beta.hi > 0.0 ? two_pi * m.mu_ / (beta * sqrt(beta)) : DoubleDouble(infinity);
  return m;
}

RadialMotion RadialMotion::from_energy(double mu, double energy, double angular_momentum) {
  require_positive("gravitational parameter", mu);
  require_finite("energy", energy);
  if (!(angular_momentum >= 0.0) || !std::isfinite(angular_momentum))
    fail_domain("angular momentum", "lie in [0, inf)", angular_momentum);
  return prepared(mu, 2.0 * energy, two_prod(angular_momentum, angular_momentum));
}

RadialMotion RadialMotion::from_semi_major_axis(double mu, double semi_major_axis, double angular_momentum) {
  require_positive("gravitational parameter", mu);
  if (std::isnan(semi_major_axis) || semi_major_axis == 0.0)
    fail_domain("semi-major axis", "be a number other than zero", semi_major_axis);
  if (!(angular_momentum >= 0.0) || !std::isfinite(angular_momentum))
    fail_domain("angular momentum", "lie in [0, inf)", angular_momentum);
  const DoubleDouble k1 =
      std::isinf(semi_major_axis) ? DoubleDouble(0.0) : DoubleDouble(-mu) / DoubleDouble(semi_major_axis);
  return prepared(mu, k1, two_prod(angular_momentum, angular_momentum));
}

RadialMotion RadialMotion::from_periapsis(double mu, double periapsis_distance, Eccentricity eccentricity) {
  require_positive("gravitational parameter", mu);
  require_positive("periapsis distance", periapsis_distance);
  if (!eccentricity.is_finite() || !(eccentricity.e >= 0.0))
    fail_domain("eccentricity", "lie in [0, inf)", eccentricity.e);
  const ExactEccentricity e = exact(eccentricity);
  const DoubleDouble speed = DoubleDouble(mu) / DoubleDouble(periapsis_distance);
  RadialMotion m = prepared(mu, -(speed * e.one_minus_e), two_prod(mu, periapsis_distance) * (1.0 + e.e));
  m.near_ = std::ldexp(periapsis_distance, -m.length_);
  m.pull_ = m.mu_ * e.e;
  return m;
}

double RadialMotion::periapsis() const { return std::ldexp(near_.value(), length_); }

double RadialMotion::apoapsis() const {
  return k1_.hi < 0.0 ? std::ldexp(((mu_ + pull_) / -k1_).value(), length_) : infinity;
}

double RadialMotion::period() const { return std::ldexp(period_.value(), time_); }

double RadialMotion::eccentricity() const { return (pull_ / mu_).value(); }

// t = 2 slope (q arc + mu e slope^2 defect)
DoubleDouble RadialMotion::near_time(DoubleDouble slope) const {
  const DoubleDouble square = slope * slope, z = -(k1_ * square);
  const detail::FlightFunctions f = detail::flight_functions(z, larger(1.0 + z, 1e-300));
  return 2.0 * slope * (near_ * f.arc + pull_ * square * f.defect);
}

// Before apoapsis, with slope = tan((pi - E)/2)/sqrt(beta): 2 slope/beta (mu arc + mu e/(1 + z))
DoubleDouble RadialMotion::far_time(DoubleDouble slope) const {
  const DoubleDouble z = -(k1_ * (slope * slope)), above = 1.0 + z;
  const detail::FlightFunctions f = detail::flight_functions(z, above);
  return 2.0 * slope / -k1_ * (mu_ * f.arc + pull_ / above);
}

RadialPlace RadialMotion::in_units(const RadialPlace& place) const {
  return {std::ldexp(place.radius, length_), std::ldexp(place.time, time_), place.true_anomaly,
          std::ldexp(place.radial_speed, length_ - time_)};
}

RadialPlace RadialMotion::at_radius(double radius) const {
  if (!(radius >= 0.0) || !std::isfinite(radius)) fail_domain("radius", "lie in [0, inf)", radius);
  const double r = std::ldexp(radius, -length_);
  const DoubleDouble far = k1_.hi < 0.0 ? (mu_ + pull_) / -k1_ : DoubleDouble(infinity);
  if (r < near_.hi * (1.0 - rounding) || r > far.hi * (1.0 + rounding))
    fail_domain("radius",
                "lie between the turning points, in [" + shortest(periapsis()) + ", " + shortest(apoapsis()) + "]",
                radius);
  // (r dr/dt)^2 as a product where the turning points are known, which is exact to round-off at both
  const DoubleDouble climb = pull_.hi > 0.0 ? larger(r - near_, 0.0) : DoubleDouble(0.0);
  const DoubleDouble left = larger(mu_ + pull_ + k1_ * r, 0.0);
  const DoubleDouble square = climb * left;
  const DoubleDouble sigma = square.hi > 0.0 ? sqrt(square) : DoubleDouble(0.0);
  RadialPlace place;
  place.radius = radius;
  if (climb.hi > 0.0)
    place.true_anomaly = 2.0 * std::atan2(((mu_ + pull_) * climb).value(), (momentum_ * sigma).value());
  place.radial_speed = r > 0.0 ? std::ldexp((sigma / r).value(), length_ - time_) : momentum_.hi > 0.0 ? 0.0 : infinity;
  const bool beyond = k1_.hi < 0.0 && -(k1_ * climb).hi > left.hi;
  DoubleDouble time;
  if (beyond) {
    time = 0.5 * period_ - far_time(sigma / (-k1_ * climb));
  } else if (climb.hi > 0.0) {
    // 1 + z = 2 mu e/left has no cancellation far out on a hyperbola
    const DoubleDouble slope = sigma / left, slope2 = climb / left;
    const detail::FlightFunctions f = detail::flight_functions(-(k1_ * slope2), 2.0 * pull_ / left);
    time = 2.0 * slope * (near_ * f.arc + pull_ * slope2 * f.defect);
  }
  place.time = std::ldexp(time.value(), time_);
  return place;
}

// The slope at which near_time or far_time has a value: Newton's steps, in a bracket.
DoubleDouble RadialMotion::solve(DoubleDouble time, bool far) const {
  const double most = k1_.hi == 0.0 ? infinity : 1.0 / std::sqrt(std::fabs(k1_.hi));
  const double reach = far ? ((mu_ + pull_) / -k1_).hi : near_.hi;
  const double bend = far ? -pull_.hi : pull_.hi;
  // the cubic 2 (reach s + 2/3 bend s^3) = t of the parabola, from below
  double low = 0.0, high = most, s = 0.5 * time.hi / std::max(reach, 1e-300);
  if (bend > 0.0) s = std::min(s, std::cbrt(0.75 * time.hi / bend));
  if (!(s < most)) s = 0.5 * most;
  DoubleDouble slope = s;
  for (int i = 0; i < 200; ++i) {
    const DoubleDouble z = -(k1_ * (slope * slope)), above = larger(1.0 + z, 1e-300);
    const DoubleDouble r =
        far ? (mu_ + pull_) / -k1_ - pull_ * (2.0 * (slope * slope)) / above : radius_at(near_, pull_, slope, above);
    const DoubleDouble error = (far ? far_time(slope) : near_time(slope)) - time;
    if (std::fabs(error.hi) <= 0x1p-90 * time.hi) break;
    (error.hi > 0.0 ? high : low) = slope.hi;
    DoubleDouble next = slope - error * above / (2.0 * r);
    if (!(next.hi >= low && next.hi <= high)) next = std::isinf(high) ? 2.0 * slope.hi : 0.5 * (low + high);
    const double moved = std::fabs((next - slope).value());
    slope = next;
    if (moved <= 0x1p-80 * slope.hi) break;
  }
  return slope;
}

RadialPlace RadialMotion::near_place(DoubleDouble slope) const {
  const DoubleDouble square = slope * slope, above = larger(1.0 - k1_ * square, 1e-300);
  const DoubleDouble r = radius_at(near_, pull_, slope, above);
  const DoubleDouble sigma = pull_ * (2.0 * slope) / above;
  return {r.value(), 0.0, 2.0 * std::atan2(((mu_ + pull_) * slope).value(), momentum_.value()),
          r.hi > 0.0 ? (sigma / r).value() : infinity};
}

RadialPlace RadialMotion::far_place(DoubleDouble slope) const {
  const DoubleDouble square = slope * slope, above = 1.0 - k1_ * square;
  const DoubleDouble r = (mu_ + pull_) / -k1_ - pull_ * (2.0 * square) / above;
  const DoubleDouble sigma = pull_ * (2.0 * slope) / above;
  return {r.value(), 0.0, 2.0 * std::atan2((mu_ + pull_).value(), (momentum_ * (-k1_ * slope)).value()),
          r.hi > 0.0 ? (sigma / r).value() : infinity};
}

// Far out on a hyperbola: F = asinh((N + F)/e), by which N + F = e sinh F has all its digits although F has not.
RadialPlace RadialMotion::escaping_place(DoubleDouble time) const {
  const DoubleDouble e = pull_ / mu_, root = sqrt(k1_), mean = time * (k1_ * root) / mu_;
  double anomaly = std::asinh((mean / e).hi);
  for (int i = 0; i < 60; ++i) {
    const double next = std::asinh((mean + anomaly).hi / e.hi);
    if (next == anomaly) break;
    anomaly = next;
  }
  const DoubleDouble sine = mean + anomaly;
  const DoubleDouble r = (sqrt(e * e + sine * sine) - 1.0) * mu_ / k1_;
  const DoubleDouble sigma = sine * mu_ / root, left = mu_ + pull_ + k1_ * r;
  return {r.value(), 0.0, 2.0 * std::atan2(((mu_ + pull_) * sigma).value(), (momentum_ * left).value()),
          (sigma / r).value()};
}

RadialPlace RadialMotion::half_orbit(DoubleDouble time) const {
  if (k1_.hi > 0.0 && (time * (k1_ * sqrt(k1_))).hi > 4.0 * pull_.hi) return escaping_place(time);
  if (k1_.hi < 0.0) {
    const double quarter = near_time(1.0 / std::sqrt(-k1_.hi)).hi;
    if (time.hi > quarter) return far_place(solve(0.5 * period_ - time, true));
  }
  if (time.hi == 0.0) return {near_.value(), 0.0, 0.0, near_.hi > 0.0 ? 0.0 : infinity};
  return near_place(solve(time, false));
}

RadialPlace RadialMotion::at_time(double time) const {
  require_finite("time", time);
  DoubleDouble t = std::ldexp(time, -time_);
  double turns = 0.0;
  if (k1_.hi < 0.0) {
    turns = std::nearbyint(t.hi / period_.hi);
    if (!(std::fabs(turns) <= 0x1p52)) fail_domain("time", "lie within 2^52 periods of periapsis", time);
    t = t - period_ * turns;
  }
  const double side = std::signbit(t.hi) ? -1.0 : 1.0;
  RadialPlace place = in_units(half_orbit(side < 0.0 ? -t : t));
  place.time = time;
  place.true_anomaly = side * place.true_anomaly + turns * two_pi.hi;
  place.radial_speed *= side;
  return place;
}

}  // namespace orrery::orbital
