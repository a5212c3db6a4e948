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
