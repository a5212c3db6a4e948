// Conversions between the mean, eccentric, true, hyperbolic and parabolic anomalies; revolutions are kept.
// SPDX-License-Identifier: Apache-2.0
// Half-angle forms: Broucke and Cefola, Celest. Mech. 7 (1973) 388; Battin (1999) chapter 4.
#include "plugins/orbital/core/anomaly.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/defect.hpp"
#include "plugins/orbital/core/kepler.hpp"
#include "plugins/orbital/core/kepler_root.hpp"

namespace orrery::orbital {

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;

void require_elliptic(Eccentricity eccentricity) {
  if (!eccentricity.is_finite() || !eccentricity.is_elliptic())
    fail_domain("eccentricity", "lie in [0, 1)", eccentricity.e);
}

void require_hyperbolic(Eccentricity eccentricity) {
  if (!eccentricity.is_finite() || !eccentricity.is_hyperbolic())
    fail_domain("eccentricity", "lie in (1, inf)", eccentricity.e);
}

// Applies a map of [-pi, pi] to itself to the part of the angle that is left of its revolutions.
template <class Map>
double keep_revolutions(double angle, Map map) {
  const detail::ReducedAngle reduced = detail::reduce_angle(angle);
  const DoubleDouble mapped = map(reduced.angle);
  if (reduced.turns == 0.0) return mapped.value();
  return (angle + (mapped - reduced.angle)).value();
}

// 2 atan(tan(x/2) * a/b) without the tangent's pole
double stretched_half_angle(double x, double a, double b) {
  return 2.0 * std::atan2(a * std::sin(0.5 * x), b * std::cos(0.5 * x));
}

DoubleDouble mean_of(detail::Branch branch, double x, Eccentricity eccentricity) {
  return detail::equation_residual(exact(eccentricity), detail::defect(branch, x), x, 0.0);
}

// The asymptote lies where cos f = -1/e; tan^2(f/2) = (e + 1)/(e - 1) there.
[[noreturn]] void fail_beyond_asymptote(double true_anomaly, Eccentricity eccentricity) {
  const double limit = 2.0 * std::atan(std::sqrt(axis_ratio_squared(eccentricity)));
  const std::string bound = shortest(limit);
  fail_domain("true anomaly", "lie in (-" + bound + ", " + bound + ")", true_anomaly);
}

double eccentric_from_mean(double mean, Eccentricity eccentricity) { return eccentric_anomaly(mean, eccentricity); }
double same(double value, Eccentricity) { return value; }

using Step = double (*)(double, Eccentricity);

// Every conversion of one conic passes through the anomaly in which its equation is written.
struct Route {
  AnomalyKind centre;
  Step from_mean;
  Step to_mean;
  Step from_true;
  Step to_true;
  const char* conic;
};

double parabolic_from_mean(double mean, Eccentricity) { return parabolic_anomaly(mean); }
double hyperbolic_from_mean(double mean, Eccentricity eccentricity) { return hyperbolic_anomaly(mean, eccentricity); }

Route route_of(Eccentricity eccentricity) {
  if (eccentricity.is_elliptic())
    return {AnomalyKind::eccentric, eccentric_from_mean, mean_from_eccentric,
            eccentric_from_true,    true_from_eccentric, "an ellipse"};
  if (eccentricity.is_hyperbolic())
    return {AnomalyKind::hyperbolic, hyperbolic_from_mean, mean_from_hyperbolic,
            hyperbolic_from_true,    true_from_hyperbolic, "a hyperbola"};
  return {AnomalyKind::parabolic,
          parabolic_from_mean,
          [](double d, Eccentricity) { return mean_from_parabolic(d); },
          [](double f, Eccentricity) { return parabolic_from_true(f); },
          [](double d, Eccentricity) { return true_from_parabolic(d); },
          "a parabola"};
}

std::string_view name_of(AnomalyKind kind) {
  switch (kind) {
    case AnomalyKind::mean:
      return "mean";
    case AnomalyKind::eccentric:
      return "eccentric";
    case AnomalyKind::true_anomaly:
      return "true";
    case AnomalyKind::hyperbolic:
      return "hyperbolic";
    case AnomalyKind::parabolic:
      return "parabolic";
  }
  return "unknown";
}

Step choose(const Route& route, AnomalyKind kind, Step mean, Step true_anomaly, Eccentricity eccentricity) {
  if (kind == AnomalyKind::mean) return mean;
  if (kind == AnomalyKind::true_anomaly) return true_anomaly;
  if (kind == route.centre) return same;
  throw std::domain_error(std::string(route.conic) + " has no " + std::string(name_of(kind)) +
                          " anomaly; its eccentricity is " + shortest(eccentricity.e));
}

}  // namespace

