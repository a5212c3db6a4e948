// Kepler's third law with the planet's mass kept, for whichever of axis, period and gravity is not known.
// SPDX-License-Identifier: Apache-2.0
// Battin, An Introduction to the Mathematics and Methods of Astrodynamics (1999), section 3.3.
#include "plugins/orbital/core/third_law.hpp"

#include <cmath>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/double_double.hpp"

namespace orrery::orbital {

namespace {

constexpr DoubleDouble two_pi{0x1.921fb54442d18p+2, 0x1.1a62633145c07p-52};

/// A number between 1/2 and 8 whose exponent is a multiple of three away, and that multiple over three.
struct Cubic {
  DoubleDouble part;
  int third;
};

Cubic cubic(DoubleDouble a) {
  const int third = static_cast<int>(std::floor(std::ilogb(a.hi) / 3.0));
  return {{std::ldexp(a.hi, -3 * third), std::ldexp(a.lo, -3 * third)}, third};
}

void require_ratio(double mass_ratio) {
  if (!(mass_ratio >= 0.0) || !std::isfinite(mass_ratio)) fail_domain("mass ratio", "lie in [0, inf)", mass_ratio);
}

}  // namespace

double gravity_from_period(double period, double semi_major_axis) {
  require_positive("period", period);
  require_positive("semi-major axis", semi_major_axis);
  const DoubleDouble rate = two_pi / DoubleDouble(period);
  const DoubleDouble speed = rate * semi_major_axis;
  return (speed * speed * semi_major_axis).value();
}

double axis_from_period(double mu, double period) {
  require_positive("gravitational parameter", mu);
  require_positive("period", period);
  const DoubleDouble time = DoubleDouble(period) / two_pi;
  const Cubic cube = cubic(mu * (time * time));
  const double root = std::cbrt(cube.part.hi);
  const DoubleDouble rest = cube.part - two_prod(root, root) * root;
  return std::ldexp(root + rest.value() / (3.0 * root * root), cube.third);
}

double period_shift(double mass_ratio) {
  require_ratio(mass_ratio);
  const double root = std::sqrt(1.0 + mass_ratio);
  return -mass_ratio / (root * (1.0 + root));
}

double axis_shift(double mass_ratio) {
  require_ratio(mass_ratio);
  const double root = std::cbrt(1.0 + mass_ratio);
  return mass_ratio / (1.0 + root + root * root);
}

}  // namespace orrery::orbital
