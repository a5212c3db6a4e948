// The integral of exp(i u^2/2): the clothoid of unit size.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>

namespace orrery::curve {

/// int_0^t exp(i u^2 / 2) du, in long double.
/// @param t any finite   @returns the place at arc length t of the curve with curvature t
/// @accuracy 0.6 ulp of double after rounding where long double has 64 bits   @source Abramowitz, Stegun 1964, 7.1.5
/// (series),
///   26.2.14 (Laplace's continued fraction)
std::complex<long double> clothoid_point(double t);

/// exp(i t^2 / 2), with t^2 to twice the precision of double.
std::complex<long double> clothoid_tangent(double t);
// The Fresnel integrals.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace orrery::curve {

struct Fresnel {
  double cosine = 0.0;  ///< C(x), the integral of cos(pi t^2 / 2) from 0 to x
  double sine = 0.0;    ///< S(x), the integral of sin(pi t^2 / 2) from 0 to x
};

/// @param x [-] any real, infinite too; nan gives nan
/// @accuracy 1 ulp, measured against 113-bit arithmetic for |x| from 1e-100 to 1e16
/// @source DLMF 7.6.4 and 7.6.6 (power series, in double-double arithmetic, for |x| < 5); 7.12.2 and 7.12.3
///   (asymptotic series, beyond)
Fresnel fresnel(double x);

}  // namespace orrery::curve
