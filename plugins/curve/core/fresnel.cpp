// The Fresnel integrals by power series and asymptotic series.
// SPDX-License-Identifier: Apache-2.0
// Source: DLMF 7.5.3, 7.5.4, 7.6.4, 7.6.6, 7.12.2, 7.12.3.
#include "plugins/curve/core/fresnel.hpp"

#include <cmath>
#include <numbers>

#include "plugins/curve/core/double_double.hpp"

namespace orrery::curve {

namespace {

constexpr DoubleDouble half_pi{0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54};

DoubleDouble whole(double value) { return {value, 0.0}; }

Fresnel by_power_series(double x) {
  const DoubleDouble t = half_pi * two_product(x, x);
  DoubleDouble term = whole(1.0), cosine, sine;
  double sign = 1.0;
  for (double n = 0.0; n < 400.0; n += 2.0) {
    cosine = cosine + whole(sign) * (term / whole(2.0 * n + 1.0));
    term = term * t / whole(n + 1.0);
    const DoubleDouble next = term / whole(2.0 * n + 3.0);
    sine = sine + whole(sign) * next;
    term = term * t / whole(n + 2.0);
    if (term.hi < 1e-22 * std::abs(cosine.hi) && next.hi <= 1e-22 * std::abs(sine.hi)) break;
    sign = -sign;
  }
  return {to_double(cosine * whole(x)), to_double(sine * whole(x))};
}

// x^2 modulo 4, so that the angle pi x^2 / 2 is known as well as for small x.
double quarter_turns(double x) {
  const DoubleDouble square = two_product(x, x);
  return std::remainder(std::fmod(square.hi, 4.0) + std::fmod(square.lo, 4.0), 4.0);
}

Fresnel by_asymptotic_series(double x) {
  const double y = std::numbers::pi * x * x;
  double f = 0.0, g = 0.0, term = 1.0;
  for (double m = 1.0; m < y && std::abs(term) > 1e-18; m += 4.0) {
    f += term;
    g += term * m / y;
    term *= -m * (m + 2.0) / (y * y);
  }
  f /= std::numbers::pi * x;
  g /= std::numbers::pi * x;
  const double angle = std::numbers::pi / 2.0 * quarter_turns(x);
  const double s = std::sin(angle), c = std::cos(angle);
  return {0.5 + (f * s - g * c), 0.5 - (f * c + g * s)};
}

}  // namespace

Fresnel fresnel(double x) {
  if (std::isnan(x)) return {x, x};
  const double size = std::abs(x);
  // Beyond 1e17 the rest is less than half an ulp of 1/2, and below 1e-60 S is what its first term underflows to.
  Fresnel result = size < 5.0 ? by_power_series(size) : size < 1e17 ? by_asymptotic_series(size) : Fresnel{0.5, 0.5};
  if (size < 1e-60) result = {size, std::numbers::pi / 6.0 * size * size * size};
  return {std::copysign(result.cosine, x), std::copysign(result.sine, x)};
}

}  // namespace orrery::curve
