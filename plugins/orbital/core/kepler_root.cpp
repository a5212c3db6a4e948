// The roots of Kepler's two equations to more than double precision, for the solvers and the propagator.
// SPDX-License-Identifier: Apache-2.0
// Starting value of the elliptic equation and the nested high-order step: Markley, Celest. Mech. Dyn. Astron. 63 (1995)
// 101, taken one order further. The corner e -> 1, M -> 0 is well conditioned (the relative condition of E lies between
// 1/3 and 1) if 1 - e is taken as given and E - sin E is never formed by subtraction. The cubic's root in closed form
// is Cardano's, in hyperbolic functions.
#include "plugins/orbital/core/kepler_root.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace orrery::orbital::detail {

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr double infinity = std::numeric_limits<double>::infinity();

double markley_start(double mean, double e, double one_minus_e) {
  const double pi_square = pi * pi;
  const double alpha = (3.0 * pi_square + 1.6 * pi * (pi - mean) / (1.0 + e)) / (pi_square - 6.0);
  const double d = 3.0 * one_minus_e + alpha * e;
  const double q = 2.0 * alpha * d * one_minus_e - mean * mean;
  const double r = mean * (3.0 * alpha * d * (d - one_minus_e) + mean * mean);
  const double root = std::cbrt(r + std::sqrt(q * q * q + r * r));
  const double w = root * root;
  return (2.0 * r * w / (w * w + w * q + q * q) + mean) / d;
}

double elliptic_start(double mean, double e, double one_minus_e) {
  constexpr double squares_underflow_below = 1e-60;
  if (mean < squares_underflow_below) return cubic_root(mean, one_minus_e, e);
  return std::clamp(markley_start(mean, e, one_minus_e), mean, std::max(mean, std::min(mean + e, pi)));
}

// sinh F - F > F^3/6, so the cubic's root is an upper bound, and so is asinh((N + bound)/e). One step in plain
// precision brings either near enough for a single evaluation in twice that.
double hyperbolic_start(double mean, double e, double e_minus_one) {
  const double bound = cubic_root(mean, e_minus_one, e);
  if (bound <= 0.5) {
    const double s = bound * bound;
    const double miss = bound * (e_minus_one + e * s * (1.0 / 6 + s * (1.0 / 120 + s * (1.0 / 5040)))) - mean;
    return bound - miss / (e_minus_one + e * s * (1.0 / 2 + s * (1.0 / 24 + s * (1.0 / 720))));
  }
  const double x = std::asinh((mean + bound) / e);
  const double growth = std::exp(x);
  const double half_sinh = 0.25 * e * (growth - 1.0 / growth), slope = 0.5 * e * (growth + 1.0 / growth) - 1.0;
  const double newton = (2.0 * half_sinh - x - mean) / slope;
  return x - newton / (1.0 - newton * half_sinh / slope);
}

Root refine(Branch branch, DoubleDouble mean, const ExactEccentricity& eccentricity, double start) {
  constexpr double small_step = 0x1p-11;
  constexpr int most_iterations = 60;
  double low = 0.0;
  double high = branch == Branch::elliptic ? 3.15 : infinity;
  double x = start;
  Root root;
  while (true) {
    ++root.iterations;
    const double base = branch == Branch::hyperbolic && x >= short_below ? x : round_to_short(x);
    const Defect at_base = branch == Branch::elliptic ? short_sine_defect(base) : short_sinh_defect(base);
    const double residual = equation_residual(eccentricity, at_base, base, mean).value();
    const double step = sixth_order_step(branch, eccentricity, at_base, residual);
    root.converged = std::fabs(step) <= small_step * std::min(base, 1.0);
    if (root.converged || root.iterations == most_iterations) {
      root.anomaly = quick_two_sum(base, step);
      root.defect = shifted(branch, at_base, step);
      root.slope = std::fabs(eccentricity.one_minus_e.hi) + eccentricity.e.hi * root.defect.versed;
      return root;
    }
    (residual > 0.0 ? high : low) = base;
    x = base + step;
    if (!(x > low && x < high)) x = high < infinity ? 0.5 * (low + high) : 2.0 * low;
  }
}

// Where F is negligible beside N (or e F beside e sinh F) the equation is sinh F = N/e.
Root asymptotic_root(double mean, double e) {
  const double ratio = mean / e;
  const double quarter_ratio = 0.25 * ratio;
  Root root;
  root.anomaly = ratio < 0x1p70 ? std::asinh(ratio) : std::log(quarter_ratio) + 3.0 * 0x1.62e42fefa39efp-1;
  root.defect.odd = ratio;
  root.defect.versed = ratio < 0x1p70 ? std::hypot(1.0, ratio) - 1.0 : ratio;
  root.defect.value = two_sum(ratio, -root.anomaly.hi);
  root.slope = e * root.defect.versed + (e - 1.0);
  return root;
}

