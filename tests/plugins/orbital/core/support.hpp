// What the orbital tests share: named tolerances, fixed-seed draws, and a reference in 113-bit arithmetic.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>

namespace orrery::orbital::test {

/// n units in the last place of x.
inline double ulps(double n, double x) {
  const double a = std::fabs(x);
  return n * (std::nextafter(a, std::numeric_limits<double>::infinity()) - a);
}

/// n times the working precision times x.
inline double roundoffs(double n, double x) { return n * 0x1p-53 * std::fabs(x); }

/// Numbers drawn the same on every machine; the distributions of the standard library are not.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : engine_(seed) {}

  double uniform(double low, double high) {
    return low + (high - low) * (static_cast<double>(engine_() >> 11) * 0x1p-53);
  }

  /// 10^x for a uniform x
  double decade(double low, double high) { return std::pow(10.0, uniform(low, high)); }

  std::array<double, 3> direction() {
    const double z = uniform(-1.0, 1.0);
    const double angle = uniform(0.0, 6.283185307179586);
    const double rho = std::sqrt(1.0 - z * z);
    return {rho * std::cos(angle), rho * std::sin(angle), z};
  }

 private:
  std::mt19937_64 engine_;
};

/// The what() of the exception that f throws; empty if it throws none.
template <class F>
std::string message_of(F&& f) {
  try {
    f();
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

// Plain series on the compiler's 113-bit type: slow, and nothing in common with the code under test.
__extension__ typedef __float128 Quad;

namespace quad {

/// 2 pi = the sum of these three doubles, to 160 bits.
inline Quad two_pi() {
  return Quad(0x1.921fb54442d18p+2) + Quad(0x1.1a62633145c07p-52) + Quad(-0x1.f1976b7ed8fbcp-108);
}

inline Quad abs(Quad x) { return x < 0 ? -x : x; }

inline Quad sqrt(Quad x) {
  if (!(x > 0)) return 0;
  Quad root = std::sqrt(static_cast<double>(x));
  for (int i = 0; i < 3; ++i) root = (root + x / root) / 2;
  return root;
}

/// sum over k >= first of (sign x^2)^... x^k/k!, every second k
inline Quad series(Quad x, int first, int sign) {
  Quad term = 1;
  for (int k = 1; k <= first; ++k) term = term * x / k;
  Quad sum = 0;
  for (int k = first; k < first + 60; k += 2) {
    sum += term;
    term = term * x * x * sign / (Quad(k + 1) * (k + 2));
  }
  return sum;
}

struct Pair {
  Quad odd;   ///< sin or sinh
  Quad even;  ///< cos or cosh
};

/// By series at x/2^n and doubling; sign -1 for the circular, +1 for the hyperbolic functions.
inline Pair functions(Quad x, int sign) {
  int doublings = 0;
  for (; abs(x) > Quad(0.25); ++doublings) x /= 2;
  Quad odd = series(x, 1, sign);
  Quad versed = series(x, 2, sign);
  for (; doublings > 0; --doublings) {
    const Quad even = 1 + sign * versed;
    versed = 2 * odd * odd;
    odd = 2 * odd * even;
  }
  return {odd, 1 + sign * versed};
}

/// x - sin x (sign -1) or sinh x - x (sign +1)
inline Quad defect(Quad x, int sign) {
  if (abs(x) < 1) return sign * sign * series(x, 3, sign);
  return sign * (functions(x, sign).odd - x);
}

/// Root of |1 - e| x + e defect(x) = M for M >= 0, by Newton from the right, where the function is convex.
inline Quad kepler_root(Quad mean, Quad e, Quad one_minus_e, int sign) {
  const Quad u = abs(one_minus_e);
  const double ratio = static_cast<double>(mean / e);
  Quad x = sign < 0 ? std::min(mean + e, two_pi() / 2) : Quad(3 + std::log1p(2 * ratio));
  if (ratio < 0.1) x = std::min(x, Quad(std::cbrt(6.5) * std::cbrt(ratio)));
  if (u > 0) x = std::min(x, mean / u * (1 + Quad(1e-30)));
  for (int i = 0; i < 400; ++i) {
    const Quad f = u * x + e * defect(x, sign) - mean;
    const Quad even = abs(x) < 1 ? sign * series(x, 2, sign) * sign : sign * (functions(x, sign).even - 1);
    const Quad step = f / (u + e * even);
    x -= step;
    if (abs(step) <= abs(x) * Quad(1e-32)) break;
  }
  return x;
}

/// How many units in the last place of the truth the value is away from it.
inline double ulps_off(double value, Quad truth) {
  return static_cast<double>(abs(Quad(value) - truth)) / ulps(1.0, static_cast<double>(truth));
}

using Triple = std::array<Quad, 3>;

inline Quad dot(const Triple& a, const Triple& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
inline Triple widen(const std::array<double, 3>& a) { return {a[0], a[1], a[2]}; }

/// |value - truth| / |truth|
inline double relative_error(const std::array<double, 3>& value, const Triple& truth) {
  const Triple off{value[0] - truth[0], value[1] - truth[1], value[2] - truth[2]};
  return static_cast<double>(sqrt(dot(off, off)) / sqrt(dot(truth, truth)));
}

struct Motion {
  Triple position;
  Triple velocity;
};

/// Propagation by Lagrange's coefficients in the change x of the eccentric or hyperbolic anomaly, found by halving
/// intervals. Not for a parabola.
inline Motion propagate(const Triple& r0, const Triple& v0, Quad mu, Quad dt) {
  const Quad radius = sqrt(dot(r0, r0));
  const Quad sigma = dot(r0, v0);
  const Quad beta = 2 * mu / radius - dot(v0, v0);
  const int sign = beta > 0 ? -1 : 1;
  const Quad root = sqrt(abs(beta));
  const Quad rate = root * root * root / mu;
  Quad target = rate * dt;
  if (sign < 0) {
    const Quad turns = Quad(static_cast<std::int64_t>(static_cast<double>(target / two_pi())));
    target -= turns * two_pi();
  }
  const Quad inverse = abs(beta) * radius / mu;
  const Quad lean = sigma * root / mu;
  // rate * t(x) for both kinds: t = r0 G1 + sigma G2 + mu G3
  const auto time = [&](Quad x) {
    const Pair p = functions(x, sign);
    return inverse * p.odd + lean * sign * (p.even - 1) + defect(x, sign);
  };
  Quad low = -1, high = 1;
  while (time(low) > target) low *= 2;
  while (time(high) < target) high *= 2;
  for (int i = 0; i < 125; ++i) {
    const Quad middle = (low + high) / 2;
    (time(middle) < target ? low : high) = middle;
  }
  const Quad x = (low + high) / 2;
  const Pair p = functions(x, sign);
  const Quad g1 = p.odd / root;
  const Quad g2 = sign * (p.even - 1) / abs(beta);
  const Quad r = radius * p.even + sigma * g1 + mu * g2;
  const Quad f = 1 - mu * g2 / radius;
  const Quad g = radius * g1 + sigma * g2;
  const Quad f_dot = -mu * g1 / (r * radius);
  const Quad g_dot = 1 - mu * g2 / r;
  Motion m;
  for (std::size_t k = 0; k < 3; ++k) {
    m.position[k] = f * r0[k] + g * v0[k];
    m.velocity[k] = f_dot * r0[k] + g_dot * v0[k];
  }
  return m;
}

}  // namespace quad

}  // namespace orrery::orbital::test
