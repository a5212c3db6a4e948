// Transfers between circular orbits by impulses: Hohmann's, the bi-elliptic one, and changes of plane.
// SPDX-License-Identifier: Apache-2.0
// Vallado, Fundamentals of Astrodynamics and Applications, 4th ed. (2013), chapter 6.
#include "plugins/orbital/core/transfer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/dynamics.hpp"

namespace orrery::orbital {

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// Half an ellipse from one apsis to the other, and the circles that touch it there.
struct HalfEllipse {
  double circular1, circular2;  // speeds on the circles
  double gain1, gain2;          // by which the ellipse is faster than the circle at either end
  double axis, eccentricity, time;

  HalfEllipse(double mu, double r1, double r2)
      : circular1(circular_speed(mu, r1)), circular2(circular_speed(mu, r2)), axis(0.5 * r1 + 0.5 * r2) {
    const double lean = (0.5 * r2 - 0.5 * r1) / axis;  // e, negative where the first end is the apoapsis
    // sqrt(1 + lean) - 1 without the difference
    gain1 = circular1 * (lean / (std::sqrt(1.0 + lean) + 1.0));
    gain2 = circular2 * (-lean / (std::sqrt(1.0 - lean) + 1.0));
    if (std::fabs(lean) > 0.5) {
      gain1 = circular1 * (std::sqrt(r2 / axis) - 1.0);
      gain2 = circular2 * (std::sqrt(r1 / axis) - 1.0);
    }
    eccentricity = std::fabs(lean);
    time = 0.5 * orbital_period(mu, axis);
  }
};

/// r^p - 1 without cancellation near one.
double power_excess(double ratio_excess, double power) { return std::expm1(power * std::log1p(ratio_excess)); }

void require_change(const char* name, double angle, double most) {
  if (!(angle >= 0.0 && angle <= most)) fail_domain(name, "lie in [0, " + shortest(most) + "]", angle);
}

HohmannTransfer in_plane(double mu, const HalfEllipse& half, double r1, double r2) {
  HohmannTransfer t;
  t.delta_v1 = half.gain1;
  t.delta_v2 = -half.gain2;
  t.delta_v = std::fabs(half.gain1) + std::fabs(half.gain2);
  t.time = half.time;
  t.semi_major_axis = half.axis;
  t.eccentricity = half.eccentricity;
  // pi (1 - (a/r2)^(3/2)); a/r2 - 1 = (r1 - r2)/(2 r2)
  t.phase_angle = -pi * power_excess(0.5 * (r1 - r2) / r2, 1.5);
  const double slower = std::fabs(power_excess((r1 - r2) / r2, 1.5));  // |T1/T2 - 1|
  t.synodic_period = slower > 0.0 ? orbital_period(mu, r1) / slower : infinity;
  return t;
}

double total_with(const HalfEllipse& half, double change, double first) {
  return plane_change(half.circular1, half.circular1 + half.gain1, first).delta_v +
         plane_change(half.circular2 + half.gain2, half.circular2, change - first).delta_v;
}

/// The share with the least sum: a grid finds the valley, golden sections its floor.
double best_share(const HalfEllipse& half, double change) {
  constexpr int cells = 64;
  int best = 0;
  for (int i = 1; i <= cells; ++i)
    if (total_with(half, change, change * i / cells) < total_with(half, change, change * best / cells)) best = i;
  constexpr double golden = 0.6180339887498949;
  double low = change * std::max(best - 1, 0) / cells, high = change * std::min(best + 1, cells) / cells;
  double a = high - golden * (high - low), b = low + golden * (high - low);
  double at_a = total_with(half, change, a), at_b = total_with(half, change, b);
  for (int i = 0; i < 60; ++i) {
    if (at_a < at_b) {
      high = b, b = a, at_b = at_a, a = high - golden * (high - low);
      at_a = total_with(half, change, a);
    } else {
      low = a, a = b, at_a = at_b, b = low + golden * (high - low);
      at_b = total_with(half, change, b);
    }
  }
  const double floor = 0.5 * (low + high);
  // The ends of the range are turning points of their own.
  double share = floor;
  for (const double end : {0.0, change})
    if (total_with(half, change, end) <= total_with(half, change, share)) share = end;
  return share;
}

}  // namespace

HohmannTransfer hohmann(double mu, double radius1, double radius2) {
  return in_plane(mu, HalfEllipse(mu, radius1, radius2), radius1, radius2);
}

HohmannTransfer hohmann(double mu, double radius1, double radius2, double plane_change) {
  require_change("change of plane", plane_change, pi);
  if (plane_change == 0.0) return hohmann(mu, radius1, radius2);
  return hohmann_shared(mu, radius1, radius2, plane_change,
                        best_share(HalfEllipse(mu, radius1, radius2), plane_change));
}

HohmannTransfer hohmann_shared(double mu, double radius1, double radius2, double plane_change, double plane_change1) {
  require_change("change of plane", plane_change, pi);
  require_change("change of plane at the departure", plane_change1, plane_change);
  const HalfEllipse half(mu, radius1, radius2);
  HohmannTransfer t = in_plane(mu, half, radius1, radius2);
  if (plane_change == 0.0) return t;
  t.plane_change1 = plane_change1;
  t.delta_v1 = orbital::plane_change(half.circular1, half.circular1 + half.gain1, plane_change1).delta_v;
  t.delta_v2 = orbital::plane_change(half.circular2 + half.gain2, half.circular2, plane_change - plane_change1).delta_v;
  t.delta_v = t.delta_v1 + t.delta_v2;
  return t;
}

BiellipticTransfer bielliptic(double mu, double radius1, double radius_between, double radius2) {
  require_positive("gravitational parameter", mu);
  require_positive("radius1", radius1);
  require_positive("radius_between", radius_between);
  require_positive("radius2", radius2);
  const HalfEllipse out(mu, radius1, radius_between), back(mu, radius_between, radius2);
  BiellipticTransfer t;
  t.delta_v1 = out.gain1;
  t.delta_v2 = back.gain1 - out.gain2;
  t.delta_v3 = -back.gain2;
  t.delta_v = std::fabs(t.delta_v1) + std::fabs(t.delta_v2) + std::fabs(t.delta_v3);
  t.time1 = out.time;
  t.time2 = back.time;
  t.time = t.time1 + t.time2;
  t.semi_major_axis1 = out.axis;
  t.semi_major_axis2 = back.axis;
  t.eccentricity1 = out.eccentricity;
  t.eccentricity2 = back.eccentricity;
  t.hohmann_delta_v = hohmann(mu, radius1, radius2).delta_v;
  return t;
}

PlaneChange plane_change(double speed1, double speed2, double angle) {
  for (const double speed : {speed1, speed2})
    if (!(speed >= 0.0) || !std::isfinite(speed)) fail_domain("speed", "lie in [0, inf)", speed);
  require_change("angle", angle, pi);
  const double half = std::sin(0.5 * angle);
  const double across = 2.0 * std::sqrt(speed1) * std::sqrt(speed2) * half;
  // (v2 cos i - v1, v2 sin i), with cos i = 1 - 2 sin^2(i/2)
  return {std::hypot(speed2 - speed1, across),
          std::atan2(speed2 * std::sin(angle), (speed2 - speed1) - 2.0 * speed2 * half * half)};
}

}  // namespace orrery::orbital
