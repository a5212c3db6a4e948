// The quantities of a state that cancel, formed in twice the working precision.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/double_double.hpp"
#include "plugins/orbital/core/eccentricity.hpp"
#include "plugins/orbital/core/vector.hpp"

namespace orrery::orbital::detail {

inline DoubleDouble exact_dot(const Vec3& a, const Vec3& b) {
  return two_prod(a[0], b[0]) + two_prod(a[1], b[1]) + two_prod(a[2], b[2]);
}

/// What the shape of an orbit follows from.
struct Shape {
  DoubleDouble radius;         ///< |r|
  DoubleDouble sigma;          ///< r . v
  DoubleDouble beta;           ///< mu/a = 2 mu/r - v^2
  Vec3 momentum{};             ///< r x v
  double momentum_norm = 0.0;  ///< |r x v|
  double e_cosine = 0.0;       ///< e cos f = p/r - 1
  double e_sine = 0.0;         ///< e sin f
  Eccentricity eccentricity;   ///< with 1 - e from the energy where e is near one
};

/// @param state position not zero   @param mu > 0
Shape shape_of(const State& state, double mu);

/// @returns the time since the nearest periapsis; for a rectilinear orbit since the nearest collision
double time_since_periapsis(const Shape& shape, double mu);

/// 2 pi sqrt(a^3/mu), infinite for beta <= 0
double period(DoubleDouble beta, double mu);

/// @throws std::domain_error unless all is finite, mu > 0, and the position is not zero
void require_state(const State& state, double mu);

}  // namespace orrery::orbital::detail
