// Times counted from the passage of periapsis.
// SPDX-License-Identifier: Apache-2.0
// Times counted from the passage of periapsis: Battin, An Introduction to the Mathematics and Methods of Astrodynamics
// (1999), chapter 4, with each conic's own mean anomaly.
#include <cmath>

#include "plugins/orbital/core/anomaly.hpp"
#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/elements.hpp"

namespace orrery::orbital {

namespace {

/// Rate of the mean anomaly that `convert_anomaly` counts in.
double mean_rate(const Elements& elements, double mu) {
  const double q = elements.periapsis_distance;
  const double base = std::sqrt(mu / q) / q;
  if (elements.eccentricity.is_parabolic()) return base / std::sqrt(2.0);
  const double shrink = std::fabs(elements.eccentricity.one_minus_e);
  return base * shrink * std::sqrt(shrink);
}

}  // namespace

double time_since_periapsis(const Elements& elements, double mu) {
  require_positive("mu", mu);
  require_positive("periapsis distance", elements.periapsis_distance);
  if (elements.true_anomaly == 0.0) return 0.0;
  const double mean =
      convert_anomaly(elements.true_anomaly, AnomalyKind::true_anomaly, AnomalyKind::mean, elements.eccentricity);
  return mean / mean_rate(elements, mu);
}

double time_to_reach(const Elements& elements, double mu, double ratio) {
  const double e = elements.eccentricity.e;
  const double cosine = ((1.0 + e) / ratio - 1.0) / e;
  if (!(ratio >= 1.0) || !(cosine >= -1.0))
    fail_domain("ratio", "lie between 1 and the apoapsis over the periapsis", ratio);
  Elements there = elements;
  there.true_anomaly = std::acos(std::fmin(cosine, 1.0));
  return time_since_periapsis(there, mu);
}

}  // namespace orrery::orbital
