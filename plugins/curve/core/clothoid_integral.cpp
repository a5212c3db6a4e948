// The clothoid by its power series and by a continued fraction: Abramowitz, Stegun 1964.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/clothoid_integral.hpp"

#include <cmath>

namespace orrery::curve {

namespace {

using Number = std::complex<long double>;
constexpr long double root_of_pi_over_two = 0.88622692545275801364908374167057259L;  // sqrt(pi)/2
constexpr long double sine_of_eighth = 0.70710678118654752440084436210484904L;

// Sum of (i t^2/2)^n t / (n! (2n+1)); for |t| <= 3.2 its largest term is below 2^6 of the sum.
Number by_series(long double t) {
  const Number factor{0.0L, t * t / 2.0L};
  Number power{t, 0.0L};
  Number sum = power;
  for (int n = 1; n < 80; ++n) {
    power *= factor / static_cast<long double>(n);
    sum += power / static_cast<long double>(2 * n + 1);
  }
  return sum;
}

// 1/(z + 1/(z + 2/(z + ...))), from the far end; 120 terms suffice for |z| > 3.2 at 45 degrees.
Number mills_ratio(Number z) {
  Number value = z;
  for (int k = 120; k >= 1; --k) {
    value = z + static_cast<long double>(k) / value;
  }
  return 1.0L / value;
}

}  // namespace

std::complex<long double> clothoid_tangent(double t) {
  const double square = t * t;
  const double rest = std::fma(t, t, -square);
  const long double phase = square / 2.0L;
  const long double small = std::isfinite(rest) ? rest / 2.0L : 0.0L;  // small only as far as t is
  return Number{std::cos(phase), std::sin(phase)} * Number{std::cos(small), std::sin(small)};
}

std::complex<long double> clothoid_point(double t) {
  const double size = std::abs(t);
  if (size <= 3.2) {
    return by_series(t);
  }
  const Number eighth{sine_of_eighth, sine_of_eighth};
  const Number limit{root_of_pi_over_two, root_of_pi_over_two};
  if (size > 1e21) {
    return t < 0.0 ? -limit : limit;
  }
  const Number z = static_cast<long double>(size) * std::conj(eighth);
  const Number rest = size > 1e10 ? 1.0L / z : mills_ratio(z);
  const Number point = limit - eighth * clothoid_tangent(size) * rest;
  return t < 0.0 ? -point : point;
}

}  // namespace orrery::curve
