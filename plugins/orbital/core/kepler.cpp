// Kepler's equation for every conic: the default solvers, the classical methods for study, and batches.
// SPDX-License-Identifier: Apache-2.0
// Kepler's equation after Markley (1995) and Battin, An Introduction to the Mathematics and Methods of Astrodynamics
// (1999), chapter 4; Barker's equation by Cardano's formula.
#include "plugins/orbital/core/kepler.hpp"

#include <cmath>
#include <limits>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/kepler_methods.hpp"
#include "plugins/orbital/core/kepler_nearest.hpp"
#include "plugins/orbital/core/kepler_root.hpp"

namespace orrery::orbital {

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

struct EllipticSolution {
  detail::Root root;  // of |M|, reduced
  detail::ReducedAngle mean;
  double sign = 1.0;
  DoubleDouble anomaly;  // with sign and revolutions
  double rounded = 0.0;  // the double nearest to it
};

// What is known to 2^-60 rounds the same way at both ends of its error, or is looked at more closely.
double rounded(double mean_anomaly, Eccentricity eccentricity, DoubleDouble anomaly, double reduced) {
  constexpr double further_than_e_from_the_next_double = 0x1p54;
  constexpr double subnormal_root_below = 1e-180;
  const double size = std::fabs(mean_anomaly);
  if (size == 0.0 || size >= further_than_e_from_the_next_double) return mean_anomaly;
  const double bound = 0x1p-58 * std::fabs(reduced) + 0x1p-100 * std::fabs(anomaly.hi);
  const double low = anomaly.hi + (anomaly.lo - bound);
  if (size >= subnormal_root_below && low == anomaly.hi + (anomaly.lo + bound)) return low;
  return detail::nearest_eccentric_anomaly(mean_anomaly, eccentricity, anomaly);
}

EllipticSolution solve_ellipse(double mean_anomaly, Eccentricity eccentricity) {
  EllipticSolution s;
  s.mean = detail::reduce_angle(mean_anomaly);
  s.sign = std::signbit(s.mean.angle.hi) ? -1.0 : 1.0;
  s.root = detail::elliptic_root(scaled(s.mean.angle, s.sign), exact(eccentricity));
  s.anomaly = scaled(s.root.anomaly, s.sign);
  if (s.mean.turns != 0.0) s.anomaly = mean_anomaly + (s.anomaly - s.mean.angle);
  s.rounded = rounded(mean_anomaly, eccentricity, s.anomaly, s.root.anomaly.hi);
  return s;
}

KeplerSolution solution(const detail::Root& root, DoubleDouble anomaly, double returned) {
  return {returned, root.iterations, root.slope * (returned - anomaly).value(),
          root.converged ? KeplerStatus::converged : KeplerStatus::not_converged};
}

DoubleDouble signed_hyperbolic(double mean_anomaly, const detail::Root& root) {
  return scaled(root.anomaly, std::signbit(mean_anomaly) ? -1.0 : 1.0);
}

DoubleDouble barker_root(double mean_anomaly) {
  if (mean_anomaly == 0.0) return {mean_anomaly, mean_anomaly};
  constexpr double cube_overflows_beyond = 1e100;
  const double w = std::fabs(mean_anomaly);
  const double start =
      w < cube_overflows_beyond ? 2.0 * std::sinh(std::asinh(1.5 * w) / 3.0) : std::cbrt(3.0) * std::cbrt(w);
  const double square = start * start;
  const DoubleDouble residual = start + two_prod(start, start) * start / DoubleDouble(3.0) - w;
  const double slope = 1.0 + square;
  const double step = -residual.value() / (slope - residual.hi / slope * start);
  return scaled(quick_two_sum(start, step), std::signbit(mean_anomaly) ? -1.0 : 1.0);
}

KeplerSolution solve_barker(double mean_anomaly) {
  const DoubleDouble root = barker_root(mean_anomaly);
  return {root.value(), 1, -(1.0 + root.hi * root.hi) * root.lo, KeplerStatus::converged};
}

KeplerStatus check(double mean_anomaly, Eccentricity eccentricity) {
  if (!std::isfinite(mean_anomaly) || !eccentricity.is_finite()) return KeplerStatus::not_finite;
  return eccentricity.e >= 0.0 ? KeplerStatus::converged : KeplerStatus::bad_eccentricity;
}

KeplerSolution solve_by_default(double mean_anomaly, Eccentricity eccentricity) {
  if (eccentricity.is_parabolic()) return solve_barker(mean_anomaly);
  if (eccentricity.is_elliptic()) {
    const EllipticSolution s = solve_ellipse(mean_anomaly, eccentricity);
    return solution(s.root, s.anomaly, s.rounded);
  }
  const detail::Root root = detail::hyperbolic_root(std::fabs(mean_anomaly), exact(eccentricity));
  const DoubleDouble anomaly = signed_hyperbolic(mean_anomaly, root);
  return solution(root, anomaly, anomaly.value());
}

}  // namespace

