// What the universal-variable solver of Orbit knows at one place; for the files that implement Orbit.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/propagate.hpp"

namespace orrery::orbital {

/// What is known at one value of the regularised time s.
struct Orbit::Universal {
  DoubleDouble s;
  DoubleDouble g1, g2, g3;
  DoubleDouble radius;
  DoubleDouble time;
  double sigma = 0.0;        // dr/ds = r . v
  double sigma_slope = 0.0;  // d2r/ds2
};

}  // namespace orrery::orbital
