// The double nearest to the root of the elliptic Kepler equation, where a quicker way cannot tell which it is.
// SPDX-License-Identifier: Apache-2.0
// One step of Newton's method from a double beside the root, with x - sin x = x^3 c3(x^2) to 100 bits: Stumpff,
// Himmelsmechanik I (1959). What the step leaves is of the order of its square, which is 2^-100 of the root.
#include "plugins/orbital/core/kepler_nearest.hpp"

#include <cmath>
#include <limits>

#include "plugins/orbital/core/defect.hpp"
#include "plugins/orbital/core/stumpff.hpp"

namespace orrery::orbital::detail {

namespace {

constexpr double tiny_below = 1e-180;
constexpr double tiny_scale = 0x1p300;

DoubleDouble newton_step(DoubleDouble x, DoubleDouble mean, const ExactEccentricity& eccentricity) {
  const DoubleDouble square = x * x;
  const Stumpff c = stumpff(square);
  const DoubleDouble residual = (eccentricity.one_minus_e * x - mean) + eccentricity.e * (square * (x * c.c3));
  const DoubleDouble slope = eccentricity.one_minus_e + eccentricity.e * (square * c.c2);
  const double curvature = 0.5 * eccentricity.e.hi * (x * c.c1).hi / slope.hi;
  const DoubleDouble step = -residual / slope;
  return step - curvature * step.hi * step.hi;
}

// Only the cubic is left. The scale keeps its terms away from the subnormal numbers.
double nearest_tiny(double mean_anomaly, const ExactEccentricity& eccentricity, double close) {
  const double x = close * tiny_scale;
  const double e_scaled = eccentricity.e.hi / (tiny_scale * tiny_scale);
  const DoubleDouble square = two_prod(x, x);
  const DoubleDouble cubic = e_scaled * (square * x) / DoubleDouble(6.0);
  const DoubleDouble residual = (eccentricity.one_minus_e * x - mean_anomaly * tiny_scale) + cubic;
  const DoubleDouble slope = eccentricity.one_minus_e + 0.5 * (e_scaled * square);
  return nearest_sum(x, -residual / slope, tiny_scale);
}

}  // namespace

double nearest_sum(double a, DoubleDouble b, double scale) {
  const double sum = (a + b.hi) / scale;
  const DoubleDouble rest = quick_two_sum(a, b.hi) - sum * scale + b.lo;
  if (rest.hi == 0.0) return sum;
  const double next = std::nextafter(sum, std::copysign(std::numeric_limits<double>::infinity(), rest.hi));
  const double half = 0.5 * (next * scale - sum * scale);
  const bool beyond_half = rest.lo != 0.0 && (rest.lo > 0.0) == (half > 0.0);
  return std::fabs(rest.hi) > std::fabs(half) || (rest.hi == half && beyond_half) ? next : sum;
}

double nearest_eccentric_anomaly(double mean_anomaly, Eccentricity eccentricity, DoubleDouble close) {
  const ExactEccentricity given = exact(eccentricity);
  if (std::fabs(mean_anomaly) < tiny_below) return nearest_tiny(mean_anomaly, given, close.hi);
  const DoubleDouble angle = reduce_angle(close.hi).angle;
  const DoubleDouble mean = angle + two_sum(mean_anomaly, -close.hi);
  return nearest_sum(close.hi, close.lo + newton_step(angle + close.lo, mean, given), 1.0);
}

}  // namespace orrery::orbital::detail
