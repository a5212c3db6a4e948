// Two functions of half an eccentric anomaly, regular through the parabola, by halving the angle.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/double_double.hpp"

namespace orrery::orbital::detail {

/// For z = tan^2 psi (an ellipse, psi = E/2), 0 (a parabola) or -tanh^2 psi (a hyperbola, psi = F/2).
struct FlightFunctions {
  DoubleDouble arc;     ///< psi/tan psi
  DoubleDouble defect;  ///< (psi - sin psi cos psi)/tan^3 psi
};

/// @param z [-] -1 < z <= 1   @param one_plus_z [-] 1 + z, given apart because it may be the accurate one of the two
/// @returns both functions to 2^-95 relative (2^-90 as z -> -1)
/// @source Carlson, Numer. Algorithms 10 (1995) 13: duplication of R_C, to whose values both can be reduced
FlightFunctions flight_functions(DoubleDouble z, DoubleDouble one_plus_z);

}  // namespace orrery::orbital::detail
