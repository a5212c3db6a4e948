// The classical iterations for Kepler's equation, kept apart so that their failures can be studied.
// SPDX-License-Identifier: Apache-2.0
// Newton, Halley and the tangent parabola in their textbook forms; reverted Taylor series: Abramowitz and Stegun (1964)
// 3.6.25; Illinois weights: Dowell and Jarratt, BIT 11 (1971) 168. The residual is formed in twice the working
// precision, so that what is seen is the method and not its round-off.
#include "plugins/orbital/core/kepler_methods.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "plugins/orbital/core/kepler_root.hpp"

namespace orrery::orbital::detail {

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;

/// f and its derivatives at one point.
struct Jet {
  double f = 0.0;
  double first = 0.0;
  double second = 0.0;
  double third = 0.0;
};

/// One conic's equation for a mean anomaly >= 0, free of revolutions.
class Equation {
 public:
  Equation(DoubleDouble mean, Eccentricity eccentricity)
      : mean_(mean), given_(eccentricity), exact_(exact(eccentricity)) {}

  [[nodiscard]] Jet at(double x) const { return given_.is_parabolic() ? barker(x) : kepler(x); }

  [[nodiscard]] double start(KeplerStart start) const {
    const double mean = mean_.value();
    if (start == KeplerStart::mean) return mean;
    if (start == KeplerStart::mean_plus_eccentricity) return mean + given_.e;
    if (start == KeplerStart::pi) return pi;
    return upper_bound();
  }

  /// A point not left of the root, from which Newton descends to it: f is convex there.
  [[nodiscard]] double upper_bound() const {
    const double mean = mean_.value();
    if (given_.is_elliptic()) return std::max(mean, std::min(mean + given_.e, pi));
    if (given_.is_parabolic()) return std::min(mean, std::cbrt(3.0) * std::cbrt(mean));
    const double by_cubic = std::min(mean / -given_.one_minus_e, std::cbrt(6.0 / given_.e) * std::cbrt(mean));
    return std::min(by_cubic, std::asinh((mean + by_cubic) / given_.e)) * (1.0 + 0x1p-50);
  }

 private:
  [[nodiscard]] Jet kepler(double x) const {
    const Branch branch = given_.is_elliptic() ? Branch::elliptic : Branch::hyperbolic;
    const Defect d = defect(branch, x);
    const double residual = equation_residual(exact_, d, x, mean_).value();
    return {residual, std::fabs(given_.one_minus_e) + given_.e * d.versed, given_.e * d.odd,
            given_.e * (1.0 + sign_of(branch) * d.versed)};
  }

  [[nodiscard]] Jet barker(double x) const {
    const DoubleDouble residual = x + two_prod(x, x) * x / DoubleDouble(3.0) - mean_;
    return {residual.value(), 1.0 + x * x, 2.0 * x, 2.0};
  }

  DoubleDouble mean_;
  Eccentricity given_;
  ExactEccentricity exact_;
};

std::optional<double> parabola_step(const Jet& j) {
  const double discriminant = j.first * j.first - 2.0 * j.f * j.second;
  if (discriminant < 0.0) return std::nullopt;
  return -2.0 * j.f / (j.first + std::copysign(std::sqrt(discriminant), j.first));
}

std::optional<double> step_of(KeplerMethod method, const Jet& j) {
  const double newton = -j.f / j.first;
  const double curvature = j.second / j.first;
  const double second_order = newton - 0.5 * curvature * newton * newton;
  switch (method) {
    case KeplerMethod::halley:
      return -j.f / (j.first - 0.5 * j.f * curvature);
    case KeplerMethod::tangent_parabola:
      return parabola_step(j);
    case KeplerMethod::series2:
      return second_order;
    case KeplerMethod::series3:
      return second_order + (3.0 * curvature * curvature - j.third / j.first) * newton * newton * newton / 6.0;
    default:
      return newton;
  }
}

KeplerSolution iterate(const Equation& equation, const KeplerOptions& options) {
  KeplerSolution s;
  s.anomaly = equation.start(options.start);
  while (true) {
    const Jet jet = equation.at(s.anomaly);
    s.residual = jet.f;
    if (s.iterations == options.most_iterations) break;
    ++s.iterations;
    const std::optional<double> step = step_of(options.method, jet);
    if (!step) {
      s.status = KeplerStatus::no_real_root;
      return s;
    }
    const double next = s.anomaly + *step;
    if (!std::isfinite(next)) break;
    s.anomaly = next;
    if (std::fabs(*step) <= options.relative_step * std::fabs(next)) {
      s.residual = equation.at(next).f;
      return s;
    }
  }
  s.status = KeplerStatus::not_converged;
  return s;
}

struct Bracket {
  double low = 0.0;
  double high = 0.0;
  double f_low = 0.0;
  double f_high = 0.0;

  [[nodiscard]] double false_position() const {
    const double x = (low * f_high - high * f_low) / (f_high - f_low);
    return x > low && x < high ? x : 0.5 * (low + high);
  }

  // The end that stays for a second time gets half its weight, or the other end would never move.
  void move(double x, double f, int& side) {
    const int now = f > 0.0 ? 1 : -1;
    if (now > 0) {
      high = x;
      f_high = f;
      if (side == now) f_low *= 0.5;
    } else {
      low = x;
      f_low = f;
      if (side == now) f_high *= 0.5;
    }
    side = now;
  }
};

KeplerSolution bracket(const Equation& equation, const KeplerOptions& options) {
  const double top = equation.upper_bound();
  Bracket b{0.0, top, equation.at(0.0).f, equation.at(top).f};
  KeplerSolution s{top, 2, b.f_high, KeplerStatus::converged};
  if (b.f_high <= 0.0) return s;
  int side = 0;
  while (s.iterations < options.most_iterations) {
    const double width = b.high - b.low;
    const bool halve = s.iterations % 4 == 3;
    const double x = halve ? b.low + 0.5 * width : b.false_position();
    const double moved = std::fabs(x - s.anomaly);
    s.anomaly = x;
    s.residual = equation.at(x).f;
    ++s.iterations;
    if (s.residual == 0.0) return s;
    b.move(x, s.residual, side);
    const double tolerance = options.relative_step * std::fabs(x);
    if (b.high - b.low <= tolerance || (!halve && moved <= tolerance)) return s;
  }
  s.status = KeplerStatus::not_converged;
  return s;
}

}  // namespace

KeplerSolution solve_by_method(double mean_anomaly, Eccentricity eccentricity, const KeplerOptions& options) {
  const ReducedAngle reduced =
      eccentricity.is_elliptic() ? reduce_angle(mean_anomaly) : ReducedAngle{mean_anomaly, 0.0, true};
  const double sign = std::signbit(reduced.angle.hi) ? -1.0 : 1.0;
  const DoubleDouble mean = scaled(reduced.angle, sign);
  if (mean.hi == 0.0) return {mean_anomaly, 0, 0.0, KeplerStatus::converged};
  const Equation equation(mean, eccentricity);
  KeplerSolution s =
      options.method == KeplerMethod::bracketed ? bracket(equation, options) : iterate(equation, options);
  s.anomaly *= sign;
  s.residual *= sign;
  if (reduced.turns != 0.0) s.anomaly = (mean_anomaly + (s.anomaly - reduced.angle)).value();
  return s;
}

}  // namespace orrery::orbital::detail
