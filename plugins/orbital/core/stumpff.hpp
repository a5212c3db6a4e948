// Stumpff's functions c0..c3 to about 100 bits: one set of formulas for all conics.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/double_double.hpp"

namespace orrery::orbital {

/// c_k(z) = sum over j of (-z)^j / (k + 2 j)!
struct Stumpff {
  DoubleDouble c0;
  DoubleDouble c1;
  DoubleDouble c2;
  DoubleDouble c3;
};

/// @param z [-] any number above -4.8e5, where cosh(sqrt(-z)) still is a double
/// @returns c0..c3; for z < 0 large in size they grow as exp(sqrt(-z))
/// @accuracy 2^-98 of the largest term for |z| <= 40, losing two bits at every quadrupling beyond
/// @source Stumpff, Himmelsmechanik I (1959); duplication formulas as in Rein and Tamayo, MNRAS 452 (2015) 376
Stumpff stumpff(DoubleDouble z);

}  // namespace orrery::orbital