// For a tiny mean anomaly only the cubic is left; the scale keeps its terms away from the subnormal numbers.
Root tiny_root(double mean, const ExactEccentricity& eccentricity) {
  constexpr double scale = 0x1p300;
  const double u = std::fabs(eccentricity.one_minus_e.hi);
  const DoubleDouble sixth = DoubleDouble(eccentricity.e.hi * 0x1p-600) / DoubleDouble(6.0);
  double x = cubic_root(mean, u, eccentricity.e.hi) * scale;
  double step = 0.0;
  for (int pass = 0; pass < 3; ++pass) {
    x += step;
    const DoubleDouble cube = two_prod(x, x) * x * sixth;
    step = -(two_prod(u, x) - mean * scale + cube).value() / (u + 3.0 * sixth.hi * x * x);
  }
  Root root;
  root.anomaly = scaled(quick_two_sum(x, step), 1.0 / scale);
  root.defect.odd = root.anomaly.hi;
  root.defect.versed = 0.5 * root.anomaly.hi * root.anomaly.hi;
  root.slope = u + eccentricity.e.hi * root.defect.versed;
  root.iterations = 3;
  return root;
}

constexpr double tiny_below = 1e-200;

}  // namespace

// The branches avoid overflow of M/u and a division 0/0 at u = 0 or e = 0.
double cubic_root(double mean, double u, double e) {
  const double scale = std::sqrt(2.0 * u / e);
  const double ratio = 1.5 * (mean / u) / scale;
  if (ratio < 1e-5) return mean / u;
  if (ratio < 1e9) return 2.0 * scale * std::sinh(std::asinh(ratio) / 3.0);
  return std::cbrt(6.0 / e) * std::cbrt(mean);
}

DoubleDouble equation_residual(const ExactEccentricity& eccentricity, const Defect& at_x, double x, DoubleDouble mean) {
  const DoubleDouble u = eccentricity.one_minus_e.hi < 0.0 ? -eccentricity.one_minus_e : eccentricity.one_minus_e;
  return (u * x - mean) + eccentricity.e * at_x.value;
}

double sixth_order_step(Branch branch, const ExactEccentricity& eccentricity, const Defect& at_x, double residual) {
  const double e = eccentricity.e.hi;
  const double first = std::fabs(eccentricity.one_minus_e.hi) + e * at_x.versed;
  const double half_second = 0.5 * e * at_x.odd;
  const double sixth_third = e * (1.0 + sign_of(branch) * at_x.versed) / 6.0;
  const double fourth = sign_of(branch) * half_second / 12.0;
  const double fifth = sign_of(branch) * sixth_third / 20.0;
  const double halley = -residual / (first - residual * half_second / first);
  const double quartic = -residual / (first + halley * (half_second + halley * sixth_third));
  const double quintic = -residual / (first + quartic * (half_second + quartic * (sixth_third + quartic * fourth)));
  return -residual / (first + quintic * (half_second + quintic * (sixth_third + quintic * (fourth + quintic * fifth))));
}

Root elliptic_root(DoubleDouble mean, const ExactEccentricity& eccentricity) {
  if (!(mean.hi > 0.0)) return {mean.hi, {}, eccentricity.one_minus_e.hi, 0, true};
  if (mean.hi < tiny_below) return tiny_root(mean.hi, eccentricity);
  const double start = elliptic_start(mean.hi, eccentricity.e.hi, eccentricity.one_minus_e.hi);
  return refine(Branch::elliptic, mean, eccentricity, start);
}

Root hyperbolic_root(DoubleDouble mean, const ExactEccentricity& eccentricity) {
  const double e = eccentricity.e.hi;
  const double u = -eccentricity.one_minus_e.hi;
  if (!(mean.hi > 0.0)) return {mean.hi, {}, u, 0, true};
  if (mean.hi < tiny_below && e < 1e9) return tiny_root(mean.hi, eccentricity);
  if (e > 0x1p60 || mean.hi / e > 0x1p70) return asymptotic_root(mean.hi, e);
  return refine(Branch::hyperbolic, mean, eccentricity, hyperbolic_start(mean.hi, e, u));
}

}  // namespace orrery::orbital::detail