double mean_from_eccentric(double eccentric, Eccentricity eccentricity) {
  require_finite("eccentric anomaly", eccentric);
  require_elliptic(eccentricity);
  return keep_revolutions(eccentric,
                          [&](DoubleDouble x) { return mean_of(detail::Branch::elliptic, x.hi, eccentricity) + x.lo; });
}

double true_from_eccentric(double eccentric, Eccentricity eccentricity) {
  require_finite("eccentric anomaly", eccentric);
  require_elliptic(eccentricity);
  return keep_revolutions(eccentric, [&](DoubleDouble x) {
    return DoubleDouble(
        stretched_half_angle(x.value(), std::sqrt(1.0 + eccentricity.e), std::sqrt(eccentricity.one_minus_e)));
  });
}

double eccentric_from_true(double true_anomaly, Eccentricity eccentricity) {
  require_finite("true anomaly", true_anomaly);
  require_elliptic(eccentricity);
  return keep_revolutions(true_anomaly, [&](DoubleDouble x) {
    return DoubleDouble(
        stretched_half_angle(x.value(), std::sqrt(eccentricity.one_minus_e), std::sqrt(1.0 + eccentricity.e)));
  });
}

double mean_from_hyperbolic(double hyperbolic, Eccentricity eccentricity) {
  require_hyperbolic(eccentricity);
  constexpr double largest = 700.0;
  if (!(std::fabs(hyperbolic) <= largest)) fail_domain("hyperbolic anomaly", "lie in [-700, 700]", hyperbolic);
  const double mean = mean_of(detail::Branch::hyperbolic, hyperbolic, eccentricity).value();
  if (!std::isfinite(mean)) fail_domain("hyperbolic anomaly", "have a finite mean anomaly", hyperbolic);
  return mean;
}

double true_from_hyperbolic(double hyperbolic, Eccentricity eccentricity) {
  require_finite("hyperbolic anomaly", hyperbolic);
  require_hyperbolic(eccentricity);
  return 2.0 * std::atan(std::sqrt(axis_ratio_squared(eccentricity)) * std::tanh(0.5 * hyperbolic));
}

double hyperbolic_from_true(double true_anomaly, Eccentricity eccentricity) {
  require_finite("true anomaly", true_anomaly);
  require_hyperbolic(eccentricity);
  const double half = std::tan(0.5 * true_anomaly) / std::sqrt(axis_ratio_squared(eccentricity));
  if (!(std::fabs(true_anomaly) < pi && std::fabs(half) < 1.0)) fail_beyond_asymptote(true_anomaly, eccentricity);
  return 2.0 * std::atanh(half);
}

double mean_from_parabolic(double parabolic) {
  require_finite("parabolic anomaly", parabolic);
  const double mean = parabolic + parabolic * parabolic * parabolic / 3.0;
  if (!std::isfinite(mean)) fail_domain("parabolic anomaly", "have a finite mean anomaly", parabolic);
  return mean;
}

double true_from_parabolic(double parabolic) {
  require_finite("parabolic anomaly", parabolic);
  return 2.0 * std::atan(parabolic);
}

double parabolic_from_true(double true_anomaly) {
  if (!(std::fabs(true_anomaly) < pi)) fail_domain("true anomaly", "lie in (-pi, pi)", true_anomaly);
  return std::tan(0.5 * true_anomaly);
}

double convert_anomaly(double value, AnomalyKind from, AnomalyKind to, Eccentricity eccentricity) {
  require_finite("anomaly", value);
  if (!eccentricity.is_finite() || !(eccentricity.e >= 0.0))
    fail_domain("eccentricity", "lie in [0, inf)", eccentricity.e);
  const Route route = route_of(eccentricity);
  const Step inward = choose(route, from, route.from_mean, route.from_true, eccentricity);
  const Step outward = choose(route, to, route.to_mean, route.to_true, eccentricity);
  if (from == to) return value;
  return outward(inward(value, eccentricity), eccentricity);
}

std::size_t convert_anomaly(std::span<const double> value, AnomalyKind from, AnomalyKind to,
                            std::span<const Eccentricity> eccentricity, std::span<double> result) {
  require_size_or_one("eccentricity", eccentricity.size(), value.size());
  require_size("result", result.size(), value.size());
  const std::size_t stride = eccentricity.size() == 1 ? 0 : 1;
  std::size_t bad = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    try {
      result[i] = convert_anomaly(value[i], from, to, eccentricity[i * stride]);
    } catch (const std::domain_error&) {
      result[i] = std::numeric_limits<double>::quiet_NaN();
      ++bad;
    }
  }
  return bad;
}

}  // namespace orrery::orbital
