// The roots of Kepler's two equations to more than double precision, for the solvers and the propagator.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/defect.hpp"
#include "plugins/orbital/core/eccentricity.hpp"

namespace orrery::orbital::detail {

/// The root x of |1 - e| x + e D(x) = M, with what is known there.
struct Root {
  DoubleDouble anomaly;
  Defect defect;       ///< at the root; its value to 53 bits only
  double slope = 1.0;  ///< dM/dx, which is r/|a|
  int iterations = 0;
  bool converged = true;
};

/// Root of u x + e x^3/6 = M for u, e, M >= 0, to plain double accuracy.
double cubic_root(double mean, double u, double e);

/// |1 - e| x + e D(x) - M at a point where D is known.
DoubleDouble equation_residual(const ExactEccentricity& eccentricity, const Defect& at_x, double x, DoubleDouble mean);

/// The step of sixth-order convergence from a residual and the derivatives at that point.
double sixth_order_step(Branch branch, const ExactEccentricity& eccentricity, const Defect& at_x, double residual);

/// @param mean [rad] in [0, pi], up to round-off   @param eccentricity 0 <= e <= 1; one itself means E - sin E = M
/// @accuracy 2^-62 relative, for every e and M down to 1e-290   @source Markley, Celest. Mech. Dyn. Astron. 63 (1995)
/// 101
Root elliptic_root(DoubleDouble mean, const ExactEccentricity& eccentricity);

/// @param mean any number >= 0   @param eccentricity e >= 1; one itself means sinh F - F = N
/// @accuracy 2^-62 relative where F < 49; 1 ulp beyond
Root hyperbolic_root(DoubleDouble mean, const ExactEccentricity& eccentricity);

}  // namespace orrery::orbital::detail
