// How far an ephemeris is from its conic, and how far its invariants drift.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/dynamics.hpp"
#include "plugins/orbital/core/vector.hpp"

namespace orrery::orbital {

/// A conic in space: r + e . r = p in the plane across h.
struct Conic {
  Vec3 eccentricity_vector{};
  Vec3 normal{};                   ///< unit vector along h; zero for a straight line
  double semi_latus_rectum = 0.0;  ///< [length]
};

/// The conic of a state.  @throws std::domain_error as invariants
Conic conic_of(const State& state, double mu);

/// |r (1 + e cos f) - p| over p.
/// @param position [length]   @returns [-]
/// @throws std::domain_error if the position is not finite, or the conic is a straight line (p = 0)
/// @accuracy 3 roundings of 1 + e r/p (measured)
double conic_residual(const Conic& conic, const Vec3& position);

/// The position's component across the plane, over its distance.  @returns [-] in [0, 1]; 0 at the centre
double plane_residual(const Conic& conic, const Vec3& position);

/// What an integration has let slip between two states.
struct Drift {
  double momentum = 0.0;      ///< [-] |h - h0| over |h0|; where h0 = 0 over the root of (r0 v0)^2 + mu r0
  double energy = 0.0;        ///< [-] energy - energy0, over v0^2/2 + mu/r0, which is never zero
  double eccentricity = 0.0;  ///< [-] |e - e0| of the vectors
};

/// @throws std::domain_error as invariants   @accuracy 3 roundings (measured)
Drift drift_between(const State& first, const State& later, double mu);

}  // namespace orrery::orbital