double eccentric_anomaly(double mean_anomaly, Eccentricity eccentricity) {
  return elliptic_point(mean_anomaly, eccentricity).anomaly;
}

double eccentric_anomaly(double mean_anomaly, double eccentricity) {
  return eccentric_anomaly(mean_anomaly, Eccentricity::from_e(eccentricity));
}

double hyperbolic_anomaly(double mean_anomaly, Eccentricity eccentricity) {
  require_finite("mean anomaly", mean_anomaly);
  if (!eccentricity.is_finite() || !eccentricity.is_hyperbolic())
    fail_domain("eccentricity", "lie in (1, inf)", eccentricity.e);
  const detail::Root root = detail::hyperbolic_root(std::fabs(mean_anomaly), exact(eccentricity));
  return signed_hyperbolic(mean_anomaly, root).value();
}

double hyperbolic_anomaly(double mean_anomaly, double eccentricity) {
  return hyperbolic_anomaly(mean_anomaly, Eccentricity::from_e(eccentricity));
}

double parabolic_anomaly(double mean_anomaly) {
  require_finite("mean anomaly", mean_anomaly);
  return barker_root(mean_anomaly).value();
}

EllipticPoint elliptic_point(double mean_anomaly, Eccentricity eccentricity) {
  require_finite("mean anomaly", mean_anomaly);
  if (!eccentricity.is_finite() || !eccentricity.is_elliptic())
    fail_domain("eccentricity", "lie in [0, 1)", eccentricity.e);
  const EllipticSolution s = solve_ellipse(mean_anomaly, eccentricity);
  return {s.rounded, s.sign * s.root.defect.odd, 1.0 - s.root.defect.versed, s.root.slope};
}

KeplerSolution solve_kepler(double mean_anomaly, Eccentricity eccentricity, const KeplerOptions& options) {
  const KeplerStatus status = check(mean_anomaly, eccentricity);
  if (status != KeplerStatus::converged) return {not_a_number, 0, not_a_number, status};
  if (options.method == KeplerMethod::automatic) return solve_by_default(mean_anomaly, eccentricity);
  const KeplerSolution studied = detail::solve_by_method(mean_anomaly, eccentricity, options);
  if (studied.ok() || options.on_failure == OnFailure::report) return studied;
  KeplerSolution rescued = solve_by_default(mean_anomaly, eccentricity);
  rescued.iterations += studied.iterations;
  rescued.status = KeplerStatus::fell_back;
  return rescued;
}

std::string_view name(KeplerStatus status) {
  switch (status) {
    case KeplerStatus::converged:
      return "converged";
    case KeplerStatus::fell_back:
      return "fell_back";
    case KeplerStatus::not_converged:
      return "not_converged";
    case KeplerStatus::no_real_root:
      return "no_real_root";
    case KeplerStatus::bad_eccentricity:
      return "bad_eccentricity";
    case KeplerStatus::not_finite:
      return "not_finite";
  }
  return "unknown";
}

}  // namespace orrery::orbital
