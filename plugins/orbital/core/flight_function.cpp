// Two functions of half an eccentric anomaly, regular through the parabola, by halving the angle.
// SPDX-License-Identifier: Apache-2.0
// Carlson, Numer. Algorithms 10 (1995) 13. With w = 1/cos psi the angle is halved by w'^2 = 2 w/(1 + w), z' = z/(1 +
// w)^2; on the way back every term is positive, so nothing cancels.
#include "plugins/orbital/core/flight_function.hpp"

#include <cmath>

namespace orrery::orbital::detail {

namespace {

constexpr int terms = 20;
constexpr double small_enough = 0x1p-6;
constexpr int most_halvings = 20;

/// sum (-z)^k/(2 k + 1) = atan(sqrt z)/sqrt z
DoubleDouble arc_series(DoubleDouble z) {
  DoubleDouble sum = DoubleDouble(1.0) / DoubleDouble(2.0 * terms + 1.0);
  for (int k = terms - 1; k >= 0; --k) sum = DoubleDouble(1.0) / DoubleDouble(2.0 * k + 1.0) - z * sum;
  return sum;
}

/// (psi - sin psi cos psi)/sin^3 psi in t = tan^2(psi/2): 2 (1 + t) sum (-1)^(k+1) t^k/((2k - 1)(2k + 1)(2k + 3))
DoubleDouble sine_defect_series(DoubleDouble t) {
  const auto coefficient = [](int k) {
    return DoubleDouble(-1.0) / DoubleDouble((2.0 * k - 1.0) * (2.0 * k + 1.0) * (2.0 * k + 3.0));
  };
  DoubleDouble sum = coefficient(terms);
  for (int k = terms - 1; k >= 0; --k) sum = coefficient(k) - t * sum;
  return 2.0 * ((1.0 + t) * sum);
}

}  // namespace

FlightFunctions flight_functions(DoubleDouble z, DoubleDouble one_plus_z) {
  DoubleDouble secant[most_halvings + 1];
  DoubleDouble arc_factor = 1.0;
  int n = 0;
  secant[0] = sqrt(one_plus_z);
  do {
    const DoubleDouble above = 1.0 + secant[n];
    z = z / (above * above);
    arc_factor = arc_factor * (DoubleDouble(2.0) / above);
    secant[n + 1] = sqrt(2.0 * secant[n] / above);
    ++n;
  } while (std::fabs(z.hi) > small_enough && n < most_halvings);
  // The series wants one halving more than the secant it stands for.
  DoubleDouble value = sine_defect_series(z);
  for (int k = n - 1; k >= 1; --k) {
    const DoubleDouble c = DoubleDouble(1.0) / secant[k];
    value = (value + 2.0 * c) / (4.0 * (c * (c * c)));
  }
  const DoubleDouble c = DoubleDouble(1.0) / secant[0];
  return {arc_factor * arc_series(z), value * (c * (c * c))};
}

}  // namespace orrery::orbital::detail
