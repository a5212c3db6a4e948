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

}  // namespace orrery::curve
